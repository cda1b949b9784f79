//! The domain's types as bytes. Whatever is read goes through the types' own constructors, so that it is well formed.

use super::wire::{Reader, Wire, packed, put_text};
use crate::budget::{
    Allocation, Change, Criterion, Crossing, Date, Dimension, Direction, Feasibility, Financing, FiscalYear, Form,
    MonthAmounts, Neighbourhood, Objective, OfficialTotal, Point, PriceIndex, Process, Project, Scope, Section,
    SectionFigures, SharedSection, Stage, StageAmounts, Status, StatusChange,
};
use crate::dataset::{BallotFile, Descriptor, FileRows, FileRowsOfFacts};
use crate::engine::Key;
use crate::money::{Currency, Money};

packed! {
    Section { id, name, level1, level2 }
    Neighbourhood { id, section, name }
    Dimension { id, label_es, label_en }
    Status { id, label_es, label_en, oc4ids_status, is_open }
    SectionFigures { year, section, measures }
    Process {
        year, currency, investment_budget, participatory_fund, district_reserve, reported_share_percent,
        community_match_percent, closed_on, closing_is_published, source,
    }
    Criterion { year, id, label_es, label_en, measure, form, direction, base, weight_percent }
    Allocation { year, section, amount }
    OfficialTotal { year, currency, amounts, as_of, months_covered, source }
    StageAmounts { minor }
    Project {
        id, round, title, section, neighbourhood, scope, dimension, objective, code, cofog, function, status, status_date,
        currency, agreed, cost, technical_design_cost, feasibility, agreed_on, votes, priority_rank, beneficiaries,
        planned_end, actual_start, actual_end, physical_progress_percent, location, act_document_url, source,
    }
    Point { longitude, latitude }
    Financing { id, project, source, form, amount }
    Objective { id, dimension, title, parent }
    StatusChange { project, date, status }
    Change { project, date, kind, before, after, reason, source }
    PriceIndex { year, index, base, series }
    Crossing { table, from, from_year, to, to_year, share_percent, comparable }
    SharedSection { project, section, share_percent }
    MonthAmounts { year, month, project, section, currency, amounts }
    FileRowsOfFacts { projects, budget, financing }
    Money { minor, currency }
    BallotFile { year, path, bytes, hash }
}

/// What a descriptor says to people; the tables it describes have been read.
impl Wire for Descriptor {
    fn put(&self, out: &mut Vec<u8>) {
        let Self {
            name,
            title,
            description,
            description_en,
            version,
            country,
            licenses,
            sources,
            notice,
            contact,
            geometry,
            resources,
            ballots,
        } = self;
        let _have_been_read = resources;
        for text in [name, title, description, description_en, version, country] {
            text.put(out);
        }
        licenses.put(out);
        sources.put(out);
        notice.put(out);
        ballots.put(out);
        contact.put(out);
        geometry.put(out);
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        Some(Self {
            name: Wire::take(from)?,
            title: Wire::take(from)?,
            description: Wire::take(from)?,
            description_en: Wire::take(from)?,
            version: Wire::take(from)?,
            country: Wire::take(from)?,
            licenses: Wire::take(from)?,
            sources: Wire::take(from)?,
            notice: Wire::take(from)?,
            ballots: Wire::take(from)?,
            contact: Wire::take(from)?,
            geometry: Wire::take(from)?,
            resources: Vec::new(),
        })
    }
}

impl Wire for FiscalYear {
    fn put(&self, out: &mut Vec<u8>) {
        self.number().put(out);
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        Self::new(u16::take(from)?)
    }
}

impl Wire for Date {
    fn put(&self, out: &mut Vec<u8>) {
        // Four digits of year are all a date is read with.
        (u16::try_from(self.year()).unwrap_or_default(), self.month(), self.day()).put(out);
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        let (year, month, day) = <(u16, u8, u8)>::take(from)?;
        Self::new(year, month, day)
    }
}

/// Types that are written by their stable names.
macro_rules! named {
    ($($name:ty: $to:expr, $from:expr;)+) => { $(impl Wire for $name {
        fn put(&self, out: &mut Vec<u8>) {
            let name: fn(&Self) -> &str = $to;
            put_text(name(self), out);
        }

        fn take(from: &mut Reader<'_>) -> Option<Self> {
            let named: fn(&str) -> Option<Self> = $from;
            named(&String::take(from)?)
        }
    })+ };
}

named! {
    Currency: Self::code, |code| code.parse().ok();
    Key: |key| key.name(), |name| name.parse().ok();
    Stage: |stage| stage.name(), |name| name.parse().ok();
    Scope: |scope| scope.name(), Self::from_name;
    Feasibility: |found| found.name(), Self::from_name;
    Direction: |direction| direction.name(), Self::from_name;
    Form: |form| form.name(), Self::from_name;
}

impl Wire for FileRows {
    fn put(&self, out: &mut Vec<u8>) {
        self.path.put(out);
        self.runs().put(out);
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        let (path, runs) = <(String, Vec<(u32, u32)>)>::take(from)?;
        Self::of_runs(path, &runs)
    }
}
