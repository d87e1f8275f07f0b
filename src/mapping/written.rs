//! A proposal as `ispect.toml`, a comment a line, and as rows of a table for a person. What is in doubt stands in comments, so that nobody takes it for said.

use std::fmt::Write as _;

use crate::mapping::{Meaning, ProposedColumn, ProposedSubject, ProposedTable};
use crate::vocabulary::Subject;

/// How the records of an export are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Tables,
    /// JSON, whose fields are not mapped.
    Records,
}

/// The file of settings.
pub(crate) fn settings(tables: &[ProposedTable], files: &[String], (form, year): (Form, Option<&str>)) -> String {
    let mut text = String::from(
        "# Proposed by `ispect init --from`. A line that is in doubt begins with `# ?`: look at the values, then take away the `# ?` of the line that is\n\
         # right. Lines that begin with `#` alone only say something.\n\n\
         [regulations]\nfiles = [\"regulations/**/*.regs\"]   # the rules; `ispect init NAME` shows a first file of them\n\n\
         [records]\ncatalogue = \"catalogue.json\"         # programmes and course units; `ispect schema catalogue` shows what is in it\n",
    );
    let listed: Vec<String> = files.iter().map(|file| format!("    {},\n", quoted(file))).collect();
    let _ = write!(text, "students = [\n{}]\n\n[check]\n", listed.concat());
    let example = year.unwrap_or("2023-2024");
    let why = if year.is_some() { "the latest year in the export" } else { "the year to check" };
    let _ = writeln!(text, "# ? academic_year = {}   # {why}", quoted(example));
    let days = "# as_of = \"2023-12-01\"   # the day of the check; today where it is left out\n";
    text.push_str(days);
    for table in tables {
        text.push('\n');
        section(&mut text, table, form);
    }
    let students = tables.iter().any(|table| table.subject == ProposedSubject::Sure(Subject::Student));
    if !students && form == Form::Tables {
        text.push_str("\n# missing: a table of students, one row a student. Without it nothing can be checked.\n");
    }
    text
}

fn section(text: &mut String, table: &ProposedTable, form: Form) {
    let _ = match table.subject {
        ProposedSubject::Unknown => writeln!(text, "# {}: left out, its headings are of no list of a student", table.file),
        ProposedSubject::Sure(subject) if form == Form::Records => writeln!(text, "# {}: the fields of `{}`", table.file, subject.word()),
        ProposedSubject::Sure(subject) => writeln!(text, "# {}\n[map.{}]", table.file, subject.word()),
        ProposedSubject::Unsure(subject) => writeln!(text, "# {}: in doubt, it may be the table `{1}`\n# ? [map.{1}]", table.file, subject.word()),
    };
    let Some(subject) = table.subject.subject() else { return };
    let doubt = if matches!(table.subject, ProposedSubject::Sure(_)) && form == Form::Tables { "" } else { "# ? " };
    if table.table.to_lowercase() != subject.word() && form == Form::Tables {
        let _ = writeln!(text, "{doubt}table = {}   # what the table is called", quoted(&table.table));
    }
    for column in &table.columns {
        line(text, column, (doubt, form));
    }
    for name in &table.missing {
        let _ = writeln!(text, "# missing: `{name}`, which no column surely is; {}", why_needed(name));
    }
}

fn why_needed(name: &str) -> &'static str {
    if name == "course" { "without it a row says nothing" } else { "without it nobody knows where a row belongs" }
}

fn line(text: &mut String, column: &ProposedColumn, (doubt, form): (&str, Form)) {
    let ProposedColumn { heading, meaning, evidence } = column;
    let (heading, holds) = (quoted(heading), evidence.words().replace(char::is_control, " "));
    let doubt = if form == Form::Records { "# " } else { doubt };
    let _ = match meaning {
        Meaning::Sure(name, None) if *name == column.heading => writeln!(text, "# {name}: called so already; {holds}"),
        Meaning::Sure(name, Some(how)) if *name == column.heading => writeln!(text, "# {name}: called so already; {holds}: {how}"),
        Meaning::Sure(name, None) => writeln!(text, "{doubt}{name} = {heading}   # sure; {holds}"),
        Meaning::Sure(name, Some(how)) => writeln!(text, "{doubt}{name} = {heading}   # sure of the heading; {holds}: {how}"),
        Meaning::Unsure(names, why) => names.iter().try_for_each(|name| writeln!(text, "# ? {name} = {heading}   # in doubt: {why}; {holds}")),
        Meaning::LeftOut(why) => writeln!(text, "# left out: {heading}, {why}; {}", evidence.kind_words()),
    };
}

/// A text of TOML.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// The rows of the table that a person reads: table, heading, name in the record, how sure, what it holds.
pub(crate) fn rows(tables: &[ProposedTable]) -> Vec<[String; 5]> {
    let mut rows = vec![["table", "heading", "name", "", "holds"].map(str::to_owned)];
    for table in tables {
        let (word, sure) = match table.subject {
            ProposedSubject::Sure(subject) => (subject.word(), "sure"),
            ProposedSubject::Unsure(subject) => (subject.word(), "in doubt"),
            ProposedSubject::Unknown => ("—", "left out"),
        };
        rows.push([table.table.clone(), String::new(), word.to_owned(), sure.to_owned(), counted(table.columns.len())]);
        rows.extend(table.columns.iter().map(row));
        let missing = |name: &&str| [String::new(), "—".to_owned(), (*name).to_owned(), "missing".to_owned(), why_needed(name).to_owned()];
        rows.extend(table.missing.iter().map(missing));
    }
    rows
}

fn counted(columns: usize) -> String {
    if columns == 1 { "1 column".to_owned() } else { format!("{columns} columns") }
}

/// `added_on or dropped_on or 4 more?`
fn few(names: &[&str]) -> String {
    match names {
        [first, second, rest @ ..] if rest.len() > 1 => format!("{first} or {second} or {} more?", rest.len()),
        _ => names.join(" or ") + "?",
    }
}

fn row(column: &ProposedColumn) -> [String; 5] {
    let holds = column.evidence.words().replace(char::is_control, " ");
    let (name, sure, holds) = match &column.meaning {
        Meaning::Sure(name, None) => ((*name).to_owned(), "sure", holds),
        Meaning::Sure(name, Some(how)) => ((*name).to_owned(), "sure, but", format!("{holds}: {how}")),
        Meaning::Unsure(names, why) => (few(names), "in doubt", format!("{why}; {holds}")),
        Meaning::LeftOut(why) => ("—".to_owned(), "left out", format!("{why}; {}", column.evidence.kind_words())),
    };
    [String::new(), column.heading.replace(char::is_control, " "), name, sure.to_owned(), holds]
}
