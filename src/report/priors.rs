//! The sentences of sequentialities: which unit lacks which priors, and in what state they should be.

use crate::records::json_place;
use crate::report::sentence::quoted;
use crate::report::{Sentence, keys, words};
use crate::rulebook::{DemandKind, Effect, PriorPart, Requirement, SequentialityKind};
use crate::syntax::ast::EdgeKind;

impl<'a> Sentence<'a> {
    pub(crate) fn lacks_priors(self) -> String {
        let edge = self.edge().unwrap_or_else(|| self.demanded());
        let state = self.state_asked_for();
        words::lacks_priors(self.language, self.course(), (&self.priors(), state.as_deref()), &edge)
    }

    pub(crate) fn course(self) -> &'a str {
        keys::course_of(self.speaker.world, self.judgement.subject).unwrap_or_default()
    }

    pub(crate) fn priors(self) -> Vec<&'a str> {
        self.judgement.priors.iter().map(|course| keys::course_name(self.speaker.world, *course)).collect()
    }

    /// The line that was judged, as it is written.
    pub(crate) fn edge(self) -> Option<String> {
        let edge = self.speaker.world.context.rulebook.edge(self.judgement.edge?);
        let text = self.speaker.sources.slice(edge.span);
        if edge.year.is_none() {
            return Some(quoted(text));
        }
        // Of the catalogue's object only the demand is worth quoting.
        let demand = text.get(json_place(text, "/expression")).unwrap_or("").trim_matches('"');
        Some(quoted(&[self.course(), " ", edge.kind.word(), " ", demand].concat()))
    }

    /// The state that the prior of a plain line should be in: `completed or tolerated in an earlier semester`.
    fn state_asked_for(self) -> Option<String> {
        let edge = self.speaker.world.context.rulebook.edge(self.judgement.edge?);
        let DemandKind::Unit { kind, .. } = edge.demand.kind else { return None };
        let parts = self.parts().filter(|_| same_kind(kind, edge.kind))?;
        Some(words::prior_state(self.language, parts)).filter(|state| !state.is_empty())
    }

    /// What the kind of sequentiality means here, as an exception may have replaced it.
    fn parts(&self) -> Option<&[PriorPart]> {
        let check = self.check();
        let exception = self.judgement.exception.and_then(|id| check.exceptions.get(id.0 as usize));
        if let Some(Effect::Sequentiality(parts)) = exception.map(|exception| &exception.effect) {
            return Some(parts);
        }
        if let Some(Requirement::Sequentiality(sequentiality)) = &check.requirement { Some(&sequentiality.parts) } else { None }
    }
}

fn same_kind(kind: EdgeKind, of_line: SequentialityKind) -> bool {
    let pairs = [
        (EdgeKind::Strict, SequentialityKind::Strict),
        (EdgeKind::Flexible, SequentialityKind::Flexible),
        (EdgeKind::Simultaneous, SequentialityKind::Simultaneous),
    ];
    pairs.contains(&(kind, of_line))
}
