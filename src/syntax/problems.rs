//! What can be wrong with the text of a regulation before any name is looked up.

use miette::Diagnostic;
use thiserror::Error;

use crate::source::Span;

/// What can be wrong with the shape of a text: its words, signs and braces.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum ShapeProblem {
    /// Something stands where the grammar wants something else.
    #[error("expected {expected}, found {found}")]
    #[diagnostic(code(syntax::unexpected))]
    Unexpected {
        found: String,
        expected: String,
        #[label("does not fit here")]
        at: Span,
        #[help]
        help: String,
    },
    /// A clause or declaration stops too early.
    #[error("expected {expected} after `{last}`")]
    #[diagnostic(code(syntax::unfinished))]
    Unfinished {
        expected: String,
        last: String,
        #[label("something is missing after this")]
        at: Span,
        #[help]
        help: String,
    },
    /// A word of the language with a slip of the pen.
    #[error("unknown word `{word}`")]
    #[diagnostic(code(syntax::unknown_keyword), help("write `{meant}`"))]
    UnknownKeyword {
        word: String,
        meant: String,
        #[label("did you mean `{meant}`?")]
        at: Span,
    },
    /// A clause that belongs in another kind of declaration.
    #[error("`{word}` does not belong to {place}")]
    #[diagnostic(code(syntax::misplaced), help("it stands in {home}"))]
    Misplaced {
        word: String,
        place: &'static str,
        home: &'static str,
        #[label("not here")]
        at: Span,
    },
    /// A declaration of a later edition.
    #[error("`{word}` is not part of edition 1 of the language")]
    #[diagnostic(
        code(syntax::later_edition),
        help("leave it out; edition 1 has regulations, calendars, articles, definitions, checks, programmes and examples")
    )]
    LaterEdition {
        word: String,
        #[label("a word that is kept for later")]
        at: Span,
    },
    /// A string that does not end on its line.
    #[error("a text in quotes must end on its line")]
    #[diagnostic(
        code(syntax::unclosed_string),
        help("close it with `\"`; a long text may go on as another text in quotes on the next line, and a quotation mark within is written `\\\"`")
    )]
    UnclosedString {
        #[label("opened here and not closed on this line")]
        at: Span,
    },
    /// `{` without `}`.
    #[error("the brace of {what} is never closed")]
    #[diagnostic(code(syntax::unclosed_brace), help("add `}}` {place}"))]
    UnclosedBrace {
        what: String,
        place: String,
        #[label("opened here")]
        at: Span,
    },
    /// `}` without `{`.
    #[error("a closing brace that closes nothing")]
    #[diagnostic(code(syntax::stray_brace), help("take it out, or look for a brace above it that closes too early"))]
    StrayBrace {
        #[label("nothing is open here")]
        at: Span,
    },
    /// More than 64 things inside one another.
    #[error("nested deeper than 64 levels")]
    #[diagnostic(code(syntax::nested_too_deep), help("give the inner parts names of their own with `define`"))]
    NestedTooDeep {
        #[label("the level that is too deep")]
        at: Span,
    },
    /// A clause beyond all measure.
    #[error("too long: {what}")]
    #[diagnostic(code(syntax::too_long), help("divide it: give parts of it names of their own with `define`"))]
    TooLong {
        what: &'static str,
        #[label("begins here")]
        at: Span,
    },
    /// A file without `regs 1`.
    #[error("the file does not say which edition of the language it is written in")]
    #[diagnostic(code(syntax::missing_edition), help("begin the file with `regs 1`"))]
    MissingEdition {
        #[label("`regs 1` must stand before this")]
        at: Span,
    },
    /// `regs 7`
    #[error("unknown edition `{edition}` of the language")]
    #[diagnostic(code(syntax::unknown_edition), help("write `regs 1`, or use a newer ispect that knows edition {edition}"))]
    UnknownEdition {
        edition: String,
        #[label("only edition 1 is known")]
        at: Span,
    },
    /// `regs 1` a second time, or further down.
    #[error("the edition must be said once, on the first line")]
    #[diagnostic(code(syntax::edition_not_first), help("keep one `regs 1`, at the very top of the file"))]
    EditionNotFirst {
        #[label("not the first line")]
        at: Span,
    },
    /// A row with more or fewer cells than the table has columns.
    #[error("a row of {cells} cells in a table of {columns} columns")]
    #[diagnostic(code(syntax::row_length), help("give each column a cell; `_` stands for a value that is not given"))]
    RowLength {
        cells: usize,
        columns: usize,
        #[label("this row")]
        at: Span,
        #[label("the columns")]
        header: Span,
    },
    /// A declaration that needs `{ … }` and has none.
    #[error("{what} has no braces")]
    #[diagnostic(code(syntax::missing_block), help("write what belongs to {what} between braces: `{{ … }}`"))]
    MissingBlock {
        what: String,
        #[label("`{{` is missing after this")]
        at: Span,
    },
}

