//! A progress bar on stderr, for what takes more than a second, where a terminal shows it.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::console::{Console, Progress};
use crate::report::Language;

/// Before this the bar is not drawn.
const PATIENCE: Duration = Duration::from_secs(1);

/// How far the work has come, in bytes or students.
#[derive(Debug)]
pub(crate) struct Bar {
    drawn: ProgressBar,
    began: Instant,
    progress: Progress,
}

impl Bar {
    /// A bar of so many bytes, with what is said of them in a language; a spinner where nobody knows how many.
    pub(crate) fn of_bytes(console: Console, bytes: Option<u64>, language: Language) -> Self {
        // The numbers of a large cohort take most of a narrow terminal's line.
        let told = language.pick("{bar:40} {percent}%, {eta} left\n{msg}", "{bar:40} {percent}%, nog {eta}\n{msg}");
        match bytes {
            Some(bytes) => Self::new(console, ProgressBar::new(bytes), told),
            None => Self::new(console, ProgressBar::new_spinner(), "{spinner} {msg}"),
        }
    }

    /// A bar of so many students.
    pub(crate) fn of_students(console: Console, students: u64) -> Self {
        Self::new(console, ProgressBar::new(students), "{bar:40} {percent}% {human_pos}/{human_len} students, {per_sec}, {eta} left")
    }

    fn new(console: Console, drawn: ProgressBar, template: &str) -> Self {
        drawn.set_draw_target(ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(template) {
            drawn.set_style(style);
        }
        Self { drawn, began: Instant::now(), progress: console.progress }
    }

    /// So many bytes more were read, or students made.
    pub(crate) fn advance(&self, bytes: u64) {
        self.drawn.inc(bytes);
        if self.progress == Progress::Drawn && self.drawn.is_hidden() && self.began.elapsed() > PATIENCE {
            self.drawn.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// What came of it in the time since it began, where that is shown.
    pub(crate) fn say(&self, so_far: impl FnOnce(Duration) -> String) {
        if !self.drawn.is_hidden() {
            self.drawn.set_message(so_far(self.began.elapsed()));
        }
    }

    pub(crate) fn finish(&self) {
        self.drawn.finish_and_clear();
    }
}
