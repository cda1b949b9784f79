//! Questions to the pivot of the page Explore, and the names of its rows.

use yupay::budget::Stage;
use yupay::engine::Key;
use yupay::indicators::{Look, PivotRow, RowKind, Selection, YearChoice};

/// Every year, at a stage.
pub fn all_years(stage: Stage) -> Selection {
    Selection { year: YearChoice::All, stage, ..Selection::default() }
}

/// Two keys, from the first page.
pub fn look(rows: Key, columns: Option<Key>) -> Look {
    Look { rows: Some(rows), columns: Some(columns), page: 1, part: 1, ..Look::default() }
}

/// What a row is of.
pub fn by(row: &PivotRow) -> Option<String> {
    match &row.kind {
        RowKind::Value(value) => value.clone(),
        RowKind::Others(_) => Some("others".to_owned()),
    }
}
