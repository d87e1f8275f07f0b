//! One object into one row, with the rows that stand in it.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::records::Given;
use crate::records::from_json::dossier::cell::{CellSeed, Cells, Form, MOST_COLUMNS};
use crate::records::from_json::dossier::hand::{Hand, Step};
use crate::records::from_json::dossier::keys::{Key, STUDENT_LISTS, Target};
use crate::records::from_json::dossier::list::{CodesSeed, RowsSeed};
use crate::records::problems::RecordProblem;
use crate::records::values::{AN_OBJECT, Found, ValueProblem};
use crate::vocabulary::enumerations::index;
use crate::vocabulary::{List, MISSING, Subject, fields};

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
        let mut members = Members { hand: self.hand, subject: self.subject, row, cells: [MISSING; MOST_COLUMNS], given: 0 };
        members.read(map)?;
        members.close();
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

/// The members of one object.
struct Members<'h, 'a, 'c> {
    hand: &'h mut Hand<'a, 'c>,
    subject: Subject,
    row: u32,
    cells: Cells,
    /// The subjects that it had a list or an object of, a bit each; `null` counts as left out.
    given: u32,
}

impl Members<'_, '_, '_> {
    fn read<'de, A: MapAccess<'de>>(&mut self, mut map: A) -> Result<(), A::Error> {
        let (mut seen, mut before) = (0_u64, 0);
        while let Some(found) = map.next_key_seed(KeySeed::new(&mut *self.hand, self.subject, before))? {
            let Some(index) = found else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let key = &self.hand.state.keys.of(self.subject)[index];
            if seen >> index & 1 == 1 {
                return Err(self.hand.fail(RecordProblem::DuplicateKey { key: key.name }));
            }
            seen |= 1 << index;
            if let Err(error) = self.value(&mut map, key) {
                self.hand.state.trail.push(Step::Key(key.name));
                return Err(error);
            }
            before = index + 1;
        }
        Ok(())
    }

    fn value<'de, A: MapAccess<'de>>(&mut self, map: &mut A, key: &Key) -> Result<(), A::Error> {
        let (hand, row, cells, name) = (&mut *self.hand, self.row, &mut self.cells, key.name);
        let (subject, given) = match key.target {
            Target::Cell(column) => return map.next_value_seed(CellSeed { hand, column, row, cells, form: Form::Plain }),
            Target::Instant(column) => return map.next_value_seed(CellSeed { hand, column, row, cells, form: Form::Instant }),
            Target::Rows(subject) => (subject, map.next_value_seed(RowsSeed { hand, subject, name })?),
            Target::Codes(subject) => (subject, map.next_value_seed(CodesSeed { hand, subject, name })?),
            Target::One(subject) => (subject, map.next_value_seed(ObjectSeed { hand, subject, name, null: Null::LeftOut })?),
        };
        self.given |= u32::from(given) << subject as u8;
        Ok(())
    }

    fn has(&self, subject: Subject) -> bool {
        self.given >> subject as u8 & 1 == 1
    }

    /// End the row: its cells are kept, what it owns is closed, and what is always there is there.
    fn close(mut self) {
        if self.subject == Subject::Entry {
            self.close_entry();
        } else if self.subject == Subject::Isp {
            let requested = self.has(Subject::RequestedCourse);
            self.hand.close_isp(if requested { Given::Yes } else { Given::No });
        } else if self.subject == Subject::Enrolment {
            self.close_enrolment();
        } else if self.subject == Subject::Student {
            self.close_student();
        }
        self.hand.keep(self.subject, self.row, &self.cells);
    }

    fn close_student(&mut self) {
        for list in STUDENT_LISTS {
            let unknown =
                matches!(list, List::StudentEnrolments | List::StudentDiplomas | List::StudentCreditCertificates | List::StudentLearningAccount);
            let given = !unknown || self.has(list.element());
            self.hand.batch.table_mut(list.element()).close_owner(if given { Given::Yes } else { Given::No });
        }
    }

    fn close_enrolment(&mut self) {
        if !self.has(Subject::Isp) {
            let row = self.hand.batch.table_mut(Subject::Isp).append();
            self.hand.batch.table_mut(Subject::Isp).set(fields::isp::STATE, row, index::STATE_NONE);
            self.hand.close_isp(Given::Yes);
        }
        self.hand.batch.table_mut(Subject::Isp).close_owner(Given::Yes);
    }

    fn close_entry(&mut self) {
        if !self.has(Subject::Result) {
            self.hand.batch.table_mut(Subject::Result).append();
        }
        self.hand.batch.table_mut(Subject::Result).close_owner(Given::Yes);
        let kind = &mut self.cells[fields::entry::KIND.column as usize];
        if *kind == MISSING {
            *kind = index::KIND_REGULAR;
        }
    }
}

impl Hand<'_, '_> {
    fn close_isp(&mut self, requested: Given) {
        self.batch.table_mut(Subject::Entry).close_owner(Given::Yes);
        self.batch.table_mut(Subject::RequestedCourse).close_owner(requested);
    }
}

/// Reads a key: its index, or nothing where nobody declared it.
struct KeySeed<'h, 'a, 'c> {
    hand: &'h mut Hand<'a, 'c>,
    subject: Subject,
    before: usize,
    /// The index of the key that followed last time.
    guess: usize,
}

impl<'h, 'a, 'c> KeySeed<'h, 'a, 'c> {
    fn new(hand: &'h mut Hand<'a, 'c>, subject: Subject, before: usize) -> Self {
        let guess = hand.state.keys.guess(subject, before);
        Self { hand, subject, before, guess }
    }
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_, '_, '_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        let guess = self.hand.state.keys.of(self.subject).get(self.guess).map_or("", |key| key.name);
        deserializer.deserialize_newtype_struct(guess, self)
    }
}

impl<'de> Visitor<'de> for KeySeed<'_, '_, '_> {
    type Value = Option<usize>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a field")
    }

    /// The name is the guess.
    fn visit_unit<E: Error>(self) -> Result<Option<usize>, E> {
        Ok(Some(self.guess))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_str(self)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Option<usize>, E> {
        let found = self.hand.state.keys.find(self.subject, self.before, name);
        if found.is_none() {
            self.hand.state.undeclared.push((self.subject, name.into()));
        }
        Ok(found)
    }
}
