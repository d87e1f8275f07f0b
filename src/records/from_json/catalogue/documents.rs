//! The documents of the texts, their academic years, and the codes they describe.

use crate::problems::nearest;
use crate::records::catalogue::code_field;
use crate::records::from_json::catalogue::keys::names_of;
use crate::records::from_json::catalogue::{CatalogueReader, CodedRow, Document, Names, span};
use crate::records::json::{Kind, Outline, Outlined, OutlinedMember, syntax_fault};
use crate::records::problems::CatalogueProblem;
use crate::records::values::{ValueProblem, academic_year, expected_code};
use crate::records::{noun, year_text};
use crate::source::{SourceId, Span};
use crate::vocabulary::Subject;

/// The lists of a document whose elements have codes.
const CODED_LISTS: [(&str, Subject); 4] =
    [("programmes", Subject::Programme), ("courses", Subject::Course), ("class_groups", Subject::ClassGroup), ("events", Subject::Event)];

/// What else a document may hold.
const OTHER_MEMBERS: [&str; 3] = ["academic_year", "model_itineraries", "edges"];

impl CatalogueReader<'_, '_> {
    /// Where everything stands in one text.
    pub(super) fn outline<'t>(&mut self, source: SourceId, text: &'t str) -> Option<Outline<'t>> {
        if text.trim().is_empty() {
            self.add(CatalogueProblem::Empty, Span::new(source, 0, 0));
            return None;
        }
        let outline = Outline::of(text);
        if outline.is_none() {
            let (reason, at) = syntax_fault(text).unwrap_or_default();
            self.add(CatalogueProblem::Unreadable { reason }, Span::new(source, at.start, at.end));
        }
        outline
    }

    /// The documents of one text: an object, or a list of objects.
    pub(super) fn documents<'t>(&mut self, source: SourceId, outline: &'t Outline<'t>) -> Vec<Document<'t>> {
        let root = outline.root();
        let values = if root.kind() == Kind::List { root.elements().collect() } else { vec![root] };
        if values.is_empty() {
            self.add(CatalogueProblem::Empty, span(source, root));
        }
        values.into_iter().filter_map(|value| self.document(source, value)).collect()
    }

    fn document<'t>(&mut self, source: SourceId, value: Outlined<'t>) -> Option<Document<'t>> {
        if !self.is_object("catalogue", (source, value)) {
            return None;
        }
        let year = self.year_of(source, value)?;
        if self.catalogue.years.contains(&year) {
            let at = member(value, "academic_year").map_or(value, |member| member.value);
            self.add(CatalogueProblem::DuplicateAcademicYear { year: year_text(year) }, span(source, at));
            return None;
        }
        self.catalogue.years.push(year);
        self.catalogue.years.sort_unstable();
        Some(Document { source, value, year })
    }

    fn year_of(&mut self, source: SourceId, document: Outlined<'_>) -> Option<i32> {
        let Some(given) = member(document, "academic_year").filter(|member| member.value.kind() != Kind::Null) else {
            let start = document.range().start;
            self.add(CatalogueProblem::MissingAcademicYear, Span::new(source, start, start + 1));
            return None;
        };
        let Some(text) = given.value.string() else {
            self.wrong_kind("academic_year", "an academic year such as \"2023-2024\"", (source, given.value));
            return None;
        };
        match academic_year("academic_year", &text) {
            Ok(year) => Some(year),
            Err(problem) => {
                self.add(problem, span(source, given.value));
                None
            }
        }
    }

    /// Every object of a document that describes a code, with a row of its own.
    pub(super) fn describe<'t>(&mut self, document: &'t Document<'t>, rows: &mut Vec<CodedRow<'t>>) {
        for given in document.value.members() {
            if let Some((name, subject)) = CODED_LISTS.iter().find(|(name, _)| given.key.is(name)) {
                for value in self.list(name, (document.source, given.value)) {
                    if !self.is_of_members(name, (document.source, value)) {
                        continue;
                    }
                    match self.coded_row(document, *subject, value) {
                        Some(row) => rows.push(row),
                        None => self.refuse_second_keys((document.source, value), &Names::of(value)),
                    }
                }
            } else if !OTHER_MEMBERS.iter().any(|name| given.key.is(name)) {
                self.undeclared("catalogue", (document.source, given));
            }
        }
    }

    fn coded_row<'t>(&mut self, document: &'t Document<'t>, subject: Subject, value: Outlined<'t>) -> Option<CodedRow<'t>> {
        let key = code_field(subject).name();
        let Some(given) = member(value, key).filter(|member| member.value.kind() != Kind::Null) else {
            self.add(CatalogueProblem::MissingCode { subject: noun(subject), key }, span(document.source, value));
            return None;
        };
        let Some(code) = given.value.string() else {
            self.wrong_kind(key, expected_code(subject), (document.source, given.value));
            return None;
        };
        let Some(row) = self.catalogue.document(subject, &code, document.year) else {
            let problem = CatalogueProblem::DuplicateCode { subject: noun(subject), code: code.into_owned(), year: year_text(document.year) };
            self.add(problem, span(document.source, given.value));
            return None;
        };
        Some(CodedRow { document, subject, row, value })
    }

    /// The row of a code in a document's year; said where that document lacks it.
    pub(super) fn reference(&mut self, subject: Subject, document: &Document<'_>, at: (&'static str, Outlined<'_>)) -> Option<u32> {
        let (field, value) = at;
        let codes = self.catalogue.codes(subject);
        let short = value.packed().and_then(|code| codes.find_packed(code));
        let known = short.or_else(|| value.string().and_then(|code| codes.find(&code)));
        if let Some(row) = known.and_then(|id| codes.documented(id, document.year)) {
            return Some(row);
        }
        self.unknown(subject, document, (field, value));
        None
    }

    fn unknown(&mut self, subject: Subject, document: &Document<'_>, (field, value): (&'static str, Outlined<'_>)) {
        let Some(code) = value.string() else {
            return self.wrong_kind(field, expected_code(subject), (document.source, value));
        };
        let codes = self.catalogue.codes(subject);
        let help = nearest(&code, codes.names()).map(|near| format!("did you mean `{near}`?"));
        let problem = CatalogueProblem::UnknownCode { subject: noun(subject), code: code.into_owned(), year: year_text(document.year), help };
        self.add(problem, span(document.source, value));
    }

    pub(super) fn value_fault(&mut self, problem: ValueProblem, at: Span) {
        self.add(problem, at);
    }
}

pub(super) fn member<'t>(object: Outlined<'t>, name: &str) -> Option<OutlinedMember<'t>> {
    object.members().find(|member| member.key.is(name))
}

/// Which declared name a wrong one may be meant for.
pub(super) fn declared_help(subject: &str, field: &str) -> String {
    let known: Vec<&str> = match Subject::from_word(subject) {
        Some(subject) => names_of(subject).collect(),
        None => CODED_LISTS.iter().map(|(name, _)| *name).chain(OTHER_MEMBERS).collect(),
    };
    match nearest(field, known) {
        Some(near) => format!("it was not read; did you mean `{near}`?"),
        None => "it was not read".to_owned(),
    }
}
