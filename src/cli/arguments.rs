//! What can be typed: commands, flags and what `--help` says of them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::rulebook::Severity;

const EXIT_CODES: &str = "\
Exit codes:
  0  clean
  1  findings at or above --fail-on (of `lint`: warnings; of `fmt --check`: changes; of `test`: failures)
  2  the job could not be done: usage, a broken regulation, an unreadable file, nothing to check
  3  incomplete: a record was set aside, or a verdict is missing data or conflict (nothing worse)

Results go to stdout, everything else to stderr.";

/// Checks dossiers of students against regulations written as text.
#[derive(Debug, Parser)]
#[command(name = "ispect", version, about, after_help = EXIT_CODES, max_term_width = 110, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) global: Global,
}

/// Flags that every command knows.
#[derive(Debug, Clone, Args)]
pub(crate) struct Global {
    /// The folder of the project; otherwise `ispect.toml` is looked for upwards from here
    #[arg(long, value_name = "DIR", global = true, display_order = 900)]
    pub(crate) project: Option<PathBuf>,
    /// Whether to colour what is drawn; `NO_COLOR` is respected
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true, display_order = 901)]
    pub(crate) color: When,
    /// No progress bar, even on a terminal
    #[arg(long, global = true, display_order = 902)]
    pub(crate) no_progress: bool,
}

/// Whether to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    Auto,
    Always,
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check every dossier against the regulations
    #[command(after_help = EXIT_CODES)]
    Check(CheckArguments),
    /// Compile the regulations and report all that is wrong or doubtful in them
    #[command(after_help = EXIT_CODES)]
    Lint(LintArguments),
    /// Write rule files in the one layout
    #[command(after_help = EXIT_CODES)]
    Fmt(FmtArguments),
    /// Run the examples in the rules and compare the findings of the world with its snapshot
    #[command(after_help = EXIT_CODES)]
    Test(TestArguments),
    /// Explain a verdict, a check, or the code of a problem
    #[command(after_help = EXIT_CODES)]
    Explain(ExplainArguments),
    /// Print the JSON Schema of a dossier or of the catalogue, or the tables as SQL
    Schema(SchemaArguments),
    /// Make a cohort of students over a catalogue, with violations planted in some and the findings that a check must give
    Generate(GenerateArguments),
    /// Begin a project: a world that passes and invites a first change
    Init(InitArguments),
    /// Print the completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

/// The year and the day that are looked at.
#[derive(Debug, Clone, Args)]
pub(crate) struct WhenArguments {
    /// The day of the check, such as 2023-12-01; today where neither this nor `ispect.toml` says one
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) as_of: Option<chrono::NaiveDate>,
    /// The academic year to check, such as 2023-2024
    #[arg(long, value_name = "YEAR", value_parser = academic_year)]
    pub(crate) academic_year: Option<i32>,
}

/// `ispect check`
#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    /// Files of dossiers: `.jsonl` or `.json`, also `.gz` or `.zst`, or `.parquet`; `-` reads lines from stdin. Or tables: a folder or files of `.csv`, a
    /// workbook `.xlsx`, a database `.sqlite` or `postgresql://user@host/database`
    #[arg(value_name = "STUDENTS")]
    pub(crate) students: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) when: WhenArguments,
    /// Only these checks
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(crate) check: Vec<String>,
    /// Only these students; what is about the catalogue is about no student, and left out
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(crate) student: Vec<String>,
    /// Only what is about these programmes
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) programme: Vec<String>,
    /// How the findings are written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
    /// Write the findings to this file, whole or not at all
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Keep the records that are set aside in this file, a line each, to be mended and checked alone; FILE.reasons.csv says of each what is wrong
    /// and where. Of tables, the rows of a student are put together as one record. Written whole or not at all, also where nothing was set aside
    #[arg(long, value_name = "FILE")]
    pub(crate) quarantine: Option<PathBuf>,
    /// Stop, and write nothing, when more records than this are set aside: a number such as 100, or a share such as 1%, which is known only at the end
    #[arg(long, value_name = "N|P%", value_parser = most)]
    pub(crate) max_quarantined: Option<Most>,
    /// The lightest finding that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    pub(crate) fail_on: FailOn,
    /// Report every verdict, also what is satisfied or not applicable
    #[arg(long)]
    pub(crate) all_verdicts: bool,
    /// How many threads; as many as the machine has where left out
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,
    /// The language of sentences; the regulation's first where left out
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) language: Option<LanguageArgument>,
    /// Print how many verdicts of each kind every check gave
    #[arg(long)]
    pub(crate) statistics: bool,
}

