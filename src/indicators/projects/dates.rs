//! When a work was to be done and when it was.

use crate::budget::{Date, Project};
use crate::dataset::Package;

/// A work's days; `None` is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dates {
    /// Day of the agreement.
    pub agreed_on: Option<Date>,
    /// Day work began.
    pub started: Option<Date>,
    /// Day it was to end.
    pub planned_end: Option<Date>,
    /// Day it ended.
    pub ended: Option<Date>,
    /// Day its state was last told.
    pub status_date: Option<Date>,
    /// How it stands against the day it was to end.
    pub deadline: Deadline,
    /// Days from its beginning to its end.
    pub worked_days: Option<i64>,
}

/// How a work stands against the day it was to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deadline {
    /// Ended so many days before, 0 on the very day.
    OnTime(i64),
    /// Ended so many days after.
    Late(i64),
    /// Not ended when its state was last told, so many days after.
    Overdue(i64),
    /// The day has not come, or its state was told before it.
    NotYet,
    /// Given up, with no work expected.
    GivenUp,
    /// One of the days is not published.
    Unknown,
}

impl Dates {
    /// The days of a project.
    pub fn of(package: &Package, project: &Project) -> Self {
        let worked_days = project.actual_start.zip(project.actual_end).map(|(start, end)| end.days_since(start));
        Self {
            agreed_on: project.agreed_on,
            started: project.actual_start,
            planned_end: project.planned_end,
            ended: project.actual_end,
            status_date: project.status_date,
            deadline: deadline(package, project),
            worked_days: worked_days.filter(|&days| days >= 0),
        }
    }
}

fn deadline(package: &Package, project: &Project) -> Deadline {
    let status = package.statuses.iter().find(|status| Some(&status.id) == project.status.as_ref());
    match (project.planned_end, project.actual_end) {
        (Some(planned), Some(ended)) => match ended.days_since(planned) {
            late @ 1.. => Deadline::Late(late),
            early => Deadline::OnTime(-early),
        },
        (Some(planned), None) => {
            if status.is_some_and(|status| status.oc4ids_status == "cancelled") {
                return Deadline::GivenUp;
            }
            // Finished on an unknown day is neither late nor on time.
            if status.is_some_and(|status| !status.is_open) {
                return Deadline::Unknown;
            }
            match project.status_date.map(|told| told.days_since(planned)) {
                Some(days @ 1..) => Deadline::Overdue(days),
                Some(_) => Deadline::NotYet,
                None => Deadline::Unknown,
            }
        }
        (None, _) => Deadline::Unknown,
    }
}
