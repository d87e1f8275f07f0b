//! From the files of a project to what checks are judged by: regulation texts, the catalogue, and the rulebook made of both.

use std::path::PathBuf;
use std::sync::Arc;

use crate::cli::input;
use crate::cli::project::Project;
use crate::cli::session::{Session, Stop};
use crate::records::{Catalogue, read_catalogue};
use crate::rulebook::Rulebook;
use crate::rulebook::from_syntax::compile;
use crate::source::SourceId;
use crate::syntax::ast;
use crate::syntax::from_text::parse;

/// What checks are judged by.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) rulebook: Rulebook,
    pub(crate) catalogue: Catalogue,
    pub(crate) regulations: Texts,
    pub(crate) documents: Texts,
}

/// Read and compile all that the project names; stops where anything in it is an error.
pub(crate) fn load(session: &mut Session, project: &Project) -> Result<Loaded, Stop> {
    let regulations = regulation_texts(session, project, &[]);
    let documents = catalogue_texts(session, project)?;
    let regulations = regulations?;
    let mut catalogue = catalogue(session, &documents);
    let rulebook = compiled(session, &regulations, &mut catalogue);
    session.stop_on_errors()?;
    let rulebook = rulebook.ok_or(Stop)?;
    Ok(Loaded { rulebook, catalogue, regulations, documents })
}

/// The rulebook of these texts; nothing where they have no regulation.
pub(crate) fn compiled(session: &mut Session, texts: &Texts, catalogue: &mut Catalogue) -> Option<Rulebook> {
    let trees = parsed(session, texts);
    compile(&trees, catalogue, &session.sources, &mut session.problems)
}

/// Texts that were read, with their numbers.
pub(crate) type Texts = Vec<(SourceId, Arc<String>)>;

/// The rule files of the project, or those named.
pub(crate) fn regulation_texts(session: &mut Session, project: &Project, named: &[PathBuf]) -> Result<Texts, Stop> {
    let files = if named.is_empty() { project.regulations(session)? } else { named.to_vec() };
    input::read_texts(session, &files)
}

/// Each text as a tree; its problems are the session's.
pub(crate) fn parsed(session: &mut Session, texts: &Texts) -> Vec<ast::File> {
    texts.iter().map(|(source, _)| parse(&session.sources, *source, &mut session.problems)).collect()
}

/// The catalogue; an empty one where the project names none.
pub(crate) fn catalogue(session: &mut Session, texts: &Texts) -> Catalogue {
    if texts.is_empty() {
        return Catalogue::default();
    }
    let texts: Vec<(SourceId, &str)> = texts.iter().map(|(source, text)| (*source, text.as_str())).collect();
    read_catalogue(&texts, &mut session.problems)
}

/// The texts of the catalogue that the project names.
pub(crate) fn catalogue_texts(session: &mut Session, project: &Project) -> Result<Texts, Stop> {
    let files = project.catalogue(session)?;
    input::read_texts(session, &files)
}
