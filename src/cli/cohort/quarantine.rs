//! `--quarantine` and `--max-quarantined`: what is set aside is written beside its file as it is found, and put in its place when all has been read;
//! too much of it ends the run.

use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::cli::arguments::{CheckArguments, Most};
use crate::cli::cohort::checked::Checked;
use crate::cli::paths;
use crate::cli::problems::{AskedProblem, FileProblem};
use crate::cli::project::Apart;
use crate::cli::results::{Beside, refused, unwritable};
use crate::cli::session::{Session, Stop};
use crate::records::Kept;
use crate::report::reasons;
use crate::verdicts::in_parallel::BlockJudged;

/// What becomes of records that are set aside.
#[derive(Default)]
pub(crate) struct Quarantine {
    spool: Option<Spool>,
    most: Option<Most>,
    records: u64,
    set_aside: u64,
}

/// The two files in the making: the records, a line each, and why each was set aside.
struct Spool {
    records: Beside,
    reasons: Beside,
    /// How many records were written.
    lines: u64,
    failed: Option<FileProblem>,
}

impl Quarantine {
    /// What the flags ask, apart from what the check and the project read.
    pub(crate) fn open(session: &mut Session, asked: &CheckArguments, mut apart: Apart<'_>) -> Result<Self, Stop> {
        let mut spool = None;
        if let Some(file) = &asked.quarantine {
            apart.files.extend(asked.output.clone());
            apart.keep(session, (file, file))?;
            apart.keep(session, (file, &reasons_file(file)))?;
            if file.exists() && !file.is_file() {
                return Err(session.stop(refused(file, "it is no ordinary file", "name a file on a disk")));
            }
            spool = Some(Spool::open(file).map_err(|error| session.stop(unwritable(paths::shown(file), &error)))?);
        }
        Ok(Self { spool, most: asked.max_quarantined, records: 0, set_aside: 0 })
    }

    /// Keep what a block sets aside, in the order of the file; break where it is too much or can't be written.
    pub(crate) fn keep<T>(&mut self, judged: &mut BlockJudged<T>, names: &[String]) -> ControlFlow<()> {
        judged.set_aside.sort_by_key(|set_aside| (set_aside.file, set_aside.line, set_aside.column));
        self.records += judged.records;
        let room = usize::try_from(self.room()).unwrap_or(usize::MAX);
        judged.set_aside.truncate(room.saturating_add(1));
        judged.failed.truncate(room.saturating_add(1) - judged.set_aside.len());
        self.set_aside += u64::try_from(judged.set_aside.len() + judged.failed.len()).unwrap_or(u64::MAX);
        if let Some(spool) = &mut self.spool
            && let Err(problem) = spool.add(judged, names)
        {
            spool.failed = Some(problem);
            return ControlFlow::Break(());
        }
        if self.is_over() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// How many more may be set aside.
    fn room(&self) -> u64 {
        if let Some(Most::Number(most)) = self.most { most.saturating_sub(self.set_aside) } else { u64::MAX }
    }

    fn is_over(&self) -> bool {
        matches!(self.most, Some(Most::Number(most)) if self.set_aside > most)
    }

    /// Stop where what was set aside could not be written.
    pub(crate) fn stop_on_faults(&mut self, session: &mut Session) -> Result<(), Stop> {
        let failed = self.spool.as_mut().and_then(|spool| spool.failed.take());
        failed.map_or(Ok(()), |problem| Err(session.stop(problem)))
    }

    /// Stop where more was set aside than the flag allows.
    pub(crate) fn stop_on_too_many(&self, session: &mut Session, checked: &Checked) -> Result<(), Stop> {
        let (what, most) = match self.most {
            Some(most @ Most::Number(_)) if self.is_over() => {
                let place = checked.aside.last().map(|(file, line)| format!("; reading stopped at {}:{line}", named(&checked.names, file)));
                (format!("more than {most} of the records{}", place.unwrap_or_default()), most)
            }
            Some(most @ Most::Share(hundredths)) if u128::from(self.set_aside) * 10_000 > u128::from(hundredths) * u128::from(self.records) => {
                (format!("{} of {} records, more than {most}", self.set_aside, self.records), most)
            }
            Some(_) | None => return Ok(()),
        };
        Err(session.stop(AskedProblem::TooManySetAside { what, most: most.to_string() }))
    }

    /// All of it is on the disk, and not yet in its place.
    pub(crate) fn make_whole(&mut self, session: &mut Session) -> Result<(), Stop> {
        let Some(spool) = &mut self.spool else { return Ok(()) };
        let whole = spool.records.make_whole().and_then(|()| spool.reasons.make_whole());
        whole.map_err(|error| session.stop(unwritable(spool.records.name(), &error)))
    }

    /// Put both files in their places, and say where they are.
    pub(crate) fn finish(self, session: &mut Session) -> Result<(), Stop> {
        let Some(Spool { records, reasons, lines, .. }) = self.spool else { return Ok(()) };
        let (name, why) = (records.name(), reasons.name());
        let written = reasons.put_in_place().and_then(|()| records.put_in_place());
        written.map_err(|error| session.stop(unwritable(name.clone(), &error)))?;
        let said = match lines {
            0 if self.set_aside == 0 => format!("nothing was set aside: {name} is empty"),
            0 => format!("there is no record to mend: {name} is empty, and {why} says why"),
            1 => format!("1 record is in {name}, and why it was set aside in {why}; mend it and check it alone: ispect check {name}"),
            _ => format!("{lines} records are in {name}, and why they were set aside in {why}; mend them and check them alone: ispect check {name}"),
        };
        session.console.say(&format!("ispect: {said}\n"));
        Ok(())
    }
}

impl Spool {
    fn open(file: &Path) -> io::Result<Self> {
        let (records, mut reasons) = (Beside::open(file)?, Beside::open(&reasons_file(file))?);
        reasons.write(&reasons::headings())?;
        Ok(Self { records, reasons, lines: 0, failed: None })
    }

    fn add<T>(&mut self, judged: &mut BlockJudged<T>, names: &[String]) -> Result<(), FileProblem> {
        let added = (|| {
            for set_aside in &mut judged.set_aside {
                let record = self.record(&std::mem::take(&mut set_aside.record))?;
                self.reasons.write(&reasons::reason(set_aside, named(names, set_aside.file), record))?;
            }
            for failed in &mut judged.failed {
                let record = self.record(&std::mem::take(&mut failed.record))?;
                let (file, line) = failed.place.map_or(("", None), |(file, line)| (named(names, file), Some(line)));
                self.reasons.write(&reasons::failure(&failed.student, &failed.reason, (file, line, record)))?;
            }
            Ok(())
        })();
        added.map_err(|error: io::Error| unwritable(self.records.name(), &error))
    }

    /// Write a record; the line it stands on.
    fn record(&mut self, record: &Kept) -> io::Result<Option<u64>> {
        match record {
            Kept::Nothing => Ok(None),
            Kept::SameRecord => Ok(Some(self.lines)),
            Kept::Record(bytes) => {
                self.records.write(bytes)?;
                self.records.write(b"\n")?;
                self.lines += 1;
                Ok(Some(self.lines))
            }
        }
    }
}

/// `aside.jsonl.reasons.csv`
fn reasons_file(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".reasons.csv");
    name.into()
}

fn named(names: &[String], file: u32) -> &str {
    names.get(file as usize).map_or("", String::as_str)
}
