//! The word that was meant by one that nobody knows.

/// The known word that a wrong one is probably meant to be, whose letters differ in few places for its length; the first in the order of the alphabet where several are
/// as near.
pub(crate) fn nearest<'w>(wrong: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let lower = wrong.to_lowercase();
    let length = lower.chars().count();
    let furthest = (length / 3).max(1);
    known
        .into_iter()
        .filter(|word| *word != wrong && word.chars().count().abs_diff(length) <= furthest)
        .map(|word| (strsim::damerau_levenshtein(&word.to_lowercase(), &lower), word))
        .filter(|(distance, _)| *distance <= furthest)
        .min()
        .map(|(_, word)| word)
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
        assert_eq!(nearest("ab", ["ac", "aa", "aab"]), Some("aa"));
    }
}
