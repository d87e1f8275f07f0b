//! What the generator knows of an institution: the catalogue and the calendars seen from the year that is generated for, as lists to draw from.

mod days;
mod groups;
mod programmes;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use crate::records::{Catalogue, CodeId, TextId};
use crate::rulebook::{Condition, Edge, Expression, ExpressionKind, Relation, Requirement, Rulebook};
use crate::vocabulary::{Cell, Zone, dates};

pub(crate) use days::{Term, YearDays};
pub(crate) use groups::{Event, Group, GroupId};

/// What is generated for: the catalogue, the year, the day of the check, and the rules where there are any.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'a> {
    pub(crate) rulebook: Option<&'a Rulebook>,
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) year: i32,
    pub(crate) as_of: NaiveDate,
}

impl Setting<'_> {
    /// The regulation's; Brussels where there is none.
    pub(crate) fn time_zone(&self) -> Zone {
        self.rulebook.map_or_else(Zone::brussels, |rulebook| rulebook.regulation.time_zone)
    }
}

/// The last day of an academic year, on which all of it is known.
pub(crate) fn last_day(rulebook: Option<&Rulebook>, year: i32) -> NaiveDate {
    let calendar = rulebook.and_then(|rulebook| rulebook.calendar(year));
    dates::date_of_cell(YearDays::new(year, calendar).last).unwrap_or_default()
}

/// Years of history that a student may have.
const YEARS_BACK: i32 = 9;

/// The institution in the year that is generated for.
pub(crate) struct Institution<'a> {
    pub(crate) setting: Setting<'a>,
    /// The day of the check.
    pub(crate) today: i32,
    pub(crate) programmes: Vec<Programme>,
    pub(crate) groups: Vec<Group>,
    /// Every course unit that the catalogue describes in the year.
    pub(crate) offers: Vec<Offer>,
    offer_of: FxHashMap<CodeId, usize>,
    /// The kind of request by which an individual itinerary is asked for, where the rules know one.
    pub(crate) itinerary_request: Option<String>,
    /// The latest year last.
    years: Vec<YearDays>,
}

impl<'a> Institution<'a> {
    /// Nothing where the catalogue describes no programme with units in that year.
    pub(crate) fn new(setting: Setting<'a>) -> Option<Self> {
        let calendar = |year| setting.rulebook.and_then(|rulebook| rulebook.calendar(year));
        let years = (setting.year - YEARS_BACK..=setting.year).map(|year| YearDays::new(year, calendar(year))).collect();
        let groups = groups::groups(setting);
        let programmes = programmes::programmes(setting, &groups);
        let offers = programmes::offers(setting, &groups);
        let offer_of = offers.iter().enumerate().map(|(index, offer)| (offer.course, index)).collect();
        let today = dates::cell_of_date(setting.as_of)?;
        let itinerary_request = itinerary_request(setting);
        (!programmes.is_empty()).then_some(Self { setting, today, programmes, groups, offers, offer_of, itinerary_request, years })
    }

    /// What the catalogue offers under the code of a course unit.
    pub(crate) fn offer(&self, course: CodeId) -> Option<&Offer> {
        self.offer_of.get(&course).and_then(|index| self.offers.get(*index))
    }

    pub(crate) fn programme(&self, code: CodeId) -> Option<&Programme> {
        self.programmes.iter().find(|programme| programme.code == code)
    }

    /// The days of a year, or of the earliest year there is.
    pub(crate) fn days(&self, year: i32) -> &YearDays {
        let index = usize::try_from(year - self.setting.year + YEARS_BACK).unwrap_or(0);
        // INVARIANT: `new` makes a year for each index.
        &self.years[index.min(self.years.len() - 1)]
    }

    /// How often each programme is drawn.
    pub(crate) fn weights(&self) -> Vec<usize> {
        self.programmes.iter().map(|programme| programme.weight).collect()
    }

    pub(crate) fn edges(&self) -> &'a [Edge] {
        self.setting.rulebook.map_or(&[], |rulebook| rulebook.edges.as_slice())
    }
}

/// Words such as `personalised_itinerary`, among the requests that some rule asks for.
fn itinerary_request(setting: Setting<'_>) -> Option<String> {
    let mut requests = Vec::new();
    for definition in setting.rulebook.iter().flat_map(|rulebook| &rulebook.definitions) {
        definition.value.walk(&mut |part| requests.extend(request(part)));
    }
    for check in setting.rulebook.iter().flat_map(|rulebook| &rulebook.checks) {
        if let Some(Requirement::Condition(condition)) = &check.requirement {
            condition.walk(&mut |part| requests.extend(request(part)));
        }
    }
    let words = requests.into_iter().filter_map(|text| setting.catalogue.texts.get(text));
    words.filter(|word| word.contains("itinerary")).min().map(str::to_owned)
}

fn request(part: &Expression) -> Option<TextId> {
    if let ExpressionKind::Condition(Condition::Relation(Relation::HasRequest { request, .. })) = part.kind.as_ref() { Some(*request) } else { None }
}

/// A programme of the year.
#[derive(Debug, Clone)]
pub(crate) struct Programme {
    pub(crate) code: CodeId,
    /// The index of its type.
    pub(crate) kind: Option<i32>,
    /// The numbers of its phases, ascending; at least one.
    pub(crate) phases: Vec<i32>,
    pub(crate) options: Vec<String>,
    /// In the order of phases and semesters.
    pub(crate) units: Vec<Unit>,
    pub(crate) groups: Vec<GroupId>,
    /// How often it is drawn, beside others.
    pub(crate) weight: usize,
}

/// A course unit, whatever the programmes that it belongs to.
#[derive(Debug, Clone)]
pub(crate) struct Offer {
    pub(crate) course: CodeId,
    /// Its row in the catalogue.
    pub(crate) row: u32,
    /// In thousandths.
    pub(crate) credits: Cell,
    pub(crate) events: Vec<Event>,
}

/// A unit of a programme.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    pub(crate) course: CodeId,
    /// The number that all course units have that are the same as this one.
    pub(crate) class: CodeId,
    /// The place of the programme's first unit of that class: this one, unless several options have it.
    pub(crate) first: usize,
    pub(crate) phase: i32,
    pub(crate) compulsory: bool,
    /// The index of its option in the programme.
    pub(crate) option: Option<usize>,
    /// Where the catalogue does not say, one of the two.
    pub(crate) semester: i32,
    /// In thousandths.
    pub(crate) credits: Cell,
    pub(crate) pass_mark: Cell,
    /// Whether a fail mark may be tolerated, here or anywhere.
    pub(crate) tolerable: bool,
    pub(crate) contracts: Contracts,
    pub(crate) events: Vec<Event>,
    /// The lines that say what it comes after.
    pub(crate) edges: Vec<usize>,
    /// Whether another unit asks for it by more than having been taken up.
    pub(crate) asked_for: bool,
}

/// The contracts for which a course unit is open; open where nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Contracts {
    pub(crate) credit: bool,
    pub(crate) exam: bool,
}

impl Unit {
    /// Whether an event of it must be chosen.
    pub(crate) fn has_choice(&self) -> bool {
        self.events.iter().any(|event| event.chosen)
    }
}
