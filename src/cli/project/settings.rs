//! `ispect.toml`, read with the place of every key, so that a typo is shown where it stands with the key that was meant.

use std::ops::Range;
use std::path::Path;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::cli::arguments::academic_year;
use crate::cli::input;
use crate::cli::problems::ProjectProblem;
use crate::cli::session::{Session, Stop};
use crate::problems::nearest;
use crate::records::{Headings, names_for, subject_of};
use crate::source::{SourceId, Span};
use crate::vocabulary::{Subject, Zone};

/// Sections and their keys.
const KEYS: [(&str, &[&str]); 3] =
    [("regulations", &["files"]), ("records", &["catalogue", "students", "time_zone"]), ("check", &["academic_year", "as_of"])];

/// What `ispect.toml` may say; what it leaves out is nothing here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Settings {
    pub(crate) regulations: Option<Vec<String>>,
    pub(crate) catalogue: Vec<String>,
    pub(crate) students: Vec<String>,
    pub(crate) academic_year: Option<i32>,
    pub(crate) as_of: Option<NaiveDate>,
    /// What columns of tables are called.
    pub(crate) headings: Headings,
}

/// What the file says; every mistake in it is reported.
pub(crate) fn read(session: &mut Session, file: &Path) -> Result<Settings, Stop> {
    let (source, text) = input::read_text(session, file)?;
    let table = DeTable::parse(&text).map_err(|error| {
        let at = error.span().unwrap_or_default();
        let at = Span::new(source, at.start, at.end);
        session.problems.add(at, ProjectProblem::InvalidToml { reason: error.message().to_lowercase(), at });
        Stop
    })?;
    let mut reader = Reader { session, source };
    let settings = reader.sections(table.get_ref());
    session.stop_on_errors()?;
    Ok(settings)
}

struct Reader<'s> {
    session: &'s mut Session,
    source: SourceId,
}

