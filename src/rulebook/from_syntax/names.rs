//! Names: what a bare name, a path or a code stands for, by the rules of the language's "Names".

use crate::rulebook::from_syntax::did_you_mean::did_you_mean;
use crate::rulebook::from_syntax::scope::{Place, owner_row, owners};
use crate::rulebook::from_syntax::typer::{Hint, Typer};
use crate::rulebook::problems::{ExampleProblem, NameProblem, TypeProblem};
use crate::rulebook::{Constant, Expression, ExpressionKind, Type};
use crate::source::Span;
use crate::syntax::ast::Word;
use crate::syntax::expression as written;
use crate::vocabulary::{Enumeration, Field, Link, List, Subject, fields};

/// What a name stands for.
pub(super) enum Found {
    One(Expression),
    /// A definition whose type is not known because of another problem.
    Broken,
    Two {
        meanings: String,
        help: String,
    },
    Nothing,
}

impl Found {
    fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        if matches!(self, Self::Nothing) { other() } else { self }
    }
}

impl From<Option<Expression>> for Found {
    fn from(found: Option<Expression>) -> Self {
        found.map_or(Self::Nothing, Self::One)
    }
}

/// Subjects whose rows the catalogue names by codes.
pub(super) fn is_coded(subject: Subject) -> bool {
    matches!(subject, Subject::Programme | Subject::Course | Subject::Event | Subject::ClassGroup)
}

impl Typer<'_, '_> {
    pub(super) fn name(&mut self, name: &str, at: Span, hint: Hint) -> Option<Expression> {
        match hint {
            Hint::Expected(Type::Enumeration(enumeration)) | Hint::RightOf(Type::Enumeration(enumeration)) => self.word_of(enumeration, name, at),
            Hint::RightOf(Type::Text) => Some(self.free_word(name, at)),
            Hint::Nothing | Hint::Expected(_) | Hint::RightOf(_) => match self.lookup(name, at) {
                Found::One(found) => Some(found),
                Found::Broken => None,
                Found::Two { meanings, help } => {
                    self.compiler.report(at, NameProblem::Ambiguous { name: name.to_owned(), meanings, at, help });
                    None
                }
                Found::Nothing => self.unknown(name, at),
            },
        }
    }

    /// A word of the left side's enumeration comes first; if it is also a name, the sentence has two meanings.
    fn word_of(&mut self, enumeration: Enumeration, name: &str, at: Span) -> Option<Expression> {
        let found = self.lookup(name, at);
        let Some(index) = enumeration.index_of(name) else {
            return match found {
                Found::One(found) => Some(found),
                Found::Broken => None,
                Found::Two { .. } | Found::Nothing => self.unknown_value(enumeration, name, at),
            };
        };
        let rival = match found {
            Found::One(found) => found.kind_of_value == Type::Enumeration(enumeration) || matches!(*found.kind, ExpressionKind::Definition { .. }),
            Found::Broken => true,
            Found::Two { .. } | Found::Nothing => false,
        };
        if rival {
            self.compiler.report(at, NameProblem::AmbiguousValue { name: name.to_owned(), enumeration: enumeration.name(), at });
            return None;
        }
        Some(Expression::new(ExpressionKind::Constant(Constant::Enumeration(enumeration, index)), Type::Enumeration(enumeration), at))
    }

    pub(super) fn unknown_value(&mut self, enumeration: Enumeration, value: &str, at: Span) -> Option<Expression> {
        let words = enumeration.values();
        let help = did_you_mean(value, words.iter().copied()).unwrap_or_else(|| format!("its words are {}", words.join(", ")));
        let enumeration = enumeration.name().to_owned();
        self.compiler.report(at, NameProblem::UnknownValue { value: value.to_owned(), enumeration, at, help });
        None
    }

    /// To the right of a text: a name in scope that is a text, else the word itself.
    fn free_word(&mut self, name: &str, at: Span) -> Expression {
        if let Found::One(found) = self.lookup(name, at)
            && found.kind_of_value == Type::Text
        {
            return found;
        }
        self.text(name, at)
    }

    pub(super) fn text(&mut self, text: &str, at: Span) -> Expression {
        let id = self.compiler.catalogue.texts.intern(text);
        Expression::new(ExpressionKind::Constant(Constant::Text(id)), Type::Text, at)
    }

    /// What a bare name stands for here.
    pub(super) fn lookup(&mut self, name: &str, at: Span) -> Found {
        if let Some(element) = self.scope.named(name, at) {
            return Found::One(element);
        }
        let nameless = self.scope.nameless(at).map(|(element, row)| (element.shared, row));
        let Some((shared, row)) = nameless else { return self.lookup_of_subject(name, at) };
        self.own_member(row.clone(), name, at).or_else(|| self.word_near_element(row, shared, name))
    }

