//! Short texts as numbers, so that most keys, words and codes are compared and found without touching their bytes one by one.

/// A text of at most sixteen bytes. INVARIANT: length, first and last bytes (which overlap in short texts) determine the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Packed {
    first: u64,
    last: u64,
    length: u8,
}

impl Packed {
    pub(crate) fn new(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let length = u8::try_from(bytes.len()).ok().filter(|length| *length <= 16)?;
        if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
            return Some(Self { first: u64::from_le_bytes(*first), last: u64::from_le_bytes(*last), length });
        }
        if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            return Some(Self { first: u64::from(u32::from_le_bytes(*first)), last: u64::from(u32::from_le_bytes(*last)), length });
        }
        let first = bytes.iter().fold(0, |first, byte| first << 8 | u64::from(*byte));
        Some(Self { first, last: 0, length })
    }

    fn hash(self) -> usize {
        const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
        let mixed = (self.first.wrapping_mul(ODD) ^ self.last.rotate_left(29)).wrapping_mul(ODD) ^ u64::from(self.length);
        // The upper bits depend on all bits of the text.
        usize::try_from(mixed >> 32).unwrap_or(0)
    }
}

/// Numbers by text. Longer texts are left to whoever has them.
#[derive(Debug, Clone)]
pub(crate) struct PackedIndex {
    slots: Vec<Slot>,
}

/// A text's number; free where the number is [`FREE`].
#[derive(Debug, Clone, Copy)]
struct Slot {
    first: u64,
    last: u64,
    number: u32,
    length: u8,
}

const FREE: u32 = u32::MAX;

impl Slot {
    fn holds(self, packed: Packed) -> bool {
        self.first == packed.first && self.last == packed.last && self.length == packed.length
    }
}

impl PackedIndex {
    pub(crate) fn new<'t>(texts: impl Iterator<Item = (&'t str, u32)>) -> Self {
        let entries: Vec<_> = texts.filter_map(|(text, number)| Packed::new(text).map(|packed| (packed, number))).collect();
        let free = Slot { first: 0, last: 0, number: FREE, length: 0 };
        let mut index = Self { slots: vec![free; (2 * entries.len() + 1).next_power_of_two()] };
        for (packed, number) in entries {
            let slot = index.slot(packed);
            index.slots[slot] = Slot { first: packed.first, last: packed.last, number, length: packed.length };
        }
        index
    }

    /// The slot that holds a text, or the free one in which it would lie. INVARIANT: more than half of the slots are free.
    fn slot(&self, packed: Packed) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = packed.hash() & mask;
        while self.slots[slot].number != FREE && !self.slots[slot].holds(packed) {
            slot = (slot + 1) & mask;
        }
        slot
    }

    pub(crate) fn find(&self, packed: Packed) -> Option<u32> {
        let slot = self.slots[self.slot(packed)];
        (slot.number != FREE).then_some(slot.number)
    }
}

#[cfg(test)]
mod tests {
    use super::{Packed, PackedIndex};
    use proptest::prelude::{prop, prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn packed_texts_are_the_same_when_the_texts_are(left in "[ab\u{0}]{0,18}", right in "[ab\u{0}]{0,18}") {
            if let (Some(a), Some(b)) = (Packed::new(&left), Packed::new(&right)) {
                prop_assert_eq!(a == b, left == right);
            }
        }

        #[test]
        fn every_text_is_found(texts in prop::collection::btree_set("[A-Z]{0,2}[0-9]{0,15}", 0..200)) {
            let index = PackedIndex::new(texts.iter().map(String::as_str).zip(0..));
            for (number, text) in (0..).zip(&texts) {
                if let Some(packed) = Packed::new(text) {
                    prop_assert_eq!(index.find(packed), Some(number));
                }
            }
            prop_assert_eq!(index.find(Packed::new("none of them").unwrap()), None);
        }
    }
}
