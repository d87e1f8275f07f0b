//! What `--help` says, and that what is generated from the arguments is there.

use crate::worlds::{World, assert_shown};

#[test]
fn help_is_reviewed() {
    let world = World::empty();
    assert_shown("help", "ispect", &world.shown(&world.run(&["--help"])));
    for command in ["check", "lint", "fmt", "test", "explain", "schema", "generate", "init"] {
        assert_shown("help", command, &world.shown(&world.run(&[command, "--help"])));
    }
}

#[test]
fn shells_and_manuals_know_every_command() {
    let world = World::empty();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = world.run(&["completions", shell]);
        assert!(ran.code == 0 && ran.stdout.contains("all-verdicts"), "{shell}");
    }
    let ran = world.run(&["man"]);
    assert!(ran.code == 0 && ran.stdout.contains("ispect\\-check"), "{}", ran.stdout);
}

#[test]
fn schemas_are_reviewed() {
    let world = World::empty();
    for what in ["dossier", "catalogue", "tables"] {
        assert_shown("schema", what, &world.run(&["schema", what]).stdout);
    }
}
