//! A proposal as `ispect.toml`, a comment a line, and as rows of a table for a person. What is in doubt stands in comments, so that nobody takes it for said.

use std::fmt::Write as _;

use crate::mapping::{Evidence, Form, Meaning, ProposedColumn, ProposedSubject, ProposedTable};
use crate::problems::{counted, on_one_line, toml_text};
use crate::records::is_instant;
use crate::vocabulary::Subject;

/// The file of settings.
pub(crate) fn settings(tables: &[ProposedTable], files: &[String], year: Option<&str>) -> String {
    let mut text = String::from(
        "# Proposed by `ispect init --from`. A line that is in doubt begins with `# ?`: look at the values, then take away the `# ?` of the line that is\n\
         # right. Lines that begin with `#` alone only say something.\n\n\
         [regulations]\nfiles = [\"regulations/**/*.regs\"]   # the rules; `ispect init NAME` shows a first file of them\n\n\
         [records]\ncatalogue = \"catalogue.json\"         # programmes and course units; `ispect schema catalogue` shows what is in it\n",
    );
    let listed: Vec<String> = files.iter().map(|file| listed(file)).collect();
    let _ = write!(text, "students = [\n{}]\n", listed.concat());
    if tables.iter().any(says_no_offset) {
        text.push_str("# ? time_zone = \"Europe/Brussels\"   # the clock of date-times that say no offset\n");
    }
    let example = year.unwrap_or("2023-2024");
    let why = if year.is_some() { "the latest year in the export" } else { "the year to check" };
    let _ = writeln!(text, "\n[check]\n# ? academic_year = {}   # {why}", toml_text(example));
    let days = "# as_of = \"2023-12-01\"   # the day of the check; today where it is left out\n";
    text.push_str(days);
    let mut before = None;
    for table in tables {
        text.push('\n');
        section(&mut text, table, before);
        before = Some(table);
    }
    let students = tables.iter().any(|table| table.subject == ProposedSubject::Sure(Subject::Student));
    if !students && tables.iter().all(|table| table.form.is_table()) {
        text.push_str("\n# missing: a table of students, one row a student. Without it nothing can be checked.\n");
    }
    text
}

/// A file, or an address, whose password does not belong in a file.
fn listed(file: &str) -> String {
    let said = if file.contains("://") { "   # the password, where one is asked for, stands in PGPASSWORD" } else { "" };
    format!("    {},{said}\n", toml_text(file))
}

fn says_no_offset(table: &ProposedTable) -> bool {
    let is_clock = |column: &ProposedColumn, name| matches!(column.evidence, Evidence::Clocks(_)) && is_mapped(table) && is_moment(table, name);
    table.columns.iter().any(|column| column.meaning.name().is_some_and(|name| is_clock(column, name)))
}

fn is_mapped(table: &ProposedTable) -> bool {
    table.form != Form::Json
}

fn is_moment(table: &ProposedTable, name: &str) -> bool {
    table.subject.subject().is_some_and(|subject| is_instant(subject, name))
}

/// The section of `ispect.toml` that says what the columns of a table are called.
fn section_of(table: &ProposedTable) -> Option<&'static str> {
    let subject = table.subject.subject()?;
    // What stands in an entry has its columns, in tables, among those of the entry.
    Some(if subject == Subject::Result { Subject::Entry.word() } else { subject.word() })
}

