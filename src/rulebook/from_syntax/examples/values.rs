//! What an example gives: the row that is meant, and each value with the type of its field or definition.

use chrono::NaiveDate;

use super::world::World;
use crate::records::CodeId;
use crate::rulebook::from_syntax::compiler::Compiler;
use crate::rulebook::from_syntax::did_you_mean::{did_you_mean, did_you_mean_or_list};
use crate::rulebook::from_syntax::fold::fold;
use crate::rulebook::from_syntax::names::is_coded;
use crate::rulebook::from_syntax::scope::{Place, Scope};
use crate::rulebook::from_syntax::typer::{Hint, Typer, alike};
use crate::rulebook::problems::ExampleProblem;
use crate::rulebook::{Constant, Expression, ExpressionKind, GivenRowId, GivenValue, Type};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, Given, GivenItem, Word};
use crate::syntax::expression as written;
use crate::syntax::expression::Literal;
use crate::vocabulary::{Field, Link, List, Subject, fields};

/// The subject that a `given` names by a code.
pub(super) fn coded_subject(given: &Given) -> Option<Subject> {
    match Subject::from_word(&given.subject.value)? {
        Subject::Unit => Some(Subject::Course),
        subject => is_coded(subject).then_some(subject),
    }
}

/// A code, bare or in quotes.
pub(super) fn code_text(key: &written::Expression) -> Option<&str> {
    match key.kind.as_ref() {
        written::ExpressionKind::Code(code) | written::ExpressionKind::Literal(Literal::Text(code)) => Some(code),
        _ => None,
    }
}

