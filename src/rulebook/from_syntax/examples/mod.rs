//! Examples: what each gives becomes the rows of a small dossier and its catalogue (`world`, `values`), and what it expects is matched with the checks
//! (`expectations`). A row of a table (`tables`) is an example of its own; the background of a file comes first in all of them.

mod expectations;
mod tables;
mod values;
mod world;

use crate::rulebook::from_syntax::compiler::Compiler;
use crate::rulebook::from_syntax::declarations::FileTests;
use crate::rulebook::problems::ExampleProblem;
use crate::rulebook::{Check, Example, Expectation};
use crate::source::Span;
use crate::syntax::ast::{self, ExampleStep, Given, GivenItem};
use world::World;

impl Compiler<'_> {
    /// All examples, in the order of their texts' names and of their places.
    pub(super) fn examples(&mut self, tests: &[FileTests<'_>], checks: &[Check]) -> Vec<Example> {
        let mut all = Vec::new();
        for file in tests {
            let mut of_file = Vec::new();
            let background = self.background(file);
            for example in &file.examples {
                of_file.push(self.example(example, &background, checks));
            }
            for table in &file.tables {
                of_file.extend(self.table(table, &background, checks));
            }
            of_file.sort_by_key(|example: &Example| example.span.start);
            all.extend(of_file);
        }
        self.example_codes.clear();
        all
    }

    fn background<'t>(&mut self, file: &FileTests<'t>) -> Vec<&'t ExampleStep> {
        let steps: Vec<&ExampleStep> = file.backgrounds.iter().flat_map(|background| &background.steps).collect();
        for step in &steps {
            if let ExampleStep::Expect(expect) = step {
                self.report(expect.span, ExampleProblem::MisplacedExpectation { at: expect.span });
            }
        }
        steps
    }

    fn example(&mut self, written: &ast::Example, background: &[&ExampleStep], checks: &[Check]) -> Example {
        let steps: Vec<&ExampleStep> = written.steps.iter().collect();
        let mut world = self.world(background, &steps);
        let expected: Vec<&ast::Expect> =
            steps.iter().filter_map(|step| if let ExampleStep::Expect(expect) = step { Some(expect) } else { None }).collect();
        let expectations = expected.iter().filter_map(|expect| self.expectation(&mut world, expect, checks)).collect();
        let has_junk = steps.iter().any(|step| matches!(step, ExampleStep::Junk(_)));
        if expected.is_empty() && !has_junk {
            let at = written.title.span;
            self.report(at, ExampleProblem::ExpectsNothing { at });
        }
        finish(world, written.title.value.clone(), (written.span, expectations))
    }

    /// The rows that the steps give, the background's first.
    fn world(&mut self, background: &[&ExampleStep], steps: &[&ExampleStep]) -> World {
        self.example_codes.clear();
        let all = || background.iter().chain(steps);
        for step in all() {
            if let ExampleStep::Given(given) = step {
                self.declare_codes(given);
            }
        }
        let mut world = World::new();
        for step in all() {
            if let ExampleStep::Given(given) = step {
                self.give(&mut world, given);
            }
        }
        for of_steps in [background, steps] {
            let mut said = false;
            for step in of_steps {
                let ExampleStep::CheckedOn { date, span } = step else { continue };
                if std::mem::replace(&mut said, true) {
                    self.report(*span, ExampleProblem::CheckDayTwice { at: *span });
                }
                world.checked_on = self.check_day(date).or(world.checked_on);
            }
        }
        world
    }

    /// `given course BM777 { … }` makes a code known that no catalogue lists.
    fn declare_codes(&mut self, given: &Given) {
        if let (Some(subject), Some(code)) = (values::coded_subject(given), given.key.as_ref().and_then(values::code_text)) {
            self.example_codes.push((subject, code.to_owned()));
        }
        for item in &given.items {
            if let GivenItem::Nested(nested) = item {
                self.declare_codes(nested);
            }
        }
    }
}

fn finish(mut world: World, title: String, (span, expectations): (Span, Vec<Expectation>)) -> Example {
    world.link();
    let World { rows, enrolment, checked_on, dossier, .. } = world;
    Example { title, span, checked_on, dossier, rows, enrolment, expectations }
}
