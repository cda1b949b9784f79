//! Pabulib files (`.pb`): a participatory-budgeting election in one file, proposals and ballots, as pabulib.org exchanges
//! them (arXiv 2012.06539, 2305.11035).
//!
//! Owns: reading them strictly, with every problem's section, line and column; writing them back with all their columns; and
//! the election that the funding rules work on. Refuses: repairing anything in silence. A proposal whose cost cannot be
//! read and a ballot that names an unknown proposal are not used, and stay in the file when it is written back.
//!
//! What ballots of each kind mean here: approval, `choose-1` and ordinal ballots approve every proposal they name, and a
//! proposal's votes are the ballots that name it. Cumulative and scoring ballots approve every proposal they give more than
//! zero points, and a proposal's votes are its points. Without any ballots, votes are the column `score` where points were
//! given, and else the column `votes`.

mod ballots;
mod build;
mod check;
mod compare;
mod election;
mod file;
mod meta;
mod projects;
mod sections;
mod write;

pub use ballots::PbBallot;
pub use build::Heading;
pub use file::{Form, Pabulib, PbRow, PbTable, VoteType, read_pabulib};
pub use projects::PbProject;

pub(super) use compare::hold_to_package;
