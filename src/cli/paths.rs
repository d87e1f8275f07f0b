//! Paths as people see them, and what can be told of one by its letters alone.

use std::path::{Component, Path, PathBuf};

/// A path without `.` and `..`, as far as they can be taken out.
pub(crate) fn clean(path: &Path) -> PathBuf {
    let mut cleaned = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(cleaned.components().next_back(), Some(Component::Normal(_))) => {
                cleaned.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::ParentDir | Component::Normal(_) => cleaned.push(component),
        }
    }
    cleaned
}

/// The folder in which a file stands, there or not.
pub(crate) fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether a name stands for stdin.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// A path as it is shown, or what `-` stands for.
pub(crate) fn shown_or_stdin(path: &Path) -> String {
    if is_stdin(path) { "stdin".to_owned() } else { shown(path) }
}

/// A path as it is shown: from the folder where the command runs, with `/` between names.
pub(crate) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let cleaned = clean(&here.join(path));
    let from_here = from(&here, &cleaned).unwrap_or(cleaned);
    let shown = from_here.display().to_string();
    if shown.is_empty() { ".".to_owned() } else { shown.replace('\\', "/") }
}

/// The way from a folder to a path, over at most three folders upwards.
fn from(here: &Path, path: &Path) -> Option<PathBuf> {
    here.ancestors().take(4).enumerate().find_map(|(up, folder)| {
        let rest = path.strip_prefix(folder).ok()?;
        // The root of all files is no better a beginning than the path itself.
        folder.parent()?;
        Some(std::iter::repeat_n(Path::new(".."), up).collect::<PathBuf>().join(rest))
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{clean, from};

    #[test]
    fn dots_are_taken_out() {
        for (path, cleaned) in [("/a/./b/../c", "/a/c"), ("../a/..", ".."), ("a/../../b", "../b"), ("/a", "/a")] {
            assert_eq!(clean(Path::new(path)), Path::new(cleaned), "{path}");
        }
    }

    #[test]
    fn paths_are_shown_from_here() {
        let shown = |path: &str| from(Path::new("/college/world/deep"), Path::new(path)).map(|path| path.display().to_string());
        assert_eq!(shown("/college/world/deep/a.regs").as_deref(), Some("a.regs"));
        assert_eq!(shown("/college/rules/a.regs").as_deref(), Some("../../rules/a.regs"));
        assert_eq!(shown("/elsewhere/a.regs"), None);
    }
}
