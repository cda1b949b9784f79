//! The figures on screen as what the charts draw.

use super::desk::{Desk, State};
use super::{inks, says};
use crate::chart::{
    BarPart, HeatCell, HeatModel, HeatRow, StackedBar, StackedModel, StackedRow, Tile, TilePart, TreemapModel,
    stacked_height_px,
};
use crate::indicators::{Figure, Picture, PivotRow, RowKind};

/// A canvas higher than this is more than some browsers hold; the table has all rows.
const HIGHEST_PX: f64 = 4800.0;

/// The most rows of a matrix that is taken away as a picture.
const MOST_MATRIX_ROWS: usize = 100;

/// What a row is called.
pub(super) fn name(desk: Desk, state: &State, row: &PivotRow) -> String {
    match &row.kind {
        RowKind::Value(value) => desk.label(state.rows(), value.as_deref()),
        RowKind::Others(count) => desk.count("explore.others", *count as u64),
    }
}

/// The rows as tiles, a column's within its row's.
pub(super) fn treemap(desk: Desk, state: &State) -> TreemapModel {
    let Ok(pivot) = &state.pivot else { return TreemapModel::default() };
    let columns = inks::of_columns(desk, state);
    let own = inks::of_rows(desk, state, true);
    let tile = |(row, &ink): (&PivotRow, &crate::chart::Ink)| Tile {
        label: name(desk, state, row),
        words: says::value(desk, &row.total),
        size: pivot.weight(&row.total),
        ink,
        parts: row.cells.iter().zip(&columns).map(|(cell, &ink)| TilePart { size: pivot.weight(cell), ink }).collect(),
    };
    TreemapModel { tiles: state.shown.iter().zip(&own).map(tile).collect() }
}

/// The rows as bars: one of all columns, or one a column.
pub(super) fn stacked(desk: Desk, state: &State) -> StackedModel {
    let columns = inks::of_columns(desk, state);
    let own = inks::of_rows(desk, state, false);
    let part = |figure: &Figure, ink| BarPart { size: figure.size(), ink, is_empty: figure.is_empty() };
    let bar = |parts, words| StackedBar { parts, words };
    let row = |(row, &ink): (&PivotRow, &crate::chart::Ink)| {
        let parts = row.cells.iter().zip(&columns).map(|(cell, &ink)| part(cell, ink));
        let bars = match state.look.picture {
            _ if columns.is_empty() => vec![bar(vec![part(&row.total, ink)], String::new())],
            Picture::Bars => {
                let words = row.cells.iter().map(|cell| says::value(desk, cell));
                parts.zip(words).map(|(part, words)| bar(vec![part], words)).collect()
            }
            _ => vec![bar(parts.collect(), String::new())],
        };
        StackedRow { label: name(desk, state, row), words: says::value(desk, &row.total), bars }
    };
    let mut model = StackedModel { rows: state.shown.iter().zip(&own).map(row).collect() };
    while stacked_height_px(&model) > HIGHEST_PX && model.rows.len() > 1 {
        model.rows.pop();
    }
    model
}

/// The table as a picture.
pub(super) fn heat(desk: Desk, state: &State) -> HeatModel {
    let Ok(pivot) = &state.pivot else { return HeatModel::default() };
    let site = desk.site;
    let total = site.t("table.total");
    let cell = |figure: &Figure| HeatCell { words: says::value(desk, figure), size: figure.size() };
    let cells = |row: &PivotRow| row.cells.iter().chain([&row.total]).map(cell).collect();
    let key = state.columns();
    let column = |value: &Option<String>| key.map(|key| desk.label(key, value.as_deref())).unwrap_or_default();
    let mut inks = inks::of_columns(desk, state);
    if inks.is_empty() {
        inks = vec![crate::chart::Ink::Ink];
    }
    let row = |row: &PivotRow| HeatRow { label: name(desk, state, row), cells: cells(row) };
    HeatModel {
        columns: pivot.columns.iter().map(|found| column(&found.value)).chain([total.clone()]).collect(),
        inks,
        rows: state.shown.iter().take(MOST_MATRIX_ROWS).map(row).collect(),
        total: HeatRow { label: total, cells: state.totals().iter().map(cell).collect() },
    }
}

/// How many rows are in the table on screen and not in its picture.
pub(super) fn left_out(desk: Desk, state: &State) -> usize {
    let drawn = match state.look.picture {
        Picture::Treemap => {
            let Ok(pivot) = &state.pivot else { return 0 };
            state.shown.iter().filter(|row| pivot.weight(&row.total) > 0).count()
        }
        Picture::Matrix => state.shown.len(),
        Picture::Bars | Picture::Stacked => stacked(desk, state).rows.len(),
    };
    state.shown.len() - drawn
}
