//! Short texts as numbers, so that most keys, words and codes are compared and found without touching their bytes one by one.

/// A text of at most sixteen bytes: its bytes, the first of them lowest, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Packed {
    bytes: u128,
    length: u8,
}

impl Packed {
    pub(crate) fn new(text: &str) -> Option<Self> {
        Self::of(text.as_bytes())
    }

    /// The same of the bytes of a text.
    #[inline]
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        let length = u8::try_from(bytes.len()).ok().filter(|length| *length <= 16)?;
        // The last bytes overlap the first ones of a text that is not as long as both, and are the same there.
        let bytes = if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
            u128::from(u64::from_le_bytes(*first)) | u128::from(u64::from_le_bytes(*last)) << (8 * (length - 8))
        } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            u128::from(u32::from_le_bytes(*first)) | u128::from(u32::from_le_bytes(*last)) << (8 * (length - 4))
        } else {
            bytes.iter().rev().fold(0, |packed, byte| packed << 8 | u128::from(*byte))
        };
        Some(Self { bytes, length })
    }

    /// The text of the first so many of sixteen bytes; nothing of all sixteen.
    #[inline]
    pub(crate) fn beginning(sixteen: u128, length: u8) -> Option<Self> {
        let bytes = sixteen & BEGINNINGS.get(usize::from(length))?;
        Some(Self { bytes, length })
    }

    pub(crate) fn len(self) -> usize {
        usize::from(self.length)
    }

    /// A number below 2³² that differs for most texts.
    #[inline]
    pub(crate) fn hash(self) -> usize {
        const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
        #[allow(clippy::cast_possible_truncation, reason = "the two halves are taken apart")]
        let (first, last) = (self.bytes as u64, (self.bytes >> 64) as u64);
        let mixed = (first.wrapping_mul(ODD) ^ last.rotate_left(29)).wrapping_mul(ODD) ^ u64::from(self.length);
        // The upper bits depend on all bits of the text.
        usize::try_from(mixed >> 32).unwrap_or(0)
    }
}

/// What keeps the first bytes of sixteen, by how many.
const BEGINNINGS: [u128; 16] = {
    let mut masks = [0; 16];
    let mut length = 1;
    while length < 16 {
        masks[length] = masks[length - 1] << 8 | 0xff;
        length += 1;
    }
    masks
};

/// Numbers by text. Longer texts are left to whoever has them.
#[derive(Debug, Clone)]
pub(crate) struct PackedIndex {
    /// The texts with their numbers, in the order in which they came.
    texts: Vec<(Packed, u32)>,
    /// By what a text hashes to, its index among them. INVARIANT: more than half of the slots are free.
    slots: Vec<u32>,
}

const FREE: u32 = u32::MAX;

impl Default for PackedIndex {
    fn default() -> Self {
        Self { texts: Vec::new(), slots: vec![FREE; 4] }
    }
}

impl PackedIndex {
    /// Give a text that has none its number.
    pub(crate) fn insert(&mut self, text: Packed, number: u32) {
        self.texts.push((text, number));
        if 2 * self.texts.len() >= self.slots.len() {
            self.slots = vec![FREE; 2 * self.slots.len()];
            (0..self.texts.len()).for_each(|index| self.lay_down(index));
        } else {
            self.lay_down(self.texts.len() - 1);
        }
    }

    /// The free slot that is a text's becomes it.
    fn lay_down(&mut self, index: usize) {
        let slot = self.slot(self.texts[index].0);
        self.slots[slot] = u32::try_from(index).unwrap_or(FREE);
    }

    /// The slot that holds a text, or the free one in which it would lie.
    #[inline]
    fn slot(&self, packed: Packed) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = packed.hash() & mask;
        while self.texts.get(self.slots[slot] as usize).is_some_and(|(text, _)| *text != packed) {
            slot = (slot + 1) & mask;
        }
        slot
    }

    #[inline]
    pub(crate) fn find(&self, packed: Packed) -> Option<u32> {
        let index = self.slots[self.slot(packed)];
        self.texts.get(index as usize).map(|(_, number)| *number)
    }
}

#[cfg(test)]
mod tests {
    use super::{Packed, PackedIndex};
    use proptest::prelude::{prop, prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn the_beginning_of_a_longer_text(text in "[a-z\u{0}]{0,15}", rest in "[a-z]{16}") {
            let longer = format!("{text}{rest}");
            let sixteen = u128::from_le_bytes(*longer.as_bytes().first_chunk().unwrap());
            prop_assert_eq!(Packed::beginning(sixteen, u8::try_from(text.len()).unwrap()), Packed::new(&text));
        }

        #[test]
        fn packed_texts_are_the_same_when_the_texts_are(left in "[ab\u{0}]{0,18}", right in "[ab\u{0}]{0,18}") {
            if let (Some(a), Some(b)) = (Packed::new(&left), Packed::new(&right)) {
                prop_assert_eq!(a == b, left == right);
            }
        }

        #[test]
        fn every_text_is_found(texts in prop::collection::btree_set("[A-Z]{0,2}[0-9]{0,15}", 0..200)) {
            let mut index = PackedIndex::default();
            for (number, text) in (0..).zip(&texts) {
                if let Some(packed) = Packed::new(text) {
                    prop_assert_eq!(index.find(packed), None);
                    index.insert(packed, number);
                }
            }
            for (number, text) in (0..).zip(&texts) {
                if let Some(packed) = Packed::new(text) {
                    prop_assert_eq!(index.find(packed), Some(number));
                }
            }
            prop_assert_eq!(index.find(Packed::new("none of them").unwrap()), None);
        }
    }
}
