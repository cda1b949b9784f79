//! What a link asks for and nothing here knows: named, so that nobody takes the view for what was asked.

use leptos::prelude::*;

use super::site::Site;

/// The pairs of the address that mean nothing here; nothing where all of it was understood.
pub(super) fn list(site: Site) -> AnyView {
    let ignored = site.address().ignored;
    if ignored.is_empty() {
        return ().into_any();
    }
    let pairs: Vec<String> = ignored.iter().map(|(name, value)| format!("{name}={value}")).collect();
    view! { <p class="ignored" id="ignored" role="status" dir="auto">{site.fill("state.ignored", &[("pairs", &pairs.join(", "))])}</p> }
        .into_any()
}
