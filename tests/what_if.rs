//! What the what-if page says of a scenario, on the shipped packages: against figures worked out elsewhere (DOMAIN.md 3.3).
#![allow(clippy::unwrap_used, reason = "a test that cannot read its files fails there")]

mod package_support;

use package_support::package;
use proptest::prelude::*;
use yupay::allocation::{Board, Floor, Fund, Preset, Scenario, Touch, Weight, presets};
use yupay::indicators::{
    AllotmentRound, Outcome, SectionOutcome, allotment_csv, allotment_round, baseline, outcome, participatory_share,
};

fn round_of_2000() -> AllotmentRound {
    allotment_round(&package("villa-el-salvador"), "2000".parse().unwrap()).unwrap()
}

fn under(round: &AllotmentRound, preset: Preset) -> Outcome {
    let rules = presets(round.official.as_ref(), &round.inputs);
    let rule = rules.into_iter().find(|(known, _)| *known == preset).unwrap().1;
    let scenario = Scenario { name: String::new(), fund: Fund::Amount(round.fund_minor.unwrap()), rule };
    outcome(round, &baseline(round), &scenario).unwrap()
}

#[test]
fn the_worst_served_get_less_than_their_part_of_the_need() {
    let round = round_of_2000();
    for (preset, scenario_percent) in [
        (Preset::Official, "40.19"),
        (Preset::NeedFirst, "48.85"),
        (Preset::TaxTurnedRound, "51.58"),
        (Preset::NeedsOnly, "59.79"),
        (Preset::Equal, "50.00"),
        (Preset::PerPerson, "42.57"),
    ] {
        let need = under(&round, preset).need.unwrap();
        let mut worst = need.worst.clone();
        worst.sort_unstable();
        assert_eq!(worst, [4, 5, 6, 7], "{preset:?}: sections 5 to 8");
        assert_eq!(need.need_percent.to_string(), "59.79", "{preset:?}");
        assert_eq!(need.official_percent.unwrap().to_string(), "40.19", "{preset:?}");
        assert_eq!(need.scenario_percent.to_string(), scenario_percent, "{preset:?}");
    }
}

#[test]
fn each_section_stands_beside_the_official_and_the_equal_amount() {
    let round = round_of_2000();
    let found = under(&round, Preset::NeedFirst);
    let told: Vec<[String; 5]> = found
        .sections
        .iter()
        .map(|section| {
            let official = section.from_official.unwrap();
            let equal = section.from_equal.unwrap();
            [
                section.amount.to_plain(),
                section.per_person.unwrap().to_plain(),
                official.money.to_plain(),
                official.percent.unwrap().to_string(),
                equal.money.to_plain(),
            ]
        })
        .collect();
    // 2,000,000 x 58,000 / 350,000 = 331,428.57 if everybody in section 1 counted the same.
    assert_eq!(told[0], ["274586.20", "4.73", "-88736.46", "-24.4", "-56842.37"]);
    assert_eq!(told[6], ["242959.98", "6.75", "52131.46", "27.3", "37245.69"]);
    let id = |section: Option<&SectionOutcome>| section.map(|section| section.id.clone());
    assert_eq!((id(found.gains_most()), id(found.loses_most())), (Some("S7".to_owned()), Some("S1".to_owned())));
    let official = under(&round, Preset::Official);
    assert_eq!((id(official.gains_most()), id(official.loses_most())), (None, None));
    assert_eq!(found.total_from_official.unwrap().money.minor, 0);
    assert_eq!(found.pot("50".parse().unwrap()).unwrap().to_plain(), "1000000.00");
    assert_eq!(found.counted_in_all("population"), Some(350_000));
}

#[test]
fn what_is_published_is_compared_with_what_the_rule_gives() {
    let mut round = round_of_2000();
    let found = baseline(&round);
    assert!(found.is_published && found.differing.is_empty());
    assert_eq!((found.compared, found.official_total()), (8, Some(200_000_000)));

    round.published[2] = Some(27_484_730);
    let found = baseline(&round);
    assert_eq!(found.differing, [(2, 27_484_730, 27_484_731)]);
    assert_eq!(found.official[2], Some(27_484_730), "the published amount is the official one");

    // One amount missing: nothing is official by half, so the rule's amounts stand in for all.
    round.published[2] = None;
    let found = baseline(&round);
    assert!(!found.is_published);
    assert_eq!((found.official[2], found.compared), (Some(27_484_731), 7));

    round.official = None;
    let found = baseline(&round);
    assert_eq!((found.recomputed, found.official[0]), (None, None));
}

