//! Why a server can't be read, and what to do: who must be given which right, and who has locked what.

use tokio_postgres::error::SqlState;

use crate::records::from_postgres::connection::{Connection, Unanswered};

/// Why a server can't be read, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ServerFault {
    pub(crate) reason: String,
    pub(crate) help: Option<String>,
}

impl ServerFault {
    pub(crate) fn new(reason: impl Into<String>, help: impl Into<String>) -> Self {
        Self { reason: reason.into(), help: Some(help.into()) }
    }

    /// Of an address that leads to no server, to none that answers, or to one that does not let the user in.
    pub(crate) fn of_address(reason: impl Into<String>) -> Self {
        const ADDRESS: &str = "an address is `postgresql://user@host/database`, and the password stands in PGPASSWORD; `?schema=NAME` names a schema";
        Self::new(reason, ADDRESS)
    }
}

/// Of what was asked of no table.
impl From<Unanswered> for ServerFault {
    fn from(unanswered: Unanswered) -> Self {
        let help = matches!(unanswered, Unanswered::Silent { .. }).then(|| WAITING.to_owned());
        Self { reason: unanswered.reason(), help }
    }
}

const WAITING: &str =
    "it may be overloaded, or the connection is cut; `?answer_timeout=1800` in the address waits for half an hour; nothing was checked";
const LOCKED: &str =
    "wait until that program has finished, or wait longer for it: `?options=-c%20lock_timeout=600s` in the address; nothing was checked";

/// Why a table can't be read.
pub(super) fn of_table(connection: &mut Connection, (schema, table): (&str, &str), unanswered: Unanswered) -> ServerFault {
    let code = if let Unanswered::Failed(error) = &unanswered { error.code().cloned() } else { None };
    let said = unanswered.reason();
    if unanswered.is_lack_of_rights() {
        let help = rights(connection, (schema, table)).unwrap_or_else(|_| format!("{GRANT}; nothing was checked"));
        return ServerFault::new(format!("`{table}` may not be read: {said}"), help);
    }
    if code == Some(SqlState::LOCK_NOT_AVAILABLE) {
        return ServerFault::new(format!("`{table}` is locked by another program: {said}"), LOCKED);
    }
    let fault = ServerFault::from(unanswered);
    ServerFault { reason: format!("`{table}`: {}", fault.reason), ..fault }
}

const GRANT: &str = "the user must be allowed to read it (`GRANT SELECT`, and `GRANT USAGE` on its schema)";

/// What is asked of a table that may not be read.
const RIGHTS: &str = "SELECT has_schema_privilege(n.oid, 'USAGE'), has_table_privilege(c.oid, 'SELECT'), c.relkind = 'v', \
                      format('GRANT USAGE ON SCHEMA %I TO %I', n.nspname, current_user), format('GRANT SELECT ON %I.%I TO %I', n.nspname, c.relname, current_user), \
                      quote_ident(CASE WHEN c.reloptions && '{security_invoker=true,security_invoker=on,security_invoker=yes,security_invoker=1}' \
                      THEN current_user ELSE pg_get_userbyid(c.relowner) END) \
                      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = $2";

/// Which rights are lacking, and what gives them.
fn rights(connection: &mut Connection, (schema, table): (&str, &str)) -> Result<String, Unanswered> {
    connection.wait(async |client| client.batch_execute("ROLLBACK").await)?;
    let row = connection.wait(async |client| client.query_one(RIGHTS, &[&schema, &table]).await)?;
    let (in_schema, in_table, is_view): (bool, bool, bool) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
    let (of_schema, of_table, behind): (String, String, String) = (row.try_get(3)?, row.try_get(4)?, row.try_get(5)?);
    let grants: Vec<String> = [(in_schema, of_schema), (in_table, of_table)].into_iter().filter(|(has, _)| !has).map(|(_, grant)| grant).collect();
    Ok(match (grants.is_empty(), is_view) {
        (false, _) => format!("whoever owns it gives the right: `{}`; nothing was checked", grants.join("; ")),
        (true, true) => format!(
            "what stands behind the view is read in the name of `{behind}`, who must be allowed to: `GRANT SELECT ON … TO {behind}`, and where policies hide \
             rows, `BYPASSRLS`; nothing was checked"
        ),
        (true, false) => {
            "policies show its readers some rows only, and a dossier would not be whole: give the user `BYPASSRLS`, or a view of the owner's; \
                          nothing was checked"
                .to_owned()
        }
    })
}
