//! Sentences about bounds. Quantities come in already worded: `26 credits`, `28.571…%, rounded to 29%`.

use crate::report::words::Language;

/// On which side a value lies outside, and of what kind the side is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OutOfBounds {
    /// Below `at least`
    Short,
    /// Above `at most`
    Over,
}

/// `enrolled credits: 26 credits, 1 credit less than the minimum of 27 credits`
pub(crate) fn out_of_bounds(language: Language, side: OutOfBounds, [name, value, by, limit]: [&str; 4]) -> String {
    let space = if by.is_empty() { "" } else { " " };
    let than = match side {
        OutOfBounds::Short => language.pick("less than the minimum of ", "minder dan het minimum van "),
        OutOfBounds::Over => language.pick("more than the maximum of ", "meer dan het maximum van "),
    };
    [name, value, ", ", by, space, than, limit].concat()
}

/// `enrolled credits: 27 credits, at least 27 credits and at most 72 credits`
pub(crate) fn within_bounds(language: Language, name: &str, value: &str, [minimum, maximum]: [Option<&str>; 2]) -> String {
    let minimum = minimum.map(|limit| format!("{} {limit}", language.pick("at least", "minstens")));
    let maximum = maximum.map(|limit| format!("{} {limit}", language.pick("at most", "hoogstens")));
    let limits: Vec<String> = minimum.into_iter().chain(maximum).collect();
    let limits = limits.join(language.pick(" and ", " en "));
    if limits.is_empty() { format!("{name}{value}") } else { format!("{name}{value}, {limits}") }
}
