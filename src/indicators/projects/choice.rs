//! How the list is looked at: as what, in which order, which page of it. A link carries it beside the selection.

/// What the list is shown as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ListForm {
    /// A table, a page at a time.
    #[default]
    List,
    /// A column for each state.
    Board,
    /// The sections, with what each was promised.
    Map,
}

impl ListForm {
    /// Every form, as offered.
    pub const ALL: [Self; 3] = [Self::List, Self::Board, Self::Map];

    /// Its name in links.
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Board => "board",
            Self::Map => "map",
        }
    }
}

/// What the list is ordered by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SortBy {
    /// By name.
    Title,
    /// The latest round first.
    #[default]
    Round,
    /// By state, in declared order.
    Status,
    /// By the amount agreed.
    Agreed,
    /// By the amount spent.
    Spent,
    /// By what was spent of every hundred agreed.
    Rate,
    /// By votes.
    Votes,
    /// By estimated cost.
    Cost,
}

impl SortBy {
    /// Every order, as offered.
    pub const ALL: [Self; 8] =
        [Self::Round, Self::Title, Self::Status, Self::Agreed, Self::Spent, Self::Rate, Self::Votes, Self::Cost];

    /// Its name in links.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Round => "round",
            Self::Status => "status",
            Self::Agreed => "agreed",
            Self::Spent => "spent",
            Self::Rate => "rate",
            Self::Votes => "votes",
            Self::Cost => "cost",
        }
    }

    /// Whether the greatest comes first where the reader does not say otherwise.
    pub fn is_greatest_first(self) -> bool {
        !matches!(self, Self::Title | Self::Status)
    }
}

/// Rows of a page of the list.
pub const PAGE_ROWS: usize = 100;

/// How the list is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListChoice {
    /// As what.
    pub form: ListForm,
    /// In which order.
    pub sort: SortBy,
    /// Whether the other end comes first.
    pub is_turned: bool,
    /// Which page, from 1.
    pub page: usize,
    /// Whether all rows are shown at once.
    pub shows_all: bool,
}

impl Default for ListChoice {
    fn default() -> Self {
        Self { form: ListForm::default(), sort: SortBy::default(), is_turned: false, page: 1, shows_all: false }
    }
}

impl ListChoice {
    /// The names of a link that are its own.
    pub const NAMES: [&'static str; 5] = ["view", "sort", "order", "page", "rows"];

    /// The choice that pairs of a link describe, and the pairs of its own names that mean nothing.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Self, Vec<String>) {
        let mut choice = Self::default();
        let mut ignored = Vec::new();
        for (name, value) in pairs {
            let is_understood = match name {
                "view" => set(&mut choice.form, ListForm::ALL.into_iter().find(|form| form.name() == value)),
                "sort" => set(&mut choice.sort, SortBy::ALL.into_iter().find(|sort| sort.name() == value)),
                "order" => set(&mut choice.is_turned, (value == "turned").then_some(true)),
                "page" => set(&mut choice.page, value.parse().ok().filter(|&page| page > 0)),
                "rows" => set(&mut choice.shows_all, (value == "all").then_some(true)),
                _ => true,
            };
            if !is_understood {
                ignored.push(format!("{name}={value}"));
            }
        }
        (choice, ignored)
    }

    /// The pairs that describe the choice, each of its names once; `None` for what stands at its default.
    pub fn to_pairs(&self) -> [(&'static str, Option<String>); 5] {
        let unless = |is_default: bool, value: &str| (!is_default).then(|| value.to_owned());
        [
            ("view", unless(self.form == ListForm::default(), self.form.name())),
            ("sort", unless(self.sort == SortBy::default(), self.sort.name())),
            ("order", unless(!self.is_turned, "turned")),
            ("page", unless(self.page == 1 || self.shows_all, &self.page.to_string())),
            ("rows", unless(!self.shows_all, "all")),
        ]
    }

    /// The same in another order, from its first page; the order that is in force turns round.
    #[must_use]
    pub fn sorted_by(self, sort: SortBy) -> Self {
        Self { sort, is_turned: self.sort == sort && !self.is_turned, page: 1, ..self }
    }

    /// The same, from the first page.
    #[must_use]
    pub fn from_the_start(self) -> Self {
        Self { page: 1, ..self }
    }
}

fn set<T>(place: &mut T, value: Option<T>) -> bool {
    value.map(|value| *place = value).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_restores_the_choice_and_says_what_it_does_not_know() {
        for (read, written, ignored) in [
            ("", "", ""),
            ("view=board&sort=agreed&order=turned&page=3", "view=board&sort=agreed&order=turned&page=3", ""),
            ("rows=all&page=4", "rows=all", ""),
            ("page=0&view=globe&sort=&rows=10&x=1", "", "page=0 view=globe sort= rows=10"),
            ("sort=round&view=list&page=1", "", ""),
        ] {
            let pairs = |text: &'static str| text.split('&').filter_map(|pair| pair.split_once('='));
            let (choice, unknown) = ListChoice::from_pairs(pairs(read));
            let said: Vec<String> = choice
                .to_pairs()
                .into_iter()
                .filter_map(|(name, value)| value.map(|value| format!("{name}={value}")))
                .collect();
            assert_eq!(said.join("&"), written, "{read}");
            assert_eq!(unknown.join(" "), ignored, "{read}");
            let again = ListChoice::from_pairs(said.iter().filter_map(|pair| pair.split_once('='))).0;
            assert_eq!(again.to_pairs(), choice.to_pairs());
        }
    }

    #[test]
    fn choosing_the_order_in_force_turns_it_round() {
        let by_votes = ListChoice { page: 7, ..ListChoice::default() }.sorted_by(SortBy::Votes);
        assert_eq!((by_votes.is_turned, by_votes.page), (false, 1));
        assert!(by_votes.sorted_by(SortBy::Votes).is_turned);
        assert!(!by_votes.sorted_by(SortBy::Votes).sorted_by(SortBy::Cost).is_turned);
    }
}
