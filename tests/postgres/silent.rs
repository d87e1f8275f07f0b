//! Servers that fall silent, seen through something between that stops to pass on what they say.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::postgres::{Schema, run};
use crate::tables::first_steps_tables;
use crate::worlds::assert_shown;

/// When something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    AtOnce,
    /// At the first question that holds a word.
    Asked(&'static str),
    /// Once all tables are known, and rows are asked for so many times.
    Reading(u32),
}

/// What is done then, before the question goes on to the server.
type Deed = Box<dyn FnOnce() -> Then + Send>;

enum Then {
    /// It goes on, and so does all that follows.
    GoOn,
    /// Nothing is passed on any more, and nothing is closed.
    Stall,
    /// The connection is closed.
    Close,
}

/// An address that leads to a server through something between; nothing, said aloud, where its own does not name the folder of its socket: `?host=FOLDER`.
fn through(schema: &Schema, when: When, deed: Deed) -> Option<String> {
    let (plain, settings) = schema.server.split_once('?').unwrap_or((&schema.server, ""));
    let setting = |name: &str| settings.split('&').find_map(|setting| setting.strip_prefix(name)?.strip_prefix('='));
    let Some(folder) = setting("host") else {
        #[allow(clippy::print_stderr, reason = "whoever reads the tests must see what was left out")]
        {
            eprintln!("servers that fall silent are left out: ISPECT_POSTGRES names no socket");
        }
        return None;
    };
    let socket = format!("{folder}/.s.PGSQL.{}", setting("port").unwrap_or("5432"));
    let (user, server) = plain.split_once("://").unwrap().1.split_once('@').unwrap();
    let (user, database) = (user.to_owned(), server.split_once('/').unwrap().1.to_owned());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let (client, _) = listener.accept().unwrap();
        between(client, UnixStream::connect(socket).unwrap(), when, deed);
    });
    Some(format!("postgresql://{user}@127.0.0.1:{port}/{database}?schema={}", schema.name))
}

fn between(mut client: TcpStream, mut server: UnixStream, when: When, deed: Deed) {
    let stalled = Arc::new(AtomicBool::new(false));
    let (mut answers, mut to_client, is_stalled) = (server.try_clone().unwrap(), client.try_clone().unwrap(), Arc::clone(&stalled));
    thread::spawn(move || pass(&mut answers, &mut to_client, |_| if is_stalled.load(Ordering::SeqCst) { Then::Stall } else { Then::GoOn }));
    let (mut deed, mut fetches) = (Some(deed), 0);
    pass(&mut client, &mut server, |question| {
        let holds = |word: &str| question.windows(word.len()).any(|part| part == word.as_bytes());
        let is_it = match when {
            When::AtOnce => true,
            When::Asked(word) => holds(word),
            When::Reading(times) => {
                fetches += u32::from(holds("FETCH"));
                fetches == times
            }
        };
        let then = if is_it { deed.take().map_or(Then::GoOn, |deed| deed()) } else { Then::GoOn };
        if matches!(then, Then::Stall) {
            stalled.store(true, Ordering::SeqCst);
        }
        then
    });
    let _ = client.shutdown(Shutdown::Both);
    let _ = server.shutdown(Shutdown::Both);
}

fn pass(from: &mut dyn Read, to: &mut dyn Write, mut then: impl FnMut(&[u8]) -> Then) {
    let mut buffer = vec![0; 1 << 16];
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        match then(&buffer[..length]) {
            Then::GoOn => {}
            Then::Stall => {
                // What is said meanwhile goes nowhere, until it is given up.
                while let Ok(1..) = from.read(&mut buffer) {}
                return;
            }
            Then::Close => return,
        }
        if to.write_all(&buffer[..length]).is_err() {
            return;
        }
    }
}

/// Read through something between, with settings; what is shown, without what differs from run to run.
fn shown(name: &str, settings: &str, when: When, deed: impl FnOnce(&Schema) -> Deed) {
    let Some(schema) = Schema::new() else { return };
    let (world, tables) = first_steps_tables();
    schema.write(&tables);
    schema.add_others(&tables, 100);
    let Some(address) = through(&schema, when, deed(&schema)) else { return };
    let begun = Instant::now();
    let shown = world.shown(&world.run(&["check", &format!("{address}{settings}"), "--format", "concise"]));
    assert!(begun.elapsed() < Duration::from_secs(20), "{shown}");
    let (server, _) = address.split_once('?').unwrap();
    assert_shown("postgres", name, &schema.steady(&shown.replace(server, "postgresql://server/records")));
}

