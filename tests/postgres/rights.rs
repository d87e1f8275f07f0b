//! Readers who may not read all that is asked of them, and what is said to mend it. Whether it is a table, its schema or what stands behind a view, nothing is
//! checked then, as with a file that may not be read.

use crate::postgres::Schema;
use crate::tables::first_steps_tables;
use crate::worlds::{World, assert_shown};

/// A reader of a test's own, who ends with it.
struct Reader<'s> {
    schema: &'s Schema,
    world: World,
    name: String,
}

impl<'s> Reader<'s> {
    fn new(schema: &'s Schema) -> Self {
        let (world, tables) = first_steps_tables();
        schema.write(&tables);
        let name = format!("{}_reader", schema.name);
        schema.run(&format!("CREATE ROLE {name}"));
        Self { schema, world, name }
    }

    fn run(&self, sql: &str) {
        self.schema.run(&sql.replace("READER", &self.name).replace("HERE", &self.schema.name));
    }

    /// What is shown, with the names of the case.
    fn shown(&self) -> String {
        let address = format!("{}&options=-c%20role%3D{}", self.schema.address(), self.name);
        self.schema.steady(&self.world.shown_with_problems_drawn(&["check", &address]))
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        self.run("RESET ROLE; DROP OWNED BY READER; DROP ROLE READER");
    }
}

/// A policy that shows a reader some rows only: what is hidden would count as not there.
#[test]
fn rows_that_the_server_hides_are_not_taken_for_missing() {
    let Some(schema) = Schema::new() else { return };
    let reader = Reader::new(&schema);
    reader.run("GRANT USAGE ON SCHEMA HERE TO READER; GRANT SELECT ON ALL TABLES IN SCHEMA HERE TO READER");
    reader.run("ALTER TABLE entry ENABLE ROW LEVEL SECURITY; CREATE POLICY others ON entry USING (course <> 'BM101')");
    assert_shown("postgres", "hidden_rows", &reader.shown());
    reader
        .run("ALTER TABLE entry RENAME TO lines; CREATE VIEW entry WITH (security_invoker) AS SELECT * FROM lines; GRANT SELECT ON entry TO READER");
    assert_shown("postgres", "hidden_rows_behind_a_view", &reader.shown());
}

/// One right after the other, each as it was said to be given, until the findings come.
#[test]
fn rights_that_are_lacking_are_named() {
    let Some(schema) = Schema::new() else { return };
    let reader = Reader::new(&schema);
    assert_shown("postgres", "no_right_to_the_schema", &reader.shown());
    reader.run("GRANT USAGE ON SCHEMA HERE TO READER; GRANT SELECT ON student, enrolment, isp TO READER; GRANT SELECT (student) ON entry TO READER");
    assert_shown("postgres", "no_right_to_a_table", &reader.shown());
    reader.run("ALTER TABLE entry RENAME TO lines; CREATE VIEW entry AS SELECT * FROM lines; ALTER VIEW entry OWNER TO READER");
    assert_shown("postgres", "no_right_behind_a_view", &reader.shown());
    reader.run("GRANT SELECT ON lines TO READER");
    let shown = reader.shown();
    assert!(shown.starts_with("exit code 1\n"), "{shown}");
}
