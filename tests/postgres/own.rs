//! A server of a test's own, where its programs are installed: it encrypts what comes from elsewhere, or refuses to be read.

use std::fs;
use std::io::Write as _;
use std::net::TcpListener;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::worlds::root;

pub(super) struct Server {
    folder: TempDir,
    programs: PathBuf,
    pub(super) port: u16,
}

impl Server {
    /// Nothing, said aloud, where no server is installed.
    pub(super) fn new() -> Option<Self> {
        let Some(programs) = programs() else {
            #[allow(clippy::print_stderr, reason = "whoever reads the tests must see what was left out")]
            {
                eprintln!("a server of one's own is left out: PostgreSQL is not installed");
            }
            return None;
        };
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Self { folder: TempDir::new().unwrap(), programs, port };
        hand_over(server.folder.path());
        server.call("initdb", &["--username=ispect", "--auth=trust", "--encoding=UTF8", "--no-sync"]);
        fs::write(server.data().join("pg_hba.conf"), "local all all trust\nhostssl all all all trust\n").unwrap();
        server.place("server.key", "server.key");
        server.present("valid");
        let settings = format!(
            "port = {port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = '{}'\nfsync = off\nssl = on\nssl_cert_file = 'shown.crt'\n",
            server.folder.path().display()
        );
        let mut file = fs::OpenOptions::new().append(true).open(server.data().join("postgresql.conf")).unwrap();
        file.write_all(settings.as_bytes()).unwrap();
        server.call("pg_ctl", &["--wait", "--silent", "--log=/dev/null", "start"]);
        Some(server)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The address by which the test itself gets in.
    pub(super) fn inside(&self) -> String {
        format!("postgresql://ispect@/postgres?port={}&host={}", self.port, self.folder.path().display())
    }

    /// Show a certificate from now on.
    pub(super) fn show(&self, certificate: &str) {
        self.present(certificate);
        self.call("pg_ctl", &["--wait", "--silent", "--mode=fast", "--log=/dev/null", "restart"]);
    }

    fn present(&self, certificate: &str) {
        self.place(&format!("{certificate}.crt"), "shown.crt");
    }

    fn place(&self, from: &str, name: &str) {
        let to = self.data().join(name);
        let _ = fs::remove_file(&to);
        fs::copy(certificates().join(from), &to).unwrap();
        assert!(Command::new("chmod").arg("600").arg(&to).status().unwrap().success());
        hand_over(&to);
    }

    fn call(&self, program: &str, arguments: &[&str]) {
        let mut command = if is_root() { Command::new("runuser") } else { Command::new(self.programs.join(program)) };
        if is_root() {
            command.args(["-u", "postgres", "--"]).arg(self.programs.join(program));
        }
        command.arg("--pgdata").arg(self.data()).args(arguments).current_dir(self.folder.path());
        // A server that is started keeps what it is given open.
        let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
        assert!(status.success(), "{program} {arguments:?}: {status}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.call("pg_ctl", &["--silent", "--mode=immediate", "stop"]);
    }
}

pub(super) fn certificates() -> PathBuf {
    root().join("tests/cases/postgres/certificates")
}

/// The folder of the newest programs: `/usr/lib/postgresql/15/bin`, `/usr/pgsql-15/bin`.
fn programs() -> Option<PathBuf> {
    let in_folder = |folder: &str| fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let version = |folder: &PathBuf| folder.file_name().unwrap().to_str()?.trim_start_matches("pgsql-").parse::<u32>().ok();
    let installed = in_folder("/usr/lib/postgresql").into_iter().chain(in_folder("/usr"));
    let versions = installed.filter_map(|folder| Some((version(&folder)?, folder.join("bin"))));
    versions.filter(|(_, programs)| programs.join("initdb").is_file()).max().map(|(_, programs)| programs)
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

/// No server runs as root.
fn hand_over(path: &Path) {
    if is_root() {
        assert!(Command::new("chown").arg("postgres").arg(path).status().unwrap().success());
    }
}
