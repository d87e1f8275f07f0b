//! Exact numbers from texts and from what a parser made of them: thousandths, or a problem.

use crate::records::values::ValueProblem;
use crate::vocabulary::{Cell, Field, FieldKind, MISSING, SCALE, fields};

/// A number as a parser hands it over.
#[derive(Debug, Clone, Copy)]
pub(crate) enum NumberText<'t> {
    Whole(i64),
    /// A decimal; exact for a text of at most fifteen digits without an exponent.
    Float(f64),
    /// The text itself: `12.5`, `1e1`.
    Text(&'t str),
}

/// Why a number is none of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfit {
    Decimals,
    Large,
    Negative,
    NotWhole,
}

/// The cell of a number in a field.
pub(crate) fn number_cell(field: Field, number: NumberText<'_>) -> Result<Cell, ValueProblem> {
    let cell = thousandths(number).and_then(|thousandths| fitting((field, field.kind()), thousandths));
    cell.map_err(|unfit| {
        let field = field.name();
        let number = match number {
            NumberText::Whole(whole) => whole.to_string(),
            NumberText::Float(float) => float.to_string(),
            NumberText::Text(text) => super::problems::shortened(text),
        };
        match unfit {
            Unfit::Decimals => ValueProblem::TooManyDecimals { field, number },
            Unfit::Large => ValueProblem::TooLarge { field, number },
            Unfit::Negative => ValueProblem::Negative { field, number },
            Unfit::NotWhole => ValueProblem::NotWhole { field, number },
        }
    })
}

/// The cell of a number from its digits and how many of them stand after the point; nothing where [`number_cell`] has something to say.
#[inline]
pub(crate) fn plain_number_cell(field: (Field, FieldKind), (digits, decimals): (i64, usize)) -> Option<Cell> {
    const DECIMALS: usize = 3;
    let power = |exponent: usize| u32::try_from(exponent).ok().and_then(|exponent| 10_i64.checked_pow(exponent));
    let scaled = match DECIMALS.checked_sub(decimals) {
        Some(DECIMALS) => digits.checked_mul(i64::from(SCALE))?,
        Some(missing) => digits.checked_mul(power(missing)?)?,
        None => power(decimals - DECIMALS).filter(|power| digits % power == 0).map(|power| digits / power)?,
    };
    fitting(field, cell(i128::from(scaled))?).ok()
}

/// The cell of a whole number from 0 to 999 in a field of numbers.
#[inline]
pub(crate) fn small_number_cell(kind: FieldKind, number: i32) -> Cell {
    if kind == FieldKind::Semester { number } else { number * SCALE }
}

/// The cell of so many thousandths in a field of numbers.
#[inline]
fn fitting((field, kind): (Field, FieldKind), thousandths: Cell) -> Result<Cell, Unfit> {
    if thousandths < 0 && field != fields::account_entry::CREDITS {
        return Err(Unfit::Negative);
    }
    if !matches!(kind, FieldKind::Integer | FieldKind::Semester) {
        return Ok(thousandths);
    }
    if thousandths % SCALE != 0 {
        return Err(Unfit::NotWhole);
    }
    Ok(if kind == FieldKind::Semester { thousandths / SCALE } else { thousandths })
}

fn thousandths(number: NumberText<'_>) -> Result<Cell, Unfit> {
    match number {
        NumberText::Whole(whole) => whole.checked_mul(i64::from(SCALE)).and_then(|scaled| cell(i128::from(scaled))).ok_or(Unfit::Large),
        NumberText::Float(float) => thousandths_of_float(float),
        NumberText::Text(text) => thousandths_of_text(text),
    }
}

fn cell(scaled: i128) -> Option<Cell> {
    Cell::try_from(scaled).ok().filter(|cell| *cell != MISSING)
}

/// INVARIANT: a decimal text of at most fifteen digits and its nearest float stand one for one, and so do thousandths of this size; the float that
/// is nearest to some thousandths was therefore written as exactly those. Longer texts are looked at as texts.
#[allow(clippy::cast_possible_truncation, clippy::float_cmp, reason = "the range is checked and equality is what makes it exact")]
fn thousandths_of_float(float: f64) -> Result<Cell, Unfit> {
    let scaled = (float * f64::from(SCALE)).round();
    if !scaled.is_finite() || scaled.abs() > f64::from(Cell::MAX) {
        return Err(Unfit::Large);
    }
    let cell = scaled as Cell;
    if f64::from(cell) / f64::from(SCALE) == float { Ok(cell) } else { Err(Unfit::Decimals) }
}

