//! The words with which an item may begin, for each kind of block. The cutter looks for them at the beginnings of lines.
//!
//! Add a clause: give it a rule in `grammar/`, a line here, a variant in `ast`, and a builder beside its kin.

use crate::syntax::tokens::TokenKind;

/// What the braces of a declaration hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    /// The whole file.
    File,
    /// `article "1.5" { … }`
    Section,
    /// `regulation EER { … }`
    Regulation,
    /// `calendar 2023-2024 { … }`
    Calendar,
    /// `rule NAME { … }`, and what an exception puts in the place of its requirement
    Check,
    /// `programme PB-BM { … }`
    Programme,
    /// `example "…" { … }`
    Example,
    /// `examples NAME { | … | }`
    Table,
}

impl Body {
    /// What may stand in it, in a word.
    pub(super) fn item(self) -> &'static str {
        match self {
            Self::File | Self::Section => "a declaration",
            Self::Regulation => "a default",
            Self::Calendar => "a line of the calendar",
            Self::Check => "a clause",
            Self::Programme => "a unit and what it comes after",
            Self::Example => "`given`, `checked on` or `expect`",
            Self::Table => "a row",
        }
    }

    /// The thing itself, in a word.
    pub(super) fn place(self) -> &'static str {
        match self {
            Self::File => "the top of a file",
            Self::Section => "an article",
            Self::Regulation => "a regulation",
            Self::Calendar => "a calendar",
            Self::Check => "a check",
            Self::Programme => "a programme",
            Self::Example => "an example",
            Self::Table => "a table of examples",
        }
    }

    pub(super) fn starters(self) -> impl Iterator<Item = &'static Starter> {
        let (own, shared): (&'static [Starter], &'static [Starter]) = match self {
            Self::File => (DECLARATIONS, &[]),
            Self::Section => (SECTION_LINES, DECLARATIONS),
            Self::Regulation => (DEFAULTS, &[]),
            Self::Calendar => (CALENDAR_LINES, &[]),
            Self::Check => (CLAUSES, &[]),
            Self::Programme => (&[], &[]),
            Self::Example | Self::Table => (STEPS, &[]),
        };
        own.iter().chain(shared)
    }

    /// A block where this word begins an item.
    pub(super) fn home_of(word: &str) -> Option<Self> {
        let bodies = [Self::File, Self::Section, Self::Check, Self::Regulation, Self::Calendar, Self::Example];
        bodies.into_iter().find(|body| body.starters().any(|starter| starter.word == word))
    }
}

/// What must come next for a word to begin an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Followed {
    /// Anything but a sign that makes an operand of it.
    ByAnything,
    /// One of these words.
    ByWord(&'static [&'static str]),
    /// A token of one of these kinds.
    By(&'static [TokenKind]),
}

/// A word that begins an item.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Starter {
    pub(super) word: &'static str,
    pub(super) followed: Followed,
    /// What its braces hold.
    pub(super) block: Option<Body>,
    /// The word may also be an operand, so it begins nothing where an operand is wanted.
    pub(super) weak: bool,
}

const fn strong(word: &'static str) -> Starter {
    Starter { word, followed: Followed::ByAnything, block: None, weak: false }
}

const fn weak(word: &'static str, followed: Followed) -> Starter {
    Starter { word, followed, block: None, weak: true }
}

const fn opening(word: &'static str, block: Body) -> Starter {
    Starter { word, followed: Followed::ByAnything, block: Some(block), weak: false }
}

const DECLARATIONS: &[Starter] = &[
    opening("rule", Body::Check),
    opening("bound", Body::Check),
    opening("deadline", Body::Check),
    opening("sequentiality", Body::Check),
    strong("define"),
    opening("article", Body::Section),
    opening("chapter", Body::Section),
    opening("example", Body::Example),
    opening("examples", Body::Table),
    opening("background", Body::Example),
    Starter {
        word: "programme",
        followed: Followed::By(&[TokenKind::Code, TokenKind::Text, TokenKind::UnclosedText]),
        block: Some(Body::Programme),
        weak: true,
    },
    opening("regulation", Body::Regulation),
    Starter { word: "calendar", followed: Followed::By(&[TokenKind::Number]), block: Some(Body::Calendar), weak: true },
    strong("regs"),
];

