//! The only test binary: one file more here costs a module, not another linking.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what it expects by failing")]

mod architecture;
mod arrivals;
mod books;
mod broken_input;
mod command_line;
mod generate;
mod help;
mod init_from;
mod lists;
mod odisee;
mod order;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "postgres")]
mod postgres;
mod projects;
mod quarantine;
mod regulations;
mod results;
mod schemas;
#[cfg(feature = "sqlite")]
mod sqlite;
mod tables;
mod worlds;
#[cfg(feature = "xlsx")]
mod xlsx;
