//! How the name that was probably meant is said.

use crate::problems::nearest;

/// `` did you mean `entries`? ``
pub(super) fn did_you_mean<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(name, candidates).map(|candidate| format!("did you mean `{candidate}`?"))
}

/// `` did you mean `draft`? `` or, where nothing is near, `its words are draft, submitted`
pub(super) fn did_you_mean_or_list(name: &str, what: &str, candidates: &[&str]) -> String {
    did_you_mean(name, candidates.iter().copied()).unwrap_or_else(|| format!("{what} {}", candidates.join(", ")))
}
