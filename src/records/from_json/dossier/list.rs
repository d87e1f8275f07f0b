//! A list of objects into rows, and a list of codes into rows of one cell.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::records::from_json::dossier::cell::{CellSeed, Form};
use crate::records::from_json::dossier::hand::{Hand, Step};
use crate::records::from_json::dossier::keys::Column;
use crate::records::from_json::dossier::object::{Null, ObjectSeed};
use crate::records::from_json::dossier::row::Row;
use crate::records::values::{A_LIST, Found, ValueProblem};
use crate::vocabulary::{Subject, fields};

/// Reads a list of objects; whether there was one rather than `null`.
pub(super) struct RowsSeed<'h, 'a, 'c> {
    pub(super) hand: &'h mut Hand<'a, 'c>,
    pub(super) subject: Subject,
    pub(super) name: &'static str,
}

/// Reads a list of codes; whether there was one rather than `null`.
pub(super) struct CodesSeed<'h, 'a, 'c> {
    pub(super) hand: &'h mut Hand<'a, 'c>,
    pub(super) subject: Subject,
    pub(super) name: &'static str,
}

/// The methods of a visitor that wants a list and is given something else.
macro_rules! only_lists {
    () => {
        type Value = bool;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str(A_LIST)
        }

        fn visit_unit<E: Error>(self) -> Result<bool, E> {
            Ok(false)
        }

        fn visit_bool<E: Error>(self, value: bool) -> Result<bool, E> {
            Err(no_list(self.hand, self.name, Found::Boolean(value)))
        }

        fn visit_i64<E: Error>(self, value: i64) -> Result<bool, E> {
            Err(no_list(self.hand, self.name, Found::Number(value.to_string())))
        }

        fn visit_u64<E: Error>(self, value: u64) -> Result<bool, E> {
            Err(no_list(self.hand, self.name, Found::Number(value.to_string())))
        }

        fn visit_f64<E: Error>(self, value: f64) -> Result<bool, E> {
            Err(no_list(self.hand, self.name, Found::Number(value.to_string())))
        }

        fn visit_str<E: Error>(self, value: &str) -> Result<bool, E> {
            Err(no_list(self.hand, self.name, Found::text(value)))
        }

        fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<bool, A::Error> {
            Err(no_list(self.hand, self.name, Found::Object))
        }
    };
}

fn no_list<E: Error>(hand: &mut Hand<'_, '_>, field: &'static str, found: Found) -> E {
    hand.fail(ValueProblem::wrong_kind(field, A_LIST, found))
}

impl<'de> DeserializeSeed<'de> for RowsSeed<'_, '_, '_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for RowsSeed<'_, '_, '_> {
    only_lists!();

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<bool, A::Error> {
        let mut index = 0;
        loop {
            let seed = ObjectSeed { hand: &mut *self.hand, subject: self.subject, name: self.name, null: Null::Refused };
            match list.next_element_seed(seed) {
                Ok(Some(_)) => index += 1,
                Ok(None) => return Ok(true),
                Err(error) => {
                    self.hand.state.trail.push(Step::Index(index));
                    return Err(error);
                }
            }
        }
    }
}

impl<'de> DeserializeSeed<'de> for CodesSeed<'_, '_, '_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for CodesSeed<'_, '_, '_> {
    only_lists!();

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<bool, A::Error> {
        let mut index = 0;
        loop {
            let seed = CodeSeed { hand: &mut *self.hand, subject: self.subject };
            match list.next_element_seed(seed) {
                Ok(Some(())) => index += 1,
                Ok(None) => return Ok(true),
                Err(error) => {
                    self.hand.state.trail.push(Step::Index(index));
                    return Err(error);
                }
            }
        }
    }
}

/// Reads one code of a list into a row of its own.
struct CodeSeed<'h, 'a, 'c> {
    hand: &'h mut Hand<'a, 'c>,
    subject: Subject,
}

impl<'de> DeserializeSeed<'de> for CodeSeed<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let mut row = Row::begin(self.hand, self.subject);
        let column = Column::new(fields::requested_course::COURSE);
        CellSeed { hand: &mut *self.hand, column, row: row.number, cells: &mut row.cells, form: Form::Plain }.deserialize(deserializer)?;
        row.close(self.hand);
        Ok(())
    }
}
