//! Lines of a file by several threads: workers take turns to take a block that ends with a line, and write in the order of the blocks.

use std::io::{Read, Result, Write};
use std::sync::{Condvar, Mutex};

const BLOCK: usize = 512 * 1024;

struct Source<R> {
    file: R,
    rest: Vec<u8>,
    blocks: u64,
    ended: bool,
}

struct Sink<W> {
    file: W,
    blocks: u64,
}

impl<R: Read> Source<R> {
    /// The number of the next block, and its bytes in the room of one before it.
    fn next(&mut self, block: &mut Vec<u8>) -> Option<u64> {
        block.clear();
        block.append(&mut self.rest);
        while !self.ended {
            let start = block.len();
            block.resize(start + BLOCK, 0);
            let read = self.file.read(&mut block[start..]).expect("a file that can be read");
            block.truncate(start + read);
            self.ended = read == 0;
            if block.len() >= BLOCK
                && let Some(end) = memchr::memrchr(b'\n', block)
            {
                self.rest.extend_from_slice(&block[end + 1..]);
                block.truncate(end + 1);
                break;
            }
        }
        self.blocks += 1;
        (!block.is_empty()).then_some(self.blocks - 1)
    }
}

pub fn run<R: Read + Send, W: Write + Send, S>(
    file: R,
    out: W,
    threads: usize,
    start: impl Fn() -> S + Sync,
    each: impl Fn(&mut S, &[u8], &mut Vec<u8>) + Sync,
) -> Result<()> {
    let source = Mutex::new(Source { file, rest: Vec::new(), blocks: 0, ended: false });
    let sink = Mutex::new(Sink { file: out, blocks: 0 });
    let turn = Condvar::new();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let (mut state, mut block, mut written) = (start(), Vec::new(), Vec::new());
                loop {
                    let Some(number) = source.lock().unwrap().next(&mut block) else { break };
                    written.clear();
                    let mut lines = block.as_slice();
                    while let Some(end) = memchr::memchr(b'\n', lines) {
                        each(&mut state, &lines[..end], &mut written);
                        lines = &lines[end + 1..];
                    }
                    let mut sink = turn.wait_while(sink.lock().unwrap(), |sink| sink.blocks != number).unwrap();
                    sink.file.write_all(&written).expect("a file that can be written");
                    sink.blocks += 1;
                    turn.notify_all();
                }
            });
        }
    });
    sink.into_inner().unwrap().file.flush()
}
