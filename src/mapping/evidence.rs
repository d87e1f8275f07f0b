//! What the values of a column look like, and whether the record reads them so.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, NaiveDateTime};

use crate::vocabulary::{Exact, FieldKind};

/// What all values of a sample have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Evidence {
    /// No row says anything.
    Nothing,
    /// `2023-09-14`
    Days(String),
    /// `14/09/2023`
    OtherDays(String),
    /// `2023-09-14T10:00:00+02:00`
    Instants(String),
    /// `2023-09-14 10:00:00`
    Clocks(String),
    /// `2023-2024`
    Years(String),
    /// `2023-24`
    OtherYears(String),
    /// `true`
    Truths,
    /// `ja`
    OtherTruths(String),
    /// From the lowest to the highest, and whether all are whole.
    Numbers { lowest: String, highest: String, whole: Whole },
    /// Few different words.
    Words(Vec<String>),
    /// Many different texts without spaces.
    Codes(String),
    /// Anything else.
    Texts(String),
}

/// Whether numbers are whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whole {
    Yes,
    No,
}

/// How values go with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fit {
    /// They are read as they are.
    Read,
    /// They are what the field holds, written in a way that records don't read: what to do.
    WrittenOtherwise(String),
    /// They are something else.
    Something,
}

/// So many different words are a list.
const FEW: usize = 12;