/// Once rows are being read, the run is incomplete.
#[test]
fn a_server_that_falls_silent_while_it_is_read() {
    shown("silent_while_read", "&answer_timeout=1", When::Reading(1), |_| Box::new(|| Then::Stall));
}

/// Before any row was read nothing can be done.
#[test]
fn a_server_that_falls_silent_before_it_is_read() {
    shown("silent_before", "&answer_timeout=1", When::Asked("server_encoding"), |_| Box::new(|| Then::Stall));
}

/// A machine that takes the connection and says nothing.
#[test]
fn a_server_that_never_says_anything() {
    shown("silent_from_the_start", "&connect_timeout=1", When::AtOnce, |_| Box::new(|| Then::Stall));
}

#[test]
fn a_connection_that_is_cut_while_it_is_read() {
    shown("cut_while_read", "", When::Reading(1), |_| Box::new(|| Then::Close));
}

/// Of entries 288 are read, which are those of 73 students; that there are no more of the last one is not known, so 72 are checked.
#[test]
fn a_connection_that_is_cut_when_some_are_read() {
    shown("cut_when_some_are_read", "", When::Reading(11), |_| Box::new(|| Then::Close));
}

/// A mapping of half a database would look like one of the whole.
#[test]
fn a_connection_that_is_cut_while_a_mapping_is_proposed() {
    let Some(schema) = Schema::new() else { return };
    let (world, tables) = first_steps_tables();
    schema.write(&tables);
    world.remove("ispect.toml");
    let Some(address) = through(&schema, When::Asked("\"isp\" LIMIT"), Box::new(|| Then::Close)) else { return };
    let shown = world.shown(&world.run(&["init", "--from", &address]));
    assert!(!world.path().join("ispect.toml").exists(), "{shown}");
    let (server, _) = address.split_once('?').unwrap();
    assert_shown("postgres", "cut_while_proposed", &schema.steady(&shown.replace(server, "postgresql://server/records")));
}

/// A server that is stopped says so, and that is said.
#[test]
fn a_server_that_is_stopped_while_it_is_read() {
    shown("stopped_while_read", "", When::Reading(1), |schema| {
        let (server, name) = (schema.server.clone(), schema.name.clone());
        Box::new(move || {
            run(&server, &format!("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE relation = '{name}.student'::regclass"));
            Then::GoOn
        })
    });
}

/// Whatever is written meanwhile, in one table and in another, all rows are of the moment before; and nobody takes away a column that will be read.
#[test]
fn what_is_written_while_it_is_read_is_not_seen() {
    shown("written_meanwhile", "", When::Reading(1), |schema| {
        let (server, name) = (schema.server.clone(), schema.name.clone());
        Box::new(move || {
            let moved = "DELETE FROM entry WHERE course = 'BM101'; DELETE FROM student WHERE student = 'r0000002'; UPDATE isp SET state = 'draft'";
            let altered = "DO $$ BEGIN ALTER TABLE entry DROP course; RAISE 'a column was taken away'; EXCEPTION WHEN lock_not_available THEN END $$";
            run(&server, &format!("SET search_path TO {name}; SET lock_timeout TO '100ms'; {moved}; {altered}"));
            Then::GoOn
        })
    });
}

/// A table that a load is filling is waited for, and then named.
#[test]
fn a_table_that_is_locked() {
    let Some(schema) = Schema::new() else { return };
    let (world, tables) = first_steps_tables();
    schema.write(&tables);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (client, connection) = runtime.block_on(tokio_postgres::connect(&schema.server, tokio_postgres::NoTls)).unwrap();
    runtime.spawn(connection);
    runtime.block_on(client.batch_execute(&format!("BEGIN; LOCK TABLE {}.entry IN ACCESS EXCLUSIVE MODE", schema.name))).unwrap();
    let address = format!("{}&options=-c%20lock_timeout%3D100ms", schema.address());
    let ran = world.run(&["check", &address]);
    assert_shown("postgres", "locked", &schema.steady(&world.shown(&ran)));
    runtime.block_on(client.batch_execute("ROLLBACK")).unwrap();
}
