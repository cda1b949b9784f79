//! All of a line in one row, words and all: what a municipality without a package publishes.

use super::dice::Dice;
use super::line::{Total, amounts, cell, typed, year};
use super::words::{DIMENSIONS, FUNCTION_COUNT, SECTIONS, STATUSES, description, function};

/// Its columns and their types.
pub const FLAT_COLUMNS: [(&str, &str); 12] = [
    ("year", "year"),
    ("section", "string"),
    ("dimension", "string"),
    ("status", "string"),
    ("project", "string"),
    ("function", "string"),
    ("description", "string"),
    ("pia", "number"),
    ("pim", "number"),
    ("compromiso_anual", "number"),
    ("devengado", "number"),
    ("girado", "number"),
];

/// The CSV of that many lines, and the total of its `devengado`.
pub fn flat(lines: usize) -> (Vec<u8>, Total) {
    let mut dice = Dice::new(0x0079_7570_6179);
    let mut csv = FLAT_COLUMNS.map(|(label, _)| label).join(",") + "\n";
    let mut total = Total::default();
    for _ in 0..lines {
        let amounts = amounts(&mut dice);
        total.add(amounts.accrued);
        csv += &format!(
            "{},{},{},{},P-{:07},{},{},{},{},{},{},{}\n",
            year(&mut dice),
            SECTIONS[dice.weighted(&[20, 18, 14, 16, 8, 5, 9, 10])],
            DIMENSIONS[dice.weighted(&[28, 26, 20, 20, 6])],
            STATUSES[dice.weighted(&[15, 10, 15, 20, 35, 5])].0,
            dice.below((lines / 5).max(1)),
            function(dice.below(FUNCTION_COUNT)),
            cell(&description(&mut dice)),
            typed(amounts.pia),
            typed(amounts.pim),
            typed(amounts.committed),
            typed(amounts.accrued),
            typed(amounts.paid),
        );
    }
    (csv.into_bytes(), total)
}

/// What that many lines are for.
pub fn descriptions(lines: usize) -> Vec<String> {
    let mut dice = Dice::new(0x0062_7573_6361);
    (0..lines).map(|_| description(&mut dice)).collect()
}
