//! Names that stand for nothing, for two things, or for the wrong thing.

use miette::Diagnostic;
use thiserror::Error;

use crate::source::Span;

/// What can be wrong with a name.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum NameProblem {
    /// `for isp where contrct is diploma`
    #[error("unknown name `{name}`")]
    #[diagnostic(code(names::unknown))]
    Unknown {
        name: String,
        /// `not a field, a definition or a word of isp`
        sought: String,
        #[label("{sought}")]
        at: Span,
        #[help]
        help: String,
    },
    /// `require contract is diplma`
    #[error("`{value}` is no {enumeration}")]
    #[diagnostic(code(names::unknown_value))]
    UnknownValue {
        value: String,
        enumeration: String,
        #[label("not one of its words")]
        at: Span,
        #[help]
        help: String,
    },
    /// `isp includes BM999`
    #[error("unknown {what} `{code}`")]
    #[diagnostic(code(names::unknown_code))]
    UnknownCode {
        what: &'static str,
        code: String,
        #[label("not in the catalogue")]
        at: Span,
        #[help]
        help: String,
    },
    /// two checks `isp_sent`
    #[error("the name `{name}` is given twice")]
    #[diagnostic(code(names::duplicate), help("{first}; give one of them another name"))]
    Duplicate {
        name: String,
        /// `the other stands at isp.regs:12`
        first: String,
        #[label("named again here")]
        at: Span,
    },
    /// `define contract of enrolment = …`
    #[error("`{name}` is already a field or a word of {subject}")]
    #[diagnostic(code(names::shadows_field), help("a definition reads like a field, so it needs a name of its own"))]
    ShadowsField {
        name: String,
        subject: &'static str,
        #[label("taken by the record's vocabulary")]
        at: Span,
    },
    /// `count of student.entries where enrolment.phase is 1` in a rule about an ISP
    #[error("`{name}` could mean two things")]
    #[diagnostic(code(names::ambiguous))]
    Ambiguous {
        name: String,
        /// `the enrolment of the element, or the one of this isp`
        meanings: String,
        #[label("{meanings}")]
        at: Span,
        #[help]
        help: String,
    },
    /// `kind is regular` beside `define regular of entry = …`
    #[error("`{name}` is a word of {enumeration} and also a name here")]
    #[diagnostic(code(names::ambiguous_value), help("give the definition another name, so that the sentence has one meaning"))]
    AmbiguousValue {
        name: String,
        enumeration: &'static str,
        #[label("the word or the name?")]
        at: Span,
    },
    /// `for programm`
    #[error("unknown subject `{word}`")]
    #[diagnostic(code(names::unknown_subject))]
    UnknownSubject {
        word: String,
        #[label("no subject of the record")]
        at: Span,
        #[help]
        help: String,
    },
    /// `for status`
    #[error("a check can't be about `{subject}`")]
    #[diagnostic(
        code(names::not_checkable),
        help("checks are about student, enrolment, isp, entry, exemption, request, programme, course or unit; a condition can look through lists")
    )]
    NotCheckable {
        subject: &'static str,
        #[label("not a subject of checks")]
        at: Span,
    },
    /// `require BM201`
    #[error("the code `{code}` stands where no code is expected")]
    #[diagnostic(code(names::misplaced_code))]
    MisplacedCode {
        code: String,
        /// `a percentage is expected here`
        expected: String,
        #[label("{expected}")]
        at: Span,
        #[help]
        help: String,
    },
    /// `some e in entries satisfies (no e in …)`
    #[error("`{name}` already names an element around this one")]
    #[diagnostic(code(names::element_taken), help("give the inner element another name"))]
    ElementTaken {
        name: String,
        #[label("taken")]
        at: Span,
    },
    /// `require prior exempted` in a rule
    #[error("`prior` is known only in a sequentiality")]
    #[diagnostic(code(names::prior_outside), help("name the course unit instead: `student exempted from BM101`"))]
    PriorOutside {
        #[label("no prior unit here")]
        at: Span,
    },
    /// `require unit.phase is own phase` in a rule
    #[error("`own {name}` is known only in the `where` of an edge")]
    #[diagnostic(code(names::own_outside), help("`own phase` and `own semester` are those of the unit that the line is about"))]
    OwnOutside {
        name: String,
        #[label("no line of a programme here")]
        at: Span,
    },
}
