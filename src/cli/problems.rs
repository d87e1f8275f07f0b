//! What can be wrong with a project and its files.

use miette::Diagnostic;
use thiserror::Error;

use crate::source::Span;

/// What can be wrong with `ispect.toml`.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum ProjectProblem {
    /// No `ispect.toml` from here upwards.
    #[error("no `ispect.toml` in {folder} or in a folder above it")]
    #[diagnostic(code(project::not_found), help("go to the project's folder, name it with `--project DIR`, or begin one with `ispect init`"))]
    NotFound { folder: String },
    /// `files = [`
    #[error("`ispect.toml` is not valid TOML: {reason}")]
    #[diagnostic(code(project::invalid_toml))]
    InvalidToml {
        reason: String,
        #[label("here")]
        at: Span,
    },
    /// `[regulation]`
    #[error("unknown {what} `{key}`")]
    #[diagnostic(code(project::unknown_key))]
    UnknownKey {
        what: &'static str,
        key: String,
        #[label("not a {what} of `ispect.toml`")]
        at: Span,
        #[help]
        help: String,
    },
    /// `files = 1`
    #[error("`{key}` must be {expected}")]
    #[diagnostic(code(project::wrong_value))]
    WrongValue {
        key: &'static str,
        expected: &'static str,
        #[label("expected {expected}")]
        at: Span,
        #[help]
        help: &'static str,
    },
    /// `course = "Vak"` and `replaces = "Vak"`
    #[error("the heading `{heading}` is mapped to `{first}` already")]
    #[diagnostic(
        code(project::heading_twice),
        help("a column is one field, and the other one would be lost: write the heading of each, and leave out the field that has none")
    )]
    HeadingTwice {
        heading: String,
        first: String,
        #[label("the second one")]
        at: Span,
    },
    /// Neither `ispect.toml` nor a flag says which year.
    #[error("which academic year to check is not said")]
    #[diagnostic(
        code(project::no_academic_year),
        help("write `academic_year = \"2023-2024\"` under `[check]` in `ispect.toml`, or use `--academic-year`")
    )]
    NoAcademicYear,
    /// No `[records] students` and no argument.
    #[error("no dossiers to check are named")]
    #[diagnostic(code(project::no_students), help("write `students = [\"students.jsonl\"]` under `[records]` in `ispect.toml`, or name the files"))]
    NoStudents,
    /// `[map.entry] credits = "STP"`, and records in JSON with a field `STP`
    #[error("the field `{field}` was not read, though `[map.{table}]` in `ispect.toml` says that it is `{name}`")]
    #[diagnostic(
        code(project::not_mapped),
        help("headings are mapped, and the fields of records in JSON are not: call it `{name}` where the records are written; nothing was checked")
    )]
    NotMapped { field: String, table: &'static str, name: String },
    /// `ispect init` where there is one.
    #[error("{file} is there already")]
    #[diagnostic(code(project::exists), help("begin in an empty folder: `ispect init NAME`"))]
    Exists { file: String },
}

/// What can be wrong with a file.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum FileProblem {
    /// A file that is not there, or that may not be read.
    #[error("{file} can't be read: {reason}")]
    #[diagnostic(code(files::unreadable), help("check the name and the permissions"))]
    Unreadable { file: String, reason: String },
    /// A workbook, for a build that reads none.
    #[error("{file} is {format}, which this build of `ispect` does not read")]
    #[diagnostic(
        code(files::not_in_this_build),
        help("the released binary reads it, as does a build with `cargo build --release --features {feature}`; or export the tables as CSV")
    )]
    NotInThisBuild { file: String, format: &'static str, feature: &'static str },
    /// A database that another program is writing.
    #[cfg_attr(not(feature = "sqlite"), allow(dead_code, reason = "a build may read no databases"))]
    #[error("{file} is locked by another program")]
    #[diagnostic(code(files::locked), help("wait until that program has finished or close it, or check a copy of the file; nothing was read"))]
    Locked { file: String },
    /// A text that is called `.sqlite`.
    #[cfg_attr(not(feature = "sqlite"), allow(dead_code, reason = "a build may read no databases"))]
    #[error("{file} is not an SQLite database")]
    #[diagnostic(code(files::not_a_database), help("its name promises one; if it is encrypted, check a plain copy"))]
    NotADatabase { file: String },
    /// A server that is not there, or that knows no such user.
    #[cfg_attr(not(feature = "postgres"), allow(dead_code, reason = "a build may read no servers"))]
    #[error("{server} can't be read: {reason}")]
    #[diagnostic(code(files::not_connected))]
    NotConnected {
        server: String,
        reason: String,
        #[help]
        help: Option<String>,
    },
    /// A workbook that asks for a password.
    #[cfg_attr(not(feature = "xlsx"), allow(dead_code, reason = "a build may read no workbooks"))]
    #[error("{file} is not a workbook that can be read: {reason}")]
    #[diagnostic(code(files::not_a_workbook), help("save it as an Excel workbook (.xlsx) without a password; nothing was read"))]
    NotAWorkbook { file: String, reason: String },
    /// A rule file that is not UTF-8.
    #[error("{file} is not UTF-8")]
    #[diagnostic(code(files::not_utf8), help("save it as UTF-8; the first byte that is not stands on line {line}"))]
    NotUtf8 { file: String, line: usize },
    /// `files = ["rules/*.regs"]` where there are none.
    #[error("no file matches `{pattern}`")]
    #[diagnostic(code(files::no_match), help("patterns start from {folder}"))]
    NoMatch { pattern: String, folder: String },
    /// `ispect check exports/` where no file in it is a table
    #[error("there is no table in the folder {folder}")]
    #[diagnostic(
        code(files::no_tables),
        help("a folder of tables holds `student.csv` and the other lists; other files of dossiers are named one by one")
    )]
    NoTables { folder: String },
    /// `exports/entry.txt`, and no `exports/entry.csv`
    #[error("{file} has the name of the list `{list}`, and is not read as a table")]
    #[diagnostic(
        code(files::not_a_table),
        help(
            "without it the list would count as empty: save it as `.csv` or `.parquet`, or give it another name if it is not the list; nothing was \
             checked"
        )
    )]
    NotATable { file: String, list: &'static str },
    /// `ispect init --from empty.sqlite`
    #[error("a mapping can't be proposed from {file}")]
    #[diagnostic(code(files::no_headings), help("it holds no table with headings, and no record in JSON or Parquet"))]
    NoHeadings { file: String },
    /// `files = ["[.regs"]`
    #[error("`{pattern}` is not a pattern of file names: {reason}")]
    #[diagnostic(code(files::bad_pattern), help("`*` stands for any name, `**` for any folders"))]
    BadPattern { pattern: String, reason: String },
    /// `--output` in a folder that is not there.
    #[error("{file} can't be written: {reason}")]
    #[diagnostic(code(files::unwritable))]
    Unwritable {
        file: String,
        reason: String,
        #[help]
        help: String,
    },
    /// `--threads 1000000`
    #[error("the threads can't be started: {reason}")]
    #[diagnostic(code(files::no_threads), help("ask for fewer with `--threads`"))]
    NoThreads { reason: String },
}

