//! Other codes for a column's values, worked out once a distinct value where the column has a dictionary.

use super::columns::{Cells, Value};
use crate::engine::Codes;

/// The code of each row's value, asked for in order of first appearance; none where the file has no such column.
pub(super) fn translate(cells: Option<&Cells>, code_of: &mut dyn FnMut(Value<'_>) -> u32) -> Codes {
    let Some(cells) = cells else { return Codes::default() };
    let Some((codes, values)) = cells.coded() else {
        return (0..cells.len()).map(|place| code_of(cells.value(place))).collect();
    };
    let mut known: Vec<Option<u32>> = vec![None; values.len()];
    let of_row = |place| {
        let raw = codes.get(place) as usize;
        let Some(slot) = known.get_mut(raw) else { return code_of(Value::Missing) };
        *slot.get_or_insert_with(|| code_of(values.get(raw).copied().unwrap_or(Value::Missing)))
    };
    (0..codes.len()).map(of_row).collect()
}
