//! A college of six programmes and its students, about one in three of whom breaks a rule: as JSON for the reader, and as plain numbers for the
//! evaluator by hand.

use std::fmt::Write as _;

use crate::detail::Detail;
use crate::dice::Dice;

pub(crate) const YEAR: i32 = 2024;
const PROGRAMMES: [&str; 6] = ["TI", "BM", "VP", "OR", "SW", "EM"];
const LETTERS: [&str; 6] = ["A", "B", "C", "D", "E", "F"];
const PHASES: usize = 3;
const UNITS_A_PHASE: usize = 20;
const COMPULSORY: usize = 8;
/// 15 October 2024, counted from 1 January 2024.
pub(crate) const DEADLINE: usize = 288;

pub(crate) struct Unit {
    pub(crate) code: String,
    pub(crate) phase: usize,
    pub(crate) credits: usize,
    pub(crate) semester: usize,
    pub(crate) compulsory: bool,
    pub(crate) exam_contract: bool,
    pub(crate) strict: Vec<usize>,
    pub(crate) flexible: Vec<usize>,
    pub(crate) simultaneous: Vec<usize>,
    /// Each is open to every so many class groups of a phase.
    pub(crate) events: usize,
}

pub(crate) struct Programme {
    pub(crate) code: &'static str,
    pub(crate) units: Vec<Unit>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Contract {
    Diploma,
    Credit,
    Exam,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Passed,
    Failed,
    Tolerated,
    Exempted,
}

/// A class group by its programme, phase and letter.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) programme: usize,
    pub(crate) phase: usize,
    pub(crate) letter: usize,
}

/// An event of a unit.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) unit: usize,
    pub(crate) number: usize,
}

#[derive(Clone)]
pub(crate) struct Line {
    pub(crate) unit: usize,
    pub(crate) tenths: usize,
    pub(crate) semester: usize,
    pub(crate) event: Option<Event>,
    pub(crate) exempted: bool,
}

#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) unit: usize,
    pub(crate) year: i32,
    pub(crate) semester: usize,
    pub(crate) tenths: usize,
    pub(crate) outcome: Outcome,
}

pub(crate) struct Dossier {
    pub(crate) number: usize,
    pub(crate) programme: usize,
    pub(crate) phase: usize,
    pub(crate) contract: Contract,
    pub(crate) group: Option<Group>,
    pub(crate) enrolled: usize,
    pub(crate) sent: Option<usize>,
    pub(crate) lines: Vec<Line>,
    pub(crate) rows: Vec<Row>,
}

fn index(phase: usize, unit: usize) -> usize {
    (phase - 1) * UNITS_A_PHASE + unit
}

pub(crate) fn programmes() -> Vec<Programme> {
    PROGRAMMES.iter().enumerate().map(|(number, code)| programme(number, code)).collect()
}

fn programme(number: usize, code: &'static str) -> Programme {
    let mut dice = Dice::new(11, number as u64);
    let mut units: Vec<Unit> = Vec::new();
    for phase in 1..=PHASES {
        for unit in 0..UNITS_A_PHASE {
            let compulsory = unit < COMPULSORY;
            units.push(Unit {
                code: format!("{code}-{phase}{unit:02}"),
                phase,
                credits: if compulsory { [6, 6, 6, 6, 6, 5, 5, 5][unit] } else { [3, 4, 5, 6][unit % 4] },
                semester: 1 + unit % 2,
                compulsory,
                exam_contract: dice.hits(80),
                strict: Vec::new(),
                flexible: Vec::new(),
                simultaneous: Vec::new(),
                events: [1, 2, 3, 6][dice.below(4)],
            });
        }
        if phase > 1 {
            for unit in [0, 1, 2, 4, 7, 8, 11, 14, 17] {
                units[index(phase, unit)].strict.push(index(phase - 1, dice.below(COMPULSORY)));
            }
            for unit in [3, 9] {
                units[index(phase, unit)].flexible.push(index(phase - 1, dice.below(COMPULSORY)));
            }
        }
        for unit in [1, 5, 13] {
            units[index(phase, unit)].flexible.push(index(phase, 2 * dice.below(4)));
        }
        for unit in [6, 10, 16] {
            units[index(phase, unit)].simultaneous.push(index(phase, 1 + 2 * dice.below(4)));
        }
    }
    Programme { code, units }
}