impl Evidence {
    /// What the values of a column are.
    pub(crate) fn of<'v>(values: impl Iterator<Item = &'v str>) -> Self {
        let values: Vec<&str> = values.map(str::trim).filter(|value| !value.is_empty()).collect();
        let Some(first) = values.first().map(|first| (*first).to_owned()) else { return Self::Nothing };
        let all = |test: &dyn Fn(&str) -> bool| values.iter().all(|value| test(value));
        match () {
            () if all(&|value| is_day(value)) => Self::Days(first),
            () if all(&|value| DateTime::parse_from_rfc3339(value).is_ok()) => Self::Instants(first),
            () if all(&is_other_day) => Self::OtherDays(first),
            () if all(&|value| is_clock(value) || is_day(value)) => Self::Clocks(first),
            () if all(&is_year) => Self::Years(values.iter().max().map_or(first, |last| (*last).to_owned())),
            () if all(&is_other_year) => Self::OtherYears(first),
            () if all(&|value| matches!(value, "true" | "false")) => Self::Truths,
            () if all(&is_other_truth) => Self::OtherTruths(first),
            () => Self::numbers(&values).unwrap_or_else(|| Self::of_texts(&values)),
        }
    }

    fn numbers(values: &[&str]) -> Option<Self> {
        // A number that begins with a zero is a code.
        let number = |value: &&str| {
            let coded = value.len() > 1 && value.starts_with('0') && !value.starts_with("0.") && !value.starts_with("0,");
            Exact::parse(&value.replace(',', ".")).filter(|_| !coded)
        };
        let mut numbers: Vec<(Exact, &str)> = values.iter().map(|value| number(value).zip(Some(*value))).collect::<Option<_>>()?;
        numbers.sort_unstable();
        let whole = if numbers.iter().all(|(number, _)| number.is_whole()) { Whole::Yes } else { Whole::No };
        let ((_, lowest), (_, highest)) = (numbers.first()?, numbers.last()?);
        Some(Self::Numbers { lowest: (*lowest).to_owned(), highest: (*highest).to_owned(), whole })
    }

    fn of_texts(values: &[&str]) -> Self {
        let different: BTreeSet<&str> = values.iter().copied().collect();
        let first = values.first().map_or_else(String::new, |first| (*first).to_owned());
        if values.iter().any(|value| value.contains(' ')) {
            return Self::Texts(first);
        }
        let repeated = different.len() * 2 <= values.len() || values.len() <= 2;
        if different.len() <= FEW && repeated && values.iter().all(|value| value.chars().all(|letter| letter.is_alphabetic() || letter == '_')) {
            return Self::Words(different.into_iter().map(str::to_owned).collect());
        }
        Self::Codes(first)
    }

    /// In a few words.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Nothing => "nothing in the rows looked at".to_owned(),
            Self::Days(first) | Self::OtherDays(first) => format!("days such as {first}"),
            Self::Instants(first) => format!("instants such as {first}"),
            Self::Clocks(first) => format!("days with a time and no offset, such as {first}"),
            Self::Years(last) => format!("academic years up to {last}"),
            Self::OtherYears(first) => format!("years such as {first}"),
            Self::Truths => "true and false".to_owned(),
            Self::OtherTruths(first) => format!("yes and no, such as {first}"),
            Self::Numbers { lowest, highest, .. } if lowest == highest => format!("the number {lowest}"),
            Self::Numbers { lowest, highest, .. } => format!("numbers from {lowest} to {highest}"),
            Self::Words(words) => words.join(", "),
            Self::Codes(first) => format!("codes such as {first}"),
            Self::Texts(_) => "texts".to_owned(),
        }
    }

    /// In a word, without any of the values.
    pub(crate) fn kind_words(&self) -> &'static str {
        match self {
            Self::Nothing => "nothing in the rows looked at",
            Self::Days(_) | Self::OtherDays(_) => "days",
            Self::Instants(_) | Self::Clocks(_) => "instants",
            Self::Years(_) | Self::OtherYears(_) => "years",
            Self::Truths | Self::OtherTruths(_) => "yes and no",
            Self::Numbers { .. } => "numbers",
            Self::Words(_) | Self::Codes(_) => "words or codes",
            Self::Texts(_) => "texts",
        }
    }

    pub(super) fn is_one_or_zero(&self) -> bool {
        let is_bit = |number: &str| matches!(number, "0" | "1");
        matches!(self, Self::Numbers { lowest, highest, .. } if is_bit(lowest) && is_bit(highest))
    }

    /// How they go with a field.
    pub(crate) fn fit(&self, holds: Holds) -> Fit {
        if *self == Self::Nothing {
            return Fit::Read;
        }
        if let Holds::Kind(FieldKind::Enumeration(list)) = holds {
            return self.fit_list(list.values());
        }
        if self.is_read_as(holds) {
            return Fit::Read;
        }
        self.otherwise(holds).map_or(Fit::Something, |how| Fit::WrittenOtherwise(how.to_owned()))
    }

    fn is_read_as(&self, holds: Holds) -> bool {
        let Holds::Kind(kind) = holds else { return matches!(self, Self::Instants(_)) };
        match kind {
            FieldKind::Day | FieldKind::EventDay => matches!(self, Self::Days(_)),
            FieldKind::AcademicYear => matches!(self, Self::Years(_)),
            FieldKind::Boolean => matches!(self, Self::Truths),
            FieldKind::Integer | FieldKind::Semester => matches!(self, Self::Numbers { whole: Whole::Yes, .. }),
            FieldKind::Decimal | FieldKind::Credits | FieldKind::Score => matches!(self, Self::Numbers { .. }),
            FieldKind::Text | FieldKind::Reference(_) | FieldKind::Enumeration(_) => {
                matches!(self, Self::Words(_) | Self::Codes(_) | Self::Texts(_) | Self::Numbers { whole: Whole::Yes, .. })
            }
        }
    }

    /// What to do where they are what the field holds, written in another way.
    fn otherwise(&self, holds: Holds) -> Option<&'static str> {
        let Holds::Kind(kind) = holds else {
            return matches!(self, Self::Clocks(_)).then_some("say with `time_zone` under `[records]` which clock they are of");
        };
        match kind {
            FieldKind::Day | FieldKind::EventDay => {
                matches!(self, Self::OtherDays(_) | Self::Clocks(_) | Self::Instants(_)).then_some("records write days as 2023-09-14")
            }
            FieldKind::AcademicYear => {
                let first_years = matches!(self, Self::Numbers { whole: Whole::Yes, lowest, .. } if lowest.len() == 4);
                (first_years || matches!(self, Self::OtherYears(_))).then_some("records write years as 2023-2024")
            }
            FieldKind::Boolean => matches!(self, Self::OtherTruths(_)).then_some("records write true and false"),
            FieldKind::Semester => matches!(self, Self::Codes(_) | Self::Words(_)).then_some("records write semesters as 1 and 2"),
            FieldKind::Integer
            | FieldKind::Decimal
            | FieldKind::Credits
            | FieldKind::Score
            | FieldKind::Text
            | FieldKind::Reference(_)
            | FieldKind::Enumeration(_) => None,
        }
    }

    fn fit_list(&self, known: &[&str]) -> Fit {
        let words: Vec<&str> = if let Self::Words(words) = self {
            words.iter().map(String::as_str).collect()
        } else if let Self::Codes(first) | Self::Texts(first) | Self::OtherTruths(first) = self {
            vec![first]
        } else {
            return Fit::Something;
        };
        match words.iter().find(|word| !known.contains(word)) {
            None => Fit::Read,
            Some(word) => Fit::WrittenOtherwise(format!("`{word}` is none of {}", known.join(", "))),
        }
    }
}

