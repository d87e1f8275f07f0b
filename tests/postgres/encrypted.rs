//! Encrypted connections: whose certificate is accepted, and what is said of others. The server lets nobody in who comes from elsewhere without encryption.

use crate::postgres::own::{Server, certificates};
use crate::postgres::{Schema, run};
use crate::tables::first_steps_tables;
use crate::worlds::{Ran, World, assert_shown, ispect, ran};

struct Reading {
    world: World,
    server: Server,
}

impl Reading {
    /// Read from a host with settings, where this machine trusts the authorities in a file.
    fn from(&self, host: &str, settings: &str, trusted: &str) -> Ran {
        let address = format!("postgresql://ispect@{host}:{}/postgres?schema=checks{settings}", self.server.port);
        let mut command = ispect(self.world.path());
        command.args(["check", &address]).env("SSL_CERT_FILE", trusted).env_remove("SSL_CERT_DIR");
        ran(&command.output().unwrap())
    }

    fn assert_shown(&self, name: &str, ran: &Ran) {
        let certificates = format!("{}/", certificates().display());
        let shown = self.world.shown(ran).replace(&certificates, "").replace(&self.server.port.to_string(), "5432");
        assert_shown("postgres/encrypted", name, &shown);
    }
}

#[test]
fn certificates_are_verified() {
    let Some(server) = Server::new() else { return };
    let (world, tables) = first_steps_tables();
    let reading = Reading { world, server };
    let schema = Schema::on(reading.server.inside(), "checks".to_owned());
    schema.write(&tables);
    let [authority, another] = ["authority.crt", "another.crt"].map(|name| certificates().join(name).display().to_string());
    let named = format!("&sslrootcert={authority}");

    // Whether the authority is one of this machine or of the address, and whatever the word for it, the findings are those of any other way to read.
    let read = reading.from("localhost", "&sslmode=require", &authority);
    assert_eq!((read.code, read.stderr.as_str()), (1, ""), "{}", read.stderr);
    let findings = |ran: &Ran| ran.stdout.lines().rev().skip(1).map(str::to_owned).collect::<Vec<_>>();
    for settings in [&named, &format!("&sslmode=require{named}"), &format!("&sslmode=verify-full{named}")] {
        let again = reading.from("localhost", settings, &another);
        assert_eq!((again.code, findings(&again)), (1, findings(&read)), "{settings}: {}", again.stderr);
    }

    reading.assert_shown("of_nobody", &reading.from("localhost", "&sslmode=require", &another));
    reading.assert_shown("of_another_name", &reading.from("127.0.0.1", &named, &another));
    let by_its_name = reading.from("localhost", &format!("{named}&hostaddr=127.0.0.1"), &another);
    assert_eq!(by_its_name.code, 1, "{}", by_its_name.stderr);
    reading.assert_shown("no_authority", &reading.from("localhost", "&sslmode=require", "nowhere.crt"));
    reading.assert_shown("no_authority_named", &reading.from("localhost", "&sslrootcert=no%20where.crt", &authority));
    for mode in ["allow", "prefer", "verify-ca", "maybe"] {
        reading.assert_shown(mode, &reading.from("localhost", &format!("&sslmode={mode}"), &authority));
    }
    // Nothing is encrypted that the address wants in the clear, and the server says what it thinks of it.
    reading.assert_shown("in_the_clear", &reading.from("localhost", "&sslmode=disable", &authority));
    reading.server.show("expired");
    reading.assert_shown("expired", &reading.from("localhost", &named, &another));
    reading.server.show("early");
    reading.assert_shown("early", &reading.from("localhost", &named, &another));
    run(&reading.server.inside(), "ALTER SYSTEM SET ssl TO off");
    reading.server.show("valid");
    reading.assert_shown("not_offered", &reading.from("localhost", &named, &another));
}
