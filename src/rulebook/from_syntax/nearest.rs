//! The name that was probably meant.

/// The candidate that looks most like a name, if one does: few letters differ for its length.
pub(super) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (name.chars().count() / 3).max(1);
    let lower = name.to_lowercase();
    let distance = |candidate: &str| strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
    let scored = candidates.into_iter().filter(|candidate| *candidate != name).map(|candidate| (distance(candidate), candidate));
    scored.filter(|(distance, _)| *distance <= allowed).min().map(|(_, candidate)| candidate)
}

/// `` did you mean `entries`? ``
pub(super) fn did_you_mean<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(name, candidates).map(|candidate| format!("did you mean `{candidate}`?"))
}

/// `` did you mean `draft`? `` or, where nothing is near, `its words are draft, submitted`
pub(super) fn did_you_mean_or_list(name: &str, what: &str, candidates: &[&str]) -> String {
    did_you_mean(name, candidates.iter().copied()).unwrap_or_else(|| format!("{what} {}", candidates.join(", ")))
}
