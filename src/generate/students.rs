//! Students whose dossiers are clean: drawn, judged, mended where that helps, and drawn again, plainer each time, where it does not.

use crate::generate::dossier::Row;
use crate::generate::draw::{self, Plainness, Profile, Spread};
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
    pub(super) plainness: Plainness,
    pub(super) spread: Spread<'w>,
    /// A kind of student, where one is wanted.
    pub(super) profile: Option<&'w Profile>,
}

/// How plain the student is, draw after draw.
const LADDER: [Plainness; 6] = {
    use Plainness::{Described, Lively, Plain, Quiet};
    [Lively, Quiet, Described, Described, Plain, Plain]
};

/// A student without findings; nothing where each of some draws has one that can't be mended.
pub(super) fn clean(stage: &Stage<'_>, judge: &mut Judge<'_>, wish: Wish<'_>, random: &mut Random) -> Option<Student> {
    one(stage, judge, wish, random).or_else(|| another(stage, judge, wish, random))
}

/// One draw, mended.
pub(super) fn one(stage: &Stage<'_>, judge: &mut Judge<'_>, wish: Wish<'_>, random: &mut Random) -> Option<Student> {
    let student = drawn(stage, wish, random);
    mended(stage, judge, student, random)
}

/// Further draws, mended, after one that could not be.
pub(super) fn another(stage: &Stage<'_>, judge: &mut Judge<'_>, wish: Wish<'_>, random: &mut Random) -> Option<Student> {
    LADDER.into_iter().find_map(|plainness| {
        let plainer = Wish { plainness: wish.plainness.max(plainness), profile: None, ..wish };
        one(stage, judge, plainer, random)
    })
}

/// A student, whatever the rules say.
pub(super) fn drawn(stage: &Stage<'_>, wish: Wish<'_>, random: &mut Random) -> Student {
    let institution = &stage.institution;
    let profile = wish.profile.cloned().unwrap_or_else(|| Profile::draw(institution, (wish.plainness, wish.spread), random));
    let dossier = draw::dossier(institution, (&profile, wish.number.to_owned()), random);
    Student { profile, dossier }
}

pub(super) fn mended(stage: &Stage<'_>, judge: &mut Judge<'_>, student: Student, random: &mut Random) -> Option<Student> {
    let dossier = mend(stage, judge, (student.dossier, None), random)?;
    Some(Student { dossier, ..student })
}
