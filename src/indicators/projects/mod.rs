//! The works of a package: the list under a view, in its order, with its counts; and all that is known of one.
//!
//! Owns: which works a view lists and in which order, what each has been spent, the counts beside every filter, the columns of
//! the board, the amounts of the map's sections, and the file of one work. Refuses: words and pixels.

mod cells;
mod choice;
mod cofinancing;
mod dates;
mod dossier;
mod gaps;
mod groups;
mod links;
mod listing;
mod order;
mod places;
mod road;
mod sought;
mod spending;

pub use cells::{change_money, per_thousand, project_cells};
pub use choice::{ListChoice, ListForm, PAGE_ROWS, SortBy};
pub use cofinancing::{Cofinancing, CommunityRule, Contribution, Secured};
pub use dates::{Dates, Deadline};
pub use dossier::{Dossier, FileLine, dossier};
pub use gaps::{Gap, gaps};
pub use groups::{Group, GroupTotal, groups};
pub use links::{contact_href, safe_href};
pub use listing::{Facet, FacetValue, Listing, as_of, listing};
pub use order::rate_percent;
pub use places::{Places, SectionPlace, places};
pub use road::{Road, RoadStep, Step, road};
pub use spending::Spending;
