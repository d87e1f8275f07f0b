//! Values written in whole blocks: a block of a length that is known beforehand takes fewer instructions than as many values as there happen to be. Short
//! stretches are cut to their length.

use super::super::column::Truth;
use super::super::wide::widely;

/// Values in a block.
pub(super) const BLOCK: usize = 16;

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

/// An answer to each value.
pub(in crate::verdicts::plan) fn answers<T: Copy, A: Copy>(out: &mut Vec<A>, values: &[T], answer: impl Fn(T) -> A) {
    let (blocks, rest) = values.as_chunks::<BLOCK>();
    out.reserve(values.len());
    widely(
        #[inline(always)]
        || {
            for block in blocks {
                let mut answers = [answer(block[0]); BLOCK];
                for (own, value) in answers.iter_mut().zip(block) {
                    *own = answer(*value);
                }
                out.extend_from_slice(&answers);
            }
            out.extend(rest.iter().map(|value| answer(*value)));
        },
    );
}

/// An answer to each two values.
pub(super) fn answers_to_two<T: Copy>(out: &mut Vec<Truth>, (left, right): (&[T], &[T]), answer: impl Fn(T, T) -> Truth) {
    let count = left.len().min(right.len());
    let ((lefts, left_over), (rights, right_over)) = (left[..count].as_chunks::<BLOCK>(), right[..count].as_chunks::<BLOCK>());
    out.reserve(count);
    widely(
        #[inline(always)]
        || {
            for (left, right) in lefts.iter().zip(rights) {
                let mut answers = [0; BLOCK];
                for (own, (left, right)) in answers.iter_mut().zip(left.iter().zip(right)) {
                    *own = answer(*left, *right);
                }
                out.extend_from_slice(&answers);
            }
            out.extend(left_over.iter().zip(right_over).map(|(left, right)| answer(*left, *right)));
        },
    );
}
