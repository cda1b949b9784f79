//! The words of the domain as types: what a municipality promises, budgets and spends.
//!
//! Owns: years, stages, dates, sections, dimensions, statuses, projects, budget lines, rounds. A value that exists here is
//! well formed. Refuses: reading files, adding money, and any notion of a page.

mod date;
mod line;
mod place;
mod plan;
mod point;
mod process;
mod project;
mod stage;
mod year;

pub use date::{Date, InvalidDate};
pub use line::{MonthAmounts, OfficialTotal, StageAmounts};
pub use place::{Dimension, Neighbourhood, Section, SectionFigures, Status};
pub use plan::{Crossing, Objective, PriceIndex};
pub use point::{InvalidPoint, Point};
pub use process::{Allocation, Criterion, Direction, Form, Process};
pub use project::{Change, Feasibility, Financing, Project, Scope, SharedSection, StatusChange};
pub use stage::Stage;
pub use year::{FiscalYear, InvalidYear};
