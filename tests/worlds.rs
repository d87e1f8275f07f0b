//! Small worlds in folders of their own, and what the built binary says of them.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A folder with a project in it, which ends with the test.
pub(crate) struct World {
    folder: TempDir,
}

/// What a run gave.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The binary, in a folder, with nothing of this machine in its surroundings.
pub(crate) fn ispect(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ispect"));
    command.current_dir(folder).env_remove("NO_COLOR").env_remove("COLUMNS").env("TERM", "dumb").stdin(Stdio::null());
    command
}

pub(crate) fn run_in(folder: &Path, arguments: &[&str]) -> Ran {
    ran(&ispect(folder).args(arguments).output().unwrap())
}

pub(crate) fn ran(output: &std::process::Output) -> Ran {
    Ran {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout.clone()).unwrap(),
        stderr: String::from_utf8(output.stderr.clone()).unwrap(),
    }
}

impl World {
    /// A folder with nothing in it.
    pub(crate) fn empty() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// A copy of `examples/first-steps`.
    pub(crate) fn first_steps() -> Self {
        let world = Self::empty();
        copy(&root().join("examples/first-steps"), world.path());
        world
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let file = self.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, content).unwrap();
    }

    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.path().join(name)).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// One text in a file for another.
    pub(crate) fn change(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "{name} has no {from:?}");
        self.write(name, text.replace(from, to));
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        run_in(self.path(), arguments)
    }

    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut child = ispect(self.path()).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        ran(&child.wait_with_output().unwrap())
    }

    /// What a person sees, without what differs from run to run.
    pub(crate) fn shown(&self, ran: &Ran) -> String {
        let mut text = format!("exit code {}\n", ran.code);
        for (name, stream) in [("stdout", &ran.stdout), ("stderr", &ran.stderr)] {
            if !stream.is_empty() {
                text.push_str("---- ");
                text.push_str(name);
                text.push_str(" ----\n");
                text.push_str(&self.steady(stream));
            }
        }
        text
    }

    /// The findings of a run a line each, and the problems as they are drawn.
    #[cfg(any(feature = "postgres", feature = "sqlite", feature = "xlsx"))]
    pub(crate) fn shown_with_problems_drawn(&self, arguments: &[&str]) -> String {
        let mut ran = self.run(arguments);
        let concise = self.run(&[arguments, &["--format", "concise"]].concat());
        ran.stdout = concise.stdout + ran.stdout.lines().last().unwrap_or_default() + "\n";
        self.shown(&ran)
    }

    fn steady(&self, text: &str) -> String {
        let folder = self.path().canonicalize().unwrap();
        let text = text.replace(&folder.display().to_string(), "[world]").replace(&self.path().display().to_string(), "[world]");
        text.lines().map(without_time).map(|line| line + "\n").collect()
    }
}

/// `… findings in 0.01 s; …` without the time.
fn without_time(line: &str) -> String {
    let Some((before, rest)) = line.split_once(" s; ") else { return line.to_owned() };
    let Some((before, _)) = before.rsplit_once(" in ") else { return line.to_owned() };
    format!("{before} in [time] s; {rest}")
}

pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// Compare with the snapshot of that name in a folder of `tests/cases`.
pub(crate) fn assert_shown(folder: &str, name: &str, shown: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root().join("tests/cases").join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, shown));
}
