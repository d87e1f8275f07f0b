//! Headings in one spelling: without case, accents, signs between words and the prefixes of databases, and with one word for numbers and days.

/// The words of a heading: `StudentNr.` is `student`, `nummer`.
pub(super) fn words_of(heading: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for letter in heading.trim_start_matches('\u{feff}').chars() {
        if (before.is_lowercase() || before.is_ascii_digit()) && letter.is_uppercase() || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphanumeric()) {
            word.extend(letter.to_lowercase().flat_map(plain));
        }
        before = letter;
    }
    words.into_iter().filter(|word| !word.is_empty()).map(|word| usual(&word)).collect()
}

/// All of it as one word, by which headings are compared.
pub(super) fn key(words: &[String]) -> String {
    words.concat()
}

/// The same word for the same thing: `nr`, `no` and `number` are a `nummer`, `date` and `dt` a `datum`.
fn usual(word: &str) -> String {
    const WHOLE: [(&str, &str); 9] = [
        ("nr", "nummer"),
        ("no", "nummer"),
        ("num", "nummer"),
        ("number", "nummer"),
        ("date", "datum"),
        ("dat", "datum"),
        ("dt", "datum"),
        ("acad", "academie"),
        ("ac", "academie"),
    ];
    const ENDS: [(&str, &str); 3] = [("nr", "nummer"), ("number", "nummer"), ("date", "datum")];
    if let Some((_, usual)) = WHOLE.iter().find(|(other, _)| *other == word) {
        return (*usual).to_owned();
    }
    let ended = ENDS.iter().find_map(|(other, usual)| word.strip_suffix(other).map(|rest| format!("{rest}{usual}")));
    ended.unwrap_or_else(|| word.to_owned())
}

/// A letter without its accent.
fn plain(letter: char) -> impl Iterator<Item = char> {
    const ACCENTS: [(char, &str); 8] =
        [('a', "àáâãäå"), ('c', "ç"), ('e', "èéêë"), ('i', "ìíîï"), ('n', "ñ"), ('o', "òóôõöø"), ('u', "ùúûü"), ('y', "ýÿ")];
    let base = ACCENTS.iter().find(|(_, accented)| accented.contains(letter)).map(|(base, _)| *base);
    std::iter::once(base.unwrap_or(letter))
}

#[cfg(test)]
mod tests {
    use super::{key, words_of};

    #[test]
    fn headings_in_one_spelling() {
        for (heading, expected) in [
            ("Studentnummer", "studentnummer"),
            ("STUDENT_NR", "studentnummer"),
            ("studentNr.", "studentnummer"),
            ("Student number", "studentnummer"),
            ("Inschrijvings-datum", "inschrijvingsdatum"),
            ("enrolment date", "enrolmentdatum"),
            ("Coördinatie (ECTS)", "coordinatieects"),
            ("\u{feff}Academiejaar", "academiejaar"),
        ] {
            assert_eq!(key(&words_of(heading)), expected, "{heading}");
        }
    }
}
