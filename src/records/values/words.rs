//! Words of closed lists, and academic years.

use std::sync::LazyLock;

use crate::problems::nearest;
use crate::records::packed::Packed;
use crate::records::values::problems::shortened;
use crate::records::values::{Found, ValueProblem, expected};
use crate::vocabulary::{Cell, Enumeration, Field};

/// The first calendar year of `2023-2024`.
pub(crate) fn academic_year(field: &'static str, text: &str) -> Result<Cell, ValueProblem> {
    let unreadable = || ValueProblem::UnreadableYear { field, text: shortened(text) };
    let (first, second) = text.split_once('-').ok_or_else(unreadable)?;
    let year = |digits: &str| (digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse::<Cell>().ok()).flatten();
    let (first, second) = year(first).zip(year(second)).ok_or_else(unreadable)?;
    if second == first + 1 { Ok(first) } else { Err(ValueProblem::YearsApart { field, text: text.to_owned() }) }
}

/// The words of each list that are short enough to be compared at once.
static PACKED: LazyLock<Vec<Vec<Option<Packed>>>> = LazyLock::new(|| {
    let packed = |enumeration: Enumeration| enumeration.values().iter().map(|word| Packed::new(word)).collect();
    Enumeration::ALL.into_iter().map(packed).collect()
});

/// The index of a short word in its list.
#[inline]
pub(crate) fn packed_word(enumeration: Enumeration, word: Packed) -> Option<Cell> {
    let words = PACKED.get(enumeration as usize)?;
    words.iter().position(|known| *known == Some(word)).and_then(|index| Cell::try_from(index).ok())
}

fn index_of(enumeration: Enumeration, word: &str) -> Option<Cell> {
    match Packed::new(word) {
        Some(packed) => packed_word(enumeration, packed),
        None => enumeration.index_of(word),
    }
}

/// The index of a word in its list.
pub(crate) fn enumeration_word(field: Field, enumeration: Enumeration, word: &str) -> Result<Cell, ValueProblem> {
    index_of(enumeration, word).ok_or_else(|| {
        let known = enumeration.values().iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ");
        let help = match nearest(word, enumeration.values().iter().copied()) {
            Some(near) => format!("did you mean `{near}`? It can be {known}"),
            None => format!("it can be {known}"),
        };
        ValueProblem::UnknownWord { field: field.name(), word: shortened(word), help }
    })
}

/// A text where a number is expected: a number in quotes, or something else altogether.
pub(crate) fn text_for_number(field: Field, text: &str) -> ValueProblem {
    let (name, looks_like_a_number) = (field.name(), text.bytes().any(|byte| byte.is_ascii_digit()));
    if looks_like_a_number {
        ValueProblem::NumberAsText { field: name, text: shortened(text) }
    } else {
        ValueProblem::wrong_kind(name, expected(field), Found::text(text))
    }
}
