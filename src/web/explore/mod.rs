//! Any two of what rows can be told apart by, at any stage: the page `/explore/`.

use leptos::prelude::*;

use super::app::{Loaded, PageParts};
use super::site::Site;

/// The page, for the program that shows it.
pub const PAGE: PageParts =
    PageParts { show: page, needs_rows: |_, _| true, understands: |_, _, _| false, follow: |_| () };

fn page(_site: Site, loaded: Loaded) -> AnyView {
    view! { <h1>{loaded.package.descriptor.title.clone()}</h1> }.into_any()
}
