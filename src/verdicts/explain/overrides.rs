//! Values that stand in for a definition's: examples give them.

use rustc_hash::FxHashMap;

use crate::rulebook::DefinitionId;
use crate::verdicts::explain::Value;

/// For a definition and a row, what replaces the computed value.
#[derive(Debug, Clone, Default)]
pub(crate) struct Overrides {
    values: FxHashMap<(DefinitionId, u32), Override>,
}

/// What stands in for a definition's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Override {
    Value(Value),
    /// `unknown`
    Unknown,
}

impl Overrides {
    pub(crate) fn set(&mut self, definition: DefinitionId, row: u32, value: Override) {
        self.values.insert((definition, row), value);
    }

    pub(crate) fn get(&self, definition: DefinitionId, row: u32) -> Option<Override> {
        if self.values.is_empty() { None } else { self.values.get(&(definition, row)).copied() }
    }
}
