//! The word that was meant by one that nobody knows.

/// The known word that a wrong one is probably meant to be: of the longer of the two, no more than a third of the letters differ. The first in the order of the alphabet
/// where several are as near.
pub(crate) fn nearest<'w>(wrong: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let lower = wrong.to_lowercase();
    let length = lower.chars().count();
    let distance = |word: &str| {
        let word = word.to_lowercase();
        let of_word = word.chars().count();
        let furthest = length.max(of_word) / 3;
        if of_word.abs_diff(length) > furthest {
            return None;
        }
        Some(strsim::damerau_levenshtein(&word, &lower)).filter(|distance| *distance <= furthest)
    };
    known.into_iter().filter(|word| *word != wrong).filter_map(|word| Some((distance(word)?, word))).min().map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn few_letters_differ_for_the_length() {
        let known = ["credits", "contract", "course", "entry"];
        assert_eq!(nearest("credist", known), Some("credits"));
        assert_eq!(nearest("Contracts", known), Some("contract"));
        assert_eq!(nearest("ntry", known), Some("entry"));
        assert_eq!(nearest("credits", known), None);
        assert_eq!(nearest("programme", known), None);
        assert_eq!(nearest("", known), None);
        assert_eq!(nearest("abc", ["abd", "aba", "abcd"]), Some("aba"));
    }

    #[test]
    fn the_longer_word_says_how_many() {
        assert_eq!(nearest("pass", ["failed", "passed"]), Some("passed"));
        assert_eq!(nearest("enrolled", ["enrolled_on", "valid_from"]), Some("enrolled_on"));
        assert_eq!(nearest("pas", ["passed"]), None);
        assert_eq!(nearest("ab", ["aab"]), Some("aab"));
    }

    #[test]
    fn a_letter_or_two_are_like_nothing_else() {
        assert_eq!(nearest("D", ["A", "B", "C"]), None);
        assert_eq!(nearest("XM", ["BM"]), None);
        assert_eq!(nearest("", ["A"]), None);
        assert_eq!(nearest("bm", ["BM"]), Some("BM"));
    }
}
