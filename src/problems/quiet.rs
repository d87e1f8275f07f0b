//! Libraries that panic where they should say something: their panics are told as problems, and what the panic itself would print is left out.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    /// Whether this thread is in a library whose panics are not printed.
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
}

/// A library failed without a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Panicked;

/// What an act gives, or that it panicked, in silence. Panics of other threads, and those after it, are printed as ever.
pub(crate) fn quietly<R>(act: impl FnOnce() -> R) -> Result<R, Panicked> {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        let print = take_hook();
        set_hook(Box::new(move |panic| {
            if !IS_QUIET.get() {
                print(panic);
            }
        }));
    });
    let before = IS_QUIET.replace(true);
    let result = catch_unwind(AssertUnwindSafe(act));
    IS_QUIET.set(before);
    result.map_err(|_| Panicked)
}

#[cfg(test)]
mod tests {
    use super::{IS_QUIET, Panicked, quietly};

    #[test]
    fn silence_ends_with_the_act() {
        assert_eq!(quietly(|| quietly(|| "never".parse::<u32>().unwrap()).map(|_| IS_QUIET.get())), Ok(Err(Panicked)));
        assert_eq!(quietly(|| quietly(|| 1).map(|_| IS_QUIET.get())), Ok(Ok(true)));
        assert!(!IS_QUIET.get());
    }
}
