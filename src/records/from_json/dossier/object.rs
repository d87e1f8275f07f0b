//! One object into one row, with the rows that stand in it.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::records::from_json::dossier::cell::{CellSeed, Form};
use crate::records::from_json::dossier::hand::{Hand, Step};
use crate::records::from_json::dossier::keys::{Key, Target, keys};
use crate::records::from_json::dossier::list::{CodesSeed, RowsSeed};
use crate::records::from_json::dossier::row::Row;
use crate::records::problems::RecordProblem;
use crate::records::values::{AN_OBJECT, Found, ValueProblem};
use crate::vocabulary::Subject;

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
        let row = Row::begin(self.hand, self.subject);
        let mut members = Members { hand: self.hand, row };
        members.read(map)?;
        members.row.close(members.hand);
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
    row: Row,
}

impl Members<'_, '_, '_> {
    fn read<'de, A: MapAccess<'de>>(&mut self, mut map: A) -> Result<(), A::Error> {
        let mut seen = 0_u64;
        let subject = self.row.subject;
        while let Some(found) = map.next_key_seed(KeySeed { hand: &mut *self.hand, subject })? {
            let Some(index) = found else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let key = &keys(subject)[index];
            if seen >> index & 1 == 1 {
                return Err(self.hand.fail(RecordProblem::DuplicateKey { key: key.name }));
            }
            seen |= 1 << index;
            if let Err(error) = self.value(&mut map, key) {
                self.hand.state.trail.push(Step::Key(key.name));
                return Err(error);
            }
        }
        Ok(())
    }

    fn value<'de, A: MapAccess<'de>>(&mut self, map: &mut A, key: &Key) -> Result<(), A::Error> {
        let (hand, row, cells, name) = (&mut *self.hand, self.row.number, &mut self.row.cells, key.name);
        let (subject, given) = match key.target {
            Target::Cell(column) => return map.next_value_seed(CellSeed { hand, column, row, cells, form: Form::Plain }),
            Target::Instant(column) => return map.next_value_seed(CellSeed { hand, column, row, cells, form: Form::Instant }),
            Target::Rows(subject) => (subject, map.next_value_seed(RowsSeed { hand, subject, name })?),
            Target::Codes(subject) => (subject, map.next_value_seed(CodesSeed { hand, subject, name })?),
            Target::One(subject) => (subject, map.next_value_seed(ObjectSeed { hand, subject, name, null: Null::LeftOut })?),
        };
        if given {
            self.row.note(subject);
        }
        Ok(())
    }
}

/// Reads a key: its index, or nothing where nobody declared it.
struct KeySeed<'h, 'a, 'c> {
    hand: &'h mut Hand<'a, 'c>,
    subject: Subject,
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
        Ok(self.hand.key(self.subject, name))
    }
}