#[test]
fn the_fund_is_the_share_that_the_package_says() {
    assert_eq!(participatory_share(&round_of_2000()), Some("35".parse().unwrap()));
    let round = allotment_round(&package("san-juan-de-miraflores"), "2004".parse().unwrap()).unwrap();
    assert_eq!(participatory_share(&round), Some("30".parse().unwrap()));
}

#[test]
fn need_that_is_not_published_everywhere_makes_no_sentence() {
    let mut round = round_of_2000();
    let need = round.inputs.columns.iter_mut().find(|(column, _)| column == "people_without_basic_services").unwrap();
    need.1[3] = None;
    assert_eq!(under(&round, Preset::PerPerson).need, None);
}

#[test]
fn a_spreadsheet_runs_nothing_from_the_file() {
    let mut round = round_of_2000();
    round.sections[0].name = "=HYPERLINK(\"http://x\"), 1".into();
    round.sections[1].name = "-2+3".into();
    let csv = allotment_csv(&under(&round, Preset::Official), &round, &baseline(&round));
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 9);
    assert!(lines[1].starts_with("S1,\"'=HYPERLINK(\"\"http://x\"\"), 1\",PEN,363322.66,"), "{}", lines[1]);
    assert!(lines[2].starts_with("S2,'-2+3,PEN,"), "{}", lines[2]);
    assert!(lines.iter().skip(2).all(|line| line.matches(',').count() == 12));
}

/// Touches that may come in any order.
fn touches() -> impl Strategy<Value = Vec<Touch>> {
    let weight = |hundredths| Weight::from_hundredths(hundredths).unwrap();
    let touch = prop_oneof![
        (0usize..5, 0u16..=10_000).prop_map(move |(at, hundredths)| Touch::Weight(at, weight(hundredths))),
        (0usize..5).prop_map(Touch::Lock),
        (0usize..5).prop_map(Touch::RemoveCriterion),
        Just(Touch::AddCriterion("equal".into(), yupay::allocation::Measure::Equal)),
        (0i64..30_000_000).prop_map(|minor| Touch::Floor(Floor::Minimum(minor))),
        (0u16..=10_000).prop_map(move |hundredths| Touch::SetAside(weight(hundredths))),
        ".{0,9}".prop_map(Touch::Copy),
        Just(Touch::Remove),
        (0usize..6).prop_map(Touch::Open),
    ];
    proptest::collection::vec(touch, 0..25)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_is_touched_the_weights_total_100_and_the_amounts_the_fund(touches in touches()) {
        let round = round_of_2000();
        let baseline = baseline(&round);
        let rule = round.official.clone().unwrap();
        let fund = Fund::Amount(round.fund_minor.unwrap());
        let start = Board::new(Scenario { name: "official".into(), fund, rule });
        let board = touches.into_iter().fold(start, |board, touch| board.after(touch));
        prop_assert!((1..=4).contains(&board.scenarios().len()));
        prop_assert!(board.open() < board.scenarios().len());
        for scenario in board.scenarios() {
            let total: u32 = scenario.rule.criteria.iter().map(|criterion| u32::from(criterion.weight.hundredths())).sum();
            prop_assert_eq!(total, 10_000);
            // A floor may be more than there is; whatever is given adds up.
            let Ok(found) = outcome(&round, &baseline, scenario) else { continue };
            let given: i64 = found.sections.iter().map(|section| section.amount.minor).sum();
            prop_assert_eq!(given + found.set_aside.minor, found.fund.minor);
            prop_assert_eq!(given, found.total.minor);
            for section in &found.sections {
                prop_assert_eq!(section.parts_minor().iter().sum::<i64>(), section.amount.minor);
            }
        }
    }
}
