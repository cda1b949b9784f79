//! What the native benches read: made-up spending lines in the shape of the kit's (../shared/bench), always the same ones.
//!
//! Owns: the draws, one line of spending, and the two forms it is written in: one flat CSV (`flat`) and a package the
//! reader finds no fault with (`package`). Every form says what its amounts add up to, so that a bench can check the
//! answer it is about to time. Also rounds to share out (`rounds`). Refuses: clocks, files, randomness that differs from run to run.
#![allow(dead_code, unused_imports, reason = "not every bench uses every form")]

mod dice;
mod flat;
mod line;
mod package;
mod rounds;
mod words;

use std::time::Duration;

use criterion::Criterion;
pub use flat::{FLAT_COLUMNS, descriptions, flat};
pub use line::{Total, YEARS};
pub use package::{PackageFiles, package};
pub use rounds::{inputs, rounds, rule};

/// Short, so that all the benches together take a few minutes; a bench of seconds lowers the samples further.
pub fn config() -> Criterion {
    Criterion::default().sample_size(20).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3))
}

/// How many lines, as the benches name it: `10k`, `1M`.
pub fn name(lines: usize) -> String {
    match lines {
        _ if lines >= 1_000_000 && lines.is_multiple_of(1_000_000) => format!("{}M", lines / 1_000_000),
        _ if lines >= 1_000 && lines.is_multiple_of(1_000) => format!("{}k", lines / 1_000),
        _ => lines.to_string(),
    }
}
