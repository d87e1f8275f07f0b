//! Puts the pages of `docs/problems` into the binary, as a list of codes and texts that `ispect explain CODE` looks up.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const PAGES: &str = "docs/problems";

fn main() -> io::Result<()> {
    writeln!(io::stdout(), "cargo::rerun-if-changed={PAGES}")?;
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("pages.rs");
    let mut names = fs::read_dir(root.join(PAGES))?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<PathBuf>>>()?;
    names.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    names.sort();
    fs::write(out, list(&names))
}

/// `[("names::unknown_course", include_str!("…/names__unknown_course.md")), …]`
fn list(pages: &[PathBuf]) -> String {
    let mut text = String::from("[\n");
    for page in pages {
        let stem = page.file_stem().map(Path::new).map(Path::display);
        let code = stem.map(|stem| stem.to_string().replace("__", "::")).unwrap_or_default();
        let _ = writeln!(text, "    ({code:?}, include_str!({:?})),", page.display().to_string());
    }
    text.push_str("]\n");
    text
}
