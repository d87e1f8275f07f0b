//! What leads from one code to another: events and their class groups, groups and the groups they cover, identical course units, edges.

use std::borrow::Cow;

use crate::problems::nearest;
use crate::records::from_json::catalogue::documents::member;
use crate::records::from_json::catalogue::{CatalogueReader, CodedRow, Document, span};
use crate::records::json::{Kind, Outlined};
use crate::records::problems::CatalogueProblem;
use crate::records::values::expected_code;
use crate::records::{CatalogueEdge, noun, year_text};
use crate::vocabulary::{List, Subject, fields};

/// The texts of an edge that must be there.
const EDGE_TEXTS: [&str; 3] = ["course", "kind", "expression"];

/// What else an edge may hold.
const OTHER_MEMBERS: [&str; 3] = ["programme", "advisory", "source"];

impl<'t> CatalogueReader<'_, 't> {
    /// What a row of which all fields are read leads to, and what its list of links names.
    pub(super) fn link(&mut self, row: &CodedRow<'t>, links: Option<Outlined<'t>>) {
        if row.subject == Subject::Course {
            if let Some(to) = links {
                self.identical(row, to);
            }
        } else if row.subject == Subject::Event {
            self.event(row, links);
        } else if row.subject == Subject::ClassGroup
            && let Ok(parent) = u32::try_from(self.catalogue.cell(fields::class_group::PARENT, row.row))
        {
            self.catalogue.add_element(List::ClassGroupChildren, parent, row.row);
        }
    }

    fn event(&mut self, event: &CodedRow<'t>, groups: Option<Outlined<'t>>) {
        if let Ok(course) = u32::try_from(self.catalogue.cell(fields::event::COURSE, event.row)) {
            self.catalogue.add_element(List::CourseEvents, course, event.row);
        }
        let Some(groups) = groups else { return };
        let (document, written) = (event.document, (event.document.year, groups.raw()));
        if let Some(known) = self.groups.get(&written) {
            return self.catalogue.add_same_elements(List::EventClassGroups, event.row, *known);
        }
        let mut are_known = groups.kind() == Kind::List;
        for value in self.list("class_groups", (document.source, groups)) {
            match self.reference(Subject::ClassGroup, document, ("class_groups", value)) {
                Some(group) => self.catalogue.add_element(List::EventClassGroups, event.row, group),
                None => are_known = false,
            }
        }
        if are_known {
            self.groups.insert(written, event.row);
        }
    }

    /// An identical unit may be one of another year: its predecessor.
    fn identical(&mut self, course: &CodedRow<'_>, to: Outlined<'_>) {
        if to.kind() == Kind::Text {
            return self.identical_to(course, to);
        }
        for value in self.list("identical_to", (course.document.source, to)) {
            self.identical_to(course, value);
        }
    }

    fn identical_to(&mut self, course: &CodedRow<'_>, value: Outlined<'_>) {
        let Some(code) = value.string() else {
            return self.wrong_kind("identical_to", expected_code(Subject::Course), (course.document.source, value));
        };
        let codes = self.catalogue.codes(Subject::Course);
        match codes.find(&code) {
            Some(other) => self.catalogue.declare_identical(codes.of_row(course.row), other),
            None => self.unknown_in_all_years(&code, course.document, value),
        }
    }

    fn unknown_in_all_years(&mut self, code: &str, document: &Document<'_>, value: Outlined<'_>) {
        let years: Vec<_> = self.catalogue.years.iter().map(|year| year_text(*year)).collect();
        let help = nearest(code, self.catalogue.codes(Subject::Course).names()).map(|near| format!("did you mean `{near}`?"));
        let problem = CatalogueProblem::UnknownCode { subject: noun(Subject::Course), code: code.to_owned(), year: years.join(", "), help };
        self.add(problem, span(document.source, value));
    }

    /// A class group that is covered by itself, through whatever groups, covers nothing that can be judged.
    pub(super) fn refuse_cycles(&mut self, rows: &[CodedRow<'_>]) {
        for group in rows.iter().filter(|row| row.subject == Subject::ClassGroup) {
            let Some(cycle) = self.cycle_through(group.row) else { continue };
            let names: Vec<String> = cycle.iter().map(|row| self.group_name(*row)).collect();
            let at = member(group.value, "parent").map_or(group.value, |member| member.value);
            let problem = CatalogueProblem::ClassGroupCycle { code: self.group_name(group.row), cycle: names.join(" → ") };
            self.add(problem, span(group.document.source, at));
        }
    }

    /// The groups from this one back to itself; nothing unless it is the first of its cycle.
    fn cycle_through(&self, group: u32) -> Option<Vec<u32>> {
        let mut cycle = vec![group];
        loop {
            let last = cycle.last().copied()?;
            let parent = u32::try_from(self.catalogue.cell(fields::class_group::PARENT, last)).ok()?;
            let again = cycle.contains(&parent);
            cycle.push(parent);
            if again {
                let first = cycle.iter().copied().min();
                return (parent == group && first == Some(group)).then_some(cycle);
            }
        }
    }

    fn group_name(&self, row: u32) -> String {
        let codes = self.catalogue.codes(Subject::ClassGroup);
        codes.name(codes.of_row(row)).unwrap_or_default().to_owned()
    }

    pub(super) fn edges(&mut self, document: &Document<'_>) {
        let Some(given) = member(document.value, "edges") else { return };
        for value in self.list("edges", (document.source, given.value)) {
            if self.is_object("edges", (document.source, value))
                && let Some(edge) = self.edge(document, value)
            {
                self.catalogue.edges.push(edge);
            }
        }
    }

    fn edge(&mut self, document: &Document<'_>, value: Outlined<'_>) -> Option<CatalogueEdge> {
        for given in value.members() {
            if !EDGE_TEXTS.iter().chain(&OTHER_MEMBERS).any(|name| given.key.is(name)) {
                self.undeclared("edge", (document.source, given));
            }
        }
        let [course, kind, expression] = EDGE_TEXTS.map(|key| self.edge_text(document, value, key));
        if let Some(given) = member(value, "course").filter(|_| course.is_some()) {
            self.reference(Subject::Course, document, ("course", given.value));
        }
        if let Some(given) = member(value, "programme").filter(|given| given.value.string().is_some()) {
            self.reference(Subject::Programme, document, ("programme", given.value));
        }
        let missing = EDGE_TEXTS.into_iter().find(|key| member(value, key).is_none_or(|member| member.value.kind() == Kind::Null));
        if let Some(key) = missing {
            self.add(CatalogueProblem::IncompleteEdge { key }, span(document.source, value));
        }
        Some(CatalogueEdge {
            year: document.year,
            course: course?,
            kind: kind?,
            expression: expression?,
            programme: self.edge_text(document, value, "programme"),
            advisory: self.advisory(document, value),
            source: self.edge_text(document, value, "source"),
            at: span(document.source, value),
        })
    }

    fn edge_text(&mut self, document: &Document<'_>, edge: Outlined<'_>, key: &'static str) -> Option<String> {
        let given = member(edge, key).filter(|member| member.value.kind() != Kind::Null)?;
        let text = given.value.string().map(Cow::into_owned);
        if text.is_none() {
            self.wrong_kind(key, "a text", (document.source, given.value));
        }
        text
    }

    fn advisory(&mut self, document: &Document<'_>, edge: Outlined<'_>) -> bool {
        let Some(given) = member(edge, "advisory") else { return false };
        match given.value.kind() {
            Kind::Boolean(advisory) => return advisory,
            Kind::Null => {}
            Kind::Number | Kind::Text | Kind::List | Kind::Object => self.wrong_kind("advisory", "`true` or `false`", (document.source, given.value)),
        }
        false
    }
}
