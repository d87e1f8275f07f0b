//! Students whose dossiers are clean: drawn, judged, mended where that helps, and drawn again, plainer each time, where it does not.

use crate::generate::dossier::Row;
use crate::generate::draw::{self, History, Manner, Plainness, Profile};
use crate::generate::judge::Judge;
use crate::generate::mend::mend;
use crate::generate::random::Random;
use crate::generate::stage::Stage;

/// A dossier and the kind of student that it is of.
#[derive(Debug, Clone)]
pub(super) struct Student {
    pub(super) profile: Profile,
    pub(super) dossier: Row,
}

/// What student is wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish<'w> {
    pub(super) number: &'w str,
    pub(super) manner: Manner<'w>,
    /// A kind of student, where one is wanted.
    pub(super) profile: Option<&'w Profile>,
}

/// Draws that are hoped to be clean before one is mended.
const HOPEFUL: usize = 2;
/// How plain the student is, in the draws that are mended.
const LADDER: [Plainness; 4] = [Plainness::Lively, Plainness::Quiet, Plainness::Plain, Plainness::Plain];

/// A student without findings; nothing where each of some draws has one that can't be mended.
pub(super) fn clean(stage: &Stage<'_>, judge: &mut Judge<'_>, wish: Wish<'_>, random: &mut Random) -> Option<Student> {
    one(stage, judge, wish, random).or_else(|| another(stage, judge, wish, random))
}

/// One draw, mended.
pub(super) fn one(stage: &Stage<'_>, judge: &mut Judge<'_>, wish: Wish<'_>, random: &mut Random) -> Option<Student> {
    let student = drawn(stage, wish, random);
    let dossier = mend(stage, judge, (student.dossier, None), random)?;
    Some(Student { dossier, ..student })
}

/// Further draws, after one that is not clean.
pub(super) fn another(stage: &Stage<'_>, judge: &mut Judge<'_>, wish: Wish<'_>, random: &mut Random) -> Option<Student> {
    let wish = Wish { profile: None, ..wish };
    for _ in 0..HOPEFUL {
        let student = drawn(stage, wish, random);
        if judge.take(&student.dossier) && !judge.has_findings() {
            return Some(student);
        }
    }
    LADDER.into_iter().find_map(|plainness| {
        let manner = Manner { plainness: wish.manner.plainness.max(plainness), history: History::Described, ..wish.manner };
        one(stage, judge, Wish { manner, ..wish }, random)
    })
}

/// A student, whatever the rules say.
pub(super) fn drawn(stage: &Stage<'_>, wish: Wish<'_>, random: &mut Random) -> Student {
    let institution = &stage.institution;
    let profile = wish.profile.cloned().unwrap_or_else(|| Profile::draw(institution, wish.manner, random));
    let dossier = draw::dossier(institution, (&profile, wish.number.to_owned()), random);
    Student { profile, dossier }
}
