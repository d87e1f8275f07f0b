//! A record of plain JSON, straight into the batch. What it gives up on the other reader reads again from the beginning, and says what is wrong.

use crate::records::from_json::dossier::cell::{Form, text_cell};
use crate::records::from_json::dossier::hand::Hand;
use crate::records::from_json::dossier::keys::{Column, Key, Target, keys};
use crate::records::from_json::dossier::row::Row;
use crate::records::from_json::dossier::shapes::{Known, Place};
use crate::records::from_json::plain::{NotPlain, PlainJson};
use crate::records::packed::Packed;
use crate::records::reading::Provisional;
use crate::records::values::{packed_word, plain_number_cell, small_number_cell};
use crate::vocabulary::{Cell, FieldKind, Subject, fields};

/// Read a student's record from its text.
pub(super) fn read_plain(hand: &mut Hand<'_, '_>, line: &str) -> Result<(), NotPlain> {
    let mut plain = Plain { text: PlainJson::new(line), hand };
    plain.text.skip_space();
    plain.object(Subject::Student)?;
    plain.text.end()
}

/// A text, and where its values go.
struct Plain<'h, 'a, 'c, 't> {
    text: PlainJson<'t>,
    hand: &'h mut Hand<'a, 'c>,
}

/// What comes next in an object.
enum Next {
    /// A value under a key.
    Value(Known),
    /// A value under a name that nobody declared.
    Undeclared,
    End,
}

impl Plain<'_, '_, '_, '_> {
    /// One object into one row, with the rows that stand in it.
    fn object(&mut self, subject: Subject) -> Result<(), NotPlain> {
        let beginning = self.hand.state.shapes.beginning(subject);
        let mut row = Row::begin(self.hand, subject);
        let (mut seen, mut place) = (0, beginning);
        loop {
            let next = match self.hand.state.shapes.again(place, &mut self.text) {
                Some(known) => Next::Value(known),
                None => self.something_else((subject, beginning), place)?,
            };
            match next {
                Next::Value(Known { key, bit, after }) => {
                    if seen & bit != 0 {
                        return Err(NotPlain);
                    }
                    seen |= bit;
                    self.value((key, place), &mut row)?;
                    place = after;
                }
                Next::Undeclared => {
                    self.text.ignore()?;
                    place = beginning.after(keys(subject).len());
                }
                Next::End => break,
            }
        }
        row.close(self.hand);
        Ok(())
    }

    /// What comes next where it is not what came last.
    fn something_else(&mut self, (subject, beginning): (Subject, Place), place: Place) -> Result<Next, NotPlain> {
        if place != beginning && self.text.closes() {
            return Ok(Next::End);
        }
        match self.hand.state.shapes.as_before(place, &mut self.text) {
            Some(known) => Ok(Next::Value(known)),
            None => self.new_name((subject, beginning), place),
        }
    }

    #[inline(never)]
    fn new_name(&mut self, (subject, beginning): (Subject, Place), place: Place) -> Result<Next, NotPlain> {
        self.text.skip_space();
        let start = self.text.place();
        let ends = if place == beginning {
            self.text.take(b'{')?;
            self.text.is_empty(b'}')
        } else {
            !self.text.goes_on(b'}')?
        };
        if ends {
            return Ok(Next::End);
        }
        let name = self.text.name()?;
        self.text.skip_space();
        let Some(index) = self.hand.key(subject, name) else { return Ok(Next::Undeclared) };
        let key = keys(subject).get(index).ok_or(NotPlain)?;
        let known = Known { key, bit: 1 << index, after: beginning.after(index) };
        if let Some(stretch) = self.text.since(start) {
            self.hand.state.shapes.keep(place, (stretch, known));
        }
        Ok(Next::Value(known))
    }