fn section(text: &mut String, table: &ProposedTable, before: Option<&ProposedTable>) {
    let place = on_one_line(&table.place()).into_owned();
    let Some(subject) = table.subject.subject() else {
        let _ = writeln!(text, "# {place}: left out, its headings are of no list of a student{}", what_of_it(table.form));
        return;
    };
    let (word, section) = (subject.word(), section_of(table).unwrap_or_default());
    let continues = before.is_some_and(|before| before.file == table.file && before.form == Form::Nested && section_of(before) == Some(section));
    let (is_sure, of_fields) = (matches!(table.subject, ProposedSubject::Sure(_)), format!("# {place}: the fields of `{word}`"));
    let _ = match table.form {
        _ if !is_sure => writeln!(text, "# {place}: in doubt, it may be the table `{word}`{}\n# ? [map.{section}]", what_of_it(table.form)),
        Form::Json => writeln!(text, "{of_fields}"),
        Form::Nested if continues => writeln!(text, "{of_fields}"),
        Form::Nested => writeln!(text, "{of_fields}\n[map.{section}]"),
        Form::File | Form::Sheet | Form::InDatabase => writeln!(text, "# {place}\n[map.{section}]"),
    };
    let doubt = match table.form {
        _ if !is_sure => "# ? ",
        Form::Json => "# ",
        Form::File | Form::Sheet | Form::InDatabase | Form::Nested => "",
    };
    if table.form.is_table() && table.table.to_lowercase() != word {
        let _ = writeln!(text, "{doubt}table = {}   # what the table is called", toml_text(&table.table));
    }
    for column in &table.columns {
        line(text, column, doubt);
    }
    for name in &table.missing {
        let _ = writeln!(text, "# missing: `{name}`, which no column surely is; {}", why_needed(name));
    }
}

/// What is to be done with a table that is no list.
fn what_of_it(form: Form) -> &'static str {
    if form == Form::Sheet { "; a sheet that is none is hidden or deleted, else the workbook is refused" } else { "" }
}

fn why_needed(name: &str) -> &'static str {
    if name == "course" { "without it a row says nothing" } else { "without it nobody knows where a row belongs" }
}

fn line(text: &mut String, column: &ProposedColumn, doubt: &str) {
    let ProposedColumn { heading, meaning, evidence } = column;
    let (heading, holds) = (toml_text(heading), on_one_line(&evidence.words()).into_owned());
    let _ = match meaning {
        Meaning::Sure(name, None) if *name == column.heading => writeln!(text, "# {name}: called so already; {holds}"),
        Meaning::Sure(name, Some(how)) if *name == column.heading => writeln!(text, "# {name}: called so already; {holds}: {}", on_one_line(how)),
        Meaning::Sure(name, None) => writeln!(text, "{doubt}{name} = {heading}   # sure; {holds}"),
        Meaning::Sure(name, Some(how)) => writeln!(text, "{doubt}{name} = {heading}   # sure of the heading; {holds}: {}", on_one_line(how)),
        Meaning::Unsure(names, why) => names.iter().try_for_each(|name| writeln!(text, "# ? {name} = {heading}   # in doubt: {why}; {holds}")),
        Meaning::LeftOut(why) => writeln!(text, "# left out: {heading}, {why}; {}", evidence.kind_words()),
    };
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
        rows.push([on_one_line(&table.table).into_owned(), String::new(), word.to_owned(), sure.to_owned(), counted(table.columns.len(), "column")]);
        // What else a database holds is its own affair.
        if table.form != Form::InDatabase || table.subject != ProposedSubject::Unknown {
            rows.extend(table.columns.iter().map(row));
        }
        let missing = |name: &&str| [String::new(), "—".to_owned(), (*name).to_owned(), "missing".to_owned(), why_needed(name).to_owned()];
        rows.extend(table.missing.iter().map(missing));
    }
    rows
}

/// `added_on or dropped_on or 4 more?`
fn few(names: &[&str]) -> String {
    match names {
        [first, second, rest @ ..] if rest.len() > 1 => format!("{first} or {second} or {} more?", rest.len()),
        _ => names.join(" or ") + "?",
    }
}

fn row(column: &ProposedColumn) -> [String; 5] {
    let holds = on_one_line(&column.evidence.words()).into_owned();
    let (name, sure, holds) = match &column.meaning {
        Meaning::Sure(name, None) => ((*name).to_owned(), "sure", holds),
        Meaning::Sure(name, Some(how)) => ((*name).to_owned(), "sure, but", on_one_line(&format!("{holds}: {how}")).into_owned()),
        Meaning::Unsure(names, why) => (few(names), "in doubt", format!("{why}; {holds}")),
        Meaning::LeftOut(why) => ("—".to_owned(), "left out", format!("{why}; {}", column.evidence.kind_words())),
    };
    [String::new(), on_one_line(&column.heading).into_owned(), name, sure.to_owned(), holds]
}
