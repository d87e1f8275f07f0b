//! The twelve rules written by hand, with bit masks over a programme's units: the line to beat. It knows the shape of its records and nothing else.

use crate::generator::{Contract, DEADLINE, Dossier, Outcome, Programme, YEAR};

/// A unit's prerequisites and what else of it the rules look at, as masks.
#[derive(Default, Clone)]
struct UnitMasks {
    strict: u64,
    flexible: u64,
    simultaneous: u64,
    events: usize,
}

/// A programme as masks.
pub(crate) struct Masks {
    units: Vec<UnitMasks>,
    compulsory: [u64; 4],
    exam_contract: u64,
}

#[derive(Clone, Copy)]
struct Line {
    unit: u16,
    tenths: i16,
    semester: u8,
    exempted: bool,
    /// The unit and the number of the event.
    event: Option<(u16, u16)>,
}

#[derive(Clone, Copy)]
struct Row {
    unit: u16,
    year: i16,
    tenths: i16,
    semester: u8,
    /// 1 passed, 2 tolerated, 4 exempted
    flags: u8,
}

/// A dossier in few bytes; lines and rows lie in the cohort's own vectors.
struct Head {
    programme: u8,
    phase: u8,
    contract: u8,
    group: Option<(u8, u8, u8)>,
    enrolled: i32,
    sent: i32,
    lines: std::ops::Range<u32>,
    rows: std::ops::Range<u32>,
}

const DIPLOMA: u8 = 0;
const EXAM: u8 = 2;

/// Dossiers ready to be judged.
pub(crate) struct Compact {
    programmes: Vec<Masks>,
    heads: Vec<Head>,
    lines: Vec<Line>,
    rows: Vec<Row>,
}

fn narrow<T: TryFrom<usize> + Default>(number: usize) -> T {
    T::try_from(number).unwrap_or_default()
}

fn mask(units: &[usize]) -> u64 {
    units.iter().fold(0, |mask, unit| mask | 1 << unit)
}

impl Masks {
    fn new(programme: &Programme) -> Self {
        let of = |wanted: &dyn Fn(usize) -> bool| mask(&(0..programme.units.len()).filter(|unit| wanted(*unit)).collect::<Vec<_>>());
        Self {
            units: programme
                .units
                .iter()
                .map(|unit| UnitMasks {
                    strict: mask(&unit.strict),
                    flexible: mask(&unit.flexible),
                    simultaneous: mask(&unit.simultaneous),
                    events: unit.events,
                })
                .collect(),
            compulsory: [0, 1, 2, 3].map(|phase| of(&|unit| programme.units[unit].phase == phase && programme.units[unit].compulsory)),
            exam_contract: of(&|unit| programme.units[unit].exam_contract),
        }
    }
}

impl Compact {
    pub(crate) fn new(programmes: &[Programme], dossiers: &[Dossier]) -> Self {
        let mut compact = Self { programmes: programmes.iter().map(Masks::new).collect(), heads: Vec::new(), lines: Vec::new(), rows: Vec::new() };
        for dossier in dossiers {
            let (lines, rows) = (compact.lines.len(), compact.rows.len());
            compact.lines.extend(dossier.lines.iter().map(|line| Line {
                unit: narrow(line.unit),
                tenths: narrow(line.tenths),
                semester: narrow(line.semester),
                exempted: line.exempted,
                event: line.event.map(|event| (narrow(event.unit), narrow(event.number))),
            }));
            compact.rows.extend(dossier.rows.iter().map(|row| Row {
                unit: narrow(row.unit),
                year: i16::try_from(row.year).unwrap_or(0),
                tenths: narrow(row.tenths),
                semester: narrow(row.semester),
                flags: match row.outcome {
                    Outcome::Passed => 1,
                    Outcome::Tolerated => 2,
                    Outcome::Exempted => 4,
                    Outcome::Failed => 0,
                },
            }));
            compact.heads.push(Head {
                programme: narrow(dossier.programme),
                phase: narrow(dossier.phase),
                contract: match dossier.contract {
                    Contract::Diploma => DIPLOMA,
                    Contract::Credit => 1,
                    Contract::Exam => EXAM,
                },
                group: dossier.group.map(|group| (narrow(group.programme), narrow(group.phase), narrow(group.letter))),
                enrolled: narrow(dossier.enrolled),
                sent: dossier.sent.map_or(i32::MAX, narrow),
                lines: narrow(lines)..narrow(compact.lines.len()),
                rows: narrow(rows)..narrow(compact.rows.len()),
            });
        }
        compact
    }

