//! What is said beside the result: problems and progress, on stderr; and the manner in which things are drawn.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal as _, Write as _};

use crate::cli::arguments::{Global, When};
use crate::problems::{Manner, Pen, Problem};
use crate::source::Sources;

/// Widths of drawings where no terminal says one, and where it is very wide.
const WIDTH: usize = 110;
const WIDEST: usize = 140;

/// How this run talks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Console {
    color: When,
    pub(crate) progress: Progress,
    width: usize,
}

/// Whether a progress bar may be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    Drawn,
    Hidden,
}

impl Console {
    pub(crate) fn new(global: &Global) -> Self {
        let progress = if global.no_progress || !io::stderr().is_terminal() { Progress::Hidden } else { Progress::Drawn };
        let width = terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0).clamp(40, WIDEST));
        Self { color: global.color, progress, width }
    }

    /// How results are drawn on stdout, or in a file.
    pub(crate) fn result_pen(self, to_file: ToFile) -> Pen {
        let terminal = to_file == ToFile::No && io::stdout().is_terminal();
        Pen { manner: self.manner(terminal), width: self.width }
    }

    /// How problems are drawn on stderr.
    pub(crate) fn problem_pen(self) -> Pen {
        Pen { manner: self.manner(io::stderr().is_terminal()), width: self.width }
    }

    fn manner(self, terminal: impl Into<Terminal>) -> Manner {
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        match (self.color, terminal.into()) {
            (When::Always, _) => Manner::Coloured,
            (When::Auto, Terminal::Yes) if !no_color => Manner::Coloured,
            (When::Auto | When::Never, _) => Manner::Uncoloured,
        }
    }

    /// Problems, on stderr.
    pub(crate) fn problems(self, problems: &[Problem], sources: &Sources, manner: Option<Manner>) {
        self.say(&self.pen(manner).draw_problems(problems, sources));
    }

    /// The first problems of each code, on stderr, with how many there are of it.
    pub(crate) fn first_problems(self, problems: (&[Problem], &BTreeMap<String, usize>), sources: &Sources, manner: Option<Manner>) {
        self.say(&self.pen(manner).draw_first(problems, sources));
    }

    fn pen(self, manner: Option<Manner>) -> Pen {
        manner.map_or(self.problem_pen(), |manner| Pen { manner, width: self.width })
    }

    /// A text on stderr. Where stderr is closed there is nobody to tell.
    #[allow(clippy::unused_self, reason = "the console is who may speak")]
    pub(crate) fn say(self, text: &str) {
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }
}

/// Whether a result goes to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ToFile {
    Yes,
    No,
}

/// Whether a stream is a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Terminal {
    Yes,
    No,
}

impl From<bool> for Terminal {
    fn from(is_terminal: bool) -> Self {
        if is_terminal { Self::Yes } else { Self::No }
    }
}
