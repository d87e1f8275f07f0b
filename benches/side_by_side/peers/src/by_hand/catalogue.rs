//! The catalogue of the year under check: codes as dense numbers, prerequisites as masks.

use rustc_hash::FxHashMap;
use serde::Deserialize;

#[derive(Deserialize)]
struct Document {
    academic_year: String,
    programmes: Vec<Programme>,
    courses: Vec<Course>,
    events: Vec<Event>,
    class_groups: Vec<ClassGroup>,
    edges: Vec<Edge>,
}

#[derive(Deserialize)]
struct Programme {
    code: String,
    units: Vec<Unit>,
}

#[derive(Deserialize)]
struct Unit {
    course: String,
    phase: u8,
    compulsory: bool,
}

#[derive(Deserialize)]
struct Course {
    code: String,
    exam_contract: bool,
}

#[derive(Deserialize)]
struct Event {
    id: String,
    course: String,
    class_groups: Vec<String>,
}

#[derive(Deserialize)]
struct ClassGroup {
    code: String,
    programme: String,
    phase: u8,
}

#[derive(Deserialize)]
struct Edge {
    course: String,
    kind: String,
    expression: String,
}

/// A programme's units as masks, a bit a unit.
#[derive(Default)]
pub struct Masks {
    pub names: Vec<String>,
    pub compulsory: [u64; 4],
    pub exam_contract: u64,
    pub strict: Vec<u64>,
    pub flexible: Vec<u64>,
    pub simultaneous: Vec<u64>,
}

pub struct Group {
    pub programme: u8,
    pub phase: u8,
}

#[derive(Default)]
pub struct Catalogue {
    pub programmes: Vec<Masks>,
    pub groups: Vec<Group>,
    /// The programme and the unit of each event.
    pub events: Vec<(u8, u8)>,
    /// The class groups of each event, a bit a group.
    pub served: Vec<u128>,
    pub programme_of: FxHashMap<String, u8>,
    pub unit_of: FxHashMap<String, (u8, u8)>,
    pub group_of: FxHashMap<String, u16>,
    pub event_of: FxHashMap<String, u16>,
}

impl Catalogue {
    pub fn read(text: &[u8]) -> Self {
        let documents: Vec<Document> = serde_json::from_slice(text).expect("a catalogue");
        let document = documents.into_iter().max_by(|one, other| one.academic_year.cmp(&other.academic_year)).expect("a year");
        let mut catalogue = Self::default();
        for (number, programme) in (0..).zip(&document.programmes) {
            let mut masks = Masks::default();
            for (bit, unit) in (0..).zip(&programme.units) {
                masks.names.push(unit.course.clone());
                masks.compulsory[usize::from(unit.phase)] |= u64::from(unit.compulsory) << bit;
                catalogue.unit_of.insert(unit.course.clone(), (number, bit));
            }
            for part in [&mut masks.strict, &mut masks.flexible, &mut masks.simultaneous] {
                part.resize(programme.units.len(), 0);
            }
            catalogue.programme_of.insert(programme.code.clone(), number);
            catalogue.programmes.push(masks);
        }
        catalogue.add_courses(&document);
        catalogue.add_events(&document);
        catalogue
    }

    fn add_courses(&mut self, document: &Document) {
        for course in &document.courses {
            let (programme, bit) = self.unit_of[&course.code];
            self.programmes[usize::from(programme)].exam_contract |= u64::from(course.exam_contract) << bit;
        }
        for edge in &document.edges {
            let ((programme, unit), (_, prior)) = (self.unit_of[&edge.course], self.unit_of[&edge.expression]);
            let masks = &mut self.programmes[usize::from(programme)];
            let part = match edge.kind.as_str() {
                "strict" => &mut masks.strict,
                "flexible" => &mut masks.flexible,
                _ => &mut masks.simultaneous,
            };
            part[usize::from(unit)] |= 1 << prior;
        }
    }

    fn add_events(&mut self, document: &Document) {
        for (number, group) in (0..).zip(&document.class_groups) {
            self.groups.push(Group { programme: self.programme_of[&group.programme], phase: group.phase });
            self.group_of.insert(group.code.clone(), number);
        }
        for (number, event) in (0..).zip(&document.events) {
            self.event_of.insert(event.id.clone(), number);
            self.events.push(self.unit_of[&event.course]);
            self.served.push(event.class_groups.iter().fold(0, |mask, group| mask | 1 << self.group_of[group]));
        }
    }
}