pub(crate) fn student(number: usize, programmes: &[Programme]) -> Dossier {
    let dice = &mut Dice::new(42, number as u64);
    let programme = dice.below(programmes.len());
    let units = &programmes[programme].units;
    let phase = [1, 1, 1, 1, 2, 2, 2, 3, 3, 3][dice.below(10)];
    let contract = [Contract::Diploma, Contract::Credit, Contract::Exam][[0, 0, 0, 0, 0, 0, 0, 0, 1, 2][dice.below(10)]];
    let letter = dice.below(LETTERS.len());
    let rows = history(dice, units, phase);
    let lines = lines(dice, (units, contract), (phase, letter), &rows);
    let late = dice.hits(6);
    let enrolled = if late { DEADLINE + 1 + dice.below(60) } else { 180 + dice.below(DEADLINE - 180) };
    let sent = if late { enrolled + dice.below(8) } else { enrolled.max(250) + dice.below(DEADLINE + 1 - enrolled.max(250)) };
    let group = Group { programme, phase, letter };
    let mut dossier = Dossier { number, programme, phase, contract, group: Some(group), enrolled, sent: Some(sent), lines, rows };
    break_some_rule(dice, units, &mut dossier);
    dossier
}

fn history(dice: &mut Dice, units: &[Unit], phase: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let repeats = i32::from(dice.hits(15));
    for earlier in 1..phase {
        let year = YEAR - i32::try_from(phase - earlier).unwrap_or(0) - repeats;
        let mut credits = 0;
        for unit in 0..UNITS_A_PHASE {
            let unit = index(earlier, unit);
            if !units[unit].compulsory && (credits >= 57 || !dice.hits(45)) {
                continue;
            }
            credits += units[unit].credits;
            let throw = dice.below(100);
            let outcome = match throw {
                0..3 => Outcome::Exempted,
                3..9 => Outcome::Tolerated,
                9..13 => Outcome::Failed,
                _ => Outcome::Passed,
            };
            rows.push(row(units, unit, year, outcome));
        }
    }
    if repeats == 1 {
        for unit in 0..COMPULSORY + 3 {
            let outcome = if dice.hits(55) { Outcome::Passed } else { Outcome::Failed };
            rows.push(row(units, index(phase, unit), YEAR - 1, outcome));
        }
    }
    rows
}

fn row(units: &[Unit], unit: usize, year: i32, outcome: Outcome) -> Row {
    Row { unit, year, semester: units[unit].semester, tenths: units[unit].credits * 10, outcome }
}

fn is_done(rows: &[Row], unit: usize) -> bool {
    rows.iter().any(|row| row.unit == unit && row.outcome != Outcome::Failed)
}

fn lines(dice: &mut Dice, (units, contract): (&[Unit], Contract), (phase, letter): (usize, usize), rows: &[Row]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut credits = 0;
    let start = dice.below(UNITS_A_PHASE);
    let in_turn = (0..UNITS_A_PHASE).map(|unit| (start + unit) % UNITS_A_PHASE);
    for unit in (0..COMPULSORY).chain(in_turn) {
        let unit = index(phase, unit);
        let own = &units[unit];
        let taken = |other: usize| lines.iter().any(|line| line.unit == other);
        let compulsory = contract == Contract::Diploma && own.compulsory;
        let fits = own.strict.iter().all(|prior| is_done(rows, *prior))
            && own.simultaneous.iter().chain(&own.flexible).all(|prior| taken(*prior) || rows.iter().any(|row| row.unit == *prior));
        if taken(unit)
            || is_done(rows, unit)
            || credits + own.credits > 60
            || (!compulsory && !fits)
            || (contract == Contract::Exam && !own.exam_contract)
        {
            continue;
        }
        let exempted = dice.hits(3);
        let event = (contract != Contract::Exam && !exempted).then_some(Event { unit, number: letter % own.events });
        lines.push(Line { unit, tenths: own.credits * 10, semester: own.semester, event, exempted });
        credits += own.credits;
    }
    lines
}

