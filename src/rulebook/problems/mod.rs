//! What can be wrong with a regulation set that can be read: an enum a topic. Finding them is left to `from_syntax`.

mod calendars;
mod checks;
mod definitions;
mod edges;
mod examples;
mod exceptions;
mod messages;
mod names;
mod regulation;
mod types;

pub(crate) use calendars::CalendarProblem;
pub(crate) use checks::CheckProblem;
pub(crate) use definitions::DefinitionProblem;
pub(crate) use edges::EdgeProblem;
pub(crate) use examples::ExampleProblem;
pub(crate) use exceptions::ExceptionProblem;
pub(crate) use messages::MessageProblem;
pub(crate) use names::NameProblem;
pub(crate) use regulation::RegulationProblem;
pub(crate) use types::TypeProblem;
