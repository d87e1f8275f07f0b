//! Where a finding's record stands: file, line, and the path of the value that breaks the rule.

use std::ops::Range;

use crate::records::{Batch, Placed, json_place};
use crate::report::finding::{DossierPlace, RecordPlace, Window};
use crate::report::{Detail, Speaker};
use crate::verdicts::{Judgement, SubjectRow};
use crate::vocabulary::Field;

/// Bytes shown before and after the value that is meant.
const BEFORE: usize = 40;
const LONGEST: usize = 120;
const AFTER: usize = 60;

/// The place of the value that breaks the rule.
pub(crate) fn record_place(speaker: Speaker<'_>, judgement: &Judgement) -> RecordPlace {
    let world = speaker.world;
    let SubjectRow { subject, row } = judgement.subject;
    if subject.is_of_catalogue() {
        return world.context.catalogue.place(subject, row).map_or(RecordPlace::Nowhere, RecordPlace::Catalogue);
    }
    dossier_place(speaker, judgement).map_or(RecordPlace::Nowhere, RecordPlace::Dossier)
}

fn dossier_place(speaker: Speaker<'_>, judgement: &Judgement) -> Option<DossierPlace> {
    let batch = speaker.world.context.batch;
    let placed = in_dossier(judgement);
    if let Some(found) = batch.in_table(placed) {
        let window = (speaker.detail == Detail::Drawn).then(|| window(&found.text, &found.path, &found.at)).flatten();
        return Some(DossierPlace { file: found.file, line: found.line, column: Some(found.column), path: found.path, window });
    }
    let student = batch.student_of(placed.subject, placed.row);
    let origin = batch.origins.get(student as usize)?;
    let path = batch.path_of(placed);
    let has_column = speaker.detail != Detail::Lines;
    if !has_column && !batch.is_element(student) {
        return Some(DossierPlace { file: origin.file, line: origin.line, column: None, path, window: None });
    }
    let text = batch.line_of(placed);
    let meant = json_place(&text, &path);
    let place = batch.place_after(student, text.get(..meant.start).unwrap_or(""))?;
    let window = if speaker.detail == Detail::Drawn { drawn(batch, student, (&text, &path, &meant)) } else { None };
    Some(DossierPlace { file: origin.file, line: place.line, column: has_column.then_some(place.column), path, window })
}

/// The stretch of the line on which the value stands that is meant.
fn drawn(batch: &Batch, student: u32, (text, path, meant): (&str, &str, &Range<usize>)) -> Option<Window> {
    let start = text.get(..meant.start)?.rfind('\n').map_or(0, |newline| newline + 1);
    let end = text.get(meant.start..)?.find('\n').map_or(text.len(), |newline| meant.start + newline);
    let meant = meant.start - start..meant.end.min(end) - start;
    let window = window(text.get(start..end)?, path, &meant)?;
    let begins = batch.place_after(student, text.get(..start)?)?;
    Some(Window { columns_before: window.columns_before + begins.column - 1, ..window })
}

/// What breaks the rule, or the subject itself where that stands in the catalogue.
fn in_dossier(judgement: &Judgement) -> Placed {
    if judgement.broken_at.subject.is_of_catalogue() {
        Placed { subject: judgement.subject.subject, row: judgement.subject.row, field: None }
    } else {
        judgement.broken_at
    }
}

/// The stretch of a line around the value at a path, with its key.
fn window(line: &str, path: &str, meant: &Range<usize>) -> Option<Window> {
    let key = path.rsplit('/').next().map_or(0, |key| key.len() + 3);
    let start = border(line, meant.start.saturating_sub(BEFORE.max(key)));
    // Of an object or a list its beginning is marked.
    let longest = if line.get(meant.start..)?.starts_with(['{', '[']) { 1 } else { LONGEST };
    let end = border(line, meant.end.min(meant.start + longest));
    let until = border(line, (end + AFTER).min(line.len()));
    let text = line.get(start..until)?;
    let before = if start > 0 { "… " } else { "" };
    let after = if until < line.len() { " …" } else { "" };
    let place = |offset: usize| u32::try_from(offset - start + before.len()).unwrap_or(u32::MAX);
    let columns = line.get(..start)?.chars().count().saturating_sub(before.chars().count());
    Some(Window {
        text: format!("{before}{}{after}", text.trim_end()),
        start: place(meant.start),
        end: place(end),
        columns_before: u32::try_from(columns).unwrap_or(u32::MAX),
    })
}

fn border(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The field that a judgement's place names.
pub(crate) fn field_of(judgement: &Judgement) -> Option<Field> {
    judgement.broken_at.field
}
