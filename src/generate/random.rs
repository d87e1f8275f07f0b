//! Numbers that look random and depend on nothing but what they were made of: the same on every platform, in every version.

/// A stream of numbers (Sebastiano Vigna's `SplitMix64`).
#[derive(Debug, Clone)]
pub(crate) struct Random {
    state: u64,
}

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

fn mixed(mut word: u64) -> u64 {
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

impl Random {
    /// The stream of these numbers: others give another one.
    pub(crate) fn of(parts: &[u64]) -> Self {
        let state = parts.iter().fold(0, |state: u64, part| mixed(state.wrapping_add(STEP) ^ mixed(part.wrapping_add(STEP))));
        Self { state }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(STEP);
        mixed(self.state)
    }

    /// A number below a limit; 0 below 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap_or(u64::MAX).min(u64::from(u32::MAX));
        usize::try_from(((self.next() >> 32) * limit) >> 32).unwrap_or(0)
    }

    /// A number between two, both included.
    pub(crate) fn between(&mut self, low: i32, high: i32) -> i32 {
        let width = usize::try_from(high.saturating_sub(low)).unwrap_or(0);
        low + i32::try_from(self.below(width + 1)).unwrap_or(0)
    }

    /// What happens so many times in a hundred.
    pub(crate) fn percent(&mut self, chance: i32) -> bool {
        self.between(0, 99) < chance
    }

    pub(crate) fn pick<'t, T>(&mut self, from: &'t [T]) -> Option<&'t T> {
        from.get(self.below(from.len()))
    }

    /// An index, as often as its weight says.
    pub(crate) fn weighted(&mut self, weights: &[usize]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (index, weight) in weights.iter().enumerate() {
            match left.checked_sub(*weight) {
                Some(rest) => left = rest,
                None => return index,
            }
        }
        0
    }

    pub(crate) fn shuffle<T>(&mut self, all: &mut [T]) {
        for last in (1..all.len()).rev() {
            all.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn the_stream_is_the_same_everywhere() {
        let mut random = Random::of(&[]);
        // The first numbers of the reference implementation, seeded with 0.
        assert_eq!([random.next(), random.next(), random.next()], [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4, 0x06c4_5d18_8009_454f]);
    }

    #[test]
    fn what_is_drawn_stays_within_its_limits() {
        let mut random = Random::of(&[7]);
        for _ in 0..2_000 {
            assert!((3..=9).contains(&random.between(3, 9)));
            assert!([1, 2].contains(&random.weighted(&[0, 3, 1])));
        }
        assert_eq!(random.below(0), 0);
        assert_eq!(random.pick::<u8>(&[]), None);
        let mut all: Vec<u32> = (0..20).collect();
        random.shuffle(&mut all);
        all.sort_unstable();
        assert_eq!(all, (0..20).collect::<Vec<_>>());
    }
}
