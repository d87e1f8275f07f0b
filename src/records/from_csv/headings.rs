//! The headings of a table: what is between them, and the names in the record that they stand for.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::records::from_csv::cells::{WellFormed, split};
use crate::records::from_tables::TableProblem;
use crate::vocabulary::Subject;

/// The headings that an institution has for names of the record, by table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Headings {
    tables: BTreeMap<Subject, Vec<Mapped>>,
}

/// `course = "Opleidingsonderdeel"`
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mapped {
    name: String,
    heading: String,
}

const DELIMITERS: [char; 2] = [';', ','];

impl Headings {
    /// A column of a table has another heading than its name.
    pub(crate) fn map(&mut self, table: Subject, name: &str, heading: &str) {
        self.tables.entry(table).or_default().push(Mapped { name: name.to_owned(), heading: heading.to_owned() });
    }

    /// The delimiter and the names of the columns.
    pub(super) fn read(&self, table: &str, subject: Subject, text: &str) -> Result<(char, Arc<[String]>), TableProblem> {
        let mapped = self.tables.get(&subject).map_or(&[][..], Vec::as_slice);
        let (delimiter, headings) = divided(text, mapped).ok_or_else(|| TableProblem::AmbiguousDelimiter { table: table.to_owned() })?;
        for Mapped { name, heading } in mapped {
            if !headings.contains(heading) {
                let help = format!("`[map.{}]` in `ispect.toml` says that it is `{name}`; correct it, or the heading", subject.word());
                return Err(TableProblem::MissingColumn { table: table.to_owned(), column: heading.clone(), help });
            }
        }
        let name_of = |heading: String| mapped.iter().find(|mapped| mapped.heading == heading).map_or(heading, |mapped| mapped.name.clone());
        Ok((delimiter, headings.into_iter().map(name_of).collect()))
    }
}

/// The headings, divided by the one delimiter that stands between them or by the one that sets the student's number apart.
fn divided(text: &str, mapped: &[Mapped]) -> Option<(char, Vec<String>)> {
    let student = mapped.iter().find(|mapped| mapped.name == "student").map_or("student", |mapped| mapped.heading.as_str());
    let found = DELIMITERS.map(|delimiter| cells(text, delimiter).map(|cells| (delimiter, cells)));
    let several: Vec<_> = found.into_iter().flatten().collect();
    let chosen = |test: &dyn Fn(&[String]) -> bool| {
        let mut fitting = several.iter().filter(|(_, cells)| test(cells));
        fitting.next().filter(|_| fitting.next().is_none()).cloned()
    };
    let single = || several.iter().all(|(_, cells)| cells.len() == 1).then(|| several.first().cloned()).flatten();
    chosen(&|cells| cells.len() > 1).or_else(|| chosen(&|cells| cells.len() > 1 && cells.iter().any(|heading| heading == student))).or_else(single)
}

fn cells(text: &str, delimiter: char) -> Option<Vec<String>> {
    let mut cells = Vec::new();
    let formed = split(text, delimiter, &mut |cell| cells.push(cell.trim().to_owned()));
    (formed == WellFormed::Yes).then_some(cells)
}

#[cfg(test)]
mod tests {
    use super::divided;

    #[test]
    fn the_delimiter_is_found_or_refused() {
        for (text, expected) in [
            ("student;cohort", Some(';')),
            ("student,cohort", Some(',')),
            ("student", Some(';')),
            ("student;name,first name", Some(';')),
            ("\"name;first\",student", Some(',')),
            ("nr;name,address", None),
        ] {
            assert_eq!(divided(text, &[]).map(|(delimiter, _)| delimiter), expected, "{text}");
        }
    }
}
