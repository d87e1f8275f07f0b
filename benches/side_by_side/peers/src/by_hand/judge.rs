//! The twelve rules over masks.

use crate::YEAR;
use crate::catalogue::{Catalogue, Masks};
use crate::record::{Compact, Contract, Row, day};

/// A rule that is broken, and by which unit for want of which.
pub struct Violation {
    rule: u8,
    programme: u8,
    unit: Option<u8>,
    prior: Option<u8>,
}

impl Violation {
    /// `id TAB Rnn TAB subject NEWLINE`
    pub fn write(&self, catalogue: &Catalogue, student: &str, out: &mut Vec<u8>) {
        let name = |unit: u8| catalogue.programmes[usize::from(self.programme)].names[usize::from(unit)].as_bytes();
        out.extend_from_slice(student.as_bytes());
        out.extend_from_slice(&[b'\t', b'R', b'0' + self.rule / 10, b'0' + self.rule % 10, b'\t']);
        out.extend_from_slice(self.unit.map_or(b"-", name));
        if let Some(prior) = self.prior {
            out.push(b'/');
            out.extend_from_slice(name(prior));
        }
        out.push(b'\n');
    }
}

/// What was done and tried, and before which semester, as masks.
#[derive(Default)]
struct Past {
    acquired: u64,
    done: u64,
    tried: u64,
    done_before: [u64; 3],
    tried_before: [u64; 3],
    enrolled_for: i64,
    passed: i64,
}

fn past(rows: &[Row]) -> Past {
    let mut past = Past::default();
    for row in rows {
        let bit = 1_u64 << row.unit;
        let done = if row.flags != 0 { bit } else { 0 };
        let acquired = row.flags & 1 != 0;
        past.acquired |= if acquired { bit } else { 0 };
        past.done |= done;
        past.tried |= bit;
        for semester in [1_u8, 2] {
            let earlier = (i32::from(row.year), row.semester) < (YEAR, semester);
            past.done_before[usize::from(semester)] |= if earlier { done } else { 0 };
            past.tried_before[usize::from(semester)] |= if earlier { bit } else { 0 };
        }
        if i32::from(row.year) == YEAR - 1 && row.flags & 4 == 0 {
            past.enrolled_for += i64::from(row.tenths);
            past.passed += if acquired { i64::from(row.tenths) } else { 0 };
        }
    }
    past
}

fn each_bit(mut mask: u64, mut each: impl FnMut(u8)) {
    while mask != 0 {
        each(u8::try_from(mask.trailing_zeros()).unwrap_or(0));
        mask &= mask - 1;
    }
}

impl Past {
    /// Whether the efficiency, rounded half up, is at least so many percent.
    fn reaches(&self, percent: i64) -> bool {
        200 * self.passed >= (2 * percent - 1) * self.enrolled_for
    }
}

/// What the ISP holds, as masks.
#[derive(Default)]
struct Taken {
    all: u64,
    exempted: u64,
    first_semester: u64,
    tenths: i64,
}

fn taken(compact: &Compact) -> Taken {
    let mut taken = Taken::default();
    for line in &compact.lines {
        let bit = 1_u64 << line.unit;
        taken.all |= bit;
        taken.first_semester |= if line.semester == 1 { bit } else { 0 };
        taken.exempted |= if line.exempted { bit } else { 0 };
        taken.tenths += if line.exempted { 0 } else { i64::from(line.tenths) };
    }
    taken
}

pub fn judge(catalogue: &Catalogue, compact: &Compact, out: &mut Vec<Violation>) {
    let programme = compact.programme;
    let masks = &catalogue.programmes[usize::from(programme)];
    let (past, taken) = (past(&compact.rows), taken(compact));
    let mut broken = |rule: u8, unit: Option<u8>, prior: Option<u8>| out.push(Violation { rule, programme, unit, prior });
    let (diploma, exam) = (compact.contract == Contract::Diploma, compact.contract == Contract::Exam);
    let most = if past.enrolled_for > 0 && past.reaches(80) { 720 } else { 600 };
    if taken.tenths < if diploma { 270 } else { 30 } || taken.tenths > most {
        broken(1, None, None);
    }
    let deadline = day("2024-10-15");
    if compact.sent > if compact.enrolled <= deadline { deadline } else { compact.enrolled + 7 } {
        broken(6, None, None);
    }
    if diploma && past.enrolled_for > 0 && !past.reaches(30) {
        broken(7, None, None);
    }
    let linked = compact.group.filter(|group| {
        let group = &catalogue.groups[usize::from(*group)];
        group.programme == programme && group.phase == compact.phase
    });
    if !exam && linked.is_none() {
        broken(8, None, None);
    }
    lines(catalogue, (compact, masks), (&past, &taken, linked), &mut broken);
    if diploma {
        each_bit(masks.compulsory[usize::from(compact.phase)] & !(taken.all | past.done), |unit| broken(10, Some(unit), None));
    }
}

fn lines(
    catalogue: &Catalogue,
    (compact, masks): (&Compact, &Masks),
    (past, taken, linked): (&Past, &Taken, Option<u16>),
    broken: &mut impl FnMut(u8, Option<u8>, Option<u8>),
) {
    let exam = compact.contract == Contract::Exam;
    for line in &compact.lines {
        let unit = Some(line.unit);
        if line.tenths % 10 != 0 {
            broken(2, unit, None);
        }
        if line.exempted {
            continue;
        }
        let serves = |event: u16, group: u16| {
            let event = usize::from(event);
            catalogue.events[event] == (compact.programme, line.unit) && catalogue.served[event] >> group & 1 == 1
        };
        if let Some(group) = linked.filter(|_| !exam)
            && !line.event.is_some_and(|event| serves(event, group))
        {
            broken(9, unit, None);
        }
        let (semester, at) = (usize::from(line.semester), usize::from(line.unit));
        let scheduled = if semester == 2 { taken.first_semester } else { 0 };
        each_bit(masks.strict[at] & !(past.done_before[semester] | taken.exempted), |prior| broken(3, unit, Some(prior)));
        each_bit(masks.flexible[at] & !(past.tried_before[semester] | scheduled | taken.exempted), |prior| broken(4, unit, Some(prior)));
        each_bit(masks.simultaneous[at] & !(taken.all | past.tried), |prior| broken(5, unit, Some(prior)));
        if exam && masks.exam_contract >> line.unit & 1 == 0 {
            broken(11, unit, None);
        }
        if past.acquired >> line.unit & 1 == 1 {
            broken(12, unit, None);
        }
    }
}