/// How much may be set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Most {
    /// `100`
    Number(u64),
    /// `1%`, in hundredths of a percent
    Share(u64),
}

impl std::fmt::Display for Most {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => write!(formatter, "{number}"),
            Self::Share(hundredths) if hundredths % 100 == 0 => write!(formatter, "{}%", hundredths / 100),
            Self::Share(hundredths) => write!(formatter, "{}.{:02}%", hundredths / 100, hundredths % 100),
        }
    }
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Drawn in full, or a table and the first few where there are many
    Text,
    /// One line a finding
    Concise,
    /// Sentences for a screen reader
    Plain,
    /// One document: the run and its findings
    Json,
    /// One JSON object a line
    Jsonl,
    /// A table for a spreadsheet
    Csv,
    /// Typed columns for analysts; needs `--output`
    Parquet,
    /// An Excel workbook; needs `--output`
    Xlsx,
}

/// From which severity on findings fail the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Error,
    Warning,
    Never,
}

impl FailOn {
    pub(crate) fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Never => None,
        }
    }
}

/// A language the engine speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LanguageArgument {
    /// English
    En,
    /// Dutch
    Nl,
}

impl From<LanguageArgument> for crate::report::Language {
    fn from(argument: LanguageArgument) -> Self {
        match argument {
            LanguageArgument::En => Self::English,
            LanguageArgument::Nl => Self::Dutch,
        }
    }
}

/// How the problems of rule files are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProblemFormat {
    /// Drawn in their texts
    Text,
    /// One line a problem
    Concise,
    /// Sentences for a screen reader
    Plain,
}

/// `ispect lint`
#[derive(Debug, Args)]
pub(crate) struct LintArguments {
    /// Rule files; those of the project where left out
    #[arg(value_name = "FILES")]
    pub(crate) files: Vec<PathBuf>,
    /// How the problems are written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ProblemFormat,
}

/// `ispect fmt`
#[derive(Debug, Args)]
pub(crate) struct FmtArguments {
    /// Rule files; those of the project where left out
    #[arg(value_name = "FILES")]
    pub(crate) files: Vec<PathBuf>,
    /// Write nothing; name the files that would change
    #[arg(long)]
    pub(crate) check: bool,
    /// Write nothing; show what would change
    #[arg(long)]
    pub(crate) diff: bool,
}

/// `ispect test`
#[derive(Debug, Args)]
pub(crate) struct TestArguments {
    #[command(flatten)]
    pub(crate) when: WhenArguments,
    /// Take the findings as they are for the new snapshot
    #[arg(long, conflicts_with = "review")]
    pub(crate) accept: bool,
    /// Ask about each difference, one by one
    #[arg(long)]
    pub(crate) review: bool,
    /// Fail where there is no example and no snapshot
    #[arg(long)]
    pub(crate) fail_on_empty: bool,
}

/// `ispect explain`
#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    /// A student, a check, or the code of a problem such as `names::unknown_check`
    #[arg(value_name = "STUDENT|CHECK|CODE")]
    pub(crate) what: String,
    /// The check to explain for the student; all findings where left out
    #[arg(value_name = "CHECK")]
    pub(crate) check: Option<String>,
    #[command(flatten)]
    pub(crate) when: WhenArguments,
    /// The language of sentences; the regulation's first where left out
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) language: Option<LanguageArgument>,
}

