//! Making the students of one block: who is clean as drawn, who is mended or drawn again, who has a violation planted.

use std::ops::Range;

use crate::generate::changes::Sorts;
use crate::generate::cohort::{Counts, Lines, Order, number};
use crate::generate::dossier::{Datum, Row};
use crate::generate::judge::Judge;
use crate::generate::plant::{Effort, Mending, Planted, plant};
use crate::generate::random::Random;
use crate::generate::rehearsal::{Broken, Rehearsal};
use crate::generate::sieve::Sieve;
use crate::generate::stage::Stage;
use crate::generate::students::{self, Student, Wish};
use crate::vocabulary::{Subject, fields};

/// Students are counted in ten thousands.
const ALL: u64 = 10_000;
/// Students who are drawn for a planted violation before one of the rehearsal stands in.
const DRAWS: usize = 3;
/// Changes that are tried on each.
const TRIES: usize = 12;

/// Makes the students of a block.
pub(super) struct Maker<'m> {
    order: Order,
    stage: &'m Stage<'m>,
    rehearsal: &'m Rehearsal,
    judge: Judge<'m>,
}

/// What is made of one student.
enum Made<'m> {
    Clean(Student, Random),
    Planted(&'m Broken),
}

impl<'m> Maker<'m> {
    pub(super) fn new(order: Order, stage: &'m Stage<'m>, rehearsal: &'m Rehearsal) -> Self {
        Self { order, stage, rehearsal, judge: stage.judge() }
    }

    pub(super) fn students(&mut self, indexes: Range<u64>) -> Lines {
        let made: Vec<(u64, Made<'m>)> = indexes.map(|index| (index, self.begun(index))).collect();
        let drawn = made.iter().filter_map(|(_, made)| if let Made::Clean(student, _) = made { Some(&student.dossier) } else { None });
        let mut clean = Sieve::new(self.stage).clean(drawn).into_iter();
        let mut lines = Lines::default();
        for (index, made) in made {
            lines.counts.students += 1;
            match made {
                Made::Planted(broken) => self.with_violation(index, broken, &mut lines),
                Made::Clean(student, random) => match clean.next().flatten() {
                    Some(line) => lines.dossiers.extend(line),
                    None => self.without_luck(index, (student, random), &mut lines),
                },
            }
        }
        lines
    }

    fn begun(&self, index: u64) -> Made<'m> {
        if let Some(broken) = self.broken(index) {
            return Made::Planted(broken);
        }
        let mut random = self.order.random(index);
        Made::Clean(students::drawn(self.stage, self.wish(&number(index)), &mut random), random)
    }

    fn wish<'w>(&self, number: &'w str) -> Wish<'w>
    where
        'm: 'w,
    {
        Wish { number, manner: self.rehearsal.manner(), profile: None }
    }

    /// The check that is broken for this student. Those with violations are spread evenly, and the checks take turns.
    fn broken(&self, index: u64) -> Option<&'m Broken> {
        let planted = u128::from(self.order.planted.min(ALL));
        let before = |index: u64| u128::from(index) * planted / u128::from(ALL);
        let (turn, checks) = (before(index), &self.rehearsal.broken);
        let count = u128::try_from(checks.len()).ok().filter(|count| *count > 0)?;
        let which = usize::try_from(turn % count).ok().filter(|_| before(index + 1) > turn)?;
        checks.get(which)
    }

    fn write(&self, dossier: &Row, lines: &mut Lines) {
        self.stage.writer().line(dossier, &mut lines.dossiers);
    }

    /// A student who is not clean as drawn: drawn again, mended, or without an enrolment in the year, which no rule is about.
    fn without_luck(&mut self, index: u64, (student, mut random): (Student, Random), lines: &mut Lines) {
        let number = number(index);
        let (stage, wish) = (self.stage, self.wish(&number));
        let year = Datum::Year(stage.setting().year);
        if let Some(student) = students::another(stage, &mut self.judge, wish, &mut random) {
            return self.write(&student.dossier, lines);
        }
        let mut gone = student.dossier;
        gone.rows.retain(|row| row.subject != Subject::Enrolment || row.get(fields::enrolment::ACADEMIC_YEAR) != Some(&year));
        lines.counts.idle += 1;
        self.write(&gone, lines);
    }

    fn with_violation(&mut self, index: u64, broken: &Broken, lines: &mut Lines) {
        let number = number(index);
        let planted = self.planted(index, (&number, broken));
        self.write(&planted.dossier, lines);
        lines.counts.add(Counts { planted: 1, ..Counts::default() });
        for finding in planted.findings {
            let mut expected = finding.expected;
            expected.student = number.as_str().into();
            lines.expected.push_str(&expected.line());
            lines.counts.findings += 1;
        }
    }

    fn planted(&mut self, index: u64, (number, broken): (&str, &Broken)) -> Planted {
        let mut random = self.order.random(index);
        let (stage, target, sorts) = (self.stage, broken.target, broken.sorts());
        for _ in 0..DRAWS {
            let like = random.pick(&broken.specimens).map(|specimen| &specimen.profile);
            let wish = Wish { profile: like, ..self.wish(number) };
            let Some(student) = students::one(stage, &mut self.judge, wish, &mut random) else { continue };
            let effort = Effort { sorts: Sorts::Only(&sorts), tries: TRIES, company: &broken.company, mending: Mending::Left };
            let planted = plant(stage, &mut self.judge, (&student.dossier, target, effort), &mut random);
            if let Some(planted) = planted.filter(|planted| planted.company(target) == broken.company) {
                return planted;
            }
        }
        stand_in(broken, number, &mut random)
    }
}

/// A student of the rehearsal under another number.
fn stand_in(broken: &Broken, number: &str, random: &mut Random) -> Planted {
    // INVARIANT: a broken check has at least one specimen.
    let mut planted = broken.specimens[random.below(broken.specimens.len())].planted.clone();
    planted.dossier.set(fields::student::STUDENT, Datum::Text(number.to_owned().into()));
    planted
}
