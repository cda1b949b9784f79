//! What stands around every page, and the states of a page that has nothing to show yet, or at all.

use leptos::prelude::*;

use super::app::{Content, Failure, Municipality, Reading, in_language};
use super::route::{Address, Page, Route, ThemeChoice};
use super::site::Site;
use crate::money::format::{Language, NumberStyle};

/// Name of the site, the municipalities, the pages of this one, the other language, the colours.
pub(super) fn header(site: Site, municipalities: &[Municipality]) -> AnyView {
    let address = site.address();
    let here = address.route.municipality.as_deref();
    let municipalities = municipalities.iter().map(|one| {
        let current = (here == Some(one.slug.as_str())).then_some("true");
        link(site.href_of(Some(&one.slug)), one.title.clone(), current)
    });
    let municipalities = navigation(site.t("nav.municipalities"), "municipalities", municipalities.collect());
    let pages = here.map(|_municipality| {
        let pages = Page::ALL.map(|page| {
            let current = (address.route.page == page).then_some("page");
            link(site.href_to_page(page), site.t(page_name(page)), current)
        });
        navigation(site.t("nav.pages"), "pages", pages.into())
    });
    let languages = Language::ALL.into_iter().filter(|language| *language != address.route.language).map(|language| {
        let route = Route { language, ..address.route.clone() };
        let href = Address { route, ..address.clone() }.href();
        // Each language names itself, so that who reads only that one finds it.
        let name = site.t(&format!("language.{}", language.tag()));
        view! { <a href=href hreflang=language.tag() lang=language.tag()>{name}</a> }
    });
    let languages = languages.collect_view();
    let theme = match address.theme {
        ThemeChoice::System => site.t("theme.system"),
        ThemeChoice::Dark => site.t("theme.dark"),
        ThemeChoice::Light => site.t("theme.light"),
    };
    view! {
        <a class="skip" href=site.href_to("main")>{site.t("nav.skip")}</a>
        <header class="site">
            <a class="brand" href=site.href_of(None)>"yupay"</a>
            {municipalities}
            {pages}
            <div class="tools">
                {languages}
                <button id="theme" type="button" on:click=move |_| next_theme(site)>{site.fill("theme.button", &[("theme", &theme)])}</button>
            </div>
        </header>
    }
    .into_any()
}

pub(super) fn page_name(page: Page) -> &'static str {
    match page {
        Page::Overview => "nav.overview",
        Page::Explore => "nav.explore",
        Page::Projects => "nav.projects",
        Page::Compare => "nav.compare",
        Page::WhatIf => "nav.what-if",
    }
}

/// One link of a navigation; `current` as `aria-current` says it, where it leads to where the reader is.
fn link(href: String, name: String, current: Option<&'static str>) -> AnyView {
    view! { <li><a href=href aria-current=current>{name}</a></li> }.into_any()
}

fn navigation(label: String, class: &'static str, links: Vec<AnyView>) -> AnyView {
    view! { <nav class=class aria-label=label><ul>{links}</ul></nav> }.into_any()
}

fn next_theme(site: Site) {
    let address = site.address_now();
    let theme = match address.theme {
        ThemeChoice::System => ThemeChoice::Dark,
        ThemeChoice::Dark => ThemeChoice::Light,
        ThemeChoice::Light => ThemeChoice::System,
    };
    site.go(Address { theme, ..address });
}

/// Says of a demonstration that it is one, before anything else.
pub(super) fn notice(site: Site, content: &Content) -> AnyView {
    let Content::Package(loaded) = content else { return ().into_any() };
    let Some((es, en)) = loaded.package.descriptor.notice.clone() else { return ().into_any() };
    let (text, language) = in_language(site.words().language(), &es, &en);
    view! {
        <aside id="notice" class="notice" aria-label=site.t("notice.label")>
            <strong>{site.t("notice.illustrative")}</strong>
            " "
            <span lang=language.tag()>{text.to_owned()}</span>
            " "
            <a href=site.href_to("provenance")>{site.t("notice.why")}</a>
        </aside>
    }
    .into_any()
}

/// While files are on their way.
pub(super) fn loading(site: Site, reading: Option<Reading>) -> AnyView {
    let progress = reading.map(|Reading { bytes, of }| {
        let style = NumberStyle::new(site.words().language(), "");
        let kilobytes = |bytes: u64| style.count(i64::try_from(bytes / 1000).unwrap_or(i64::MAX));
        let of = of.filter(|&of| of >= bytes);
        let said = match of {
            Some(of) => site.fill("state.read-of", &[("read", &kilobytes(bytes)), ("all", &kilobytes(of))]),
            None => site.fill("state.read", &[("read", &kilobytes(bytes))]),
        };
        view! { <p id="progress"><progress aria-label=site.t("state.loading") value=of.map(|_| bytes.to_string()) max=of.map(|of| of.to_string())></progress> " " {said}</p> }
    });
    view! {
        <h1 class="loading" aria-live="polite">{site.t("state.loading")}</h1>
        {progress}
        <div class="skeleton" aria-hidden="true"><span></span><span></span><span></span></div>
    }
    .into_any()
}

/// When there is nothing to show.
pub(super) fn failed(site: Site, failure: &Failure) -> AnyView {
    let (what, reason) = match failure {
        Failure::Unavailable(reason) => ("state.unavailable", Some(reason)),
        Failure::Unreadable => ("state.unreadable", None),
        Failure::NoReader => ("state.no-reader", None),
    };
    let reason = reason.map(|reason| site.fill("state.reason", &[("reason", reason)]));
    let slug = site.address().route.municipality.unwrap_or_default();
    view! {
        <h1>{site.fill("state.failed", &[("name", &slug)])}</h1>
        <p>{site.t(what)}</p>
        <p class="muted">{reason}</p>
        <p><a href=site.href_of(None)>{site.t("state.others")}</a></p>
    }
    .into_any()
}

/// Under every page.
pub(super) fn footer(site: Site) -> AnyView {
    view! {
        <footer class="site">
            <p>{site.t("footer.what")}</p>
            <p>{site.t("footer.privacy")}</p>
        </footer>
    }
    .into_any()
}
