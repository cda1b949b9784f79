//! Addresses: the path says what, the query says how it is looked at. Relative to the site's folder, so that the site works
//! under any base path (each page has a `<base>` that leads to the folder).

use crate::indicators::Selection;
use crate::money::format::Language;

/// The pages of a municipality. Each is a document of its own, with a program of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Page {
    /// What was promised and what was spent.
    #[default]
    Overview,
    /// What another rule would give each section.
    WhatIf,
}

/// Which page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Language of the page.
    pub language: Language,
    /// The municipality's folder; `None` on the front page.
    pub municipality: Option<String>,
    /// Which of the municipality's pages; the first where there is no municipality.
    pub page: Page,
}

/// The reader's choice of colours; kept in the address and nowhere else.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// A whole address: page, view, colours, and what the page keeps to itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Page.
    pub route: Route,
    /// View.
    pub selection: Selection,
    /// Colours.
    pub theme: ThemeChoice,
    /// What stands after `#`, percent-encoded as it stands there, on a page that keeps its state in it; no host ever sees it.
    /// Empty on the others, where it is a place on the page.
    pub fragment: String,
}

impl Page {
    /// All pages, in the order of the navigation.
    pub const ALL: [Self; 2] = [Self::Overview, Self::WhatIf];

    /// Its folder below the municipality's; empty for the first, which is the municipality's own.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::WhatIf => "what-if",
        }
    }

    /// The page of a folder; the first where there is none of that name.
    pub fn from_folder(folder: &str) -> Self {
        Self::ALL.into_iter().find(|page| page.folder() == folder).unwrap_or_default()
    }

    /// Whether what stands after `#` is the page's state and not a place on it.
    pub fn keeps_fragment(self) -> bool {
        self == Self::WhatIf
    }
}

impl Route {
    /// The page of a path below the site's folder: `es/villa-el-salvador/what-if/`. A path without a known language is the
    /// Spanish front page.
    pub fn from_path(path: &str) -> Self {
        let mut parts = path.split('/').filter(|part| !part.is_empty() && *part != "index.html");
        let language = parts.next().and_then(Language::from_tag);
        let municipality = language.and(parts.next()).map(str::to_owned);
        let page = parts.next().map(Page::from_folder).unwrap_or_default();
        Self {
            language: language.unwrap_or(Language::Es),
            page: municipality.as_ref().map_or(Page::Overview, |_| page),
            municipality,
        }
    }

    /// Its path below the site's folder.
    pub fn path(&self) -> String {
        let language = self.language.tag();
        match (&self.municipality, self.page.folder()) {
            (Some(municipality), "") => format!("{language}/{municipality}/"),
            (Some(municipality), folder) => format!("{language}/{municipality}/{folder}/"),
            (None, _) => format!("{language}/"),
        }
    }
}

impl ThemeChoice {
    /// Its name in the address and in `data-theme`; empty for the system's choice.
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The choice of a name.
    pub fn from_name(name: &str) -> Self {
        [Self::Light, Self::Dark].into_iter().find(|theme| theme.name() == name).unwrap_or_default()
    }
}

impl Address {
    /// The address of a path below the site's folder, a query string and a fragment (with or without their `?` and `#`).
    pub fn parse(path: &str, query: &str, fragment: &str) -> Self {
        let route = Route::from_path(path);
        let query = query.strip_prefix('?').unwrap_or(query);
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
        let theme = pairs.iter().find(|(name, _)| name == "theme").map(|(_, name)| ThemeChoice::from_name(name));
        Self {
            fragment: if route.page.keeps_fragment() { fragment.to_owned() } else { String::new() },
            route,
            selection: Selection::from_pairs(pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref()))),
            theme: theme.unwrap_or_default(),
        }
    }

    /// The address of a link relative to the site's folder.
    pub fn from_href(href: &str) -> Self {
        let (rest, fragment) = href.split_once('#').unwrap_or((href, ""));
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        Self::parse(path, query, fragment)
    }

    /// The address as a link relative to the site's folder.
    pub fn href(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.selection.to_pairs());
        if self.theme != ThemeChoice::System {
            query.append_pair("theme", self.theme.name());
        }
        let mut href = self.route.path();
        for (mark, part) in [('?', query.finish()), ('#', self.fragment.clone())] {
            if !part.is_empty() {
                href.push(mark);
                href.push_str(&part);
            }
        }
        href
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_restored() {
        for (read, expected) in [
            ("", "es/"),
            ("index.html", "es/"),
            ("en", "en/"),
            ("xx/villa-el-salvador/what-if/", "es/"),
            ("es/villa-el-salvador/index.html", "es/villa-el-salvador/"),
            ("es/villa-el-salvador/what-if", "es/villa-el-salvador/what-if/"),
            ("es/villa-el-salvador/what-if/index.html", "es/villa-el-salvador/what-if/"),
            ("es/villa-el-salvador/nonsense/", "es/villa-el-salvador/"),
            (
                "en/x/?year=2001&section=S%203&section=-&theme=dark&nonsense=1&stage=bogus",
                "en/x/?year=2001&section=S+3&section=-&theme=dark",
            ),
            ("en/x/what-if/?theme=dark#f:1;n:S%C3%AD?#&", "en/x/what-if/?theme=dark#f:1;n:S%C3%AD?#&"),
            ("en/x/what-if/#", "en/x/what-if/"),
            // On the overview, what stands after `#` is a place and no part of the view.
            ("en/x/?year=2001#provenance", "en/x/?year=2001"),
        ] {
            let address = Address::from_href(read);
            assert_eq!(address.href(), expected);
            assert_eq!(Address::from_href(expected), address);
        }
    }

    #[test]
    fn pages_have_folders_of_their_own() {
        for page in Page::ALL {
            assert_eq!(Page::from_folder(page.folder()), page);
        }
    }
}
