//! A record of plain JSON, straight into the batch. What it gives up on the other reader reads again from the beginning, and says what is wrong.

use crate::records::from_json::dossier::cell::{Form, text_cell};
use crate::records::from_json::dossier::hand::Hand;
use crate::records::from_json::dossier::keys::{Column, Key, Target};
use crate::records::from_json::dossier::row::{Cells, Row};
use crate::records::from_json::plain::{NotPlain, PlainJson};
use crate::records::packed::Packed;
use crate::records::reading::Provisional;
use crate::records::values::{packed_word, plain_number_cell};
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

impl Plain<'_, '_, '_, '_> {
    /// One object into one row, with the rows that stand in it.
    fn object(&mut self, subject: Subject) -> Result<(), NotPlain> {
        self.text.take(b'{')?;
        let keys = self.hand.state.keys.of(subject);
        let mut row = Row::begin(self.hand, subject);
        if !self.text.is_empty(b'}') {
            let (mut seen, mut before) = (0_u64, 0);
            loop {
                if let Some(index) = self.key((subject, keys), before)? {
                    let key = keys.get(index).ok_or(NotPlain)?;
                    if seen >> index & 1 == 1 {
                        return Err(NotPlain);
                    }
                    seen |= 1 << index;
                    before = index + 1;
                    self.value(key, &mut row)?;
                } else {
                    self.text.ignore()?;
                }
                if !self.text.goes_on(b'}')? {
                    break;
                }
            }
        }
        row.close(self.hand);
        Ok(())
    }

    /// The index of the key that stands here; nothing where nobody declared it.
    #[inline]
    fn key(&mut self, (subject, keys): (Subject, &'static [Key]), before: usize) -> Result<Option<usize>, NotPlain> {
        self.text.skip_space();
        let guess = self.hand.state.keys.guess(subject, before);
        if keys.get(guess).is_some_and(|key| self.text.opens(&key.opening)) {
            return Ok(Some(guess));
        }
        let name = self.text.name()?;
        Ok(self.hand.key(subject, before, name))
    }

    #[inline]
    fn value(&mut self, key: &'static Key, row: &mut Row) -> Result<(), NotPlain> {
        let next = self.text.skip_space();
        let subject = match &key.target {
            Target::Cell(column) => return self.cell((column, Form::Plain), (next, &mut row.cells)),
            Target::Instant(column) => return self.cell((column, Form::Instant), (next, &mut row.cells)),
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
        let next = self.text.skip_space();
        let column = Column::new(fields::requested_course::COURSE);
        self.cell((&column, Form::Plain), (next, &mut row.cells))?;
        row.close(self.hand);
        Ok(())
    }

    #[inline]
    fn cell(&mut self, (column, form): (&Column, Form), (next, cells): (Option<u8>, &mut Cells)) -> Result<(), NotPlain> {
        let cell = match next {
            Some(b'"') => self.text((column, form))?,
            Some(b'-' | b'0'..=b'9') if form == Form::Plain && column.kind.is_number() => {
                let number = self.text.number()?;
                plain_number_cell((column.field, column.kind), (number.digits, number.decimals)).ok_or(NotPlain)?
            }
            Some(b't') if column.kind == FieldKind::Boolean => self.text.word("true").map(|()| Cell::from(true))?,
            Some(b'f') if column.kind == FieldKind::Boolean => self.text.word("false").map(|()| Cell::from(false))?,
            Some(b'n') => return self.text.word("null"),
            _ => return Err(NotPlain),
        };
        cells.put(column.field, cell).map_err(|_| NotPlain)
    }

    #[inline]
    fn text(&mut self, (column, form): (&Column, Form)) -> Result<Cell, NotPlain> {
        if form == Form::Plain
            && let Some(text) = self.text.short_string()
            && let Some(cell) = self.hand.short_cell(column.kind, text)
        {
            self.text.pass_string(text.len());
            return Ok(cell);
        }
        self.any_text((*column, form))
    }

    #[inline(never)]
    fn any_text(&mut self, (column, form): (Column, Form)) -> Result<Cell, NotPlain> {
        let short = if form == Form::Plain { self.text.short_string() } else { None };
        let cell = match self.text.string()? {
            Some(text) => text_cell(self.hand, (column, form), text),
            None => text_cell(self.hand, (column, form), &self.text.escaped_string()?),
        };
        let cell = cell.map_err(|_| NotPlain)?;
        if let Some(text) = short {
            self.hand.remember(column.kind, (text, cell));
        }
        Ok(cell)
    }
}

impl Hand<'_, '_> {
    /// The cell of a short text, where it is known at once.
    #[inline]
    fn short_cell(&self, kind: FieldKind, text: Packed) -> Option<Cell> {
        match kind {
            FieldKind::Enumeration(list) => packed_word(list, text),
            FieldKind::Reference(subject) => self.reading.find_packed(subject, text).map(|id| Provisional::Known(id).cell()),
            FieldKind::Day | FieldKind::EventDay | FieldKind::AcademicYear => self.state.calendar.find(text),
            FieldKind::Boolean
            | FieldKind::Integer
            | FieldKind::Decimal
            | FieldKind::Credits
            | FieldKind::Score
            | FieldKind::Semester
            | FieldKind::Text => None,
        }
    }

    fn remember(&mut self, kind: FieldKind, known: (Packed, Cell)) {
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