fn break_some_rule(dice: &mut Dice, units: &[Unit], dossier: &mut Dossier) {
    let lines = dossier.lines.len();
    let chosen = dice.below(lines);
    match dice.below(40) {
        0 => dossier.sent = dossier.sent.map(|day| day + 8).filter(|_| dice.hits(70)),
        1 if lines > 0 => dossier.lines[chosen].tenths += [5, 3, 7, 1][dice.below(4)],
        2 if lines > 0 => dossier.lines[chosen].event = None,
        3 => dossier.group = None,
        4 => dossier.group = dossier.group.map(|group| Group { phase: group.phase % PHASES + 1, ..group }),
        5 if lines > 0 => drop(dossier.lines.remove(chosen)),
        6 => dossier.lines.truncate(4),
        7 => {
            for line in &mut dossier.lines {
                line.semester = 3 - line.semester;
            }
        }
        8 => {
            let again: Vec<Line> = dossier.rows.iter().take(1 + dice.below(2)).map(|row| retaken(units, row)).collect();
            dossier.lines.extend(again);
        }
        9 => {
            for row in &mut dossier.rows {
                row.outcome = if dice.hits(70) { Outcome::Failed } else { row.outcome };
            }
        }
        10 => {
            let more =
                (COMPULSORY..UNITS_A_PHASE).map(|unit| index(dossier.phase, unit)).filter(|unit| dossier.lines.iter().all(|line| line.unit != *unit));
            let more: Vec<Line> = more.take(4).map(|unit| retaken(units, &row(units, unit, YEAR, Outcome::Failed))).collect();
            dossier.lines.extend(more);
        }
        _ => {}
    }
}

fn retaken(units: &[Unit], row: &Row) -> Line {
    Line { unit: row.unit, tenths: units[row.unit].credits * 10, semester: row.semester, event: None, exempted: false }
}

fn quoted(words: impl IntoIterator<Item = String>) -> String {
    words.into_iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(",")
}

fn group_code(group: Group) -> String {
    format!("{}{}-{}", group.phase, PROGRAMMES[group.programme], LETTERS[group.letter])
}

fn event_code(programme: &Programme, event: Event) -> String {
    format!("{}-E{}", programme.units[event.unit].code, event.number + 1)
}

/// The documents of all years that dossiers name.
pub(crate) fn catalogue(programmes: &[Programme]) -> String {
    let years: Vec<String> = (YEAR - 4..=YEAR).map(|year| document(programmes, year)).collect();
    format!("[{}]", years.join(",\n"))
}

