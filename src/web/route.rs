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
    /// Any two of what rows can be told apart by, at any stage.
    Explore,
    /// Every work, and what became of it.
    Projects,
    /// Years, sections and municipalities beside one another.
    Compare,
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
    /// What else the page is told by its query, in the link's order; only names of [`Page::own_names`].
    pub own: Vec<(String, String)>,
    /// Colours.
    pub theme: ThemeChoice,
    /// What stands after `#`, percent-encoded as it stands there, on a page that keeps its state in it; no host ever sees it.
    /// Empty on the others, where it is a place on the page.
    pub fragment: String,
    /// Pairs of the query that mean nothing here, so that the page can say so; no part of a link that leads on.
    pub ignored: Vec<(String, String)>,
}

impl Page {
    /// All pages, in the order of the navigation.
    pub const ALL: [Self; 5] = [Self::Overview, Self::Explore, Self::Projects, Self::Compare, Self::WhatIf];

    /// Its folder below the municipality's; empty for the first, which is the municipality's own.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::Explore => "explore",
            Self::Projects => "projects",
            Self::Compare => "compare",
            Self::WhatIf => "what-if",
        }
    }

    /// What it reads from its query beside the selection.
    pub fn own_names(self) -> &'static [&'static str] {
        match self {
            Self::Overview | Self::WhatIf => &[],
            Self::Explore => {
                &["rows", "columns", "measure", "share", "real", "picture", "others", "cell", "sort", "page", "part"]
            }
            Self::Projects => &["view", "project", "sort", "order", "page", "rows"],
            Self::Compare => &["a", "b", "by", "with", "rows", "stage_b", "real", "share", "sort", "works", "more"],
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
        let mut address = Self {
            fragment: if route.page.keeps_fragment() { fragment.to_owned() } else { String::new() },
            theme: ThemeChoice::System,
            ..Self::of(route, Selection::default())
        };
        let mut chosen = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if name == "theme" && ThemeChoice::from_name(&value) != ThemeChoice::System {
                address.theme = ThemeChoice::from_name(&value);
            } else if address.route.page.own_names().contains(&name.as_ref()) {
                address.own.push((name.into_owned(), value.into_owned()));
            } else if Selection::understands(&name, &value) {
                chosen.push((name, value));
            } else {
                address.ignored.push((name.into_owned(), value.into_owned()));
            }
        }
        address.selection = Selection::from_pairs(chosen.iter().map(|(name, value)| (name.as_ref(), value.as_ref())));
        address
    }

    /// The address of a page under a selection, in the system's colours.
    pub fn of(route: Route, selection: Selection) -> Self {
        let (own, ignored, fragment) = (Vec::new(), Vec::new(), String::new());
        Self { route, selection, own, theme: ThemeChoice::System, fragment, ignored }
    }

    /// What the page is told under a name of its own.
    pub fn own(&self, name: &str) -> Option<&str> {
        self.own.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The same address with what the page is told changed; `None` takes a name back.
    #[must_use]
    pub fn with_own(mut self, changes: &[(&str, Option<&str>)]) -> Self {
        for &(name, value) in changes {
            let place = self.own.iter_mut().find(|(known, _)| known == name);
            match (place, value) {
                (Some((_, known)), Some(value)) => value.clone_into(known),
                (None, Some(value)) => self.own.push((name.to_owned(), value.to_owned())),
                (_, None) => self.own.retain(|(known, _)| known != name),
            }
        }
        self
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
        query.extend_pairs(&self.own);
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
            assert_eq!(Address::from_href(expected), Address { ignored: Vec::new(), ..address });
        }
    }

    #[test]
    fn what_means_nothing_is_kept_apart_and_what_the_page_is_told_is_kept() {
        let address = Address::from_href(
            "es/x/explore/?rows=status&stage=bogus&section=S1&picture=bars&theme=pink&q=pista&mode=7&rows=section",
        );
        let ignored = [("stage", "bogus"), ("theme", "pink"), ("mode", "7")];
        assert_eq!(address.ignored, ignored.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(address.own("rows"), Some("status"));
        assert_eq!(address.selection.filter.text, "pista");
        let changed = address.with_own(&[("rows", Some("section")), ("picture", None), ("sort", Some("-amount"))]);
        assert_eq!(changed.own("rows"), Some("section"));
        assert_eq!(changed.own("picture"), None);
        assert!(changed.href().ends_with("&sort=-amount"), "{}", changed.href());
        assert_eq!(Address::from_href("es/x/?rows=status").ignored.len(), 1, "a name of another page");
    }

    #[test]
    fn pages_have_folders_of_their_own() {
        for page in Page::ALL {
            assert_eq!(Page::from_folder(page.folder()), page);
        }
    }
}