    /// How often each rule is broken.
    pub(crate) fn judge(&self) -> [u64; 12] {
        let mut broken = [0; 12];
        for head in &self.heads {
            let (lines, rows) = (head.lines.start as usize..head.lines.end as usize, head.rows.start as usize..head.rows.end as usize);
            judge(&self.programmes[head.programme as usize], head, (&self.lines[lines], &self.rows[rows]), &mut broken);
        }
        broken
    }
}

/// What was done and taken up, and when, as masks over the units.
#[derive(Default)]
struct Past {
    acquired: u64,
    done: u64,
    exempted: u64,
    done_before: [u64; 3],
    tried: u64,
    tried_before: [u64; 3],
    enrolled_for: i64,
    passed: i64,
}

fn past(rows: &[Row]) -> Past {
    let mut past = Past::default();
    let now = YEAR * 2;
    for row in rows {
        let bit = 1_u64 << row.unit;
        let when = i32::from(row.year) * 2 + i32::from(row.semester) - 1;
        let done = if row.flags != 0 { bit } else { 0 };
        past.acquired |= if row.flags & 1 != 0 { bit } else { 0 };
        past.exempted |= if row.flags & 4 != 0 { bit } else { 0 };
        past.done |= done;
        past.tried |= bit;
        for semester in [1, 2] {
            let before = if when < now + semester - 1 { u64::MAX } else { 0 };
            past.done_before[usize::try_from(semester).unwrap_or(0)] |= done & before;
            past.tried_before[usize::try_from(semester).unwrap_or(0)] |= bit & before;
        }
        if i32::from(row.year) == YEAR - 1 && row.flags & 4 == 0 {
            past.enrolled_for += i64::from(row.tenths);
            past.passed += if row.flags & 1 != 0 { i64::from(row.tenths) } else { 0 };
        }
    }
    past
}

/// Whether the percentage, rounded half up, is at least so many.
fn reaches(past: &Past, percent: i64) -> bool {
    200 * past.passed >= (2 * percent - 1) * past.enrolled_for
}

fn judge(programme: &Masks, head: &Head, (lines, rows): (&[Line], &[Row]), broken: &mut [u64; 12]) {
    let past = past(rows);
    let (mut all, mut exempted, mut first_semester, mut total) = (0_u64, 0_u64, 0_u64, 0_i64);
    for line in lines {
        let bit = 1_u64 << line.unit;
        all |= bit;
        first_semester |= if line.semester == 1 { bit } else { 0 };
        exempted |= if line.exempted { bit } else { 0 };
        total += if line.exempted { 0 } else { i64::from(line.tenths) };
    }
    let deadline = i32::try_from(DEADLINE).unwrap_or(0);
    let most = if past.enrolled_for > 0 && reaches(&past, 80) { 720 } else { 600 };
    let least = if head.contract == DIPLOMA { 270 } else { 30 };
    broken[0] += u64::from(total < least || total > most);
    broken[5] += u64::from(head.sent > if head.enrolled <= deadline { deadline } else { head.enrolled + 7 });
    broken[6] += u64::from(head.contract == DIPLOMA && past.enrolled_for > 0 && !reaches(&past, 30));
    let linked = matches!(head.group, Some((programme, phase, _)) if programme == head.programme && phase == head.phase);
    broken[7] += u64::from(head.contract != EXAM && !linked);
    for line in lines {
        broken[1] += u64::from(line.tenths % 10 != 0);
        if line.exempted {
            continue;
        }
        let unit = &programme.units[line.unit as usize];
        if head.contract != EXAM && linked {
            let letter = head.group.map_or(0, |(_, _, letter)| letter);
            let serves = |(of, number): (u16, u16)| of == line.unit && usize::from(letter) % unit.events == usize::from(number);
            broken[8] += u64::from(!line.event.is_some_and(serves));
        }
        let semester = line.semester as usize;
        let scheduled = if semester == 2 { first_semester } else { 0 };
        let free = exempted | past.exempted;
        broken[2] += u64::from((unit.strict & !(past.done_before[semester] | free)).count_ones());
        broken[3] += u64::from((unit.flexible & !(past.tried_before[semester] | scheduled | free)).count_ones());
        broken[4] += u64::from((unit.simultaneous & !(all | past.tried)).count_ones());
        broken[10] += u64::from(head.contract == EXAM && programme.exam_contract >> line.unit & 1 == 0);
        broken[11] += past.acquired >> line.unit & 1;
    }
    if head.contract == DIPLOMA {
        broken[9] += u64::from((programme.compulsory[head.phase as usize] & !(all | past.done)).count_ones());
    }
}
