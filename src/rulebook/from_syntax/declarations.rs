//! All declarations of all files, each with the heading it stands under. The order of files and declarations stops mattering here.

use crate::rulebook::{Article, ArticleId};
use crate::source::Sources;
use crate::syntax::ast;

/// A declaration and the heading it stands under.
#[derive(Debug)]
pub(super) struct Under<'a, T> {
    pub(super) article: ArticleId,
    pub(super) of: &'a T,
}

impl<T> Clone for Under<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Under<'_, T> {}

/// The tests of one file: its backgrounds hold for its examples.
#[derive(Debug, Default)]
pub(super) struct FileTests<'a> {
    pub(super) backgrounds: Vec<&'a ast::Background>,
    pub(super) examples: Vec<&'a ast::Example>,
    pub(super) tables: Vec<&'a ast::ExampleTable>,
}

/// The declarations of a set by kind.
#[derive(Debug, Default)]
pub(super) struct Declarations<'a> {
    pub(super) regulations: Vec<&'a ast::Regulation>,
    pub(super) calendars: Vec<&'a ast::Calendar>,
    pub(super) sections: Vec<&'a ast::Section>,
    pub(super) defines: Vec<Under<'a, ast::Define>>,
    pub(super) checks: Vec<Under<'a, ast::Check>>,
    pub(super) programmes: Vec<Under<'a, ast::Programme>>,
    pub(super) tests: Vec<FileTests<'a>>,
    pub(super) articles: Vec<Article>,
}

impl<'a> Declarations<'a> {
    /// The files are taken in the order of their names.
    pub(super) fn of(files: &'a [ast::File], sources: &Sources) -> Self {
        let mut found = Self::default();
        found.articles.push(Article { parent: None, number: String::new(), title: None, summaries: Vec::new(), source: None });
        let mut ordered: Vec<&ast::File> = files.iter().collect();
        ordered.sort_by_key(|file| sources.name(file.source).to_owned());
        for file in ordered {
            found.tests.push(FileTests::default());
            for declaration in &file.declarations {
                found.add(declaration, ArticleId(0));
            }
        }
        found
    }

    // The parser caps how deep headings nest, so this recursion is shallow.
    fn add(&mut self, declaration: &'a ast::Declaration, article: ArticleId) {
        match declaration {
            ast::Declaration::Regulation(regulation) => self.regulations.push(regulation),
            ast::Declaration::Calendar(calendar) => self.calendars.push(calendar),
            ast::Declaration::Section(section) => self.add_section(section, article),
            ast::Declaration::Define(define) => self.defines.push(Under { article, of: define }),
            ast::Declaration::Check(check) => self.checks.push(Under { article, of: check }),
            ast::Declaration::Programme(programme) => self.programmes.push(Under { article, of: programme }),
            ast::Declaration::Background(background) => self.tests_of_file(|tests| tests.backgrounds.push(background)),
            ast::Declaration::Example(example) => self.tests_of_file(|tests| tests.examples.push(example)),
            ast::Declaration::Examples(table) => self.tests_of_file(|tests| tests.tables.push(table)),
            ast::Declaration::Junk(_) => {}
        }
    }

    fn tests_of_file(&mut self, add: impl FnOnce(&mut FileTests<'a>)) {
        if let Some(tests) = self.tests.last_mut() {
            add(tests);
        }
    }

    fn add_section(&mut self, section: &'a ast::Section, parent: ArticleId) {
        let id = ArticleId(u32::try_from(self.articles.len()).unwrap_or(u32::MAX));
        let summaries = section.summaries.iter().map(|summary| (summary.language.value.clone(), summary.text.value.clone())).collect();
        self.articles.push(Article {
            parent: (parent != ArticleId(0)).then_some(parent),
            number: section.number.value.clone(),
            title: section.title.as_ref().map(|title| title.value.clone()),
            summaries,
            source: section.source.as_ref().map(|source| source.value.clone()),
        });
        self.sections.push(section);
        for declaration in &section.declarations {
            self.add(declaration, id);
        }
    }
}