impl Reader<'_> {
    fn sections(&mut self, table: &DeTable<'_>) -> Settings {
        let mut settings = Settings::default();
        for (section, value) in table {
            let names = [KEYS[0].0, KEYS[1].0, KEYS[2].0, "map"];
            if let ("map", DeValue::Table(tables)) = (section.get_ref().as_ref(), value.get_ref()) {
                self.map(&mut settings, tables);
                continue;
            }
            let Some((_, keys)) = KEYS.iter().find(|(name, _)| *name == section.get_ref().as_ref()) else {
                self.unknown("section", section, &names);
                continue;
            };
            if let DeValue::Table(table) = value.get_ref() {
                self.keys(&mut settings, table, keys);
            } else {
                self.wrong("section", "a table", (value.span(), "write its name in brackets: `[records]`"));
            }
        }
        settings
    }

    fn keys(&mut self, settings: &mut Settings, table: &DeTable<'_>, known: &[&str]) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                name if !known.contains(&name) => self.unknown("key", key, known),
                "files" => settings.regulations = Some(self.names("files", value)),
                "catalogue" => settings.catalogue = self.names("catalogue", value),
                "students" => settings.students = self.names("students", value),
                "academic_year" => settings.academic_year = self.year(value),
                "time_zone" => settings.headings.clock = self.time_zone(value),
                _ => settings.as_of = self.day(value),
            }
        }
    }

    /// `[map.entry] course = "Opleidingsonderdeel"`
    fn map(&mut self, settings: &mut Settings, tables: &DeTable<'_>) {
        for (table, value) in tables {
            let Ok(subject) = subject_of(table.get_ref().as_ref()) else {
                self.unknown("table", table, &Subject::ALL.map(Subject::word));
                continue;
            };
            let DeValue::Table(columns) = value.get_ref() else {
                self.wrong("map", "a table of columns", (value.span(), "write `[map.entry]`, and below it `course = \"the heading\"`"));
                continue;
            };
            let known: Vec<&str> = names_for(subject).collect();
            for (name, heading) in columns {
                if name.get_ref().as_ref() == "table" {
                    self.table_name((settings, subject), heading);
                } else if !known.contains(&name.get_ref().as_ref()) {
                    self.unknown("column", name, &known);
                } else {
                    self.heading((settings, subject), name.get_ref(), heading);
                }
            }
        }
    }

    /// `course = "Opleidingsonderdeel"`
    fn heading(&mut self, (settings, subject): (&mut Settings, Subject), name: &str, heading: &Spanned<DeValue<'_>>) {
        let DeValue::String(text) = heading.get_ref() else {
            return self.wrong("map", "a heading", (heading.span(), "write the heading in quotes"));
        };
        match settings.headings.name_of(subject, text) {
            Some(first) => {
                let at = self.at(heading.span());
                let (first, heading) = (first.to_owned(), text.to_string());
                self.session.problems.add(at, ProjectProblem::HeadingTwice { heading, first, at });
            }
            None => settings.headings.map(subject, name, text),
        }
    }

    /// `table = "ISP_regels"`
    fn table_name(&mut self, (settings, subject): (&mut Settings, Subject), name: &Spanned<DeValue<'_>>) {
        if let DeValue::String(table) = name.get_ref() {
            settings.headings.call(subject, table);
        } else {
            self.wrong("table", "the name of a table", (name.span(), "write the name in quotes, without `.csv`"));
        }
    }

    /// A name, or a list of names.
    fn names(&mut self, key: &'static str, value: &Spanned<DeValue<'_>>) -> Vec<String> {
        let name = |value: &DeValue<'_>| if let DeValue::String(name) = value { Some(name.to_string()) } else { None };
        let names = if let DeValue::Array(values) = value.get_ref() {
            values.iter().map(|value| name(value.get_ref())).collect::<Option<Vec<_>>>()
        } else {
            name(value.get_ref()).map(|name| vec![name])
        };
        names.unwrap_or_else(|| {
            self.wrong(key, "names of files", (value.span(), "write `[\"one.jsonl\", \"two.jsonl\"]`"));
            Vec::new()
        })
    }

    fn year(&mut self, value: &Spanned<DeValue<'_>>) -> Option<i32> {
        let year = if let DeValue::String(text) = value.get_ref() { academic_year(text).ok() } else { None };
        if year.is_none() {
            self.wrong("academic_year", "an academic year", (value.span(), "write `\"2023-2024\"`"));
        }
        year
    }

    fn time_zone(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Zone> {
        let zone = value.get_ref().as_str().and_then(Zone::named);
        if zone.is_none() {
            self.wrong("time_zone", "a time zone", (value.span(), "write `\"Europe/Brussels\"` or `\"UTC\"`"));
        }
        zone
    }

    fn day(&mut self, value: &Spanned<DeValue<'_>>) -> Option<NaiveDate> {
        let written = value.get_ref();
        let text = written.as_str().map(str::to_owned).or_else(|| written.as_datetime().map(ToString::to_string));
        let day = text.and_then(|text| text.parse().ok());
        if day.is_none() {
            self.wrong("as_of", "a day", (value.span(), "write `\"2023-12-01\"`"));
        }
        day
    }

    fn unknown(&mut self, what: &'static str, key: &Spanned<std::borrow::Cow<'_, str>>, known: &[&str]) {
        let at = self.at(key.span());
        let name = key.get_ref().to_string();
        let help = match nearest(&name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known are {}", known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
        };
        self.session.problems.add(at, ProjectProblem::UnknownKey { what, key: name, at, help });
    }

    fn wrong(&mut self, key: &'static str, expected: &'static str, (span, help): (Range<usize>, &'static str)) {
        let at = self.at(span);
        self.session.problems.add(at, ProjectProblem::WrongValue { key, expected, at, help });
    }

    fn at(&self, span: Range<usize>) -> Span {
        Span::new(self.source, span.start, span.end)
    }
}
