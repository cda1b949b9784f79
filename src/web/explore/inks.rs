//! Which colour stands for which value: the same as long as the package is, whatever is chosen.

use super::desk::{Desk, State};
use crate::chart::{Ink, series_for};
use crate::engine::Key;
use crate::indicators::RowKind;

/// The ink of each of some values of a key; those with none published are muted.
fn inks(desk: Desk, key: Key, values: &[Option<&str>]) -> Vec<Ink> {
    let package = desk.package();
    let known = package.facts.values(key);
    let series = series_for(&known);
    let ink = |value: &Option<&str>| {
        let place = known.iter().position(|known| Some(*known) == *value);
        place.and_then(|place| series.get(place).copied()).map_or(Ink::Muted, Ink::Series)
    };
    values.iter().map(ink).collect()
}

/// The inks of the columns.
pub(super) fn of_columns(desk: Desk, state: &State) -> Vec<Ink> {
    let (Ok(pivot), Some(key)) = (&state.pivot, state.columns()) else { return Vec::new() };
    let values: Vec<Option<&str>> = pivot.columns.iter().map(|column| column.value.as_deref()).collect();
    inks(desk, key, &values)
}

/// The inks of the rows on screen, where no columns have theirs. Bars are told apart by their names, but for dimensions,
/// which have their colours on every page; tiles have nothing else.
pub(super) fn of_rows(desk: Desk, state: &State, is_told_by_colour: bool) -> Vec<Ink> {
    let values: Vec<Option<&str>> = state.shown.iter().map(|row| row.kind.value().flatten()).collect();
    if is_told_by_colour || state.rows() == Key::Dimension {
        return inks(desk, state.rows(), &values);
    }
    let ink = |kind: &RowKind| if matches!(kind, RowKind::Value(Some(_))) { Ink::Ink } else { Ink::Muted };
    state.shown.iter().map(|row| ink(&row.kind)).collect()
}
