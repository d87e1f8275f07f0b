//! Sentences about terms.

use std::fmt::{self, Write as _};

use chrono::NaiveDate;

use crate::report::words::events::Event;
use crate::report::words::{Language, date, days};

/// `the ISP was sent on 16 October 2023, 1 day after the last day, 15 October 2023`
pub(crate) fn late(language: Language, event: &Event, on: NaiveDate, last: NaiveDate) -> String {
    let (on, late, last) = (date(language, on), days(language, between(last, on)), date(language, last));
    match language {
        Language::English => sentence(format_args!("{} {on}, {late} after the last day, {last}", event.happened)),
        Language::Dutch => sentence(format_args!("{} {on}, {late} na de laatste dag, {last}", event.happened)),
    }
}

/// `the ISP was sent on 9 September 2023, 1 day before the first day, 10 September 2023`
pub(crate) fn early(language: Language, event: &Event, on: NaiveDate, first: NaiveDate) -> String {
    let (on, early, first) = (date(language, on), days(language, between(on, first)), date(language, first));
    match language {
        Language::English => sentence(format_args!("{} {on}, {early} before the first day, {first}", event.happened)),
        Language::Dutch => sentence(format_args!("{} {on}, {early} voor de eerste dag, {first}", event.happened)),
    }
}

/// `the ISP has not been sent; the last day was 15 October 2023, 47 days ago`
pub(crate) fn overdue(language: Language, event: &Event, last: NaiveDate, late: i64) -> String {
    let (late, last) = (days(language, late), date(language, last));
    match language {
        Language::English => sentence(format_args!("{}; the last day was {last}, {late} ago", event.missing)),
        Language::Dutch => sentence(format_args!("{}; de laatste dag was {last}, {late} geleden", event.missing)),
    }
}

/// `the ISP was sent on 2 October 2023, in time: the last day is 15 October 2023`
pub(crate) fn in_time(language: Language, event: &Event, on: NaiveDate, last: NaiveDate) -> String {
    let (on, last) = (date(language, on), date(language, last));
    match language {
        Language::English => sentence(format_args!("{} {on}, in time: the last day is {last}", event.happened)),
        Language::Dutch => sentence(format_args!("{} {on}, op tijd: de laatste dag is {last}", event.happened)),
    }
}

/// `the ISP has not been sent; it is due until 15 October 2023, 3 days left`
pub(crate) fn not_due_yet(language: Language, last: Option<NaiveDate>, left: Option<i64>) -> String {
    let Some(last) = last else {
        return language.pick("it is not due yet", "het moet nog niet").to_owned();
    };
    let last = date(language, last);
    let left = left.map(|left| days(language, left));
    match (language, left) {
        (Language::English, Some(left)) => format!("it is not due yet: the last day is {last}, {left} left"),
        (Language::Dutch, Some(left)) => format!("het moet nog niet: de laatste dag is {last}, nog {left}"),
        (Language::English, None) => format!("it is not judged before {last}"),
        (Language::Dutch, None) => format!("het wordt niet beoordeeld voor {last}"),
    }
}

/// Put together in room enough for almost every sentence.
fn sentence(parts: fmt::Arguments<'_>) -> String {
    let mut sentence = String::with_capacity(128);
    // Writing to memory cannot fail.
    let _ = sentence.write_fmt(parts);
    sentence
}

fn between(from: NaiveDate, to: NaiveDate) -> i64 {
    to.signed_duration_since(from).num_days()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{early, late, not_due_yet, overdue};
    use crate::report::words::Language::{Dutch, English};
    use crate::report::words::event;
    use crate::vocabulary::fields::isp;

    fn october(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2023, 10, day).unwrap()
    }

    #[test]
    fn a_day_late_is_one_day_and_two_are_two() {
        let sent = event(English, Some(isp::SUBMITTED_ON), "submitted_on");
        assert_eq!(late(English, &sent, october(16), october(15)), "the ISP was sent on 16 October 2023, 1 day after the last day, 15 October 2023");
        let sent = event(Dutch, Some(isp::SUBMITTED_ON), "submitted_on");
        assert_eq!(
            late(Dutch, &sent, october(17), october(15)),
            "het ISP is verstuurd op 17 oktober 2023, 2 dagen na de laatste dag, 15 oktober 2023"
        );
        assert_eq!(early(Dutch, &sent, october(9), october(10)), "het ISP is verstuurd op 9 oktober 2023, 1 dag voor de eerste dag, 10 oktober 2023");
        assert_eq!(overdue(Dutch, &sent, october(15), 1), "het ISP is niet verstuurd; de laatste dag was 15 oktober 2023, 1 dag geleden");
        assert_eq!(not_due_yet(English, Some(october(15)), Some(1)), "it is not due yet: the last day is 15 October 2023, 1 day left");
    }
}
