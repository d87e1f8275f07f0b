//! Fills lines with words. A line that would become too long is broken where a reader would draw breath: outside of brackets rather than within, before
//! `where` rather than before `and`, and as late as that allows.

use unicode_width::UnicodeWidthStr;

use super::breath::Breath;

/// Columns of a line.
pub(super) const WIDTH: usize = 110;

/// A token, or what is glued together, with what stands before it.
#[derive(Debug, Clone)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    pub(super) spaced: bool,
    pub(super) breath: Option<Breath>,
    /// Brackets around it.
    pub(super) level: usize,
}

impl Piece<'_> {
    fn width(&self) -> usize {
        self.text.width() + usize::from(self.spaced)
    }
}

/// Where lines begin and what must still fit at the end of the last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Margins {
    /// Columns before the first line.
    pub(super) first: usize,
    /// Columns before the lines that go on.
    pub(super) further: usize,
    /// Columns kept free at the end of the last line.
    pub(super) after: usize,
}

/// The lines, without what stands before them.
pub(super) fn fill(pieces: &[Piece<'_>], margins: Margins) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = pieces;
    let mut margin = margins.first;
    while let Some(at) = place_to_break(rest, margin, margins.after) {
        let (line, further) = rest.split_at(at);
        lines.push(joined(line));
        rest = further;
        margin = margins.further;
    }
    lines.push(joined(rest));
    lines
}

/// Pieces on one line.
pub(super) fn joined(pieces: &[Piece<'_>]) -> String {
    let mut line = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        if piece.spaced && at > 0 {
            line.push(' ');
        }
        line.push_str(piece.text);
    }
    line
}

/// The piece that begins the next line; nothing where the rest fits, or cannot be broken.
fn place_to_break(pieces: &[Piece<'_>], margin: usize, after: usize) -> Option<usize> {
    let total: usize = margin + pieces.iter().map(Piece::width).sum::<usize>() + after;
    if total <= WIDTH {
        return None;
    }
    let mut width = margin;
    let fitting = pieces.iter().take_while(|piece| {
        width += piece.width();
        width <= WIDTH
    });
    let fitting = fitting.count();
    let willing = |at: usize| pieces.get(at).and_then(|piece| piece.breath.map(|breath| (piece.level, breath)));
    let best = (1..=fitting).filter(|at| willing(*at).is_some()).min_by_key(|at| (willing(*at), std::cmp::Reverse(*at)));
    best.or_else(|| (fitting + 1..pieces.len()).find(|at| willing(*at).is_some()))
}
