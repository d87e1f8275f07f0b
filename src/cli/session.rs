//! What a command works with: the texts read so far, the problems seen so far, and how to talk.

use miette::Diagnostic;

use crate::cli::console::Console;
use crate::problems::{Manner, Problem, Problems};
use crate::source::{Sources, Span};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Clean,
    Findings,
    Failed,
    Incomplete,
}

impl Outcome {
    pub(crate) fn exit_code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Failed => 2,
            Self::Incomplete => 3,
        }
    }
}

/// The job can't be done; why stands among the session's problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stop;

/// One run of a command.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) console: Console,
    pub(crate) sources: Sources,
    pub(crate) problems: Problems,
    /// How problems are drawn where the format asks for it.
    pub(crate) manner: Option<Manner>,
}

impl Session {
    pub(crate) fn new(console: Console) -> Self {
        Self { console, sources: Sources::default(), problems: Problems::default(), manner: None }
    }

    /// A problem that stands in no text.
    pub(crate) fn add(&mut self, problem: impl Diagnostic + Send + Sync + 'static) {
        self.problems.add(Span::NOWHERE, problem);
    }

    /// A problem after which the job can't be done.
    pub(crate) fn stop(&mut self, problem: impl Diagnostic + Send + Sync + 'static) -> Stop {
        self.add(problem);
        Stop
    }

    /// Stop where anything so far is an error.
    pub(crate) fn stop_on_errors(&self) -> Result<(), Stop> {
        if self.problems.has_errors() { Err(Stop) } else { Ok(()) }
    }

    /// The problems so far, in order; none are left behind.
    pub(crate) fn take_problems(&mut self) -> Vec<Problem> {
        let sources = &self.sources;
        std::mem::take(&mut self.problems).sorted(|id| sources.name(id).to_owned())
    }

    /// Say the problems so far on stderr.
    pub(crate) fn say_problems(&mut self) {
        let problems = self.take_problems();
        self.console.problems(&problems, &self.sources, self.manner);
    }
}