/// What can be wrong with what was asked.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum AskedProblem {
    /// `--check isp_sized`
    #[error("unknown check `{name}`")]
    #[diagnostic(code(asked::unknown_check))]
    UnknownCheck {
        name: String,
        #[help]
        help: String,
    },
    /// `--programme PB-XX`
    #[error("no catalogue and no rule names a programme `{code}`")]
    #[diagnostic(code(asked::unknown_programme), help("programmes are named by their code, as in the catalogue"))]
    UnknownProgramme { code: String },
    /// `--student r9`
    #[error("no dossier of student `{name}`")]
    #[diagnostic(code(asked::unknown_student), help("students are named by their number, as in the record"))]
    UnknownStudent { name: String },
    /// `ispect explain nonsense`
    #[error("`{name}` is neither a student, nor a check, nor the code of a problem")]
    #[diagnostic(code(asked::unknown_subject))]
    UnknownSubject {
        name: String,
        #[help]
        help: String,
    },
    /// `--format xlsx` without `--output`
    #[error("findings as {format} go into a file")]
    #[diagnostic(code(asked::needs_output), help("name it: `--output findings.{format}`"))]
    NeedsOutput { format: &'static str },
    /// `--format xlsx` in a build that has no such library.
    #[error("this build of `ispect` does not write {format}")]
    #[diagnostic(
        code(asked::format_not_in_this_build),
        help("the released binary does, and so does a build with `--features {format}`; `--format csv` always works")
    )]
    FormatNotInThisBuild { format: &'static str },
    /// Tables with headings and no row.
    #[error("there is nothing to check: no dossier was read")]
    #[diagnostic(code(asked::empty_input), help("an empty input is an error and not a pass; was the export cut off?"))]
    EmptyInput,
    /// `--max-quarantined 10` where the eleventh record can't be read
    #[error("too much had to be set aside: {what}")]
    #[diagnostic(code(asked::too_many_set_aside), help("nothing was written; mend the records, or allow more than {most} with `--max-quarantined`"))]
    TooManySetAside { what: String, most: String },
    /// A project with no example and no snapshot.
    #[error("there is nothing to test: no example and no snapshot")]
    #[diagnostic(code(asked::nothing_to_test), help("write an `example` beside a rule, or take a snapshot with `ispect test --accept`"))]
    NothingToTest,
    /// A catalogue without programmes, or without any of that year.
    #[error("no programme with units is described for {year}")]
    #[diagnostic(code(asked::no_programmes), help("name a year that the catalogue describes with `--academic-year`"))]
    NoProgrammes { year: String },
    /// A panic in the check of one student.
    #[error("checking student `{student}` failed inside the engine: {reason}")]
    #[diagnostic(code(asked::engine_failed), help("the student counts as set aside; please report this with the record"))]
    EngineFailed { student: String, reason: String },
}

#[cfg(test)]
mod tests {
    use super::{AskedProblem, FileProblem};
    use crate::problems::{Manner, Pen};

    /// What no test can bring about on every machine and in every build is at least drawn.
    #[test]
    fn failures_of_the_machine_and_of_the_engine() {
        let pen = Pen { manner: Manner::Uncoloured, width: 110 };
        let threads = pen.draw(&FileProblem::NoThreads { reason: "resource temporarily unavailable".to_owned() });
        let lacking = FileProblem::NotInThisBuild { file: "export.xlsx".to_owned(), format: "an Excel workbook", feature: "xlsx" };
        let lacking = pen.draw(&lacking);
        let engine = pen.draw(&AskedProblem::EngineFailed { student: "r0745123".to_owned(), reason: "index out of bounds".to_owned() });
        let unwritten = pen.draw(&AskedProblem::FormatNotInThisBuild { format: "parquet" });
        let unnamed = pen.draw(&AskedProblem::NeedsOutput { format: "xlsx" });
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/command_line"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("failures_of_the_machine", format!("{threads}\n{lacking}\n{engine}\n{unwritten}\n{unnamed}")));
    }
}
