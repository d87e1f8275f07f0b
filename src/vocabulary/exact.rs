//! Exact rational numbers, with no floating point anywhere. What does not fit 128 bits is nothing rather than wrong.

use std::cmp::Ordering;
use std::fmt;

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, Zero};

/// An exact number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Exact(Ratio<i128>);

/// Numerators and denominators stay below this, so that two numbers can always be compared.
const LIMIT: i128 = 1 << 62;

impl Exact {
    pub(crate) const ZERO: Self = Self(Ratio::new_raw(0, 1));
    pub(crate) const HUNDRED: Self = Self(Ratio::new_raw(100, 1));

    pub(crate) fn from_integer(number: i64) -> Self {
        Self(Ratio::from_integer(i128::from(number)))
    }

    /// `numerator / denominator`; nothing where the denominator is zero or the number does not fit.
    pub(crate) fn new(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 || numerator == i128::MIN || denominator == i128::MIN {
            return None;
        }
        Self(Ratio::new(numerator, denominator)).within_limit()
    }

    /// So many of a unit's parts, as records count: mostly a whole number, which needs no common divisor.
    pub(crate) fn of_parts(count: i32, parts: i32) -> Option<Self> {
        let whole = (parts > 0 && count % parts == 0).then(|| Self::from_integer(i64::from(count / parts)));
        whole.or_else(|| Self::new(i128::from(count), i128::from(parts)))
    }

    /// A number as it is written: `29`, `29.5`, `-3.25`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let dotted = digits.contains('.');
        if whole.is_empty() || (dotted && decimals.is_empty()) || !plain(whole) || !plain(decimals) || digits.len() > 19 {
            return None;
        }
        let denominator = 10_i128.checked_pow(u32::try_from(decimals.len()).ok()?)?;
        let numerator = format!("{whole}{decimals}").parse::<i128>().ok()?;
        Self::new(sign * numerator, denominator)
    }

    fn within_limit(self) -> Option<Self> {
        (self.0.numer().abs() < LIMIT && *self.0.denom() < LIMIT).then_some(self)
    }

    pub(crate) fn numerator(self) -> i128 {
        *self.0.numer()
    }

    pub(crate) fn denominator(self) -> i128 {
        *self.0.denom()
    }

    pub(crate) fn is_whole(self) -> bool {
        self.0.is_integer()
    }

    pub(crate) fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    pub(crate) fn is_negative(self) -> bool {
        self.0 < Ratio::zero()
    }

    pub(crate) fn to_integer(self) -> Option<i64> {
        self.is_whole().then(|| i64::try_from(self.0.to_integer()).ok()).flatten()
    }

    pub(crate) fn checked_add(self, other: Self) -> Option<Self> {
        if self.is_whole() && other.is_whole() {
            // INVARIANT: both are below 2^62, so the sum fits.
            return Self(Ratio::from_integer(self.numerator() + other.numerator())).within_limit();
        }
        Self(self.0.checked_add(&other.0)?).within_limit()
    }

    pub(crate) fn checked_sub(self, other: Self) -> Option<Self> {
        if self.is_whole() && other.is_whole() {
            // INVARIANT: as above.
            return Self(Ratio::from_integer(self.numerator() - other.numerator())).within_limit();
        }
        Self(self.0.checked_sub(&other.0)?).within_limit()
    }

    pub(crate) fn checked_mul(self, other: Self) -> Option<Self> {
        if self.is_whole() && other.is_whole() {
            // INVARIANT: both are below 2^62, so the product fits.
            return Self(Ratio::from_integer(self.numerator() * other.numerator())).within_limit();
        }
        Self(self.0.checked_mul(&other.0)?).within_limit()
    }

    /// Nothing on a division by zero.
    pub(crate) fn checked_div(self, other: Self) -> Option<Self> {
        if other.is_zero() { None } else { Self(self.0.checked_div(&other.0)?).within_limit() }
    }

    pub(crate) fn floor(self) -> Self {
        Self(self.0.floor())
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.is_whole() && other.is_whole() {
            return self.numerator().cmp(&other.numerator());
        }
        // INVARIANT: both parts of both numbers are below 2^62, so the products fit.
        (self.numerator() * other.denominator()).cmp(&(other.numerator() * self.denominator()))
    }
}

/// Decimals where they end within six places (`29.5`), else the fraction and its decimals (`100/3`, shown `33.333…`).
impl fmt::Display for Exact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (magnitude, denominator) = (self.numerator().unsigned_abs(), self.denominator().unsigned_abs().max(1));
        let (whole, mut rest) = (magnitude / denominator, magnitude % denominator);
        let (mut decimals, mut places) = (0, 0);
        while rest != 0 && places < 6 {
            // INVARIANT: the rest is below the denominator, which is below 2^62, so ten times it fits.
            decimals = decimals * 10 + rest * 10 / denominator;
            rest = rest * 10 % denominator;
            places += 1;
        }
        let sign = if self.is_negative() { "-" } else { "" };
        match (places, rest) {
            (0, _) => write!(formatter, "{sign}{whole}"),
            (_, 0) => write!(formatter, "{sign}{whole}.{decimals:0places$}"),
            _ => write!(formatter, "{sign}{whole}.{:03}…", decimals / 1000),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    use super::Exact;

    #[test]
    fn decimals_as_far_as_they_go() {
        for (numerator, denominator, text) in
            [(59, 2, "29.5"), (-13, 4, "-3.25"), (100, 3, "33.333…"), (-1, 400, "-0.0025"), (1, 7_000, "0.000…"), (6, 3, "2")]
        {
            assert_eq!(Exact::new(numerator, denominator).unwrap().to_string(), text);
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_is_the_number_or_lies_below_it(numerator in -(1_i128 << 62) + 1..1 << 62, denominator in 1_i128..1 << 62) {
            let number = Exact::new(numerator, denominator).unwrap();
            let text = number.to_string();
            let magnitude = Exact::new(numerator.abs(), denominator).unwrap();
            let shown = Exact::parse(text.trim_start_matches('-').trim_end_matches('…'));
            match shown {
                Some(shown) if text.ends_with('…') => {
                    let next = shown.checked_add(Exact::new(1, 1_000).unwrap());
                    prop_assert!(shown <= magnitude && next.is_none_or(|next| magnitude < next), "{text}");
                }
                Some(shown) => prop_assert_eq!(shown, magnitude),
                None => prop_assert!(text.len() > 19, "{text}"),
            }
        }
    }
}
