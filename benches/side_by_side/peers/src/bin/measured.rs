//! `measured OUT PROGRAM ARGUMENTS...`: run a program, and write into OUT its wall seconds, its CPU seconds (user and system) and the most bytes that it held. It
//! ends as the program does. It is small, and what it costs itself is not counted: of what a shell, Python or time(1) would start, a part would be theirs.

use std::io::Result;
use std::process::{Command, exit};
use std::time::Instant;

use wait4::Wait4;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, out, program, arguments @ ..] = arguments.as_slice() else { panic!("measured OUT PROGRAM ARGUMENTS...") };
    let start = Instant::now();
    let used = Command::new(program).args(arguments).spawn()?.wait4()?;
    let (wall, cpu) = (start.elapsed(), used.rusage.utime + used.rusage.stime);
    std::fs::write(out, format!("{} {} {}\n", wall.as_secs_f64(), cpu.as_secs_f64(), used.rusage.maxrss))?;
    exit(used.status.code().unwrap_or(1))
}
