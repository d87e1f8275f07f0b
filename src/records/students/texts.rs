//! Students whose name is no number: what is in memory of a text is as long as a number, and the text itself lies where the caller says, and is read again
//! only where it may have come back.

use std::hash::{BuildHasher as _, BuildHasherDefault};
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};

use rustc_hash::{FxHashMap, FxHasher};

use crate::records::students::Seen;
use crate::records::students::places::Places;

/// Where texts lie.
pub(crate) trait Spool: Read + Write + Seek + Send {}

impl<S: Read + Write + Seek + Send> Spool for S {}

/// So many bytes of texts are written at a time.
const PIECE: usize = 1 << 16;
/// The bits of a hash that are kept.
const HASH: u64 = (1 << 40) - 1;
/// The file, the line, the column and the length of the text that follows.
const HEAD: usize = 16;

/// Texts, each with the place where it was seen first.
pub(super) struct Texts {
    hash: fn(&str) -> u64,
    /// By the hash, where the text begins.
    starts: Places,
    /// Texts that have the hash of another one.
    others: FxHashMap<Box<str>, Seen>,
    spool: Box<dyn Spool>,
    /// What the spool holds.
    written: u64,
    /// What it holds next.
    waiting: Vec<u8>,
}

impl Default for Texts {
    fn default() -> Self {
        Self::new(Box::new(Cursor::new(Vec::new())))
    }
}

impl Texts {
    pub(super) fn new(spool: Box<dyn Spool>) -> Self {
        // Few bits take few bytes, and among a million texts hardly two have the same.
        let hash = |text: &str| BuildHasherDefault::<FxHasher>::default().hash_one(text) & HASH;
        Self { hash, starts: Places::default(), others: FxHashMap::default(), spool, written: 0, waiting: Vec::new() }
    }

    /// Note a text; the place of the earlier one where there is one, which stays the text's.
    pub(super) fn note(&mut self, text: &str, place: Seen) -> io::Result<Option<Seen>> {
        let end = self.written + self.waiting.len() as u64;
        let Some(start) = self.starts.note((self.hash)(text), end.into()) else {
            return self.keep(text, place).map(|()| None);
        };
        let (first, known) = self.kept(u64::try_from(start).unwrap_or(u64::MAX))?;
        if known == text.as_bytes() {
            return Ok(Some(first));
        }
        if let Some(first) = self.others.get(text) {
            return Ok(Some(*first));
        }
        self.others.insert(text.into(), place);
        Ok(None)
    }

    fn keep(&mut self, text: &str, place: Seen) -> io::Result<()> {
        let length = u32::try_from(text.len()).map_err(|_| io::Error::other("the name of a student is too long"))?;
        for number in [place.file, place.line, place.column, length] {
            self.waiting.extend(number.to_le_bytes());
        }
        self.waiting.extend_from_slice(text.as_bytes());
        if self.waiting.len() < PIECE {
            return Ok(());
        }
        self.spool.seek(SeekFrom::Start(self.written))?;
        self.spool.write_all(&self.waiting)?;
        self.written += self.waiting.len() as u64;
        self.waiting.clear();
        Ok(())
    }

    /// A text that was kept, and its place.
    fn kept(&mut self, start: u64) -> io::Result<(Seen, Vec<u8>)> {
        if let Some(start) = start.checked_sub(self.written) {
            let mut waiting = self.waiting.get(usize::try_from(start).unwrap_or(usize::MAX)..).unwrap_or_default();
            return read(&mut waiting);
        }
        self.spool.seek(SeekFrom::Start(start))?;
        read(&mut self.spool)
    }
}

fn read(from: &mut dyn Read) -> io::Result<(Seen, Vec<u8>)> {
    let mut head = [0; HEAD];
    from.read_exact(&mut head)?;
    let [file, line, column, length] =
        [0, 4, 8, 12].map(|at| head.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_le_bytes));
    let mut text = vec![0; length as usize];
    from.read_exact(&mut text)?;
    Ok((Seen { file, line, column }, text))
}

#[cfg(test)]
mod tests {
    use super::Texts;
    use crate::records::students::Seen;

    fn noted(texts: &mut Texts, names: impl Iterator<Item = String>, lines_before: u32) -> Vec<Option<u32>> {
        let seen = |line| Seen { file: 1, line, column: line + 7 };
        let mut first = |line, name: &str| texts.note(name, seen(line)).unwrap();
        let note = |(line, name): (u32, String)| {
            let first = first(line, &name)?;
            assert_eq!(first, seen(first.line));
            Some(first.line)
        };
        (lines_before..).zip(names).map(note).collect()
    }

    /// Names enough for several pieces of the spool.
    fn names() -> impl Iterator<Item = String> {
        (0..5000).map(|number| format!("{number:x}-{}", "é".repeat(number % 40)))
    }

    #[test]
    fn texts_of_one_hash_are_told_apart() {
        let weak = |text: &str| text.len() as u64;
        let none: fn(&str) -> u64 = |_| 7;
        for hash in [Texts::default().hash, weak, none] {
            let mut texts = Texts { hash, ..Texts::default() };
            assert!(noted(&mut texts, names(), 0).iter().all(Option::is_none));
            let again: Vec<Option<u32>> = (0..5000).map(Some).collect();
            assert_eq!(noted(&mut texts, names(), 10_000), again);
        }
    }

    #[test]
    fn a_spool_that_takes_no_more_is_told() {
        let mut texts = Texts::new(Box::new(Full));
        let failed = (0..100_000).find_map(|line| texts.note(&format!("x{line}-"), Seen { file: 0, line, column: 0 }).err());
        assert_eq!(failed.unwrap().kind(), std::io::ErrorKind::StorageFull);
    }

    /// A disk without room.
    struct Full;

    impl std::io::Read for Full {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Ok(0)
        }
    }

    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl std::io::Seek for Full {
        fn seek(&mut self, _: std::io::SeekFrom) -> std::io::Result<u64> {
            Ok(0)
        }
    }
}
