//! The other municipality's package, fetched when the address asks for it.

use leptos::prelude::*;

use super::view::{Other, View};

/// Fetches the package that the address names, once.
pub(super) fn follow(view: View) {
    Effect::new(move |_| {
        let Some(wanted) = view.query().with else {
            view.other.set(Other::None);
            return;
        };
        let is_there = view.other.with_untracked(|other| match other {
            Other::Fetching(slug) | Other::Here(slug, _) => *slug == wanted,
            Other::None | Other::Failed => false,
        });
        let Some(errands) = view.errands.filter(|_errands| !is_there) else { return };
        view.other.set(Other::Fetching(wanted.clone()));
        let language = view.site.words().language();
        wasm_bindgen_futures::spawn_local(async move {
            let loaded = (errands.package)(wanted.clone(), language).await;
            // Another may have been asked for in the meantime, or the page may have gone.
            let is_wanted = view
                .other
                .try_get_untracked()
                .is_some_and(|now| matches!(now, Other::Fetching(slug) if slug == wanted));
            if !is_wanted {
                return;
            }
            view.other.set(match loaded {
                Ok(loaded) => Other::Here(wanted, loaded.package),
                Err(_failure) => Other::Failed,
            });
        });
    });
}
