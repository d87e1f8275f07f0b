//! The catalogue from its JSON documents, one for each academic year. All codes are known before any is referred to, so the order of files,
//! documents and rows changes nothing.

mod documents;
mod keys;
mod links;
mod rows;

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::problems::Problems;
use crate::records::Catalogue;
use crate::records::json::{Beginning, Kind, Outlined, OutlinedMember};
use crate::records::problems::{At, CatalogueProblem};
use crate::records::values::{A_LIST, AN_OBJECT, Found, ValueProblem};
use crate::source::{SourceId, Span};
use crate::vocabulary::Subject;

/// The catalogue that these texts describe together.
pub(crate) fn read_catalogue(files: &[(SourceId, &str)], problems: &mut Problems) -> Catalogue {
    let mut reader = CatalogueReader { catalogue: Catalogue::default(), problems, undeclared: BTreeMap::new(), groups: FxHashMap::default() };
    let outlines: Vec<_> = files.iter().filter_map(|(source, text)| Some((*source, reader.outline(*source, text)?))).collect();
    let documents: Vec<_> = outlines.iter().flat_map(|(source, outline)| reader.documents(*source, outline)).collect();
    // A row has three values at least: its object, the name of its code, and the code.
    let mut rows = Vec::with_capacity(outlines.iter().map(|(_, outline)| outline.len() / 3).sum());
    for document in &documents {
        reader.describe(document, &mut rows);
    }
    for row in &rows {
        reader.fill(row);
    }
    reader.refuse_cycles(&rows);
    for document in &documents {
        reader.edges(document);
    }
    reader.say_undeclared();
    reader.catalogue.pad();
    reader.catalogue
}

/// What reading carries along.
struct CatalogueReader<'p, 't> {
    catalogue: Catalogue,
    problems: &'p mut Problems,
    /// How often a field that nobody declared was seen, and where first.
    undeclared: BTreeMap<(&'static str, String), (usize, Span)>,
    /// An event of each list of class groups that was read, by its year and as it is written: many events name the same.
    groups: FxHashMap<(i32, &'t str), u32>,
}

/// One academic year's document.
#[derive(Clone, Copy)]
struct Document<'t> {
    source: SourceId,
    value: Outlined<'t>,
    year: i32,
}

/// An object that describes a code in one year's document.
#[derive(Clone, Copy)]
struct CodedRow<'t> {
    document: &'t Document<'t>,
    subject: Subject,
    row: u32,
    value: Outlined<'t>,
}

impl CatalogueReader<'_, '_> {
    fn add(&mut self, problem: impl Into<CatalogueProblem>, at: Span) {
        self.problems.add(at, At::catalogue(problem.into(), at.into()));
    }

    fn wrong_kind(&mut self, field: &'static str, expected: &'static str, at: (SourceId, Outlined<'_>)) {
        let found = found(at.1);
        self.add(ValueProblem::wrong_kind(field, expected, found), span(at.0, at.1));
    }

    /// The elements of a list; none, said, where it is something else.
    fn list<'t>(&mut self, field: &'static str, at: (SourceId, Outlined<'t>)) -> impl Iterator<Item = Outlined<'t>> + use<'t> {
        if !matches!(at.1.kind(), Kind::List | Kind::Null) {
            self.wrong_kind(field, A_LIST, at);
        }
        at.1.elements()
    }

    fn is_object(&mut self, field: &'static str, at: (SourceId, Outlined<'_>)) -> bool {
        let is_object = self.is_of_members(field, at);
        if is_object {
            self.refuse_second_keys(at, &Names::of(at.1));
        }
        is_object
    }

    /// Whether it is an object, of which the names are looked at with the members.
    fn is_of_members(&mut self, field: &'static str, at: (SourceId, Outlined<'_>)) -> bool {
        let is_object = at.1.kind() == Kind::Object;
        if !is_object {
            self.wrong_kind(field, AN_OBJECT, at);
        }
        is_object
    }

    fn refuse_second_keys(&mut self, (source, object): (SourceId, Outlined<'_>), names: &Names) {
        if !names.may_be_same {
            return;
        }
        let mut seen = Vec::new();
        for member in object.members() {
            let name = member.name();
            if seen.contains(&name) {
                self.add(CatalogueProblem::DuplicateKey { key: name.into_owned() }, span(source, member.key));
            } else {
                seen.push(name);
            }
        }
    }

    fn undeclared(&mut self, subject: &'static str, (source, member): (SourceId, OutlinedMember<'_>)) {
        let at = span(source, member.key);
        self.undeclared.entry((subject, member.name().into_owned())).or_insert((0, at)).0 += 1;
    }

    fn say_undeclared(&mut self) {
        for ((subject, field), (count, at)) in std::mem::take(&mut self.undeclared) {
            let count = if count == 1 { "once".to_owned() } else { format!("{count} times") };
            let help = documents::declared_help(subject, &field);
            self.add(CatalogueProblem::UndeclaredField { field: format!("{subject}.{field}"), count, help }, at);
        }
    }
}

