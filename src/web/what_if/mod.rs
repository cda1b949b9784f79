//! What if: what each section would get by another rule.

use leptos::prelude::*;

use super::app::{Loaded, PageParts};
use super::site::Site;
use super::{fragment, provenance};

/// The page, for the program that shows it.
pub const PAGE: PageParts = PageParts { show: page, needs_rows: |_, _| false, follow: fragment::follow };

/// The page of a package.
pub fn page(site: Site, loaded: Loaded) -> AnyView {
    view! {
        <div class="what-if">
            {provenance::problems(site, &loaded)}
            <h1>{site.t("what-if.heading")}</h1>
            <p class="lead">{loaded.package.descriptor.title.clone()}</p>
            {provenance::provenance(site, &loaded)}
        </div>
    }
    .into_any()
}