fn document(programmes: &[Programme], year: i32) -> String {
    let (mut listed, mut courses, mut events, mut groups, mut edges) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (number, programme) in programmes.iter().enumerate() {
        let units = programme.units.iter().map(|unit| {
            format!(r#"{{"course":"{}","phase":{},"compulsory":{},"starts":{}}}"#, unit.code, unit.phase, unit.compulsory, unit.semester)
        });
        listed.push(format!(
            r#"{{"code":"{}","type":"bachelor_professional","credits":180,"units":[{}]}}"#,
            programme.code,
            units.collect::<Vec<_>>().join(",")
        ));
        for (at, unit) in programme.units.iter().enumerate() {
            courses.push(format!(
                r#"{{"code":"{}","credits":{},"exam_contract":{},"credit_contract":true}}"#,
                unit.code, unit.credits, unit.exam_contract
            ));
            for (kind, priors) in [("strict", &unit.strict), ("flexible", &unit.flexible), ("simultaneous", &unit.simultaneous)] {
                edges.extend(priors.iter().map(|prior| {
                    let (course, prior) = (&unit.code, &programme.units[*prior].code);
                    format!(r#"{{"course":"{course}","kind":"{kind}","expression":"{prior}","programme":"{}"}}"#, programme.code)
                }));
            }
            for event in 0..unit.events {
                let open = (1..=PHASES).flat_map(|phase| (0..LETTERS.len()).map(move |letter| Group { programme: number, phase, letter }));
                let open = quoted(open.filter(|group| group.letter % unit.events == event).map(group_code));
                let id = event_code(programme, Event { unit: at, number: event });
                events.push(format!(r#"{{"id":"{id}","course":"{}","class_groups":[{open}],"allocation":"class_group"}}"#, unit.code));
            }
        }
        let all = (1..=PHASES).flat_map(|phase| (0..LETTERS.len()).map(move |letter| Group { programme: number, phase, letter }));
        groups.extend(all.map(|group| format!(r#"{{"code":"{}","programme":"{}","phase":{}}}"#, group_code(group), programme.code, group.phase)));
    }
    let edges = if year == YEAR { edges.join(",") } else { String::new() };
    format!(
        r#"{{"academic_year":"{year}-{}","programmes":[{}],"courses":[{}],"events":[{}],"class_groups":[{}],"edges":[{edges}]}}"#,
        year + 1,
        listed.join(","),
        courses.join(","),
        events.join(","),
        groups.join(",")
    )
}

/// A day of 2024 or 2025 by its number from 1 January 2024.
fn day(number: usize) -> String {
    let date = chrono::NaiveDate::from_ymd_opt(YEAR, 1, 1).and_then(|first| first.checked_add_days(chrono::Days::new(number as u64)));
    date.map(|date| date.to_string()).unwrap_or_default()
}

fn tenths(number: usize) -> String {
    if number.is_multiple_of(10) { (number / 10).to_string() } else { format!("{}.{}", number / 10, number % 10) }
}

impl Dossier {
    /// The dossier as a line of JSON.
    pub(crate) fn write(&self, programmes: &[Programme], detail: Detail, text: &mut String) {
        let years = self.rows.iter().map(|row| row.year);
        let first = years.min().unwrap_or(YEAR);
        let _ = write!(text, r#"{{"student":"r{:07}","cohort":"{first}-{}","#, self.number, first + 1);
        if detail == Detail::Whole {
            self.write_besides(&programmes[self.programme], first, text);
        }
        text.push_str(r#""enrolments":["#);
        for year in (first..YEAR).filter(|year| self.rows.iter().any(|row| row.year == *year)) {
            self.write_year(&programmes[self.programme], year, text);
            text.push(',');
        }
        self.write_present(&programmes[self.programme], detail, text);
        text.push_str("]}\n");
    }

    fn write_year(&self, programme: &Programme, year: i32, text: &mut String) {
        let _ = write!(
            text,
            r#"{{"academic_year":"{year}-{}","programme":"{}","contract":"diploma","phase":1,"enrolled_on":"{year}-09-12","isp":{{"state":"approved","submitted_at":"{year}-10-03T14:20:00+02:00","decided_at":"{year}-11-08T09:00:00+01:00","entries":["#,
            year + 1,
            programme.code
        );
        for (number, row) in self.rows.iter().filter(|row| row.year == year).enumerate() {
            let comma = if number > 0 { "," } else { "" };
            let (kind, outcome) = match row.outcome {
                Outcome::Passed => ("regular", r#","result":{"score":13,"outcome":"passed","decided_on":"YEAR-02-03"}"#),
                Outcome::Failed => ("regular", r#","result":{"score":7,"outcome":"failed","decided_on":"YEAR-02-03"}"#),
                Outcome::Tolerated => ("regular", r#","result":{"score":9,"outcome":"tolerated","decided_on":"YEAR-02-03"}"#),
                Outcome::Exempted => ("exempted", ""),
            };
            let (code, credits, outcome) = (&programme.units[row.unit].code, tenths(row.tenths), outcome.replace("YEAR", &(year + 1).to_string()));
            let _ = write!(text, r#"{comma}{{"course":"{code}","semester":{},"credits":{credits},"kind":"{kind}"{outcome}}}"#, row.semester);
        }
        text.push_str("]}}");
    }

    fn write_present(&self, programme: &Programme, detail: Detail, text: &mut String) {
        let contract = match self.contract {
            Contract::Diploma => "diploma",
            Contract::Credit => "credit",
            Contract::Exam => "exam_diploma",
        };
        let _ = write!(
            text,
            r#"{{"academic_year":"{YEAR}-{}","programme":"{}","contract":"{contract}","phase":{},"enrolled_on":"{}""#,
            YEAR + 1,
            programme.code,
            self.phase,
            day(self.enrolled)
        );
        if let Some(group) = self.group {
            let _ = write!(text, r#","class_group":"{}""#, group_code(group));
        }
        match self.sent {
            Some(sent) => {
                let state = detail.state_of_sent();
                let _ = write!(text, r#","isp":{{{state},"submitted_at":"{}T12:00:00+02:00","entries":["#, day(sent));
            }
            None => text.push_str(r#","isp":{"state":"draft","entries":["#),
        }
        for (number, line) in self.lines.iter().enumerate() {
            let comma = if number > 0 { "," } else { "" };
            let kind = if line.exempted { "exempted" } else { "regular" };
            let (code, credits) = (&programme.units[line.unit].code, tenths(line.tenths));
            let _ = write!(text, r#"{comma}{{"course":"{code}","semester":{},"credits":{credits},"kind":"{kind}""#, line.semester);
            if let Some(event) = line.event {
                let _ = write!(text, r#","event":"{}""#, event_code(programme, event));
            }
            text.push('}');
        }
        text.push_str("]}}");
    }
}