    #[inline]
    fn value(&mut self, (key, place): (&'static Key, Place), row: &mut Row) -> Result<(), NotPlain> {
        let next = self.text.skip_space();
        let subject = match &key.target {
            Target::Cell(column) => {
                let cell = self.cell((column, place), next)?;
                return cell.map_or(Ok(()), |cell| row.put(column, cell));
            }
            Target::Instant(column) => {
                let cell = self.instant(column, next)?;
                return cell.map_or(Ok(()), |cell| row.put(column, cell));
            }
            Target::Rows(subject) | Target::Codes(subject) | Target::One(subject) => *subject,
        };
        if next == Some(b'n') {
            return self.text.word("null");
        }
        match key.target {
            Target::Rows(_) => self.list(|plain| plain.object(subject))?,
            Target::Codes(_) => self.list(|plain| plain.code(subject))?,
            Target::One(_) | Target::Cell(_) | Target::Instant(_) => self.object(subject)?,
        }
        row.note(subject);
        Ok(())
    }

    fn list(&mut self, element: impl Fn(&mut Self) -> Result<(), NotPlain>) -> Result<(), NotPlain> {
        self.text.take(b'[')?;
        if self.text.is_empty(b']') {
            return Ok(());
        }
        loop {
            element(self)?;
            if !self.text.goes_on(b']')? {
                return Ok(());
            }
        }
    }

    /// One code of a list into a row of its own.
    fn code(&mut self, subject: Subject) -> Result<(), NotPlain> {
        let mut row = Row::begin(self.hand, subject);
        let column = Column::new(fields::requested_course::COURSE);
        match self.text.skip_space() {
            Some(b'"') => {
                let cell = self.any_text((column, Form::Plain))?;
                row.put(&column, cell)?;
            }
            _ => self.text.word("null")?,
        }
        row.close(self.hand);
        Ok(())
    }

    /// The cell of what stands here; nothing of `null`.
    #[inline]
    fn cell(&mut self, (column, place): (&Column, Place), next: Option<u8>) -> Result<Option<Cell>, NotPlain> {
        match next {
            Some(b'"') => self.text((column, place)).map(Some),
            Some(b'-' | b'0'..=b'9') if column.kind.is_number() => self.number(column).map(Some),
            Some(b't') if column.kind == FieldKind::Boolean => self.text.word("true").map(|()| Some(Cell::from(true))),
            Some(b'f') if column.kind == FieldKind::Boolean => self.text.word("false").map(|()| Some(Cell::from(false))),
            Some(b'n') => self.text.word("null").map(|()| None),
            _ => Err(NotPlain),
        }
    }

    fn instant(&mut self, column: &Column, next: Option<u8>) -> Result<Option<Cell>, NotPlain> {
        match next {
            Some(b'"') => self.any_text((*column, Form::Instant)).map(Some),
            Some(b'n') => self.text.word("null").map(|()| None),
            _ => Err(NotPlain),
        }
    }

    #[inline]
    fn number(&mut self, column: &Column) -> Result<Cell, NotPlain> {
        match self.text.small_number() {
            Some(number) => Ok(small_number_cell(column.kind, number)),
            None => self.any_number(column),
        }
    }

    #[inline(never)]
    fn any_number(&mut self, column: &Column) -> Result<Cell, NotPlain> {
        let number = self.text.number()?;
        plain_number_cell((column.field, column.kind), (number.digits, number.decimals)).ok_or(NotPlain)
    }

    #[inline]
    fn text(&mut self, (column, place): (&Column, Place)) -> Result<Cell, NotPlain> {
        if let FieldKind::Reference(subject) = column.kind {
            if let Some(code) = self.text.short_string()
                && let Some(id) = self.hand.reading.find_packed(subject, code)
            {
                self.text.pass_string(code.len());
                return Ok(Provisional::Known(id).cell());
            }
        } else if let Some(cell) = self.hand.state.shapes.same_text(place, &mut self.text) {
            return Ok(cell);
        }
        self.other_text((*column, place))
    }

    /// A text that is not the one that was here last.
    #[inline(never)]
    fn other_text(&mut self, (column, place): (Column, Place)) -> Result<Cell, NotPlain> {
        let start = self.text.place();
        let short = self.text.short_string();
        let known = short.and_then(|text| self.hand.short_cell(column.kind, text).map(|cell| (text, cell)));
        let cell = match known {
            Some((text, cell)) => {
                self.text.pass_string(text.len());
                cell
            }
            None => self.any_text((column, Form::Plain))?,
        };
        if let Some(text) = short
            && is_lasting(column.kind)
        {
            self.hand.remember(column.kind, (text, cell));
            if let Some(stretch) = self.text.since(start) {
                self.hand.state.shapes.keep_text(place, (stretch, cell));
            }
        }
        Ok(cell)
    }

    #[inline(never)]
    fn any_text(&mut self, (column, form): (Column, Form)) -> Result<Cell, NotPlain> {
        let cell = match self.text.string()? {
            Some(text) => text_cell(self.hand, (column, form), text),
            None => text_cell(self.hand, (column, form), &self.text.escaped_string()?),
        };
        cell.map_err(|_| NotPlain)
    }
}

/// Whether a text of some kind is the same cell in every record; a text's or a code's number is its batch's own.
pub(crate) fn is_lasting(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Enumeration(_) | FieldKind::Day | FieldKind::EventDay | FieldKind::AcademicYear)
}

impl Hand<'_, '_> {
    /// The cell of a short text, where it is known at once.
    #[inline]
    pub(crate) fn short_cell(&self, kind: FieldKind, text: Packed) -> Option<Cell> {
        match kind {
            FieldKind::Enumeration(list) => packed_word(list, text),
            FieldKind::Day | FieldKind::EventDay | FieldKind::AcademicYear => self.state.calendar.find(text),
            FieldKind::Boolean
            | FieldKind::Integer
            | FieldKind::Decimal
            | FieldKind::Credits
            | FieldKind::Score
            | FieldKind::Semester
            | FieldKind::Text
            | FieldKind::Reference(_) => None,
        }
    }

    pub(crate) fn remember(&mut self, kind: FieldKind, known: (Packed, Cell)) {
        if matches!(kind, FieldKind::Day | FieldKind::EventDay | FieldKind::AcademicYear) {
            self.state.calendar.keep(known);
        }
    }
}

/// The days and academic years that were read last. INVARIANT: no text is both a day and an academic year.
#[derive(Debug)]
pub(super) struct Calendar {
    known: [Option<(Packed, Cell)>; DAYS],
}

/// A power of two.
const DAYS: usize = 256;

impl Calendar {
    pub(super) fn new() -> Self {
        Self { known: [None; DAYS] }
    }

    #[inline]
    fn find(&self, text: Packed) -> Option<Cell> {
        let (known, cell) = (*self.known.get(text.hash() % DAYS)?)?;
        (known == text).then_some(cell)
    }

    fn keep(&mut self, known: (Packed, Cell)) {
        if let Some(place) = self.known.get_mut(known.0.hash() % DAYS) {
            *place = Some(known);
        }
    }
}
