//! Drawing: the one place that knows miette's handlers. A problem is drawn in its text for a terminal, told for a screen reader, or said in one line.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NarratableReportHandler, Severity, SourceCode};

use crate::problems::{Excerpt, Problem};
use crate::source::{Source, Sources};

/// How things are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Boxes and colours, for a terminal.
    Coloured,
    /// Boxes without colours.
    Uncoloured,
    /// Sentences, for a screen reader.
    Told,
    /// A line each: `file:line:column: error: message [code]`
    Concise,
}

/// From so many problems on, they are grouped by code and the first few of each are drawn.
pub(crate) const MANY: usize = 60;
const FIRST_FEW: usize = 3;

/// Draws in one manner and width.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pen {
    pub(crate) manner: Manner,
    pub(crate) width: usize,
}

impl Pen {
    /// A diagnostic with the texts it carries itself.
    pub(crate) fn draw(self, diagnostic: &dyn Diagnostic) -> String {
        let mut drawn = String::new();
        // Writing to a string cannot fail, and a source that cannot be read is said in the drawing.
        let _ = self.write(diagnostic, &mut drawn);
        drawn
    }

    /// Only the texts of a diagnostic, to stand below what another one says.
    pub(crate) fn draw_below(self, diagnostic: &dyn Diagnostic) -> String {
        let drawn = self.draw(diagnostic);
        drawn.lines().skip_while(|line| !line.contains('╭')).flat_map(|line| [line, "\n"]).collect()
    }

    fn write(self, diagnostic: &dyn Diagnostic, drawn: &mut String) -> fmt::Result {
        let theme = match self.manner {
            Manner::Told => return NarratableReportHandler::new().with_context_lines(1).render_report(drawn, diagnostic),
            Manner::Concise => return writeln!(drawn, "{}", on_one_line(&diagnostic.to_string())),
            Manner::Coloured => GraphicalTheme::unicode(),
            Manner::Uncoloured => GraphicalTheme::unicode_nocolor(),
        };
        let handler = GraphicalReportHandler::new_themed(theme).with_width(self.width).with_context_lines(1).with_links(false);
        handler.render_report(drawn, diagnostic)
    }

    /// A problem in its text.
    pub(crate) fn draw_problem(self, problem: &Problem, sources: &Sources) -> String {
        let Some(source) = sources.get(problem.at.source) else { return self.draw(problem.diagnostic.as_ref()) };
        if self.manner == Manner::Concise {
            return concise(problem, source);
        }
        let inner: &dyn Diagnostic = problem.diagnostic.as_ref();
        let excerpt = Excerpt::around(source, extent(inner, problem));
        self.draw(&Located { inner, excerpt })
    }

    /// All problems, in their order. Where there are very many, the first few of each code are drawn and the rest is counted.
    pub(crate) fn draw_problems(self, problems: &[Problem], sources: &Sources) -> String {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for problem in problems {
            *counts.entry(problem.code()).or_default() += 1;
        }
        self.draw_first((problems, &counts), sources)
    }

    /// The first problems of each code, of which there are so many: all where these are few together, else so many that [`MANY`] would be drawn.
    pub(crate) fn draw_first(self, (problems, counts): (&[Problem], &BTreeMap<String, usize>), sources: &Sources) -> String {
        let grouped = counts.values().sum::<usize>() >= MANY && self.manner != Manner::Concise;
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut drawn = String::new();
        for problem in problems {
            let count = seen.entry(problem.code()).or_default();
            *count += 1;
            if !grouped || *count <= FIRST_FEW {
                drawn.push_str(&self.draw_problem(problem, sources));
                if self.manner != Manner::Concise {
                    drawn.push('\n');
                }
            }
        }
        for (code, count) in counts.iter().filter(|(_, count)| grouped && **count > FIRST_FEW) {
            let _ = writeln!(drawn, "{code}: {} more; `--format concise` lists them", count - FIRST_FEW);
        }
        drawn
    }
}

fn concise(problem: &Problem, source: &Source) -> String {
    let at = source.line_column(problem.at.start as usize);
    let place =
        source.place.as_ref().map_or_else(|| format!("{}:{}:{}", source.name, at.line, at.column), |place| format!("{}: {place}", source.name));
    let severity = match problem.diagnostic.severity() {
        None | Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        Some(Severity::Advice) => "advice",
    };
    let message = problem.diagnostic.to_string();
    format!("{place}: {severity}: {} [{}]\n", on_one_line(&message), problem.code())
}

/// A text that no terminal obeys: characters that steer it, such as those in a file that is no text, become question marks. Every byte keeps its place.
pub(crate) fn harmless(text: &str) -> Cow<'_, str> {
    let steers = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t');
    if !text.contains(steers) {
        return text.into();
    }
    let mark = |letter: char| if letter.len_utf8() == 1 { '?' } else { '¿' };
    text.chars().map(|letter| if steers(letter) { mark(letter) } else { letter }).collect()
}

/// The same on one line: where a value breaks its line, a space stands, so that what follows it is not taken for a line of ours.
pub(crate) fn on_one_line(text: &str) -> Cow<'_, str> {
    const BREAKS: [char; 3] = ['\r', '\n', '\t'];
    if text.contains(BREAKS) { harmless(&text.replace(BREAKS, " ")).into_owned().into() } else { harmless(text) }
}

/// From the first to the last byte that a problem points at.
fn extent(diagnostic: &dyn Diagnostic, problem: &Problem) -> std::ops::Range<usize> {
    let at = problem.at.range();
    let labels = diagnostic.labels().into_iter().flatten().map(|label| label.offset()..label.offset() + label.len());
    labels.fold(at, |extent, label| extent.start.min(label.start)..extent.end.max(label.end))
}

/// A diagnostic and the text it points into.
#[derive(Debug)]
struct Located<'a> {
    inner: &'a dyn Diagnostic,
    excerpt: Excerpt<'a>,
}

impl fmt::Display for Located<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&harmless(&self.inner.to_string()))
    }
}

impl std::error::Error for Located<'_> {}

impl Diagnostic for Located<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.inner.code()
    }

    fn severity(&self) -> Option<Severity> {
        self.inner.severity()
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.inner.help().map(|help| Box::new(harmless(&help.to_string()).into_owned()) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let labels = self.inner.labels()?.map(|label| {
            let span = self.excerpt.place(label.offset()..label.offset() + label.len());
            let text = label.label().map(str::to_owned);
            if label.primary() { LabeledSpan::new_primary_with_span(text, span) } else { LabeledSpan::new_with_span(text, span) }
        });
        Some(Box::new(labels))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        self.inner.related()
    }
}
