//! What kind of student it is: the programme, the contract, how far along, and how usual.

use crate::generate::institution::{Institution, Programme};
use crate::generate::random::Random;
use crate::vocabulary::{Enumeration, Subject};

/// How much out of the ordinary may happen to a student. Where rules are strict, plainer students are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Plainness {
    /// Anything that happens at an institution.
    Lively,
    /// No exemptions, tolerances, part loads or changes.
    Quiet,
    /// The first year of a whole phase.
    Plain,
}

impl Plainness {
    pub(crate) const ALL: [Self; 3] = [Self::Lively, Self::Quiet, Self::Plain];
}

/// Who may have been there in earlier years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum History {
    Any,
    /// Only in programmes that the catalogue describes for the year before: of the others a rule would not know enough.
    Described,
}

/// What students may be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Manner<'w> {
    pub(crate) plainness: Plainness,
    pub(crate) history: History,
    pub(crate) spread: Spread<'w>,
}

/// When a student registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Registration {
    InTime,
    /// After the ISP could be sent.
    Late,
    /// For the second semester.
    Halfway,
    /// In time, and gone before the ISP could be sent.
    Left,
}

impl Registration {
    /// As it is, unless that is still to come by the day of the check, or is not for who was there the year before.
    fn when_possible(self, institution: &Institution<'_>, years_back: i32) -> Self {
        let [whole, halfway] = institution.days(institution.setting.year).terms;
        let is_possible = match self {
            Self::InTime => true,
            Self::Late => institution.today > whole.closes,
            Self::Halfway => institution.today > halfway.closes && years_back == 0,
            Self::Left => institution.today > whole.opens,
        };
        if is_possible { self } else { Self::InTime }
    }
}

/// How much a student takes up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Load {
    Whole,
    Part,
}

/// How often each kind of student is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spread<'w> {
    /// As often as there are such students, with a weight for each programme.
    Weighted(&'w [usize]),
    /// Each about as often.
    Even,
}

/// The kind of student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Profile {
    pub(crate) plainness: Plainness,
    /// The programme's place among the institution's.
    pub(crate) programme: usize,
    pub(crate) contract: &'static str,
    /// The option's place among the programme's.
    pub(crate) option: Option<usize>,
    pub(crate) years_back: i32,
    pub(crate) registration: Registration,
    pub(crate) load: Load,
    /// So many exemptions.
    pub(crate) exemptions: usize,
    /// In a hundred, of passing an examination.
    pub(crate) ability: i32,
}

impl Profile {
    pub(crate) fn draw(institution: &Institution<'_>, manner: Manner<'_>, random: &mut Random) -> Self {
        let Manner { plainness, spread, .. } = manner;
        let even = spread == Spread::Even;
        let evenly = vec![1; institution.programmes.len()];
        let index = random.weighted(if let Spread::Weighted(weights) = spread { weights } else { &evenly });
        let programme = &institution.programmes[index];
        let contract = contract(spread, random);
        let options: Vec<usize> = (0..programme.options.len()).collect();
        let lively = plainness == Plainness::Lively;
        let years_back = years_back(institution, (programme, contract), manner, random);
        Self {
            plainness,
            programme: index,
            contract,
            option: random.pick(&options).copied(),
            years_back,
            registration: registration((plainness, spread), random).when_possible(institution, years_back),
            load: if lively && random.percent(12) { Load::Part } else { Load::Whole },
            exemptions: if lively && random.percent(if even { 40 } else { 7 }) { 1 + random.below(3) } else { 0 },
            ability: random.between(58, 97),
        }
    }

    pub(crate) fn is_for_a_diploma(&self) -> bool {
        ["diploma", "exam_diploma"].contains(&self.contract)
    }

    pub(crate) fn is_for_examinations(&self) -> bool {
        ["exam_diploma", "exam_credit"].contains(&self.contract)
    }
}

fn contract(spread: Spread<'_>, random: &mut Random) -> &'static str {
    let contracts = Enumeration::Contract.values();
    // Diploma, credit, the two examination contracts, exchange.
    let weights = if spread == Spread::Even { [60, 12, 12, 12, 4] } else { [925, 40, 15, 10, 10] };
    contracts.get(random.weighted(&weights)).copied().unwrap_or("diploma")
}

fn years_back(institution: &Institution<'_>, (programme, contract): (&Programme, &str), manner: Manner<'_>, random: &mut Random) -> i32 {
    let phases = programme.phases.len();
    let weights: Vec<usize> = (0..=phases).map(|years| if years < phases { 12 * (phases - years) + 10 } else { 12 }).collect();
    let drawn = i32::try_from(random.weighted(&weights)).unwrap_or(0);
    let year = institution.setting.year;
    let codes = institution.setting.catalogue.codes(Subject::Programme);
    let has_described_past = codes.documented(programme.code, year - 1).is_some();
    let most = match contract {
        "diploma" => drawn,
        "exchange" => 0,
        _ => drawn.min(1),
    };
    match (manner.plainness, manner.history) {
        (Plainness::Plain, _) => 0,
        (_, History::Described) if !has_described_past => 0,
        (_, History::Any | History::Described) => most,
    }
}

fn registration((plainness, spread): (Plainness, Spread<'_>), random: &mut Random) -> Registration {
    if plainness == Plainness::Plain {
        return Registration::InTime;
    }
    let weights = if spread == Spread::Even { [60, 16, 16, 8] } else { [905, 60, 25, 10] };
    match random.weighted(&weights) {
        1 => Registration::Late,
        2 => Registration::Halfway,
        3 => Registration::Left,
        _ => Registration::InTime,
    }
}