/// What a name of the record is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    Kind(FieldKind),
    /// `submitted_at`
    Instant,
}

fn is_day(value: &str) -> bool {
    value.len() == 10 && value.parse::<NaiveDate>().is_ok()
}

/// `14/09/2023`, `14-9-2023`, `20230914`
fn is_other_day(value: &str) -> bool {
    const FORMS: [&str; 4] = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d"];
    let compact = value.len() == 8 && value.bytes().all(|byte| byte.is_ascii_digit());
    FORMS.iter().any(|form| NaiveDate::parse_from_str(value, form).is_ok()) || compact && NaiveDate::parse_from_str(value, "%Y%m%d").is_ok()
}

fn is_clock(value: &str) -> bool {
    const FORMS: [&str; 6] =
        ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M"];
    FORMS.iter().any(|form| NaiveDateTime::parse_from_str(value, form).is_ok())
}

/// The two years of `2023-2024`, of `2023-24` and of `2023/2024`.
fn years(value: &str) -> Option<(&str, &str)> {
    value.split_once(['-', '/', ' ']).filter(|(first, second)| {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let next = first.parse::<u32>().map_or(0, |first| first + 1);
        let second_ends = second.parse::<u32>().is_ok_and(|second| second == next || second == next % 100);
        first.len() == 4 && matches!(second.len(), 2 | 4) && digits(first) && digits(second) && second_ends
    })
}

fn is_year(value: &str) -> bool {
    years(value).is_some_and(|(_, second)| second.len() == 4 && value.contains('-'))
}

fn is_other_year(value: &str) -> bool {
    years(value).is_some()
}

fn is_other_truth(value: &str) -> bool {
    const TRUTHS: [&str; 8] = ["ja", "nee", "j", "n", "y", "yes", "waar", "onwaar"];
    TRUTHS.contains(&value.to_lowercase().as_str())
        || value.eq_ignore_ascii_case("no")
        || value.eq_ignore_ascii_case("true")
        || value.eq_ignore_ascii_case("false")
}

#[cfg(test)]
mod tests {
    use super::{Evidence, Fit, Holds};
    use crate::vocabulary::{Enumeration, FieldKind};

    #[test]
    fn values_say_what_they_look_like() {
        for (values, words) in [
            (&["2023-09-14", ""][..], "days such as 2023-09-14"),
            (&["14/09/2023"], "days such as 14/09/2023"),
            (&["2022-2023", "2023-2024"], "academic years up to 2023-2024"),
            (&["2023-24"], "years such as 2023-24"),
            (&["2023-10-15T22:30:00Z"], "instants such as 2023-10-15T22:30:00Z"),
            (&["12", "7,5"], "numbers from 7,5 to 12"),
            (&["0745123"], "codes such as 0745123"),
            (&["ja", "nee"], "yes and no, such as ja"),
            (&["diploma", "credit", "diploma", "diploma"], "credit, diploma"),
            (&["Jan Peeters"], "texts"),
            (&["", " "], "nothing in the rows looked at"),
        ] {
            assert_eq!(Evidence::of(values.iter().copied()).words(), words);
        }
    }

    #[test]
    fn values_go_with_fields() {
        let fit = |value: &str, kind| Evidence::of([value, value].into_iter()).fit(Holds::Kind(kind));
        assert_eq!(fit("2023-09-14", FieldKind::Day), Fit::Read);
        assert!(matches!(fit("14/09/2023", FieldKind::EventDay), Fit::WrittenOtherwise(_)));
        assert_eq!(fit("Jan", FieldKind::Credits), Fit::Something);
        assert_eq!(fit("12,5", FieldKind::Credits), Fit::Read);
        assert_eq!(fit("12,5", FieldKind::Text), Fit::Something);
        assert!(matches!(fit("geslaagd", FieldKind::Enumeration(Enumeration::Outcome)), Fit::WrittenOtherwise(_)));
        assert_eq!(fit("passed", FieldKind::Enumeration(Enumeration::Outcome)), Fit::Read);
        assert_eq!(Evidence::of(["2023-10-15T22:30:00Z"].into_iter()).fit(Holds::Instant), Fit::Read);
    }
}
