//! What a round is shared out by, as the packages publish it; and that the hash of it tells when any of it changes.
#![allow(clippy::unwrap_used, reason = "a package this test wrote itself")]

use std::collections::BTreeMap;

use yupay::allocation::{Direction, Form, Measure, allocate};
use yupay::dataset::{FileContent, Package, load};
use yupay::indicators::{AllotmentRound, allotment_round};

const DESCRIPTOR: &str = r#"{"name":"dos","version":"1","countryCode":"PE","resources":[
    {"name":"sections","path":"sections.csv"},{"name":"section_figures","path":"section_figures.csv"},
    {"name":"processes","path":"processes.csv"},{"name":"allocation_rule","path":"allocation_rule.csv"},
    {"name":"allocations","path":"allocations.csv"}]}"#;

const FILES: [(&str, &str); 5] = [
    ("sections.csv", "section_id,name\nS2,Dos\nS1,Uno\n"),
    (
        "section_figures.csv",
        "fiscal_year,section_id,population,people_without_basic_services,households\n2024,S1,30,10,\n2024,S2,20,,\n2025,S1,5,1,2\n",
    ),
    ("processes.csv", "fiscal_year,currency,investment_budget,participatory_fund\n2024,PEN,100.00,10.00\n2025,PEN,,\n"),
    (
        "allocation_rule.csv",
        "fiscal_year,criterion_id,label_en,measure,form,direction,base,weight_percent\n\
         2024,people,People,population,,,,60\n2024,served,Served,people_without_basic_services,rate,inverse,population,40\n\
         2025,thirds,,population,,,,33.333\n",
    ),
    ("allocations.csv", "fiscal_year,section_id,amount\n2024,S1,6.00\n"),
];

fn package(changed: Option<(&str, &str, &str)>) -> Package {
    let files = FILES.iter().map(|(name, text)| {
        let text = match changed {
            Some((file, from, to)) if file == *name => {
                assert!(text.contains(from), "{from}");
                text.replacen(from, to, 1)
            }
            _ => (*text).to_owned(),
        };
        ((*name).to_owned(), FileContent::Bytes(text.into_bytes()))
    });
    load(DESCRIPTOR.as_bytes(), &files.collect::<BTreeMap<_, _>>()).0
}

fn round(changed: Option<(&str, &str, &str)>) -> AllotmentRound {
    allotment_round(&package(changed), "2024".parse().unwrap()).unwrap()
}

#[test]
fn a_round_has_what_is_published_in_the_order_of_its_sections() {
    let round = round(None);
    assert_eq!(round.inputs.sections, ["S2", "S1"]);
    assert_eq!((round.fund_minor, round.investment_minor), (Some(1_000), Some(10_000)));
    assert_eq!(round.published, [None, Some(600)]);
    let columns: Vec<(&str, &[Option<i64>])> =
        round.inputs.columns.iter().map(|(name, figures)| (name.as_str(), figures.as_slice())).collect();
    // Households are published for another year alone: for this one there is no such column.
    let expected: [(&str, &[Option<i64>]); 2] =
        [("population", &[Some(20), Some(30)]), ("people_without_basic_services", &[None, Some(10)])];
    assert_eq!(columns, expected);
    let official = round.official.unwrap();
    let base = Some("population".to_owned());
    let column = "people_without_basic_services".to_owned();
    let measure = Measure::Figure { column, form: Form::Rate, direction: Direction::Inverse, base };
    assert_eq!((&official.criteria[1].id, &official.criteria[1].measure), (&"served".to_owned(), &measure));
    let refused = allocate(1_000, &official, &round.inputs).unwrap_err().to_string();
    assert_eq!(refused, "criterion served: section S2 has no figure in people_without_basic_services");
}

#[test]
fn a_year_without_a_round_or_a_rule_that_can_be_told_has_none() {
    assert_eq!(allotment_round(&package(None), "2023".parse().unwrap()), None);
    let next = allotment_round(&package(None), "2025".parse().unwrap()).unwrap();
    assert_eq!((next.official, next.fund_minor), (None, None));
    let without_sections = package(Some(("sections.csv", "S2,Dos\nS1,Uno\n", "")));
    assert_eq!(allotment_round(&without_sections, "2024".parse().unwrap()), None);
}

#[test]
fn the_fingerprint_changes_with_whatever_a_result_hangs_on() {
    let first = round(None).fingerprint;
    assert_eq!((first.len(), &first), (16, &round(None).fingerprint));
    let mut known = vec![first.clone()];
    for changed in [
        ("sections.csv", "Dos", "2"),
        ("sections.csv", "S2,Dos\nS1,Uno\n", "S1,Uno\nS2,Dos\n"),
        ("section_figures.csv", "S1,30", "S1,31"),
        ("section_figures.csv", "S2,20,,", "S2,20,0,"),
        ("processes.csv", "100.00", "100.01"),
        ("processes.csv", ",10.00", ",10.01"),
        ("processes.csv", "2024,PEN", "2024,USD"),
        ("allocation_rule.csv", "60\n", "50\n"),
        ("allocation_rule.csv", "rate,inverse", "rate,direct"),
        ("allocation_rule.csv", "rate,inverse", "count,inverse"),
        ("allocations.csv", "6.00", "6.01"),
    ] {
        let fingerprint = round(Some(changed)).fingerprint;
        assert!(!known.contains(&fingerprint), "{changed:?}");
        known.push(fingerprint);
    }
    // A label and another year's figures change no result.
    assert_eq!(round(Some(("allocation_rule.csv", "People", "Persons"))).fingerprint, first);
    assert_eq!(round(Some(("section_figures.csv", "2025,S1,5", "2025,S1,6"))).fingerprint, first);
}
