//! What stands between the headings of a table, and so between its cells.

use crate::records::from_csv::cells::{WellFormed, split};

const DELIMITERS: [char; 2] = [';', ','];

/// The headings, divided by the one delimiter that stands between them or by the one that sets the student's number apart.
pub(super) fn divided(text: &str, student: &str) -> Option<(char, Vec<String>)> {
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
            assert_eq!(divided(text, "student").map(|(delimiter, _)| delimiter), expected, "{text}");
        }
    }
}