impl Compiler<'_> {
    pub(super) fn check_day(&mut self, date: &written::Expression) -> Option<NaiveDate> {
        if let written::ExpressionKind::Literal(Literal::Date(date)) = date.kind.as_ref() {
            return Some(*date);
        }
        self.report(date.span, ExampleProblem::CheckDay { at: date.span });
        None
    }

    /// `given SUBJECT [KEY] { … }` at the top of an example.
    pub(super) fn give(&mut self, world: &mut World, given: &Given) {
        if given.subject.value == "dossier" {
            self.give_dossier(world, given);
            return;
        }
        let Some(subject) = self.given_subject(&given.subject) else { return };
        let home = if subject == Subject::Student || is_coded(subject) { None } else { world.home(subject) };
        if home.is_none() && subject.owner().is_some() {
            let (at, count) = (given.subject.span, world.ids(Subject::Entry).len());
            let help = "put it inside the entry: `given entry BM101 { outcome: passed }`";
            self.report(at, ExampleProblem::WhichSubject { subject: Subject::Entry.word(), at, count, help });
            return;
        }
        if let Some(row) = self.given_row(world, given, (subject, home)) {
            self.items(world, row, &given.items);
        }
    }

    fn give_dossier(&mut self, world: &mut World, given: &Given) {
        match given.key.as_ref().and_then(|key| Some((code_text(key)?, key.span))) {
            Some((name, span)) => world.dossier = Some(Spanned::new(name.to_owned(), span)),
            None => self.wrong_key(Subject::Student, given.subject.span),
        }
    }

    fn given_subject(&mut self, word: &Word) -> Option<Subject> {
        let found = Subject::from_word(&word.value);
        if found.is_none() {
            let help = did_you_mean_or_list(&word.value, "subjects are", &Subject::ALL.map(Subject::word));
            self.report(word.span, ExampleProblem::UnknownSubject { word: word.value.clone(), at: word.span, help });
        }
        found
    }

    fn wrong_key(&mut self, subject: Subject, at: Span) {
        let help = match subject {
            Subject::Enrolment => "an enrolment is named by its year: `given enrolment 2022-2023`",
            Subject::Student => "a record of the world is named in quotes: `given dossier \"r0745123\"`",
            subject if is_coded(subject) => "it is named by its code: `given programme PB-BM`",
            Subject::Entry | Subject::Exemption | Subject::Unit | Subject::RequestedCourse => "it is named by its course unit: `given entry BM101`",
            _ => "it has none: give its fields in the braces",
        };
        self.report(at, ExampleProblem::WrongKey { subject: subject.word(), at, help });
    }

    /// The row that is meant; new where it is not there yet.
    fn given_row(&mut self, world: &mut World, given: &Given, (subject, home): (Subject, Option<GivenRowId>)) -> Option<GivenRowId> {
        let key = given.key.as_ref();
        if is_coded(subject) {
            let code = match key {
                Some(key) => Some(self.code_key((subject, subject), key)?),
                None => None,
            };
            return Some(world.coded(subject, code));
        }
        match subject {
            Subject::Student | Subject::Isp | Subject::Result if key.is_none() => Some(match (subject, home) {
                (Subject::Isp, Some(enrolment)) => world.isp_of(enrolment),
                (Subject::Result, Some(entry)) => world.result_of(entry),
                _ => GivenRowId(0),
            }),
            Subject::Enrolment => match key {
                None => Some(world.current_enrolment()),
                Some(key) => self.year_key(key).map(|year| world.enrolment_of(year)),
            },
            Subject::Entry | Subject::Exemption | Subject::Unit | Subject::RequestedCourse => {
                let course = self.course_of(given)?;
                Some(world.of_course(subject, home?, course))
            }
            Subject::Phase if key.is_some() => self.phase(world, home?, key?),
            _ if key.is_some() => {
                self.wrong_key(subject, key.map_or(given.subject.span, |key| key.span));
                None
            }
            _ => Some(world.new_row(subject, home?)),
        }
    }

    fn phase(&mut self, world: &mut World, programme: GivenRowId, key: &written::Expression) -> Option<GivenRowId> {
        let number = self.value_of("number", key, Type::Integer)?;
        let row = world.new_row(Subject::Phase, programme);
        world.set(row, fields::phase::NUMBER, GivenValue::Constant(number));
        Some(row)
    }

    /// The course unit that names a row: its key, or its field `course`; nothing inside where it has neither.
    #[expect(clippy::option_option, reason = "left out and broken are two things")]
    fn course_of(&mut self, given: &Given) -> Option<Option<GivenValue>> {
        let in_braces = given.items.iter().find_map(|item| match item {
            GivenItem::Value { name, value: ast::GivenValue::One(value) } if name.value == "course" => Some(value),
            GivenItem::Value { .. } | GivenItem::Nested(_) => None,
        });
        match given.key.as_ref().or(in_braces) {
            None => Some(None),
            Some(key) => {
                let id = self.code_key((Subject::from_word(&given.subject.value).unwrap_or(Subject::Course), Subject::Course), key)?;
                Some(Some(GivenValue::Constant(Constant::Code(Subject::Course, id))))
            }
        }
    }

    /// The code that names a row: its own, or that of the course unit it is about.
    fn code_key(&mut self, (named, subject): (Subject, Subject), key: &written::Expression) -> Option<CodeId> {
        let Some(code) = code_text(key) else {
            self.wrong_key(named, key.span);
            return None;
        };
        self.code(subject, code, key.span)
    }

    fn year_key(&mut self, key: &written::Expression) -> Option<i32> {
        if let written::ExpressionKind::Literal(Literal::AcademicYear(year)) = key.kind.as_ref() {
            return Some(*year);
        }
        self.wrong_key(Subject::Enrolment, key.span);
        None
    }

    fn items(&mut self, world: &mut World, row: GivenRowId, items: &[GivenItem]) {
        let mut seen: Vec<&str> = Vec::new();
        for item in items {
            match item {
                GivenItem::Value { name, value } => {
                    if seen.contains(&name.value.as_str()) {
                        self.report(name.span, ExampleProblem::GivenTwice { name: name.value.clone(), at: name.span });
                    }
                    seen.push(&name.value);
                    self.item(world, row, (name, value));
                }
                GivenItem::Nested(nested) => self.nested(world, row, nested),
            }
        }
    }

    // The parser caps how deep `given` nests, so this recursion is shallow.
    fn nested(&mut self, world: &mut World, row: GivenRowId, given: &Given) {
        let Some(subject) = self.given_subject(&given.subject) else { return };
        let owner = world.row(row).subject;
        let home = match subject.owner() {
            Some(expected) if expected == owner => Some(row),
            Some(Subject::Isp) if owner == Subject::Enrolment => Some(world.isp_of(row)),
            _ => None,
        };
        let Some(home) = home else {
            let at = given.subject.span;
            let help = subject.owner().map_or_else(
                || format!("give it by itself: `given {}`", subject.word()),
                |expected| format!("{} stands in {}, or by itself: `given {}`", subject.word(), expected.word(), subject.word()),
            );
            self.report(at, ExampleProblem::WrongOwner { subject: subject.word(), owner: owner.word(), at, help });
            return;
        };
        if let Some(inner) = self.given_row(world, given, (subject, Some(home))) {
            self.items(world, inner, &given.items);
        }
    }

    /// Give one value: of a field, a definition or a list, by a name as the row's own rules would read it.
    pub(super) fn item(&mut self, world: &mut World, row: GivenRowId, (name, value): (&Word, &ast::GivenValue)) {
        let subject = world.row(row).subject;
        let Some(target) = self.target(subject, name) else { return };
        let at = name.span;
        let (ExpressionKind::Field { row: path, .. } | ExpressionKind::Definition { row: path, .. } | ExpressionKind::List { row: path, .. }) =
            target.kind.as_ref()
        else {
            self.give_owner_code(world, row, (&target, name, value));
            return;
        };
        let Some(owner) = world.follow(row, path) else {
            let (found, expected) = ("nothing that an example could make".to_owned(), "a row to stand in".to_owned());
            let help = "give that row first, then its value".to_owned();
            self.report(at, ExampleProblem::WrongValue { name: name.value.clone(), expected, found, at, help });
            return;
        };
        match target.kind.as_ref() {
            ExpressionKind::List { list, .. } => self.give_list(world, owner, (*list, name, value)),
            ExpressionKind::Field { field, .. } => {
                if let Some(value) = self.given_value(name, value, target.kind_of_value) {
                    world.set(owner, *field, value);
                }
            }
            ExpressionKind::Definition { definition, .. } => {
                if let Some(value) = self.given_value(name, value, target.kind_of_value) {
                    let definitions = &mut world.row_mut(owner).definitions;
                    definitions.retain(|(known, _)| known != definition);
                    definitions.push((*definition, value));
                }
            }
            _ => {}
        }
    }

    /// What a name means on a row; an entry's result can be given on the entry, before what stands around it.
    fn target(&mut self, subject: Subject, name: &Word) -> Option<Expression> {
        let scope = Scope::of(subject).at(Place::Example);
        let result = || format!("result.{}", name.value);
        let has = |subject: Subject| Field::find(subject, &name.value).is_some();
        let is_of_result = subject == Subject::Entry && !has(Subject::Entry) && has(Subject::Result);
        let written = if is_of_result { result() } else { name.value.clone() };
        let found = self.value_named(&scope, &written, name.span);
        let found = found.or_else(|| if subject == Subject::Entry { self.value_named(&scope, &result(), name.span) } else { None });
        if found.is_none() {
            let names = fields::fields_of(subject).iter().map(|field| field.name).chain(self.headers.names_of(subject));
            let help =
                did_you_mean(&name.value, names).unwrap_or_else(|| format!("define it first: `define {} of {} = …`", name.value, subject.word()));
            self.report(name.span, ExampleProblem::UnknownField { name: name.value.clone(), subject: subject.word(), at: name.span, help });
        }
        found
    }

    /// `programme: PB-NUR` of a unit names the row it stands in.
    fn give_owner_code(&mut self, world: &mut World, row: GivenRowId, (target, name, value): (&Expression, &Word, &ast::GivenValue)) {
        let at = name.span;
        if let (ExpressionKind::Follow { row: path, link: Link::Owner(_) }, Type::Reference(subject)) = (target.kind.as_ref(), target.kind_of_value)
            && is_coded(subject)
            && let Some(owner) = world.follow(row, path).and_then(|row| world.row(row).owner)
        {
            if let Some(GivenValue::Constant(Constant::Code(_, code))) = self.given_value(name, value, target.kind_of_value) {
                world.row_mut(owner).code = Some(code);
            }
            return;
        }
        let (found, expected) = (target.kind_of_value.to_string(), "fields of its own".to_owned());
        let help = format!("give its fields: `{} {{ … }}`", name.value);
        self.report(at, ExampleProblem::WrongValue { name: name.value.clone(), expected, found, at, help });
    }

    fn given_value(&mut self, name: &Word, value: &ast::GivenValue, kind: Type) -> Option<GivenValue> {
        match value {
            ast::GivenValue::Unknown(_) => Some(GivenValue::Unknown),
            ast::GivenValue::One(value) => self.value_of(&name.value, value, kind).map(GivenValue::Constant),
            ast::GivenValue::List(values) => {
                let at = values.first().map_or(name.span, |value| value.span);
                let (expected, found) = (kind.to_string(), "a list".to_owned());
                self.report(at, ExampleProblem::WrongValue { name: name.value.clone(), expected, found, at, help: "give one value".to_owned() });
                None
            }
        }
    }

    /// A value written out, of a type.
    pub(super) fn value_of(&mut self, name: &str, value: &written::Expression, kind: Type) -> Option<Constant> {
        let scope = Scope::of(Subject::Student).at(Place::Example);
        let typed = Typer::new(self, scope).expression(value, Hint::RightOf(kind))?;
        let (at, found) = (value.span, typed.kind_of_value);
        let Some(constant) = fold(&typed).filter(|constant| *constant != Constant::None) else {
            self.report(at, ExampleProblem::NotAValue { at });
            return None;
        };
        if !alike(found, kind) {
            let unsigned = kind == Type::Percent && found.is_plain_number();
            let help = if unsigned { "write the percentage with its sign: `29.5%`".to_owned() } else { format!("give {kind}") };
            let (expected, found) = (kind.to_string(), found.to_string());
            self.report(at, ExampleProblem::WrongValue { name: name.to_owned(), expected, found, at, help });
            return None;
        }
        Some(constant)
    }

    fn give_list(&mut self, world: &mut World, row: GivenRowId, (list, name, value): (List, &Word, &ast::GivenValue)) {
        let element = list.element();
        let values = match value {
            ast::GivenValue::Unknown(_) => None,
            ast::GivenValue::One(value) => Some(std::slice::from_ref(value)),
            ast::GivenValue::List(values) => Some(values.as_slice()),
        };
        let by_course = element == Subject::RequestedCourse;
        if let Some([first, ..]) = values.filter(|_| !is_coded(element) && !by_course) {
            let at = first.span;
            let (expected, found) = (Type::List(element).to_string(), "something else".to_owned());
            let help = format!("give each by itself: `given {} {{ … }}`", element.word());
            self.report(at, ExampleProblem::WrongValue { name: name.value.clone(), expected, found, at, help });
            return;
        }
        let kind = Type::Reference(if by_course { Subject::Course } else { element });
        let typed: Option<Vec<GivenValue>> = values.map(|values| {
            let typed = values.iter().filter_map(|value| self.value_of(&name.value, value, kind));
            typed.map(GivenValue::Constant).collect()
        });
        if let Some(courses) = typed.as_ref().filter(|_| by_course) {
            for course in courses {
                world.of_course(element, row, Some(*course));
            }
            return;
        }
        let lists = &mut world.row_mut(row).lists;
        lists.retain(|(known, _)| *known != list);
        lists.push((list, typed));
    }
}
