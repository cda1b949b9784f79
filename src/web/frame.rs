//! What stands around every page, and the states of a page that has nothing to show yet, or at all.

use leptos::prelude::*;

use super::app::{Content, Failure, Municipality};
use super::route::{Address, Route, ThemeChoice};
use super::site::Site;
use crate::indicators::Selection;
use crate::money::format::Language;

/// Name of the site, the municipalities, the other language, the colours.
#[component]
pub fn Header(site: Site, municipalities: Signal<Vec<Municipality>>, content: Signal<Content>) -> impl IntoView {
    let to = move |route: Route| {
        site.address.with(|address| Address { route, selection: Selection::default(), theme: address.theme }.href())
    };
    let language = move || site.address.with(|address| address.route.language);
    let front = move || to(Route { language: language(), municipality: None });
    let here = move || site.address.with(|address| address.route.municipality.clone());
    let listed = move || {
        let link = |one: Municipality| {
            let current = (here().as_deref() == Some(one.slug.as_str())).then_some("page");
            let href = to(Route { language: language(), municipality: Some(one.slug) });
            view! { <li><a href=href aria-current=current>{one.title}</a></li> }
        };
        municipalities.get().into_iter().map(link).collect_view()
    };
    let skip = move || site.address.with(|address| format!("{}#main", address.href()));
    view! {
        <a class="skip" href=skip on:click=move |event| { event.prevent_default(); focus_main(); }>{site.t("nav.skip")}</a>
        <header class="site">
            <a class="brand" href=front>"yupay"</a>
            <nav aria-label=site.t("nav.municipalities")><ul>{listed}</ul></nav>
            <div class="tools">
                {move || other_languages(site)}
                <ThemeButton site />
            </div>
        </header>
        {move || notice(site, &content.read())}
    }
}

fn focus_main() {
    use wasm_bindgen::JsCast;
    let main = document().get_element_by_id("main");
    if let Some(main) = main.and_then(|main| main.dyn_into::<web_sys::HtmlElement>().ok()) {
        drop(main.focus());
    }
}

fn other_languages(site: Site) -> impl IntoView {
    let address = site.address.get();
    let others = Language::ALL.into_iter().filter(|language| *language != address.route.language);
    let link = |language: Language| {
        let route = Route { language, ..address.route.clone() };
        let href = Address { route, ..address.clone() }.href();
        // Each language names itself, so that who reads only that one finds it.
        let name = site.t(&format!("language.{}", language.tag()));
        view! { <a href=href hreflang=language.tag() lang=language.tag()>{name}</a> }
    };
    others.map(link).collect_view()
}

/// Says of a demonstration that it is one, before anything else.
fn notice(site: Site, content: &Content) -> Option<impl IntoView + use<>> {
    let Content::Package(loaded) = content else { return None };
    let (es, en) = loaded.package.descriptor.notice.clone()?;
    let text = match site.words().language() {
        Language::En if !en.is_empty() => en,
        _ => es,
    };
    let href = site.address.with(|address| format!("{}#provenance", address.href()));
    Some(view! {
        <p id="notice" class="notice">
            <strong>{site.t("notice.illustrative")}</strong>
            " "
            {text}
            " "
            <a href=href rel="nofollow">{site.t("notice.why")}</a>
        </p>
    })
}

#[component]
fn ThemeButton(site: Site) -> impl IntoView {
    let next = move || match site.address.with(|address| address.theme) {
        ThemeChoice::System => ThemeChoice::Dark,
        ThemeChoice::Dark => ThemeChoice::Light,
        ThemeChoice::Light => ThemeChoice::System,
    };
    let name = move || match site.address.with(|address| address.theme) {
        ThemeChoice::System => site.t("theme.system"),
        ThemeChoice::Dark => site.t("theme.dark"),
        ThemeChoice::Light => site.t("theme.light"),
    };
    view! {
        <button
            id="theme"
            type="button"
            on:click=move |_| {
                let theme = next();
                site.go(Address { theme, ..site.address.get_untracked() });
            }
        >
            {move || site.fill("theme.button", &[("theme", &name())])}
        </button>
    }
}

/// While files are on their way.
#[component]
pub fn Loading(site: Site) -> impl IntoView {
    view! {
        <p class="loading" role="status">{site.t("state.loading")}</p>
        <div class="skeleton" aria-hidden="true"><span></span><span></span><span></span></div>
    }
}

/// When there is nothing to show.
#[component]
pub fn Failed(site: Site, failure: Failure) -> impl IntoView {
    let (what, reason) = match failure {
        Failure::Unavailable(reason) => (site.t("state.unavailable"), reason),
        Failure::Unreadable => (site.t("state.unreadable"), String::new()),
    };
    let front = site.address.with(|address| {
        let route = Route { language: address.route.language, municipality: None };
        Address { route, selection: Selection::default(), theme: address.theme }.href()
    });
    let slug = site.address.with(|address| address.route.municipality.clone()).unwrap_or_default();
    view! {
        <h1>{site.fill("state.failed", &[("name", &slug)])}</h1>
        <p>{what}</p>
        {(!reason.is_empty()).then(|| view! { <p class="muted">{site.fill("state.reason", &[("reason", &reason)])}</p> })}
        <p><a href=front>{site.t("state.others")}</a></p>
    }
}

/// Under every page.
#[component]
pub fn Footer(site: Site) -> impl IntoView {
    view! {
        <footer class="site">
            <p>{site.t("footer.what")}</p>
            <p>{site.t("footer.privacy")}</p>
        </footer>
    }
}
