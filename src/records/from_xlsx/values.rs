//! What the cells of a sheet hold, and what people call them.

use calamine::{DataRef, ExcelDateTime};
use chrono::{NaiveDate, NaiveDateTime};

use crate::records::from_tables::{Stored, StoredProblem};
use crate::records::from_xlsx::cells::{Cell, Held};

/// The place of a cell, row and column from 0, and what its workbook counts days from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) at: (u32, u32),
    pub(super) is_1904: bool,
}

/// `C12`
pub(super) fn a1((row, column): (u32, u32)) -> String {
    let (mut letters, mut rest) = (Vec::new(), column + 1);
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().chain(&[]).collect::<String>() + &(row + 1).to_string()
}

/// What a cell below the headings holds; a formula that no program has calculated holds nothing that can be read.
pub(super) fn value_of<'c>(cell: &'c Cell<'_>, place: Place) -> Stored<'c> {
    match &cell.held {
        Held::Value(value) => stored(value, place),
        Held::Percentage(number) => Stored::Number(number.to_string().into()),
        Held::Formula => Stored::Fault(StoredProblem::NotCalculated { cell: a1(place.at) }),
        Held::Error(error) => Stored::Fault(StoredProblem::FormulaError { cell: a1(place.at), error: error.clone() }),
    }
}

/// What a value is.
pub(super) fn stored<'c>(value: &'c DataRef<'_>, place: Place) -> Stored<'c> {
    let unreadable = |found| Stored::Fault(StoredProblem::UnreadableCell { found });
    match value {
        DataRef::Empty => Stored::Nothing,
        DataRef::Int(number) => Stored::Number(number.to_string().into()),
        // The shortest decimals that read back as the same number: what was typed, wherever it had fifteen digits or fewer.
        DataRef::Float(number) => Stored::Number(number.to_string().into()),
        DataRef::String(text) => Stored::Text(text.into()),
        DataRef::SharedString(text) => Stored::Text((*text).into()),
        DataRef::Bool(truth) => Stored::Boolean(*truth),
        DataRef::DateTime(moment) => {
            date_time(moment, place).map_or_else(|| unreadable("a time without a day, or a day before March 1900"), Stored::Moment)
        }
        DataRef::DateTimeIso(text) => iso(text),
        DataRef::DurationIso(_) => unreadable("a duration"),
        DataRef::Error(error) => Stored::Fault(StoredProblem::FormulaError { cell: a1(place.at), error: error.to_string() }),
    }
}

/// Days are counted from 1900, with a day that never was at the end of that February, or from 1904.
fn date_time(moment: &ExcelDateTime, place: Place) -> Option<NaiveDateTime> {
    const AFTER_FEBRUARY_1900: f64 = 61.0;
    if moment.is_duration() || moment.as_f64() < if place.is_1904 { 1.0 } else { AFTER_FEBRUARY_1900 } {
        return None;
    }
    moment.as_datetime()
}

fn iso(text: &str) -> Stored<'_> {
    if let Ok(moment) = text.parse::<NaiveDateTime>() {
        return Stored::Moment(moment);
    }
    text.parse::<NaiveDate>().map_or(Stored::Text(text.into()), Stored::Day)
}

#[cfg(test)]
mod tests {
    use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType};

    use super::{Place, a1, stored};
    use crate::records::from_tables::Stored;

    #[test]
    fn columns_have_letters() {
        let names = [(0, 0), (11, 2), (0, 25), (9, 26), (0, 701), (0, 702)].map(a1);
        assert_eq!(names, ["A1", "C12", "Z1", "AA10", "ZZ1", "AAA1"]);
    }

    #[test]
    fn days_are_counted_from_1900_or_from_1904() {
        let read = |serial: f64, is_1904| {
            let cell = DataRef::DateTime(ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, is_1904));
            let read = stored(&cell, Place { at: (0, 0), is_1904 });
            if let Stored::Moment(moment) = read { moment.to_string() } else { format!("{read:?}").chars().take(5).collect() }
        };
        for (serial, of_1900, of_1904) in [
            (45_214.0, "2023-10-15 00:00:00", "2027-10-16 00:00:00"),
            (45_214.597_222_222_22, "2023-10-15 14:20:00", "2027-10-16 14:20:00"),
            (43_752.999_988_425_92, "2019-10-14 23:59:59", "2023-10-15 23:59:59"),
            (61.0, "1900-03-01 00:00:00", "1904-03-02 00:00:00"),
            (60.0, "Fault", "1904-03-01 00:00:00"),
            (0.5, "Fault", "Fault"),
        ] {
            assert_eq!((read(serial, false).as_str(), read(serial, true).as_str()), (of_1900, of_1904), "{serial}");
        }
    }
}