/// What can be wrong with a value or a condition as it is written.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum WordingProblem {
    /// `7 days`
    #[error("`{amount} {days}` does not say which days")]
    #[diagnostic(code(syntax::bare_days), help("is it `{amount} calendar {days}` or `{amount} working {days}`?"))]
    BareDays {
        amount: u32,
        days: &'static str,
        #[label("calendar days or working days?")]
        at: Span,
    },
    /// `due by D`
    #[error("`by` does not say whether the day itself is in time")]
    #[diagnostic(code(syntax::bare_by), help("is it `on or before` that day, or `before` it?"))]
    BareBy {
        #[label("on or before, or before?")]
        at: Span,
    },
    /// `a and b or c`
    #[error("`and` and `or` are mixed without brackets")]
    #[diagnostic(code(syntax::mixed_and_or), help("put brackets around the part that belongs together: `a and (b or c)` or `(a and b) or c`"))]
    MixedAndOr {
        #[label("`and` here")]
        and: Span,
        #[label("and `or` here")]
        or: Span,
    },
    /// `a is known and every e in l satisfies c`
    #[error("{what} within a longer expression needs brackets")]
    #[diagnostic(code(syntax::needs_brackets), help("put brackets around it, so that a reader sees where it ends"))]
    NeedsBrackets {
        what: &'static str,
        #[label("where does this end?")]
        at: Span,
    },
    /// `31 February 2024`
    #[error("there is no day `{day}`")]
    #[diagnostic(code(syntax::impossible_date), help("{month} has {days} days{year}"))]
    ImpossibleDate {
        day: String,
        month: &'static str,
        days: u32,
        year: String,
        #[label("no such day")]
        at: Span,
    },
    /// `2023-13-01`
    #[error("there is no month {month} in `{day}`")]
    #[diagnostic(code(syntax::impossible_month), help("a date is written year-month-day, `2023-10-15`, or `15 October 2023`"))]
    ImpossibleMonth {
        day: String,
        month: u32,
        #[label("the month lies between 01 and 12")]
        at: Span,
    },
    /// `2023-10-28T25:00`
    #[error("there is no time `{time}`")]
    #[diagnostic(code(syntax::impossible_time), help("a time lies between 00:00 and 23:59"))]
    ImpossibleTime {
        time: String,
        #[label("no such time")]
        at: Span,
    },
    /// `Monday 15 October 2023`
    #[error("{day} is not a {written}")]
    #[diagnostic(code(syntax::wrong_weekday), help("it is a {real}: mend the day or the weekday"))]
    WrongWeekday {
        day: String,
        written: &'static str,
        real: &'static str,
        #[label("not a {written}")]
        at: Span,
    },
    /// `2023-2025`
    #[error("`{written}` is not an academic year")]
    #[diagnostic(code(syntax::academic_year), help("an academic year is two years in a row: `{from}-{to}`"))]
    AcademicYear {
        written: String,
        from: i32,
        to: i32,
        #[label("the second year must follow the first")]
        at: Span,
    },
    /// `a -b`
    #[error("a minus needs a space on both sides")]
    #[diagnostic(code(syntax::minus_without_spaces), help("write ` - `: without spaces it is part of a code, as in `PB-BM`"))]
    MinusWithoutSpaces {
        #[label("no space before or after it")]
        at: Span,
    },
    /// `15/10/2023`
    #[error("`{written}` is not how a date is written here")]
    #[diagnostic(code(syntax::foreign_date), help("write `15 October 2023` or `2023-10-15`, which nobody can misread"))]
    ForeignDate {
        written: String,
        #[label("which is the day and which the month?")]
        at: Span,
    },
    /// `a == b`
    #[error("`{sign}` is not a sign of this language")]
    #[diagnostic(code(syntax::foreign_sign), help("write `{meant}`"))]
    ForeignSign {
        sign: String,
        meant: &'static str,
        #[label("write `{meant}`")]
        at: Span,
    },
    /// `semester 99999999999`
    #[error("the number `{written}` is too large")]
    #[diagnostic(code(syntax::number_too_large), help("a number here must stay below four thousand million"))]
    NumberTooLarge {
        written: String,
        #[label("too large")]
        at: Span,
    },
    /// `within 7` without a day to count from
    #[error("the term does not say from which day it counts")]
    #[diagnostic(
        code(syntax::term_without_start),
        help("write `within 7 calendar days after D` (the day after D is day 1) or `from D` (D is day 1)")
    )]
    TermWithoutStart {
        #[label("counted from which day?")]
        at: Span,
    },
    /// `1.5 weeks`
    #[error("a period counts whole days, weeks, months or years, not `{written}`")]
    #[diagnostic(code(syntax::part_of_a_period), help("write a whole number of a smaller unit"))]
    PartOfAPeriod {
        written: String,
        #[label("not a whole number")]
        at: Span,
    },
}
