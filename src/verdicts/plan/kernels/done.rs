//! `enrolment.done_credits`: the credits of distinct course units acquired, tolerated or exempted before an enrolment's year, in its programme.

use crate::rulebook::StudyRelation;
use crate::verdicts::{Read, World};
use crate::vocabulary::{Cell, MISSING, Subject, dates, fields};

use super::super::column::{LARGEST, Marked, PUNT, Word, cell_of_row};
use super::super::facts;
use super::super::machine::Frame;

/// What one course unit counts for.
#[derive(Clone, Copy)]
struct Credit {
    class: Cell,
    /// An exemption stands before all years.
    year: i32,
    credits: Cell,
    surely: bool,
}

pub(super) fn done_credits(frame: &Frame<'_>, enrolments: &[Cell], out: &mut Vec<i64>) {
    let Some(nodes) = frame.program.fact_nodes else { return };
    let mut counter = Counter {
        frame,
        words: frame.words(nodes.entry_words),
        classes: frame.cells(nodes.entry_classes),
        exemption_classes: frame.cells(nodes.exemption_classes),
        credits: Vec::new(),
    };
    out.extend(enrolments.iter().map(|row| {
        if row.is_mark() {
            return i64::mark(PUNT);
        }
        counter.total(row.cast_unsigned()).filter(|total| total.abs() < LARGEST).unwrap_or_else(|| i64::mark(PUNT))
    }));
}

struct Counter<'a> {
    frame: &'a Frame<'a>,
    words: &'a [Word],
    classes: &'a [Cell],
    exemption_classes: &'a [Cell],
    credits: Vec<Credit>,
}

impl Counter<'_> {
    /// The total in thousandths; nothing where it is not surely known.
    fn total(&mut self, own: u32) -> Option<i64> {
        let world = self.frame.world;
        let batch = world.context.batch;
        let (table, entries) = (batch.table(Subject::Enrolment), batch.table(Subject::Entry));
        self.credits.clear();
        let year = world.year_of(own)?;
        let programme = world.reference(fields::enrolment::PROGRAMME, own)?;
        for earlier in table.rows_of(table.owner(own)) {
            let Some(its_year) = world.year_of(earlier).filter(|its| *its < year) else { continue };
            let code = |row| world.code(Subject::Programme, row);
            if code(world.reference(fields::enrolment::PROGRAMME, earlier)?) != code(programme) {
                continue;
            }
            for entry in entries.rows_of(earlier) {
                self.add_entry(entry, its_year)?;
            }
        }
        self.add_exemptions(own, programme)?;
        self.credits.iter().try_fold(0_i64, |total, credit| (credit.surely && credit.credits != MISSING).then(|| total + i64::from(credit.credits)))
    }

    fn add_entry(&mut self, entry: u32, year: i32) -> Option<()> {
        let word = self.words.get(entry as usize).copied().unwrap_or(facts::PERHAPS);
        let all = [StudyRelation::Acquired, StudyRelation::Tolerated, StudyRelation::ExemptedFrom].map(facts::relation);
        let (sure, possible) = all.iter().fold((0, 0), |(sure, possible), (one, perhaps)| (sure | one, possible | perhaps));
        if word & (sure | possible) == 0 {
            return Some(());
        }
        let class = self.classes.get(entry as usize).copied().filter(|class| !class.is_mark())?;
        let credits = self.frame.world.context.batch.cell(fields::entry::CREDITS, entry);
        self.add(Credit { class, year, credits, surely: word & sure != 0 });
        Some(())
    }

    fn add_exemptions(&mut self, own: u32, programme: u32) -> Option<()> {
        let world = self.frame.world;
        let student = world.context.batch.table(Subject::Enrolment).owner(own);
        let first = first_day(world, own);
        for row in world.context.batch.table(Subject::Exemption).rows_of(student) {
            let surely = match world.read(fields::exemption::GRANTED_ON, row) {
                Read::Given(day) if first.is_some_and(|first| day < first) => true,
                Read::Given(_) | Read::NotHappened => continue,
                Read::Missing => false,
            };
            let class = self.exemption_classes.get(row as usize).copied().filter(|class| !class.is_mark())?;
            let known = world.is_documented(Subject::Programme, programme);
            if known && !self.frame.program.units.has_class(cell_of_row(programme), class) {
                continue;
            }
            let credits = world.context.batch.cell(fields::exemption::CREDITS, row);
            self.add(Credit { class, year: i32::MIN, credits, surely });
        }
        Some(())
    }

    /// What is sure goes before what is not, then the latest year.
    fn add(&mut self, credit: Credit) {
        match self.credits.iter_mut().find(|known| known.class == credit.class) {
            Some(known) if (credit.surely, credit.year) > (known.surely, known.year) => *known = credit,
            Some(_) => {}
            None => self.credits.push(credit),
        }
    }
}

fn first_day(world: World<'_>, enrolment: u32) -> Option<Cell> {
    let year = world.year_of(enrolment)?;
    let calendar = world.context.rulebook.calendar(year);
    let first = calendar.map(|calendar| calendar.first).or_else(|| chrono::NaiveDate::from_ymd_opt(year, 9, 1))?;
    dates::cell_of_date(first)
}
