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
        let magnitude = Ratio::new_raw(self.numerator().abs(), self.denominator());
        let whole = magnitude.to_integer();
        let mut decimals = String::new();
        let mut rest = magnitude.fract();
        while !rest.is_zero() && decimals.len() < 6 {
            rest *= Ratio::from_integer(10);
            decimals.push_str(&rest.to_integer().to_string());
            rest = rest.fract();
        }
        let sign = if self.is_negative() { "-" } else { "" };
        match (decimals.is_empty(), rest.is_zero()) {
            (true, _) => write!(formatter, "{sign}{whole}"),
            (false, true) => write!(formatter, "{sign}{whole}.{decimals}"),
            (false, false) => write!(formatter, "{sign}{whole}.{}…", decimals.get(..3).unwrap_or(&decimals)),
        }
    }
}
