//! What was set aside: each record that could not be read with its line, the students on whom the engine failed, and fields that nobody declared.

use crate::cli::engine::Checked;
use crate::cli::problems::AskedProblem;
use crate::cli::session::Session;
use crate::verdicts::in_parallel::Failed;

/// Say all of it on stderr, in the order of the files.
pub(crate) fn say(session: &mut Session, checked: &Checked, names: &[String]) {
    let mut problems = Vec::new();
    for set_aside in &checked.set_aside {
        let name = names.get(set_aside.file as usize).map_or("", String::as_str);
        problems.push(set_aside.problem(name, &mut session.sources));
    }
    session.console.problems(&problems, &session.sources, session.manner);
    for Failed { student, reason, .. } in &checked.failed {
        session.add(AskedProblem::EngineFailed { student: student.clone(), reason: reason.clone() });
    }
    for warning in checked.undeclared.warnings() {
        session.add(warning);
    }
    session.say_problems();
}
