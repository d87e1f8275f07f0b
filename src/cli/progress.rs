//! A progress bar on stderr, for what takes more than a second, where a terminal shows it.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::console::{Console, Progress};

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
    /// A bar of so many bytes; a spinner where nobody knows how many.
    pub(crate) fn new(console: Console, bytes: Option<u64>) -> Self {
        let bar = bytes.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
        bar.set_draw_target(ProgressDrawTarget::hidden());
        let template = if bytes.is_some() { "{bar:40} {percent}% {bytes}/{total_bytes}, {eta} left" } else { "{spinner} {bytes}" };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { drawn: bar, began: Instant::now(), progress: console.progress }
    }

    /// A bar of so many students.
    pub(crate) fn of_students(console: Console, students: u64) -> Self {
        let bar = Self::new(console, Some(students));
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {percent}% {human_pos}/{human_len} students, {per_sec}, {eta} left") {
            bar.drawn.set_style(style);
        }
        bar
    }

    /// So many bytes more were read, or students made.
    pub(crate) fn advance(&self, bytes: u64) {
        self.drawn.inc(bytes);
        if self.progress == Progress::Drawn && self.drawn.is_hidden() && self.began.elapsed() > PATIENCE {
            self.drawn.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    pub(crate) fn finish(&self) {
        self.drawn.finish_and_clear();
    }
}