/// A number as JSON writes it, exactly: `-12.50`, `1e1`, `120000E-3`.
pub(crate) fn thousandths_of_text(text: &str) -> Result<Cell, Unfit> {
    let (sign, unsigned) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{decimals}");
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Ok(0);
    }
    // The number is `significant × 10^power`.
    let exponent = exponent.parse::<i64>().unwrap_or(if exponent.starts_with('-') { -1_000_000_000 } else { 1_000_000_000 });
    let places = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
    let power = exponent.saturating_sub(places(decimals.len())).saturating_add(places(digits.len() - significant.len())).saturating_add(3);
    if power < 0 {
        return Err(Unfit::Decimals);
    }
    let significant = significant.trim_start_matches('0');
    if places(significant.len()).saturating_add(power) > 10 {
        return Err(Unfit::Large);
    }
    let number = significant.parse::<i128>().map_err(|_| Unfit::Large)?;
    let factor = u32::try_from(power).ok().and_then(|power| 10_i128.checked_pow(power)).ok_or(Unfit::Large)?;
    cell(sign * number * factor).ok_or(Unfit::Large)
}

#[cfg(test)]
mod tests {
    use super::{NumberText, Unfit, number_cell, plain_number_cell, small_number_cell, thousandths_of_float, thousandths_of_text};
    use crate::vocabulary::{Field, Subject};
    use proptest::prelude::{any, proptest};

    #[test]
    fn texts_are_exact() {
        let cases = [
            ("0", Ok(0)),
            ("-0", Ok(0)),
            ("0.000000", Ok(0)),
            ("0e999999999999999999999", Ok(0)),
            ("6", Ok(6_000)),
            ("12.5", Ok(12_500)),
            ("12.500000000000000000", Ok(12_500)),
            ("-0.001", Ok(-1)),
            ("5.0001", Err(Unfit::Decimals)),
            ("5.00000000000000000001", Err(Unfit::Decimals)),
            ("1e1", Ok(10_000)),
            ("120000E-3", Ok(120_000)),
            ("1e-400", Err(Unfit::Decimals)),
            ("1e400", Err(Unfit::Large)),
            ("2147483.647", Ok(i32::MAX)),
            ("2147483.648", Err(Unfit::Large)),
            ("-2147483.648", Err(Unfit::Large)),
        ];
        for (text, expected) in cases {
            assert_eq!(thousandths_of_text(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn floats_of_short_texts_agree_with_the_texts(whole in 0..3_000_000_u32, decimals in "[0-9]{0,6}", negative in any::<bool>()) {
            let sign = if negative { "-" } else { "" };
            let dot = if decimals.is_empty() { "" } else { "." };
            let text = format!("{sign}{whole}{dot}{decimals}");
            let float: f64 = serde_json::from_str(&text).unwrap();
            assert_eq!(thousandths_of_float(float).ok(), thousandths_of_text(&text).ok(), "{text}");
        }

        #[test]
        fn plain_numbers_are_the_ones_of_their_texts(whole in 0..3_000_000_u32, decimals in "[0-9]{0,6}", negative in any::<bool>()) {
            let sign = if negative { "-" } else { "" };
            let dot = if decimals.is_empty() { "" } else { "." };
            let text = format!("{sign}{whole}{dot}{decimals}");
            let digits = format!("{sign}{whole}{decimals}").parse().unwrap();
            for field in Subject::ALL.into_iter().flat_map(Field::all_of).filter(|field| field.kind().is_number()) {
                let expected = number_cell(field, NumberText::Text(&text)).ok();
                assert_eq!(plain_number_cell((field, field.kind()), (digits, decimals.len())), expected, "{text} in {}", field.name());
            }
        }

        #[test]
        fn small_numbers_are_the_ones_of_their_digits(number in 0..=999_i32) {
            for field in Subject::ALL.into_iter().flat_map(Field::all_of).filter(|field| field.kind().is_number()) {
                let expected = plain_number_cell((field, field.kind()), (number.into(), 0));
                assert_eq!(Some(small_number_cell(field.kind(), number)), expected, "{number} in {}", field.name());
            }
        }
    }
}