    fn lookup_of_subject(&mut self, name: &str, at: Span) -> Found {
        let this = self.scope.this_row(at);
        if self.scope.this == Subject::Student && name == Subject::Student.word() {
            return Found::One(this);
        }
        let own = self.member(this, name, at).or_else(|| self.subject_word(name, at).into());
        owners(self.scope.this).skip(1).fold(own, |found, owner| {
            found.or_else(|| owner_row(self.scope.this_row(at), owner).map_or(Found::Nothing, |row| self.member(row, name, at)))
        })
    }

    /// A subject's word beside a nameless element: the element's owner or the subject's, which must be the same where there are both.
    fn word_near_element(&mut self, element: Expression, shared: Option<Subject>, name: &str) -> Found {
        let Some(word) = Subject::from_word(name) else { return Found::Nothing };
        let (at, kind) = (element.span, element.kind_of_value);
        let (of_element, of_subject) = (owner_row(element, word), self.subject_word(name, at));
        let is_shared = word == Subject::Student || shared.is_some_and(|shared| owners(shared).any(|owner| owner == word));
        match (of_element, of_subject) {
            (Some(_), Some(_)) if !is_shared => {
                let this = self.scope.this.word();
                let meanings = format!("the {name} of the element, which is {kind}, or the one of this {this}");
                let help = format!("name the element, `e in …` and `e.{name}`, or write `this.{name}`");
                Found::Two { meanings, help }
            }
            (of_element, of_subject) => of_subject.or(of_element).into(),
        }
    }

    /// The subject's own word, an owner's, or `programme`, `course`, `unit` of them.
    fn subject_word(&mut self, name: &str, at: Span) -> Option<Expression> {
        let word = Subject::from_word(name)?;
        if let Some(row) = owner_row(self.scope.this_row(at), word) {
            return Some(row);
        }
        if !matches!(word, Subject::Programme | Subject::Course | Subject::Unit) {
            return None;
        }
        owners(self.scope.this).find_map(|owner| {
            let row = owner_row(self.scope.this_row(at), owner)?;
            match self.member(row, name, at) {
                Found::One(found) => Some(found),
                Found::Broken | Found::Two { .. } | Found::Nothing => None,
            }
        })
    }

    /// A field, link, list, computed value or definition of a row, or an owner of it.
    pub(super) fn member(&mut self, row: Expression, name: &str, at: Span) -> Found {
        let owner = Subject::from_word(name).filter(|owner| row.kind_of_value != Type::Reference(*owner));
        let own = self.own_member(row.clone(), name, at);
        own.or_else(|| owner.and_then(|owner| owner_row(Expression { span: at, ..row }, owner)).into())
    }

    fn own_member(&mut self, row: Expression, name: &str, at: Span) -> Found {
        let Type::Reference(subject) = row.kind_of_value else { return Found::Nothing };
        let one = |kind, kind_of_value| Found::One(Expression::new(kind, kind_of_value, at));
        if let Some(field) = Field::find(subject, name) {
            return one(ExpressionKind::Field { row, field }, field.kind().into());
        }
        if let Some(link) = Link::find(subject, name) {
            return one(ExpressionKind::Follow { row, link }, Type::Reference(link.to()));
        }
        if let Some(list) = List::find(subject, name) {
            return one(ExpressionKind::List { row, list }, Type::List(list.element()));
        }
        match (subject, name) {
            (Subject::Enrolment, "done_credits") => return one(ExpressionKind::DoneCredits { enrolment: row }, Type::Credits),
            (Subject::Result, "tolerable") => return one(ExpressionKind::Tolerable { result: row }, Type::Boolean),
            _ => {}
        }
        self.definition_of(row, subject, name)
    }

    fn definition_of(&mut self, row: Expression, subject: Subject, name: &str) -> Found {
        let headers = &mut self.compiler.headers;
        let Some(definition) = headers.find(name).filter(|id| headers.get(*id).subject == subject) else { return Found::Nothing };
        headers.note_use(self.inside, definition);
        let Some(kind) = headers.get(definition).kind_of_value else { return Found::Broken };
        let span = row.span;
        Found::One(Expression::new(ExpressionKind::Definition { row, definition }, kind, span))
    }

    pub(super) fn path(&mut self, of: &written::Expression, name: &Word, at: Span) -> Option<Expression> {
        if let written::ExpressionKind::Window { name: window, semester } = of.kind.as_ref() {
            return self.window_day((window, semester.as_ref()), name, at);
        }
        let row = self.expression(of, None)?;
        let Type::Reference(subject) = row.kind_of_value else {
            let (found, name, at) = (row.kind_of_value.to_string(), name.value.clone(), name.span);
            let help = match row.kind_of_value {
                Type::List(_) => format!("go through its elements: `every e in … satisfies e.{name} …`"),
                _ => "only rows have fields: an entry, an enrolment, a course".to_owned(),
            };
            self.compiler.report(at, TypeProblem::NoFields { found, name, at, help });
            return None;
        };
        match self.member(row, &name.value, name.span) {
            Found::One(found) => Some(Expression { span: at, ..found }),
            Found::Broken => None,
            Found::Two { .. } | Found::Nothing => self.unknown_member(subject, name),
        }
    }

