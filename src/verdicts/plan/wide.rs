//! Loops made of instructions of 256 bits, where the machine has them.

#[cfg(target_arch = "x86_64")]
use fearless_simd::{Level, Simd};

/// Run a loop, with wide instructions where the machine has them. It is compiled once for each, and so is what is inlined into it; what it calls stays as it is
/// elsewhere, so that the loop had better call nothing.
#[inline(always)]
#[expect(clippy::inline_always, reason = "what is not inlined is not made of wide instructions")]
pub(super) fn widely<R>(run: impl FnOnce() -> R) -> R {
    #[cfg(target_arch = "x86_64")]
    if let Some(wide) = Level::new().as_avx2() {
        return wide.vectorize(run);
    }
    run()
}
