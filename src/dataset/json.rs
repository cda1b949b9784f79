//! Properties of a JSON object, as the descriptor needs them: absent and of another type are one and the same.

use serde_json::{Map, Value as Json};

pub(super) fn text(json: &Map<String, Json>, property: &str) -> String {
    json.get(property).and_then(Json::as_str).unwrap_or_default().trim().to_owned()
}

pub(super) fn show(json: Option<&Json>) -> String {
    match json {
        Some(Json::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

/// A string or a list of strings, as v1 and v2 both allow for keys.
pub(super) fn names(json: Option<&Json>) -> Vec<String> {
    match json {
        Some(Json::String(name)) => vec![name.clone()],
        Some(Json::Array(names)) => names.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

pub(super) fn objects(json: Option<&Json>) -> impl Iterator<Item = &Map<String, Json>> {
    json.and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_object)
}

pub(super) fn first_filled(texts: impl IntoIterator<Item = String>) -> String {
    texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}
