//! The small world of one example: its catalogue, its dossier, the values that stand in for definitions, and the days on which it is checked.

use chrono::NaiveDate;

use crate::examples::catalogue::Overlay;
use crate::examples::draft::Draft;
use crate::examples::problems::ExampleProblem;
use crate::examples::{Failure, Setting, days, dossier};
use crate::records::{Batch, Catalogue};
use crate::rulebook::{Constant, Example, GivenRowId, GivenValue, Label};
use crate::verdicts::explain::{Override, Overrides, Value, constant_value};
use crate::verdicts::{Context, SubjectRow, World};
use crate::vocabulary::{Subject, fields};

/// What an example is judged in.
#[derive(Debug)]
pub(super) struct Scene {
    overlay: Overlay,
    batch: Batch,
    pub(super) overrides: Overrides,
    pub(super) year: i32,
    /// The days to check on: one where the example names it, else several that must not differ.
    pub(super) days: Vec<NaiveDate>,
    /// Whether the edges of the world's catalogue count.
    pub(super) edges: CatalogueEdges,
    /// For each given row of the dossier, its row in the batch.
    laid: Vec<Option<u32>>,
}

/// Whether the edges of the world's catalogue count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CatalogueEdges {
    Count,
    /// They were not given.
    AreUnknown,
}

impl Scene {
    pub(super) fn of(setting: &Setting<'_>, example: &Example, bare: &Catalogue) -> Result<Self, Failure> {
        let started = example.dossier.as_ref().map(|dossier| started(setting, dossier)).transpose()?;
        let year = days::year(setting, example, started.as_ref().map(|(_, _, year)| *year));
        let base = if started.is_some() { setting.catalogue } else { bare };
        let overlay = Overlay::new(example, base.clone(), year);
        let (mut draft, mut batch) = match started {
            Some((source, student, _)) => recorded(source, student, (base, &overlay.catalogue)),
            None => (Draft::default(), Batch::new(&overlay.catalogue)),
        };
        dossier::give(&mut draft, example, &overlay, year);
        let days = days::days(setting, example, (&draft, year));
        let rows = draft.lay(&mut batch);
        let mut laid = vec![None; example.rows.len()];
        for (row, at) in draft.rows.iter().zip(rows) {
            if let Some(place) = row.given.and_then(|id| laid.get_mut(id.0 as usize)) {
                *place = Some(at);
            }
        }
        let edges = if example.dossier.is_some() { CatalogueEdges::Count } else { CatalogueEdges::AreUnknown };
        let mut scene = Self { overlay, batch, overrides: Overrides::default(), year, days, edges, laid };
        scene.replace_definitions(setting, example);
        Ok(scene)
    }

    pub(super) fn context<'a>(&'a self, setting: &Setting<'a>, as_of: NaiveDate) -> Context<'a> {
        Context { rulebook: setting.rulebook, catalogue: &self.overlay.catalogue, batch: &self.batch, year: self.year, as_of }
    }

    /// The row that a given row is: of the catalogue in the year under check.
    pub(super) fn row(&self, example: &Example, id: GivenRowId) -> Option<SubjectRow> {
        let subject = example.rows.get(id.0 as usize)?.subject;
        let row = if subject.is_of_catalogue() { self.overlay.row(id, self.year) } else { self.laid.get(id.0 as usize).copied().flatten() };
        row.map(|row| SubjectRow { subject, row })
    }

    fn replace_definitions(&mut self, setting: &Setting<'_>, example: &Example) {
        let day = self.days.first().copied().unwrap_or_default();
        let world = World::new(self.context(setting, day));
        let mut overrides = Overrides::default();
        for (id, given) in (0..).map(GivenRowId).zip(&example.rows) {
            let rows: Vec<u32> = if given.subject.is_of_catalogue() {
                self.overlay.rows(id).collect()
            } else {
                self.laid.get(id.0 as usize).copied().flatten().into_iter().collect()
            };
            for (definition, value) in &given.definitions {
                let value = self.replacement(example, *value, world);
                for row in &rows {
                    overrides.set(*definition, *row, value);
                }
            }
        }
        self.overrides = overrides;
    }

    fn replacement(&self, example: &Example, value: GivenValue, world: World<'_>) -> Override {
        match value {
            GivenValue::Constant(constant) => Override::Value(constant_value(constant, world)),
            GivenValue::Row(id) => self.row(example, id).map_or(Override::Unknown, |row| Override::Value(Value::Row(row))),
            GivenValue::Unknown => Override::Unknown,
        }
    }
}

/// The record that an example starts from.
fn started<'a>(setting: &Setting<'a>, dossier: &Label) -> Result<(&'a Batch, u32, i32), Failure> {
    let unknown = || Box::new(ExampleProblem::UnknownDossier { student: dossier.value.clone(), at: dossier.span });
    let (batch, year) = setting.world.ok_or_else(unknown)?;
    let name = |student: &u32| batch.text_of(setting.catalogue, batch.cell(fields::student::STUDENT, *student));
    let found = (0..batch.dossiers()).find(|student| name(student) == Some(dossier.value.as_str()));
    found.map(|student| (batch, student, year)).ok_or_else(unknown)
}

/// The record as a draft, for a catalogue that may have grown since.
fn recorded(source: &Batch, student: u32, (before, after): (&Catalogue, &Catalogue)) -> (Draft, Batch) {
    let mut draft = Draft::of_record(source, student);
    draft.move_foreign(&|subject: Subject, row: u32| {
        let known = before.codes(subject).rows();
        if row < known { row } else { row + after.codes(subject).rows().saturating_sub(known) }
    });
    let mut batch = Batch::new(after);
    batch.texts = source.texts.clone();
    batch.foreign.clone_from(&source.foreign);
    (draft, batch)
}

/// Whether a constant is an academic year, and which.
pub(super) fn academic_year(value: GivenValue) -> Option<i32> {
    if let GivenValue::Constant(Constant::AcademicYear(year)) = value { Some(year) } else { None }
}
