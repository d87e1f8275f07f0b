//! One record: read, settled and kept, or rolled back and set aside.

use std::ops::Range;

use serde::de::DeserializeSeed;

use crate::records::checkpoint::Checkpoint;
use crate::records::from_json::blocks::{Piece, PieceFault};
use crate::records::from_json::dossier::DossierReader;
use crate::records::from_json::dossier::hand::Hand;
use crate::records::from_json::dossier::object::{Null, ObjectSeed};
use crate::records::from_json::dossier::plain::read_plain;
use crate::records::from_json::dossier::settle::Fault;
use crate::records::json::{Value, in_plain_words, json_place, second_key_place, syntax_fault};
use crate::records::problems::RecordProblem;
use crate::records::set_aside::SetAsideText;
use crate::records::values::{A_RECORD, NumberText, number_cell};
use crate::records::{Batch, Kept, Origin, Placed, SetAside};
use crate::source::LineColumn;
use crate::vocabulary::{Field, Subject};

/// What is wrong with a record, and where in its text.
struct Found {
    problem: RecordProblem,
    path: String,
    at: Range<usize>,
}

impl DossierReader<'_> {
    /// Read a record into the batch, or set it aside and leave the batch as it was.
    pub(crate) fn read_piece(&mut self, file: u32, text: &str, (piece, batch): (&Piece, &mut Batch)) -> Option<SetAside> {
        let line = text.get(piece.range()).unwrap_or("");
        let checkpoint = batch.checkpoint();
        self.state.begin_record();
        let found = match piece.fault {
            Some(PieceFault::NotUtf8(at)) => Some(whole(RecordProblem::NotUtf8, at.min(line.len()))),
            Some(PieceFault::ByteOrderMark) => Some(whole(RecordProblem::ByteOrderMark, 0)),
            None => self.read_record(line, (batch, &checkpoint)),
        };
        if found.is_some() {
            batch.roll_back(&checkpoint);
        } else {
            batch.origins.push(Origin { file, line: piece.line, start: piece.start, end: piece.end });
        }
        found.map(|found| set_aside(file, line, (piece, found)))
    }

    fn read_record(&mut self, line: &str, (batch, checkpoint): (&mut Batch, &Checkpoint)) -> Option<Found> {
        let student = batch.dossiers();
        let mut hand = Hand { reading: self.reading, batch, state: &mut self.state };
        if read_plain(&mut hand, line).is_err() {
            hand.batch.roll_back(checkpoint);
            hand.state.begin_record();
            if let Err(error) = parse(&mut hand, line) {
                return Some(self.parse_fault(line, &error));
            }
        }
        if let Err(fault) = hand.settle(student) {
            return Some(settle_fault(hand.batch, line, fault));
        }
        self.inexact(line, batch)
    }

    fn parse_fault(&mut self, line: &str, error: &str) -> Found {
        let path = self.state.path();
        match self.state.fault.take() {
            Some(RecordProblem::DuplicateKey { key }) => {
                Found { problem: RecordProblem::DuplicateKey { key }, at: second_key_place(line, &path, key), path: format!("{path}/{key}") }
            }
            Some(problem) => Found { problem, at: shown_of(json_place(line, &path), (line, &path)), path },
            None => {
                let unreadable = |reason| RecordProblem::Unreadable { reason };
                let (problem, at) = if let Some((reason, at)) = syntax_fault(line) {
                    (unreadable(reason), at)
                } else {
                    let at = json_place(line, &path);
                    (too_large(&path, line.get(at.clone()).unwrap_or("")).unwrap_or_else(|| unreadable(in_plain_words(error))), at)
                };
                Found { problem, path, at }
            }
        }
    }

    /// A number whose text is longer than what its parsed value can tell apart is looked at as a text.
    fn inexact(&mut self, line: &str, batch: &Batch) -> Option<Found> {
        let zero = |placed: &Placed| placed.field.is_some_and(|field| batch.cell(field, placed.row) == 0);
        if self.state.decimals.is_empty() || !(has_long_number(line) || self.state.decimals.iter().any(zero)) {
            return None;
        }
        self.state.decimals.iter().find_map(|placed| {
            let path = batch.path_in(*placed, line);
            let at = json_place(line, &path);
            let raw = line.get(at.clone()).unwrap_or("");
            let problem = number_cell(placed.field?, NumberText::Text(raw)).err()?;
            Some(Found { problem: problem.into(), path, at })
        })
    }
}