    fn unknown_member(&mut self, subject: Subject, name: &Word) -> Option<Expression> {
        let (at, value) = (name.span, name.value.as_str());
        let candidates = self.members(subject);
        let help = did_you_mean(value, candidates).or_else(|| self.elsewhere(value)).unwrap_or_else(|| define_it(value, subject));
        let sought = format!("not a field, a list or a definition of {}", subject.word());
        self.compiler.report(at, NameProblem::Unknown { name: value.to_owned(), sought, at, help });
        None
    }

    fn unknown(&mut self, name: &str, at: Span) -> Option<Expression> {
        let Type::Reference(bare) = self.scope.bare_row(at).kind_of_value else { return None };
        if self.scope.place == Place::Example {
            self.compiler.report(at, ExampleProblem::NotAValue { at });
            return None;
        }
        let nameless = self.scope.nameless(at).is_some();
        if let Some(owner) = self.holder(name, at).filter(|_| nameless) {
            let sought = format!("not a field or a definition of {}, whose names these are", bare.word());
            let help = format!("what is not the element's goes through the subject: `{owner}.{name}`");
            self.compiler.report(at, NameProblem::Unknown { name: name.to_owned(), sought, at, help });
            return None;
        }
        let mut candidates = self.members(bare);
        if !nameless {
            candidates.extend(owners(self.scope.this).skip(1).flat_map(|owner| self.members(owner)));
        }
        candidates.extend(owners(self.scope.this).map(|owner| -> &str { owner.word() }));
        let help = did_you_mean(name, candidates).or_else(|| self.elsewhere(name)).unwrap_or_else(|| define_it(name, bare));
        let sought = format!("not a field, a definition or a word of {}", bare.word());
        self.compiler.report(at, NameProblem::Unknown { name: name.to_owned(), sought, at, help });
        None
    }

    /// How to reach the subject or the owner of it that has a field or a definition of that name.
    fn holder(&mut self, name: &str, at: Span) -> Option<&'static str> {
        let this = self.scope.this;
        owners(this).find_map(|owner| {
            let row = owner_row(self.scope.this_row(at), owner)?;
            let word = if owner == this { "this" } else { owner.word() };
            matches!(self.member(row, name, at), Found::One(_)).then_some(word)
        })
    }

    /// Every name that a row of a subject has.
    fn members(&self, subject: Subject) -> Vec<&str> {
        let mut members: Vec<&str> = self.compiler.headers.names_of(subject).collect();
        members.extend(fields::fields_of(subject).iter().flat_map(|field| [Some(field.name), field.alias]).flatten());
        members.extend(List::ALL.into_iter().filter(|list| list.owner() == subject).map(|list| -> &str { list.name() }));
        members
    }

    /// Where a name is known that is not known here.
    fn elsewhere(&self, name: &str) -> Option<String> {
        let headers = &self.compiler.headers;
        if let Some(id) = headers.find(name) {
            let subject = headers.get(id).subject.word();
            return Some(format!("`{name}` is a definition of {subject}: reach the {subject} first, `{subject}.{name}`"));
        }
        did_you_mean(name, headers.list.iter().map(|header| header.written.name.value.as_str()))
    }

    pub(super) fn code(&mut self, code: &str, at: Span, hint: Hint) -> Option<Expression> {
        match hint.kind() {
            Some(Type::Reference(subject)) if is_coded(subject) => {
                let id = self.compiler.code(subject, code, at)?;
                Some(Expression::new(ExpressionKind::Constant(Constant::Code(subject, id)), Type::Reference(subject), at))
            }
            Some(Type::Text) => Some(self.text(code, at)),
            expected => {
                let help = match expected {
                    Some(Type::Reference(subject)) if Field::find(subject, "course").is_some() => {
                        format!("a code names a course unit: compare `{}.course` with it", subject.word())
                    }
                    _ => "names of fields and definitions are written in small letters".to_owned(),
                };
                let expected =
                    expected.map_or_else(|| "a field or a definition is expected here".to_owned(), |kind| format!("{kind} is expected here"));
                self.compiler.report(at, NameProblem::MisplacedCode { code: code.to_owned(), expected, at, help });
                None
            }
        }
    }
}

/// What is left to say where nothing is near.
fn define_it(name: &str, subject: Subject) -> String {
    match Subject::from_word(name) {
        Some(_) => format!("there is no one {name} to a {}: go through a list of it", subject.word()),
        None => format!("give it a meaning: `define {name} of {} = …`", subject.word()),
    }
}