/// How the names of an object's members begin. Few names that all begin differently, as those of most objects do, are all different.
#[derive(Default)]
struct Names {
    seen: [Beginning; Self::FEW],
    count: usize,
    /// Whether two may be the same.
    may_be_same: bool,
}

impl Names {
    const FEW: usize = 16;

    fn of(object: Outlined<'_>) -> Self {
        let mut names = Self::default();
        object.members().for_each(|member| names.add(member.key.beginning()));
        names
    }

    #[inline]
    fn add(&mut self, beginning: Option<Beginning>) {
        let (known, room) = self.seen.split_at_mut(self.count);
        match (beginning, room) {
            (Some(beginning), [next, ..]) if !known.contains(&beginning) => {
                *next = beginning;
                self.count += 1;
            }
            _ => self.may_be_same = true,
        }
    }
}

fn span(source: SourceId, value: Outlined<'_>) -> Span {
    let range = value.range();
    Span::new(source, range.start, range.end)
}

fn found(value: Outlined<'_>) -> Found {
    match value.kind() {
        Kind::Null => Found::Null,
        Kind::Boolean(boolean) => Found::Boolean(boolean),
        Kind::Number => Found::Number(value.raw().to_owned()),
        Kind::Text => Found::text(&value.string().unwrap_or_default()),
        Kind::List => Found::List,
        Kind::Object => Found::Object,
    }
}

#[cfg(test)]
mod tests {
    use super::read_catalogue;
    use crate::problems::Problems;
    use crate::records::Catalogue;
    use crate::source::SourceId;
    use crate::vocabulary::{List, Subject, fields};

    fn read(text: &str) -> Catalogue {
        let mut problems = Problems::default();
        let catalogue = read_catalogue(&[(SourceId(0), text)], &mut problems);
        let said: Vec<String> = problems.sorted(|_| String::new()).iter().map(|problem| problem.diagnostic.to_string()).collect();
        assert_eq!(said, Vec::<String>::new());
        catalogue
    }

    #[test]
    fn years_have_rows_of_their_own() {
        let text = r#"[{"academic_year":"2023-2024","courses":[{"code":"A","credits":6.5,"identical_to":"B"}],
            "programmes":[{"code":"P","phases":[{"number":1}],"units":[{"course":"A","phase":1,"starts":2}]}]},
            {"academic_year":"2022-2023","courses":[{"code":"A","credits":5},{"code":"B","identical_to":["C"]},{"code":"C"}]}]"#;
        let catalogue = read(text);
        assert_eq!(catalogue.years, [2022, 2023]);
        let codes = catalogue.codes(Subject::Course);
        let [a, b, c] = ["A", "B", "C"].map(|code| codes.find(code).unwrap());
        assert_eq!(catalogue.cell(fields::course::CREDITS, codes.row(a, 2023)), 6_500);
        assert_eq!(catalogue.cell(fields::course::CREDITS, codes.row(a, 2022)), 5_000);
        assert_eq!(codes.documented(b, 2023), None);
        assert_eq!(catalogue.same_unit_class(a), catalogue.same_unit_class(c));
        let programme = catalogue.codes(Subject::Programme).row(catalogue.codes(Subject::Programme).find("P").unwrap(), 2023);
        let unit = catalogue.unit(programme, a).unwrap();
        assert_eq!(catalogue.elements(List::ProgrammeUnits, programme), [unit]);
        assert_eq!(catalogue.cell(fields::unit::STARTS, unit), 2);
        assert_eq!(catalogue.cell(fields::unit::PHASE, unit), 1_000);
        let place = catalogue.place(Subject::Unit, unit).unwrap();
        assert_eq!(&text[place.range()], r#"{"course":"A","phase":1,"starts":2}"#);
    }

    #[test]
    fn groups_and_events_lead_to_one_another() {
        let catalogue = read(
            r#"{"academic_year":"2023-2024","events":[{"id":"A-1","course":"A","class_groups":["M"],"allocation":"class_group"}],"courses":[{"code":"A"}],
               "class_groups":[{"code":"M1","parent":"M"},{"code":"M2","parent":"M"},{"code":"M"}]}"#,
        );
        let row = |subject, code| catalogue.codes(subject).row(catalogue.codes(subject).find(code).unwrap(), 2023);
        let [group, first, second] = ["M", "M1", "M2"].map(|code| row(Subject::ClassGroup, code));
        let event = row(Subject::Event, "A-1");
        assert_eq!(catalogue.elements(List::ClassGroupChildren, group), [first, second]);
        assert_eq!(catalogue.elements(List::EventClassGroups, event), [group]);
        assert_eq!(catalogue.elements(List::CourseEvents, row(Subject::Course, "A")), [event]);
    }
}
