//! Addresses: the path says what, the query says how it is looked at. Relative to the site's folder, so that the site works
//! under any base path (each page has a `<base>` that leads to the folder).

use crate::indicators::Selection;
use crate::money::format::Language;

/// Which page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Language of the page.
    pub language: Language,
    /// The municipality's folder; `None` on the front page.
    pub municipality: Option<String>,
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

/// A whole address: page, view and colours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Page.
    pub route: Route,
    /// View.
    pub selection: Selection,
    /// Colours.
    pub theme: ThemeChoice,
}

impl Route {
    /// The page of a path below the site's folder: `es/villa-el-salvador/`. A path without a known language is the Spanish
    /// front page.
    pub fn from_path(path: &str) -> Self {
        let mut parts = path.split('/').filter(|part| !part.is_empty() && *part != "index.html");
        let language = parts.next().and_then(Language::from_tag);
        let municipality = language.and(parts.next()).map(str::to_owned);
        Self { language: language.unwrap_or(Language::Es), municipality }
    }

    /// Its path below the site's folder.
    pub fn path(&self) -> String {
        let language = self.language.tag();
        match &self.municipality {
            Some(municipality) => format!("{language}/{municipality}/"),
            None => format!("{language}/"),
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
    /// The address of a path below the site's folder and a query string (with or without its `?`).
    pub fn parse(path: &str, query: &str) -> Self {
        let query = query.strip_prefix('?').unwrap_or(query);
        let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
        let theme = pairs.iter().find(|(name, _)| name == "theme").map(|(_, name)| ThemeChoice::from_name(name));
        Self {
            route: Route::from_path(path),
            selection: Selection::from_pairs(pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref()))),
            theme: theme.unwrap_or_default(),
        }
    }

    /// The address as a link relative to the site's folder.
    pub fn href(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.selection.to_pairs());
        if self.theme != ThemeChoice::System {
            query.append_pair("theme", self.theme.name());
        }
        let query = query.finish();
        let path = self.route.path();
        if query.is_empty() { path } else { format!("{path}?{query}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_restored() {
        for (path, query, expected) in [
            ("", "", "es/"),
            ("index.html", "", "es/"),
            ("en", "", "en/"),
            ("es/villa-el-salvador/index.html", "", "es/villa-el-salvador/"),
            (
                "en/x/",
                "?year=2001&section=S%203&section=-&theme=dark&nonsense=1&stage=bogus",
                "en/x/?year=2001&section=S+3&section=-&theme=dark",
            ),
        ] {
            let address = Address::parse(path, query);
            assert_eq!(address.href(), expected);
            let (path, query) = expected.split_once('?').unwrap_or((expected, ""));
            assert_eq!(Address::parse(path, query), address);
        }
    }
}
