//! Columns of texts that stand in a dictionary: each text is looked up once, and then known by its key.

use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::Int32Type;
use arrow_array::{Array as _, ArrayRef};
use rustc_hash::FxHashMap;

use crate::records::from_parquet::cells::{ALONE, Cells, Reader};
use crate::records::from_parquet::shape::Leaf;
use crate::vocabulary::Cell;

/// The cells of one dictionary.
#[derive(Debug, Default)]
pub(super) struct Memory {
    dictionary: Option<ArrayRef>,
    /// By key, the text's cell in every batch; [`ALONE`] for a text that has none.
    lasting: Vec<Cell>,
    /// By key, what is known of the others, as far as they were asked for.
    others: FxHashMap<i32, Known>,
}

/// What is known of a text that has not the same cell in every batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    /// Its cell in the batch of that number: only the records name it.
    In(u32, Cell),
    Odd,
}

impl Reader<'_, '_, '_> {
    /// Read a column of keys.
    pub(super) fn dictionary(&mut self, leaf: &Leaf, array: &ArrayRef, into: &mut Cells<'_>) {
        let Some(array) = array.as_dictionary_opt::<Int32Type>() else { return into.all_odd(array) };
        let mut memory = self.memories.get_mut(leaf.memory).map(std::mem::take).unwrap_or_default();
        self.turn_to(leaf, array.values(), &mut memory);
        let Memory { lasting, others, .. } = &mut memory;
        let keys = array.keys();
        let together = |key: i32| lasting.get(key.cast_unsigned() as usize).copied().unwrap_or(ALONE);
        into.together((keys.values(), keys.nulls()), together, |key| match others.get(&key) {
            Some(Known::Odd) => None,
            Some(Known::In(batch, cell)) if *batch == self.batch => Some(*cell),
            _ => {
                let cell = self.text_of(leaf, array.values(), key);
                others.insert(key, cell.map_or(Known::Odd, |cell| Known::In(self.batch, cell)));
                cell
            }
        });
        if let Some(place) = self.memories.get_mut(leaf.memory) {
            *place = memory;
        }
    }

    fn text_of(&mut self, leaf: &Leaf, dictionary: &ArrayRef, key: i32) -> Option<Cell> {
        let texts = dictionary.as_string_opt::<i32>()?;
        let key = usize::try_from(key).ok().filter(|key| *key < texts.len())?;
        self.text(leaf, texts.value(key))
    }

    /// Look the texts of a dictionary up, where it is not the one that is known.
    fn turn_to(&mut self, leaf: &Leaf, dictionary: &ArrayRef, memory: &mut Memory) {
        if memory.dictionary.as_ref().is_some_and(|known| Arc::ptr_eq(known, dictionary)) {
            return;
        }
        memory.dictionary = Some(Arc::clone(dictionary));
        memory.lasting.clear();
        memory.others.clear();
        if let Some(texts) = dictionary.as_string_opt::<i32>() {
            let cells = texts.iter().map(|text| text.and_then(|text| self.lasting_text(leaf, text)).unwrap_or(ALONE));
            memory.lasting.extend(cells);
        }
    }
}
