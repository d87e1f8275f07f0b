//! Tables of examples: a row gives what its cells say, each under the name of a field or a definition, and expects the verdict beside them.

use super::finish;
use super::world::World;
use crate::rulebook::from_syntax::compiler::Compiler;
use crate::rulebook::from_syntax::messages::named_values;
use crate::rulebook::problems::ExampleProblem;
use crate::rulebook::{Check, Example, Expectation, ExpectedValue};
use crate::syntax::ast::{ExampleCell, ExampleRow, ExampleStep, ExampleTable, GivenValue, Word};

/// What a column is for.
#[derive(Debug, Clone, Copy)]
enum Column<'t> {
    Given(&'t Word),
    Verdict,
    /// A value of the finding.
    With(&'t Word),
}

impl Compiler<'_> {
    pub(super) fn table(&mut self, table: &ExampleTable, background: &[&ExampleStep], checks: &[Check]) -> Vec<Example> {
        let Some(id) = self.check_named(&table.check, checks) else { return Vec::new() };
        let check = &checks[id.0 as usize];
        let columns: Vec<Column<'_>> = table.columns.iter().map(|column| column_of(column, check)).collect();
        if !columns.iter().any(|column| matches!(column, Column::Verdict)) {
            let at = table.columns.first().map_or(table.span, |column| column.span);
            self.report(at, ExampleProblem::NoVerdictColumn { at });
            return Vec::new();
        }
        let steps: Vec<&ExampleStep> = table.steps.iter().collect();
        let world = self.world(background, &steps);
        let mut examples = Vec::new();
        for (index, row) in table.rows.iter().enumerate() {
            let mut world = world.clone();
            let Some(about) = self.table_row(&mut world, check, table.check.span) else { return examples };
            let expectation = Expectation {
                check: id,
                row: Some(about),
                key: None,
                verdict: crate::rulebook::ExpectedVerdict::Satisfied,
                detail: None,
                with: Vec::new(),
                span: row.span,
            };
            let expected = self.cells(&mut world, (row, &columns, check), &expectation);
            let title = format!("{}, row {}", check.name, index + 1);
            examples.push(finish(world, title, (row.span, expected.into_iter().collect())));
        }
        examples
    }

    fn cells(
        &mut self,
        world: &mut World,
        (row, columns, check): (&ExampleRow, &[Column<'_>], &Check),
        expectation: &Expectation,
    ) -> Option<Expectation> {
        let mut said = None;
        let mut with: Vec<ExpectedValue> = Vec::new();
        for (cell, column) in row.cells.iter().zip(columns) {
            match (cell, column) {
                (ExampleCell::NotGiven(_), _) => {}
                (ExampleCell::Verdict(verdict), _) => said = self.verdict(verdict, check),
                (ExampleCell::Value(value), Column::Given(name)) => {
                    if let Some(row) = expectation.row {
                        self.item(world, row, (name, value));
                    }
                }
                (ExampleCell::Value(GivenValue::One(value)), Column::With(name)) => with.extend(self.expected_value(check, name, value)),
                (ExampleCell::Value(_), Column::With(_) | Column::Verdict) => {
                    self.report(row.span, ExampleProblem::NotAValue { at: row.span });
                }
            }
        }
        let (verdict, detail) = said?;
        Some(Expectation { verdict, detail, with, ..expectation.clone() })
    }
}

fn column_of<'t>(column: &'t Word, check: &Check) -> Column<'t> {
    match column.value.as_str() {
        "verdict" => Column::Verdict,
        name if named_values(check.kind).contains(&name) => Column::With(column),
        _ => Column::Given(column),
    }
}
