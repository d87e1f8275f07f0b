//! Short stretches of values, written in whole blocks and cut to their length: a block of a length that is known beforehand takes fewer instructions than as
//! many values as there happen to be.

/// Values in a block.
const BLOCK: usize = 16;

/// A value so many times.
pub(super) fn repeat<T: Copy>(out: &mut Vec<T>, value: T, count: usize) {
    let end = out.len() + count;
    for _ in (0..count).step_by(BLOCK) {
        out.extend_from_slice(&[value; BLOCK]);
    }
    out.truncate(end);
}

/// Numbers that follow each other.
pub(super) fn count_on(out: &mut Vec<i32>, first: i32, count: usize) {
    let end = out.len() + count;
    let mut from = first;
    for _ in (0..count).step_by(BLOCK) {
        let mut next = from;
        out.extend_from_slice(&[(); BLOCK].map(|()| {
            let own = next;
            next = next.wrapping_add(1);
            own
        }));
        from = next;
    }
    out.truncate(end);
}
