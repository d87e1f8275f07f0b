//! Numbers of stores as the shortest decimals that read back as the same number, without a piece of memory for each.

#[cfg(feature = "sqlite")]
use std::fmt::Write as _;

use crate::records::from_tables::Stored;

/// The room in which a number is written.
#[derive(Debug, Default)]
pub(crate) struct NumberText {
    text: String,
}

impl NumberText {
    pub(crate) fn whole(&mut self, number: i64) -> Stored<'_> {
        self.text.clear();
        self.text.push_str(itoa::Buffer::new().format(number));
        Stored::Number(self.text.as_str().into())
    }

    /// The shortest decimals: what was written, wherever it had fifteen digits or fewer.
    #[cfg(feature = "sqlite")]
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::float_cmp, reason = "what is not the same is no whole number")]
    pub(crate) fn float(&mut self, number: f64) -> Stored<'_> {
        /// Up to here whole floats are written as whole numbers are.
        const SMALL: f64 = 1e15;
        let whole = number as i64;
        if whole as f64 == number && number.abs() < SMALL && whole != 0 {
            return self.whole(whole);
        }
        self.text.clear();
        let _ = write!(self.text, "{number}");
        Stored::Number(self.text.as_str().into())
    }

    /// A whole number of units of which ten to some power make one: `-0.060` of -60 thousandths.
    #[cfg(feature = "parquet")]
    pub(crate) fn decimal(&mut self, value: i128, scale: i8) -> Stored<'_> {
        self.text.clear();
        let places = usize::from(scale.unsigned_abs());
        let (mut room, unsigned) = (itoa::Buffer::new(), value.unsigned_abs());
        // Short numbers are written quicker.
        let digits = match u64::try_from(unsigned) {
            Ok(short) => room.format(short),
            Err(_) => room.format(unsigned),
        };
        if value < 0 {
            self.text.push('-');
        }
        if scale <= 0 {
            self.text.push_str(digits);
            (0..if value == 0 { 0 } else { places }).for_each(|_| self.text.push('0'));
        } else {
            let missing = (places + 1).saturating_sub(digits.len());
            (0..missing).for_each(|_| self.text.push('0'));
            self.text.push_str(digits);
            self.text.insert(self.text.len().saturating_sub(places), '.');
        }
        Stored::Number(self.text.as_str().into())
    }
}

#[cfg(all(test, feature = "every-format"))]
mod tests {
    use proptest::prelude::{any, prop_assert_eq, proptest};

    use super::NumberText;

    proptest! {
        #[test]
        fn floats_are_written_as_they_display(float in any::<f64>(), whole in -3_000_000_i32..3_000_000) {
            for number in [float, f64::from(whole), f64::from(whole) / 4.0, 0.0, -0.0] {
                let mut text = NumberText::default();
                let shown = text.float(number).plain().into_owned();
                prop_assert_eq!(shown, number.to_string());
            }
        }

        #[test]
        fn decimals_have_their_places(value in -3_000_000_i128..3_000_000, scale in -3_i8..9) {
            let mut text = NumberText::default();
            let shown = text.decimal(value, scale).plain().into_owned();
            let expected = if scale <= 0 {
                (value * 10_i128.pow(u32::from(scale.unsigned_abs()))).to_string()
            } else {
                let (sign, digits) = (if value < 0 { "-" } else { "" }, format!("{:0>1$}", value.unsigned_abs(), usize::from(scale.unsigned_abs()) + 1));
                let (whole, decimals) = digits.split_at(digits.len() - usize::from(scale.unsigned_abs()));
                format!("{sign}{whole}.{decimals}")
            };
            prop_assert_eq!(shown, expected);
        }
    }
}
