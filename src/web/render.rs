//! The same page as HTML, without a browser.

use std::sync::Arc;

use leptos::prelude::*;

use super::app::{App, Content, Municipality};
use super::route::{Address, Page};
use super::site::Site;
use super::{compare, explore, overview, projects, what_if};
use crate::text::Catalog;

/// The page's HTML, as it stands inside `<body>`.
pub fn render(words: Arc<Catalog>, address: Address, municipalities: Vec<Municipality>, content: Content) -> String {
    let owner = Owner::new();
    let page = match address.route.page {
        Page::Overview => overview::PAGE,
        Page::Explore => explore::PAGE,
        Page::Projects => projects::PAGE,
        Page::Compare => compare::PAGE,
        Page::WhatIf => what_if::PAGE,
    };
    owner.with(|| {
        let site = Site::new(words, address);
        let municipalities = RwSignal::new(municipalities);
        let content = RwSignal::new(content);
        view! { <App site municipalities content page /> }.to_html()
    })
}
