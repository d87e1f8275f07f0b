//! Lists of the catalogue: for each owner's row the rows that are its elements, all in one place, so that many short lists cost no more than one long one.

/// The elements of a list, for each owner's row.
#[derive(Debug, Clone, Default)]
pub(super) struct Elements {
    /// For each owner where its elements lie.
    stretches: Vec<Stretch>,
    /// Those of an owner follow each other.
    elements: Vec<u32>,
}

/// Where the elements of an owner lie, and room for more of them.
#[derive(Debug, Clone, Copy, Default)]
struct Stretch {
    start: usize,
    length: u32,
    room: u32,
}

impl Stretch {
    fn end(self) -> usize {
        self.start + self.length as usize
    }
}

/// What stands in room that is not taken up.
const NOTHING: u32 = u32::MAX;

impl Elements {
    pub(super) fn of(&self, owner: u32) -> &[u32] {
        let stretch = self.stretches.get(owner as usize).copied().unwrap_or_default();
        self.elements.get(stretch.start..stretch.end()).unwrap_or(&[])
    }

    pub(super) fn add(&mut self, owner: u32, element: u32) {
        let stretch = *self.stretch_of(owner);
        let stretch = self.with_room(stretch);
        match self.elements.get_mut(stretch.end()) {
            Some(free) => *free = element,
            None => self.elements.push(element),
        }
        *self.stretch_of(owner) = Stretch { length: stretch.length + 1, ..stretch };
    }

    /// So many owners may have elements.
    pub(super) fn make_room_for(&mut self, owners: u32) {
        if self.stretches.len() < owners as usize {
            self.stretches.resize(owners as usize, Stretch::default());
        }
    }

    /// Give an owner the elements of another, and none of its own.
    pub(super) fn add_same(&mut self, owner: u32, as_of: u32) {
        let stretch = self.stretches.get(as_of as usize).copied().unwrap_or_default();
        // Both may lie in the same place: what lies in a stretch is never changed, and one without room is laid down anew before it grows.
        *self.stretch_of(owner) = Stretch { room: stretch.length, ..stretch };
    }

    fn stretch_of(&mut self, owner: u32) -> &mut Stretch {
        self.make_room_for(owner.saturating_add(1));
        &mut self.stretches[owner as usize]
    }

    /// A stretch with room for one more: the last one grows where it is, another is laid down again at the end, twice as long.
    fn with_room(&mut self, stretch: Stretch) -> Stretch {
        if stretch.length < stretch.room {
            return stretch;
        }
        let end = self.elements.len();
        if stretch.end() == end {
            return Stretch { room: stretch.room + 1, ..stretch };
        }
        self.elements.extend_from_within(stretch.start..stretch.end());
        self.elements.resize(end + 2 * stretch.length as usize, NOTHING);
        Stretch { start: end, length: stretch.length, room: (2 * stretch.length).max(1) }
    }
}

#[cfg(test)]
mod tests {
    use super::Elements;
    use proptest::collection::vec;
    use proptest::prelude::{prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn the_same_as_lists_of_their_own(added in vec((0_u32..12, 0_u32..1000, 0_u32..40), 0..200)) {
            let mut elements = Elements::default();
            let mut expected = vec![Vec::new(); 14];
            for (owner, element, as_of) in added {
                if as_of < 12 {
                    elements.add_same(owner, as_of);
                    expected[owner as usize] = expected[as_of as usize].clone();
                } else {
                    elements.add(owner, element);
                    expected[owner as usize].push(element);
                }
            }
            for (owner, expected) in (0..).zip(&expected) {
                prop_assert_eq!(elements.of(owner), expected.as_slice());
            }
        }
    }
}
