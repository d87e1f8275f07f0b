//! A map from numbers to places in few bytes an entry: blocks in the order of the numbers, of which each entry is written as what it adds to the one before.

use std::collections::BTreeMap;

/// A block with more bytes than this is cut in two.
const BLOCK: usize = 256;
/// Room for another entry, and for what the next one becomes.
const ROOM: usize = 40;

/// Numbers, each with its place.
#[derive(Debug, Clone)]
pub(super) struct Places {
    /// By a number that no entry of the block is below. INVARIANT: there is a block for 0.
    blocks: BTreeMap<u64, Vec<u8>>,
    /// The entry with the greatest number, which is the last one of the last block.
    greatest: Option<Entry>,
    /// What is written into a block, empty in between.
    written: Vec<u8>,
}

impl Default for Places {
    fn default() -> Self {
        Self { blocks: BTreeMap::from([(0, Vec::new())]), greatest: None, written: Vec::new() }
    }
}

/// A number and its place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Entry {
    number: u64,
    place: u128,
}

impl Places {
    /// Note a number; the place of the earlier one where there is one, which stays the number's.
    pub(super) fn note(&mut self, number: u64, place: u128) -> Option<u128> {
        let new = Entry { number, place };
        if self.greatest.is_none_or(|greatest| number > greatest.number) {
            self.append(new);
            return None;
        }
        let (bound, block) = self.blocks.range_mut(..=number).next_back()?;
        let mut cursor = Cursor::new(*bound);
        let mut next = cursor;
        while next.step(block) {
            if next.entry.number >= number {
                break;
            }
            cursor = next;
        }
        if next.at > cursor.at && next.entry.number == number {
            return Some(next.entry.place);
        }
        new.write_after(cursor.entry, &mut self.written);
        if next.at > cursor.at {
            next.entry.write_after(new, &mut self.written);
        }
        if block.capacity() < block.len() + ROOM {
            block.reserve_exact(ROOM);
        }
        block.splice(cursor.at..next.at, self.written.drain(..));
        let (bound, is_full) = (*bound, block.len() > BLOCK);
        if is_full {
            self.cut(bound);
        }
        None
    }

    /// Note a number above all others. Numbers that come in their order fill each block.
    fn append(&mut self, new: Entry) {
        let Some((bound, block)) = self.blocks.iter_mut().next_back() else { return };
        let last = self.greatest.replace(new).unwrap_or(Cursor::new(*bound).entry);
        if block.len() + ROOM < BLOCK {
            new.write_after(last, block);
            return;
        }
        block.shrink_to_fit();
        let mut next = Vec::with_capacity(BLOCK);
        new.write_after(Cursor::new(new.number).entry, &mut next);
        self.blocks.insert(new.number, next);
    }

    /// Cut a block in two.
    fn cut(&mut self, bound: u64) {
        let Some(block) = self.blocks.get_mut(&bound) else { return };
        let mut cursor = Cursor::new(bound);
        while cursor.at < BLOCK / 2 && cursor.step(block) {}
        let (mut next, first_of_rest) = (cursor, cursor.at);
        if !next.step(block) {
            return;
        }
        let bound = next.entry.number;
        let mut rest = Vec::with_capacity(block.len() - first_of_rest + ROOM);
        next.entry.write_after(Cursor::new(bound).entry, &mut rest);
        rest.extend_from_slice(block.get(next.at..).unwrap_or_default());
        block.truncate(first_of_rest);
        block.shrink_to_fit();
        self.blocks.insert(bound, rest);
    }
}

/// A way through a block.
#[derive(Debug, Clone, Copy)]
struct Cursor {
    /// Behind the entry.
    at: usize,
    entry: Entry,
}

impl Cursor {
    /// Before the first entry of a block.
    fn new(bound: u64) -> Self {
        Self { at: 0, entry: Entry { number: bound, place: 0 } }
    }

    /// Go on to the next entry; whether there is one.
    fn step(&mut self, block: &[u8]) -> bool {
        let mut rest = block.get(self.at..).unwrap_or_default();
        let (Some(number), Some(place)) = (read(&mut rest), read(&mut rest)) else { return false };
        let number = self.entry.number.wrapping_add(u64::try_from(number).unwrap_or(u64::MAX));
        let place = self.entry.place.wrapping_add((place >> 1) ^ (place & 1).wrapping_neg());
        *self = Self { at: block.len() - rest.len(), entry: Entry { number, place } };
        true
    }
}

impl Entry {
    fn write_after(self, before: Self, bytes: &mut Vec<u8>) {
        write(self.number.wrapping_sub(before.number).into(), bytes);
        // A place may lie before: small steps in both directions take few bytes.
        let step = self.place.wrapping_sub(before.place).cast_signed();
        write(((step << 1) ^ (step >> 127)).cast_unsigned(), bytes);
    }
}

/// Seven bits a byte, the lowest first; a byte with its highest bit is not the last.
fn write(mut number: u128, bytes: &mut Vec<u8>) {
    while number > 0x7f {
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

fn read(bytes: &mut &[u8]) -> Option<u128> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u128::from(byte & 0x7f) << shift;
        if *byte < 0x80 {
            return Some(number);
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::collection::vec;
    use proptest::prelude::{Strategy, any, prop_assert_eq, proptest};
    use proptest::prop_oneof;

    use super::Places;

    fn numbers() -> impl Strategy<Value = Vec<(u64, u128)>> {
        let number = prop_oneof![0_u64..40, 1000_u64..3000, any::<u64>(), (u64::MAX - 9)..=u64::MAX];
        vec((number, any::<u128>()), 0..600)
    }

    fn first_places(numbers: impl Iterator<Item = (u64, u128)>) -> Result<(), String> {
        let (mut places, mut known) = (Places::default(), HashMap::new());
        for (number, place) in numbers {
            let expected = known.get(&number).copied();
            known.entry(number).or_insert(place);
            let first = places.note(number, place);
            if first != expected {
                return Err(format!("{number}: {first:?} and not {expected:?}"));
            }
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn the_first_place_stays(numbers in numbers()) {
            prop_assert_eq!(first_places(numbers.into_iter()), Ok(()));
        }
    }

    #[test]
    fn many_numbers_in_any_order() {
        let count = 20_000_u64;
        let mixed = |number: u64| number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let ways: [&dyn Fn(u64) -> u64; 4] = [&|number| number, &|number| count - number, &mixed, &|number| mixed(number) % 50_000];
        for way in ways {
            first_places((0..count).chain(0..count).map(|number| (way(number), number.into()))).unwrap();
        }
    }
}
