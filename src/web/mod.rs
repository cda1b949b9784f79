//! The Leptos site: the only code that touches the browser, and that in effects and event handlers alone.
//!
//! Owns: addresses, the pages as components, fetching. Refuses: arithmetic on amounts (indicators do it), words (language
//! files have them), and anything that would stop a page from being written as HTML without a browser.

pub mod app;
mod breakdown;
mod charts;
mod chips;
pub mod compare;
mod element;
mod events;
pub mod explore;
mod fragment;
mod frame;
mod front;
mod headline;
mod history;
mod ignored;
mod interaction;
mod matrix;
mod official;
pub mod overview;
mod painter;
mod pickers;
pub mod projects;
mod provenance;
pub mod qr;
pub mod route;
mod site;
mod take;
pub mod what_if;

#[cfg(feature = "web")]
mod fetch;
#[cfg(feature = "web")]
mod place;
#[cfg(feature = "web")]
mod plain;
#[cfg(feature = "web")]
pub mod start;

#[cfg(feature = "pages")]
pub mod render;
