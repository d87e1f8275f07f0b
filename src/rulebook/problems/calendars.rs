//! Calendars out of order, and days that no calendar has.

use miette::Diagnostic;
use thiserror::Error;

use crate::source::Span;

/// What can be wrong with a calendar, or with what a rule asks of it.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum CalendarProblem {
    /// two calendars of 2023-2024
    #[error("the calendar of {year} is given twice")]
    #[diagnostic(code(calendars::year_twice), help("{first}; keep one of them"))]
    YearTwice {
        year: String,
        first: String,
        #[label("again here")]
        at: Span,
    },
    /// a calendar without `year from D to D`
    #[error("the calendar of {year} does not say when the year begins and ends")]
    #[diagnostic(code(calendars::without_year), help("add `year from 18 September 2023 to 15 September 2024`"))]
    WithoutYear {
        year: String,
        #[label("no `year` line")]
        at: Span,
    },
    /// `year from 10 October 2023 to …`
    #[error("the academic year {year} begins on {first}")]
    #[diagnostic(code(calendars::year_start), help("a year begins from 1 September to 1 October of its first calendar year"))]
    YearStart {
        year: String,
        first: String,
        #[label("outside 1 September to 1 October")]
        at: Span,
    },
    /// a year that ends two days before the next one begins
    #[error("the academic year {year} ends on {last}, and the next begins on {next}")]
    #[diagnostic(code(calendars::year_end), help("a year ends on the day before the next one begins"))]
    YearEnd {
        year: String,
        last: String,
        next: String,
        #[label("not the day before the next year")]
        at: Span,
    },
    /// `semester 2 from 5 February 2024 to 30 September 2024`
    #[error("semester {number} lies outside its year")]
    #[diagnostic(code(calendars::semester_outside), help("the year runs from {first} to {last}"))]
    SemesterOutside {
        number: u32,
        first: String,
        last: String,
        #[label("outside the year")]
        at: Span,
    },
    /// semester 2 begins before semester 1 ends
    #[error("semester {number} begins before semester {before} ends")]
    #[diagnostic(code(calendars::semesters_overlap), help("semesters follow one another in the order of their numbers and share no day"))]
    SemestersOverlap {
        number: u32,
        before: u32,
        #[label("too early")]
        at: Span,
    },
    /// two lines `semester 1`
    #[error("{what} is given twice in this calendar")]
    #[diagnostic(code(calendars::item_twice), help("keep one of the two lines"))]
    ItemTwice {
        /// `semester 1`, `window isp, semester 1`, `day results_final`
        what: String,
        #[label("again here")]
        at: Span,
    },
    /// `from 15 October 2023 to 10 September 2023`
    #[error("{what} ends before it begins")]
    #[diagnostic(code(calendars::reversed), help("the first day comes first"))]
    Reversed {
        what: &'static str,
        #[label("ends before it begins")]
        at: Span,
    },
    /// `day results_final 13 September`
    #[error("a calendar needs days with their year")]
    #[diagnostic(code(calendars::without_year_number), help("write the whole day: `13 September 2024`"))]
    WithoutYearNumber {
        #[label("of which year?")]
        at: Span,
    },
    /// `day results_final 5 credits`
    #[error("a calendar needs a day, and this is none")]
    #[diagnostic(code(calendars::not_a_day), help("write a day: `13 September 2024` or `2024-09-13`"))]
    NotADay {
        #[label("no day")]
        at: Span,
    },
    /// `window(ips, semester 1)`
    #[error("no calendar has {what}")]
    #[diagnostic(code(calendars::unknown))]
    Unknown {
        /// `` a window `ips` for semester 1 ``
        what: String,
        #[label("in no calendar")]
        at: Span,
        #[help]
        help: String,
    },
    /// a window that the calendar of 2024-2025 lacks
    #[error("{what} is lacking in the calendar of {years}")]
    #[diagnostic(code(calendars::lacking), help("the rule is in force in that year: add the line to its calendar, or say `in force from … until …`"))]
    Lacking {
        what: String,
        years: String,
        #[label("not in every calendar")]
        at: Span,
    },
    /// `window(isp, semester 1).decided_by` where the calendar has no `decided on or before`
    #[error("the calendar of {years} does not say by when the window `{name}` is decided")]
    #[diagnostic(code(calendars::undecided), help("add `decided on or before D` to the window"))]
    Undecided {
        name: String,
        years: String,
        #[label("no such day")]
        at: Span,
    },
    /// `window(isp, semester 1)` without a part
    #[error("a window is no day")]
    #[diagnostic(code(calendars::window_is_no_day), help("say which day: `.opens`, `.closes` or `.decided_by`"))]
    WindowIsNoDay {
        #[label("which day of it?")]
        at: Span,
    },
    /// `16 September` in a year that runs to 17 September
    #[error("{day} is in the academic year {years} {times}")]
    #[diagnostic(code(calendars::not_one_day), help("write the day with its year, or `{day} before the year` or `{day} after the year`"))]
    NotOneDay {
        day: String,
        years: String,
        /// `twice`, `not at all`
        times: &'static str,
        #[label("which day is meant?")]
        at: Span,
    },
}
