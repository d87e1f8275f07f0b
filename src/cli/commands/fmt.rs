//! `ispect fmt`: rule files in the one layout.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::arguments::{FmtArguments, Global};
use crate::cli::project::Project;
use crate::cli::results::unwritable;
use crate::cli::session::{Outcome, Session, Stop};
use crate::cli::{input, paths, results};
use crate::format::format;

/// A file that is not laid out as it should be.
struct Changed {
    file: PathBuf,
    old: Arc<String>,
    new: String,
}

/// Write the files that change; with `--check` and `--diff`, only say which.
pub(crate) fn run(session: &mut Session, global: &Global, asked: &FmtArguments) -> Result<Outcome, Stop> {
    let files = if asked.files.is_empty() { Project::find(session, global)?.regulations(session)? } else { asked.files.clone() };
    let changed: Vec<Changed> = files.iter().map(|file| laid_out(session, file)).collect::<Result<Vec<_>, Stop>>()?.into_iter().flatten().collect();
    // A file with problems is left as it is; the others are laid out all the same.
    let broken = session.problems.has_errors();
    let only_said = asked.check || asked.diff;
    let mut text = String::new();
    for Changed { file, old, new } in &changed {
        let name = paths::shown(file);
        if asked.diff {
            text.push_str(&diff(&name, old, new));
        } else {
            text.extend([name.as_str(), "\n"]);
        }
        if !only_said {
            results::write_file(file, new).map_err(|error| session.stop(unwritable(name, &error)))?;
        }
    }
    results::write(session, None, &text)?;
    Ok(match (broken, only_said && !changed.is_empty()) {
        (true, _) => Outcome::Failed,
        (false, true) => Outcome::Findings,
        (false, false) => Outcome::Clean,
    })
}

/// What a file would be, where it would change; its problems are the session's.
fn laid_out(session: &mut Session, file: &Path) -> Result<Option<Changed>, Stop> {
    let (source, old) = input::read_text(session, file)?;
    match format(&session.sources, source) {
        Ok(new) => Ok((*old != *new).then(|| Changed { file: file.to_path_buf(), old, new })),
        Err(problems) => {
            session.problems.append(problems);
            Ok(None)
        }
    }
}

fn diff(name: &str, old: &str, new: &str) -> String {
    let diff = similar::TextDiff::from_lines(old, new);
    diff.unified_diff().context_radius(2).header(name, name).to_string()
}