const SECTION_LINES: &[Starter] = &[strong("summary"), weak("source", Followed::By(&[TokenKind::Text, TokenKind::UnclosedText]))];

const DEFAULTS: &[Starter] = &[
    strong("issued"),
    weak("in", Followed::ByWord(&["force"])),
    strong("time"),
    strong("languages"),
    strong("rounding"),
    strong("months"),
    weak("source", Followed::By(&[TokenKind::Text, TokenKind::UnclosedText])),
];

const CALENDAR_LINES: &[Starter] = &[
    weak("year", Followed::ByWord(&["from"])),
    weak("semester", Followed::By(&[TokenKind::Number])),
    strong("window"),
    strong("holiday"),
    weak("day", Followed::By(&[TokenKind::Word])),
    strong("working"),
];

const CLAUSES: &[Starter] = &[
    strong("require"),
    strong("for"),
    strong("message"),
    opening("except", Body::Check),
    weak("value", Followed::ByAnything),
    weak("at", Followed::ByWord(&["least", "most"])),
    weak("between", Followed::ByAnything),
    weak("more", Followed::ByWord(&["than"])),
    weak("less", Followed::ByWord(&["than"])),
    strong("exactly"),
    weak("no", Followed::ByWord(&["minimum", "maximum"])),
    strong("done"),
    strong("due"),
    strong("needs"),
    strong("may"),
    strong("severity"),
    weak("in", Followed::ByWord(&["force"])),
    strong("cohorts"),
    strong("judged"),
    strong("never"),
    strong("consequence"),
    strong("remedy"),
    weak("prior", Followed::By(&[TokenKind::Word])),
    weak("student", Followed::ByWord(&["holds"])),
    strong("formerly"),
];

const STEPS: &[Starter] = &[strong("given"), strong("expect"), strong("checked")];

/// Declarations that a later edition may have.
pub(super) const LATER: &[&str] = &["supplements", "derogates", "derogate", "table", "attribute"];

/// Words after which something must follow.
pub(super) const DEMANDING: &[&str] = &[
    "and",
    "or",
    "not",
    "is",
    "if",
    "then",
    "else",
    "where",
    "when",
    "satisfies",
    "over",
    "per",
    "rounded",
    "contains",
    "includes",
    "of",
    "in",
    "by",
    "from",
    "to",
    "until",
    "before",
    "after",
    "on",
    "at",
    "least",
    "most",
    "more",
    "less",
    "than",
    "between",
    "for",
    "with",
    "status",
    "request",
    "measure",
    "be",
    "allowed",
    "an",
    "a",
    "the",
    "same",
    "earlier",
    "own",
    "half",
    "took",
    "serves",
    "acquired",
    "has",
    "require",
    "needs",
    "may",
    "except",
    "as",
    "every",
    "some",
    "strictly",
    "flexibly",
    "together",
    "within",
    "distinct",
    "working",
    "calendar",
    "any",
];

/// Words that go on with what stands on the line before.
pub(super) const GOING_ON: &[&str] = &[
    "and",
    "or",
    "where",
    "when",
    "satisfies",
    "then",
    "else",
    "over",
    "by",
    "per",
    "with",
    "until",
    "to",
    "from",
    "decided",
    "on",
    "before",
    "after",
    "is",
    "has",
    "includes",
    "contains",
    "acquired",
    "tolerated",
    "exempted",
    "took",
    "same",
    "serves",
    "rounded",
    "unrounded",
    "if",
    "as",
    "in",
    "of",
    "for",
    "at",
    "credits",
    "credit",
    "calendar",
    "working",
    "days",
    "day",
    "weeks",
    "week",
    "months",
    "month",
    "years",
    "year",
    "more",
    "less",
    "between",
    "not",
    "than",
    "unit",
];
