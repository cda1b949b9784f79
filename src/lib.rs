//! Yupay: what a municipality promised, what it spent, and what became of each project.
//!
//! The map, bottom to top; nothing imports upwards, and only `cli`, `web`, `download` and the workers `loader` and `funder` touch
//! the outside world (`tests/architecture.rs` holds it, ARCHITECTURE.md explains it).

pub mod money;

pub mod budget;

pub mod engine;

pub mod allocation;

pub mod dataset;

pub mod indicators;

pub mod chart;

pub mod text;

pub mod funder;

#[cfg(feature = "cli")]
pub mod cli;

#[cfg(feature = "views")]
pub mod web;

#[cfg(feature = "download")]
pub mod download;

#[cfg(feature = "loader")]
pub mod loader;
