//! One object into one row, with the rows that stand in it.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::records::Given;
use crate::records::from_json::dossier::cell::{CellSeed, Form};
use crate::records::from_json::dossier::hand::{Hand, Step};
use crate::records::from_json::dossier::keys::{STUDENT_LISTS, Target};
use crate::records::from_json::dossier::list::{CodesSeed, RowsSeed};
use crate::records::problems::RecordProblem;
use crate::records::values::{AN_OBJECT, Found, ValueProblem};
use crate::vocabulary::enumerations::index;
use crate::vocabulary::{List, Subject, fields};

/// Reads an object; whether there was one rather than `null`.
pub(super) struct ObjectSeed<'h, 'a, 'c> {
    pub(super) hand: &'h mut Hand<'a, 'c>,
    pub(super) subject: Subject,
    /// The key it stands under.
    pub(super) name: &'static str,
    pub(super) null: Null,
}

/// What `null` in the place of an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Null {
    /// The same as leaving it out.
    LeftOut,
    /// No object, where one is due.
    Refused,
}

impl ObjectSeed<'_, '_, '_> {
    fn wrong_kind<E: Error>(self, found: Found) -> E {
        self.hand.fail(ValueProblem::wrong_kind(self.name, AN_OBJECT, found))
    }
}

impl<'de> DeserializeSeed<'de> for ObjectSeed<'_, '_, '_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ObjectSeed<'_, '_, '_> {
    type Value = bool;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(AN_OBJECT)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<bool, A::Error> {
        let row = self.hand.batch.table_mut(self.subject).append();
        let seen = Members { hand: &mut *self.hand, subject: self.subject, row }.read(map)?;
        self.hand.close(self.subject, row, seen);
        Ok(true)
    }

    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        if self.null == Null::LeftOut { Ok(false) } else { Err(self.wrong_kind(Found::Null)) }
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<bool, E> {
        Err(self.wrong_kind(Found::Boolean(value)))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<bool, E> {
        Err(self.wrong_kind(Found::Number(value.to_string())))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<bool, E> {
        Err(self.wrong_kind(Found::Number(value.to_string())))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<bool, E> {
        Err(self.wrong_kind(Found::Number(value.to_string())))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<bool, E> {
        Err(self.wrong_kind(Found::text(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<bool, A::Error> {
        Err(self.wrong_kind(Found::List))
    }
}

/// Which keys an object had, a bit each; a list or an object that was `null` counts as left out.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seen {
    keys: u64,
    left_out: u64,
}

/// The members of one object.
struct Members<'h, 'a, 'c> {
    hand: &'h mut Hand<'a, 'c>,
    subject: Subject,
    row: u32,
}

impl Members<'_, '_, '_> {
    fn read<'de, A: MapAccess<'de>>(&mut self, mut map: A) -> Result<Seen, A::Error> {
        let mut seen = Seen::default();
        let mut before = 0;
        while let Some(found) = map.next_key_seed(KeySeed { hand: &mut *self.hand, subject: self.subject, before })? {
            let Some(index) = found else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let key = self.hand.state.keys.of(self.subject)[index];
            if seen.keys >> index & 1 == 1 {
                return Err(self.hand.fail(RecordProblem::DuplicateKey { key: key.name }));
            }
            seen.keys |= 1 << index;
            let given = self.value(&mut map, (key.name, key.target));
            match given {
                Ok(true) => {}
                Ok(false) => seen.left_out |= 1 << index,
                Err(error) => {
                    self.hand.state.trail.push(Step::Key(key.name));
                    return Err(error);
                }
            }
            before = index + 1;
        }
        Ok(seen)
    }

    fn value<'de, A: MapAccess<'de>>(&mut self, map: &mut A, (name, target): (&'static str, Target)) -> Result<bool, A::Error> {
        let (hand, row) = (&mut *self.hand, self.row);
        match target {
            Target::Cell(field) => map.next_value_seed(CellSeed { hand, field, row, form: Form::Plain }).map(|()| true),
            Target::Instant(field) => map.next_value_seed(CellSeed { hand, field, row, form: Form::Instant }).map(|()| true),
            Target::Rows(subject) => map.next_value_seed(RowsSeed { hand, subject, name }),
            Target::Codes(subject) => map.next_value_seed(CodesSeed { hand, subject, name }),
            Target::One(subject) => map.next_value_seed(ObjectSeed { hand, subject, name, null: Null::LeftOut }),
        }
    }
}

impl Hand<'_, '_> {
    fn has(&self, subject: Subject, seen: Seen, target: Target) -> bool {
        let index = self.state.keys.of(subject).iter().position(|key| key.target == target);
        index.is_some_and(|index| (seen.keys & !seen.left_out) >> index & 1 == 1)
    }

    /// End a row: what it owns is closed, and what is always there is there.
    fn close(&mut self, subject: Subject, row: u32, seen: Seen) {
        if subject == Subject::Entry {
            self.close_entry(row, seen);
        } else if subject == Subject::Isp {
            let requested = self.has(subject, seen, Target::Codes(Subject::RequestedCourse));
            self.close_isp(if requested { Given::Yes } else { Given::No });
        } else if subject == Subject::Enrolment {
            self.close_enrolment(seen);
        } else if subject == Subject::Student {
            self.close_student(seen);
        }
    }

    fn close_student(&mut self, seen: Seen) {
        for list in STUDENT_LISTS {
            let unknown =
                matches!(list, List::StudentEnrolments | List::StudentDiplomas | List::StudentCreditCertificates | List::StudentLearningAccount);
            let given = !unknown || self.has(Subject::Student, seen, Target::Rows(list.element()));
            self.batch.table_mut(list.element()).close_owner(if given { Given::Yes } else { Given::No });
        }
    }

    fn close_enrolment(&mut self, seen: Seen) {
        if !self.has(Subject::Enrolment, seen, Target::One(Subject::Isp)) {
            let row = self.batch.table_mut(Subject::Isp).append();
            self.set(fields::isp::STATE, row, index::STATE_NONE);
            self.close_isp(Given::Yes);
        }
        self.batch.table_mut(Subject::Isp).close_owner(Given::Yes);
    }

    fn close_isp(&mut self, requested: Given) {
        self.batch.table_mut(Subject::Entry).close_owner(Given::Yes);
        self.batch.table_mut(Subject::RequestedCourse).close_owner(requested);
    }

    fn close_entry(&mut self, row: u32, seen: Seen) {
        if !self.has(Subject::Entry, seen, Target::One(Subject::Result)) {
            self.batch.table_mut(Subject::Result).append();
        }
        self.batch.table_mut(Subject::Result).close_owner(Given::Yes);
        if self.cell(fields::entry::KIND, row).is_none() {
            self.set(fields::entry::KIND, row, index::KIND_REGULAR);
        }
    }
}

/// Reads a key: its index, or nothing where nobody declared it.
struct KeySeed<'h, 'a, 'c> {
    hand: &'h mut Hand<'a, 'c>,
    subject: Subject,
    before: usize,
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_, '_, '_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed<'_, '_, '_> {
    type Value = Option<usize>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a field")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Option<usize>, E> {
        let found = self.hand.state.keys.find(self.subject, self.before, name);
        if found.is_none() {
            self.hand.state.undeclared.push((self.subject, name.into()));
        }
        Ok(found)
    }
}