/// What is wrong with a number that no parser can hold: `1e400`.
fn too_large(path: &str, raw: &str) -> Option<RecordProblem> {
    let (_, name) = path.rsplit_once('/')?;
    let mut fields = Subject::ALL.into_iter().flat_map(Field::all_of);
    let field = fields.find(|field| field.name() == name && field.kind().is_number())?;
    let is_number = raw.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    let problem = number_cell(field, NumberText::Text(raw)).err().filter(|_| is_number)?;
    Some(problem.into())
}

fn whole(problem: RecordProblem, at: usize) -> Found {
    Found { problem, path: String::new(), at: at..at }
}

/// The record in the columns, or what the parser says.
fn parse(hand: &mut Hand<'_, '_>, line: &str) -> Result<(), String> {
    let mut deserializer = serde_json::Deserializer::from_str(line);
    let seed = ObjectSeed { hand, subject: Subject::Student, name: A_RECORD, null: Null::Refused };
    seed.deserialize(&mut deserializer).and_then(|_| deserializer.end()).map_err(|error| error.to_string())
}

/// What is shown of a value that can't be what it should: of a list in the place of a record its beginning, because it may be the whole file.
fn shown_of(place: Range<usize>, (line, path): (&str, &str)) -> Range<usize> {
    let is_list = line.get(place.clone()).is_some_and(|value| value.starts_with('['));
    if path.is_empty() && is_list { place.start..place.start + 1 } else { place }
}

fn settle_fault(batch: &Batch, line: &str, (placed, problem): Fault) -> Found {
    let path = batch.path_in(placed, line);
    let place = json_place(line, &path);
    // What an object lacks is shown at its beginning: a record may be long.
    let at = if placed.field.is_none() { place.start..place.start + 1 } else { place };
    Found { problem, path, at }
}

fn set_aside(file: u32, line: &str, (piece, found): (&Piece, Found)) -> SetAside {
    let before = line.get(..found.at.start).unwrap_or("");
    let place = LineColumn { line: piece.line, column: piece.column }.after(before);
    SetAside {
        file,
        line: place.line,
        column: place.column,
        path: found.path,
        student: student_of(line),
        problem: found.problem,
        excerpt: Some(SetAsideText { text: line.into(), first_line: piece.line, at: found.at, place: None }),
        record: Kept::Nothing,
    }
}

/// Whose record it is, as far as a broken record says it.
fn student_of(line: &str) -> Option<String> {
    let member = Value::root(line.trim_start_matches('\u{feff}')).members().find(|member| member.name == "student")?;
    member.value.string().map(|student| student.chars().take(40).collect())
}

/// Whether a text has a number with so many digits that its parsed value does not tell it apart from its neighbours, or one so small that it
/// parses as zero. A run of so many digits and points holds a byte at every sixteenth place.
fn has_long_number(line: &str) -> bool {
    const LONG: usize = 16;
    let bytes = line.as_bytes();
    let of_number = |byte: &&u8| byte.is_ascii_digit() || **byte == b'.';
    bytes.iter().enumerate().step_by(LONG).filter(|(_, byte)| of_number(byte)).any(|(at, _)| {
        let (before, after) = bytes.split_at(at);
        before.iter().rev().take_while(of_number).take(LONG).count() + after.iter().take_while(of_number).take(LONG).count() >= LONG
    })
}
