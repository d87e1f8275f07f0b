//! The word that was meant by one that nobody knows.

/// The word that looks most like another, if one does.
pub(crate) fn nearest<'w>(word: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let scored = known.map(|candidate| (strsim::jaro_winkler(candidate, word), candidate)).filter(|(score, _)| *score > 0.8);
    scored.max_by(|(left, _), (right, _)| left.total_cmp(right)).map(|(_, candidate)| candidate)
}