/// `ispect schema`
#[derive(Debug, Args)]
pub(crate) struct SchemaArguments {
    /// What to describe
    #[arg(value_name = "WHAT", default_value = "dossier")]
    pub(crate) what: Described,
}

/// What a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Described {
    /// A student's dossier, as JSON Schema
    Dossier,
    /// The catalogue, as JSON Schema
    Catalogue,
    /// The tables, as SQL
    Tables,
}

/// `ispect generate`
#[derive(Debug, Args)]
pub(crate) struct GenerateArguments {
    /// Documents of the catalogue; those of the project where left out. Without a project there are no rules, and nothing is planted
    #[arg(value_name = "CATALOGUE")]
    pub(crate) catalogue: Vec<PathBuf>,
    /// How many students
    #[arg(long, value_name = "N")]
    pub(crate) students: u64,
    /// The same seed gives the same bytes; the first students are the same in a cohort of any size
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(crate) seed: u64,
    /// How many students in a hundred have a violation planted, such as 5 or 0.25
    #[arg(long, value_name = "PERCENT", default_value = "5", value_parser = percent)]
    pub(crate) violations: u64,
    /// Write the dossiers to this file, whole or not at all; otherwise to stdout
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Write the findings that a check must give to this file, one a line
    #[arg(long, value_name = "FILE")]
    pub(crate) expected: Option<PathBuf>,
    /// The day on which it is to be checked, such as 2023-12-01: what has not happened by then is left out. Otherwise that of `ispect.toml`, or the
    /// last day of the year
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) as_of: Option<chrono::NaiveDate>,
    /// The academic year that is to be checked, such as 2023-2024; otherwise that of `ispect.toml`, or the latest of the catalogue
    #[arg(long, value_name = "YEAR", value_parser = academic_year)]
    pub(crate) academic_year: Option<i32>,
    /// How many threads; as many as the machine has where left out
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,
}

/// `ispect init`
#[derive(Debug, Args)]
pub(crate) struct InitArguments {
    /// Where to begin; the folder is made
    #[arg(value_name = "DIR", default_value = ".")]
    pub(crate) folder: PathBuf,
    /// Propose a project from the headings of an export instead: whatever `ispect check` reads, be it a folder of tables, a workbook, a database or its
    /// address, or whole records. Only `ispect.toml` is written, and never over another; what is in doubt stands in it as comments
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) from: Vec<PathBuf>,
}

fn day(text: &str) -> Result<chrono::NaiveDate, String> {
    text.parse().map_err(|_| "a day is written as 2023-12-01".to_owned())
}

fn most(text: &str) -> Result<Most, String> {
    match text.strip_suffix('%') {
        Some(share) => percent(share.trim_end()).map(Most::Share),
        None => text.parse().map(Most::Number).map_err(|_| "a number is written as 100, a share as 1%".to_owned()),
    }
}

/// A percentage with at most two decimals, in hundredths.
fn percent(text: &str) -> Result<u64, String> {
    let wrong = || "a percentage from 0 to 100 is written as 5 or 0.25".to_owned();
    let number = crate::vocabulary::Exact::parse(text).ok_or_else(wrong)?;
    let hundredths = number.checked_mul(crate::vocabulary::Exact::HUNDRED).and_then(crate::vocabulary::Exact::to_integer);
    hundredths.and_then(|hundredths| u64::try_from(hundredths).ok()).filter(|hundredths| *hundredths <= 10_000).ok_or_else(wrong)
}

/// The first calendar year of `2023-2024`.
pub(crate) fn academic_year(text: &str) -> Result<i32, String> {
    let wrong = || "an academic year is written as 2023-2024".to_owned();
    let (first, second) = text.split_once('-').ok_or_else(wrong)?;
    let year = |part: &str| part.parse::<i32>().ok().filter(|year| part.len() == 4 && *year > 0);
    match (year(first), year(second)) {
        (Some(first), Some(second)) if second == first + 1 => Ok(first),
        _ => Err(wrong()),
    }
}
