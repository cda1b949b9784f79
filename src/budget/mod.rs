//! The words of the domain as types: what a municipality promises, budgets and spends.
//!
//! Owns: years, stages, dates, sections, dimensions, statuses, projects, budget lines, rounds. A value that exists here is
//! well formed. Refuses: reading files, adding money, and any notion of a page.

mod date;
mod line;
mod place;
mod process;
mod project;
mod stage;
mod year;

pub use date::{Date, InvalidDate};
pub use line::{OfficialTotal, StageAmounts};
pub use place::{Dimension, Neighbourhood, Section, SectionFigures, Status};
pub use process::{Allocation, Criterion, Direction, Form, Process};
pub use project::{Financing, Project, Scope};
pub use stage::Stage;
pub use year::{FiscalYear, InvalidYear};
