//! The project: `ispect.toml`, looked for upwards or named, the files that it and the flags name, and the rulebook and catalogue made of them. Flags win
//! over it.
//!
//! Add a key of `ispect.toml`: its name among those of `settings.rs` with a field of its [`Settings`], and a method here where a flag may win over it.

mod apart;
pub(crate) mod load;
mod patterns;
mod settings;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::cli::arguments::{Global, WhenArguments};
use crate::cli::paths;
use crate::cli::problems::{FileProblem, ProjectProblem};
use crate::cli::session::{Session, Stop};
use settings::Settings;

pub(crate) use apart::Apart;
pub(crate) use patterns::with_tables;

/// The name of the file that makes a folder a project.
pub(crate) const SETTINGS: &str = "ispect.toml";

/// A folder and what its `ispect.toml` says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Project {
    /// Where patterns and names of files start from.
    pub(crate) folder: PathBuf,
    pub(crate) settings: Settings,
}

/// The day of the check, and whether somebody chose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AsOf {
    Said(NaiveDate),
    /// Nobody said a day.
    Today(NaiveDate),
}

impl AsOf {
    pub(crate) fn day(self) -> NaiveDate {
        match self {
            Self::Said(day) | Self::Today(day) => day,
        }
    }
}

impl Project {
    /// The project named by `--project`, or the one that this folder lies in.
    pub(crate) fn find(session: &mut Session, global: &Global) -> Result<Self, Stop> {
        let here = std::env::current_dir().unwrap_or_default();
        let folder = match &global.project {
            Some(folder) => here.join(folder),
            None => upwards(&here).ok_or_else(|| session.stop(ProjectProblem::NotFound { folder: here.display().to_string() }))?,
        };
        if !folder.is_dir() {
            return Err(session.stop(FileProblem::Unreadable { file: paths::shown(&folder), reason: "it is no folder".to_owned() }));
        }
        let file = folder.join(SETTINGS);
        let settings = if file.is_file() { settings::read(session, &file)? } else { Settings::default() };
        Ok(Self { folder, settings })
    }

    /// The rule files: those of the patterns, or every `.regs` file of the folder.
    pub(crate) fn regulations(&self, session: &mut Session) -> Result<Vec<PathBuf>, Stop> {
        let everything = ["**/*.regs".to_owned()];
        let patterns = self.settings.regulations.as_deref().unwrap_or(&everything);
        patterns::matching(session, &self.folder, patterns)
    }

    pub(crate) fn catalogue(&self, session: &mut Session) -> Result<Vec<PathBuf>, Stop> {
        patterns::matching(session, &self.folder, &self.settings.catalogue)
    }

    /// The files of dossiers: those named on the command line, else those of the project.
    pub(crate) fn students(&self, session: &mut Session, named: &[PathBuf]) -> Result<Vec<PathBuf>, Stop> {
        if !named.is_empty() {
            return self.tables(session, named);
        }
        if self.settings.students.is_empty() {
            return Err(session.stop(ProjectProblem::NoStudents));
        }
        let files = patterns::matching(session, &self.folder, &self.settings.students)?;
        self.tables(session, &files)
    }

    /// All that a check of some files of dossiers, which were named or are the project's, keeps its results apart from: what it reads, and the dossiers of the
    /// project besides.
    pub(crate) fn apart(&self, session: &mut Session, (students, named): (&[PathBuf], &[PathBuf])) -> Result<Apart<'_>, Stop> {
        let Settings { regulations, catalogue, students: own, headings, .. } = &self.settings;
        let (rules, documents) = (self.regulations(session)?, self.catalogue(session)?);
        let folders = named.iter().filter(|path| path.is_dir()).cloned().chain(patterns::folders(&self.folder, own)).collect();
        let patterns = patterns::wildcards(&self.folder, regulations.iter().flatten().chain(catalogue).chain(own));
        let others = patterns::at_hand(&self.folder, own);
        Ok(Apart { files: [&[self.folder.join(SETTINGS)], &rules[..], &documents, students, &others].concat(), folders, patterns, headings })
    }

    /// The files, with the tables in a folder in the place of the folder.
    fn tables(&self, session: &mut Session, files: &[PathBuf]) -> Result<Vec<PathBuf>, Stop> {
        if let Some((file, list)) = patterns::unread_list(files, &self.settings.headings) {
            return Err(session.stop(FileProblem::NotATable { file: paths::shown(&file), list: list.word() }));
        }
        with_tables(session, files)
    }

    /// The first calendar year of the academic year under check.
    pub(crate) fn academic_year(&self, session: &mut Session, when: &WhenArguments) -> Result<i32, Stop> {
        when.academic_year.or(self.settings.academic_year).ok_or_else(|| session.stop(ProjectProblem::NoAcademicYear))
    }

    pub(crate) fn as_of(&self, when: &WhenArguments) -> AsOf {
        let said = when.as_of.or(self.settings.as_of);
        said.map_or_else(|| AsOf::Today(chrono::Local::now().date_naive()), AsOf::Said)
    }
}

fn upwards(from: &Path) -> Option<PathBuf> {
    from.ancestors().find(|folder| folder.join(SETTINGS).is_file()).map(Path::to_path_buf)
}
