//! Scenarios as texts and as files: they come back as they went, and nonsense is refused in words.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod allocation_support;

use allocation_support::scenario;
use proptest::prelude::*;
use yupay::allocation::{
    Floor, Fund, MadeFor, Measure, Preset, Rule, RuleCriterion, RuleFile, Scenario, Weight, presets,
};

const TEXT: &str = "f:666666667*30;c:population,30;c:needs=people_without_basic_services,50,rate,inverse,of=population;\
                    e:equal,20;min:5000000;cap:40000000;aside:2.5;n:Primero; la necesidad: ¿50 %?";

#[test]
fn a_text_reads_as_it_is_written() {
    let scenario: Scenario = TEXT.parse().unwrap();
    assert_eq!(scenario.name, "Primero; la necesidad: ¿50 %?");
    assert_eq!(scenario.fund.minor(), 200_000_000);
    assert_eq!(scenario.rule.floor, Floor::Minimum(5_000_000));
    assert_eq!(scenario.rule.criteria[1].id, "needs");
    assert_eq!(scenario.rule.criteria[2].measure, Measure::Equal);
    assert_eq!(scenario.to_text(), TEXT);
}

#[test]
fn nonsense_is_refused_with_what_was_read() {
    let refusal = |text: &str| text.parse::<Scenario>().unwrap_err().to_string();
    for (text, said) in [
        ("", "\"\" is no field of a scenario: f:, c:, e:, flat:, min:, cap:, aside: or n:"),
        ("hola", "\"hola\" is no field of a scenario: f:, c:, e:, flat:, min:, cap:, aside: or n:"),
        ("f:1;;", "\"\" is no field of a scenario: f:, c:, e:, flat:, min:, cap:, aside: or n:"),
        ("c:population,100", "the fund is missing: f:AMOUNT"),
        ("f:", "f: cannot be read: f:AMOUNT or INVESTMENT*PERCENT"),
        ("f:12.50", "f:12.50 cannot be read: f:AMOUNT or INVESTMENT*PERCENT"),
        ("f:99999999999999999999", "f:99999999999999999999 cannot be read: f:AMOUNT or INVESTMENT*PERCENT"),
        ("f:100*101", "f:100*101 cannot be read: f:AMOUNT or INVESTMENT*PERCENT"),
        ("f:1;f:2", "f stands twice"),
        ("f:1;flat:2;min:3", "min stands twice"),
        ("f:1;c:population", "c:population cannot be read: c:[ID=]COLUMN,PERCENT[,rate][,inverse][,of=COLUMN]"),
        ("f:1;c:,30", "c:,30 cannot be read: c:[ID=]COLUMN,PERCENT[,rate][,inverse][,of=COLUMN]"),
        (
            "f:1;c:a,30,inverse,rate",
            "c:a,30,inverse,rate cannot be read: c:[ID=]COLUMN,PERCENT[,rate][,inverse][,of=COLUMN]",
        ),
        ("f:1;c:a,30,of=", "c:a,30,of= cannot be read: c:[ID=]COLUMN,PERCENT[,rate][,inverse][,of=COLUMN]"),
        ("f:1;c:a~2,30", "c:a~2,30 cannot be read: c:[ID=]COLUMN,PERCENT[,rate][,inverse][,of=COLUMN]"),
        ("f:1;c:a,-1", "c:a,-1 cannot be read: c:[ID=]COLUMN,PERCENT[,rate][,inverse][,of=COLUMN]"),
        ("f:1;e:equal", "e:equal cannot be read: e:ID,PERCENT"),
        ("f:1;cap:ten", "cap:ten cannot be read: cap:AMOUNT"),
        ("f:1;aside:5%", "aside:5% cannot be read: aside:PERCENT"),
    ] {
        assert_eq!(refusal(text), said, "{text:?}");
    }
    assert_eq!(refusal(&format!("f:1;{}", "x".repeat(9000))), "text is too long: 8000 at most");
    assert_eq!(refusal(&format!("f:1;n:{}", "x".repeat(201))), "n is too long: 200 at most");
    assert_eq!(refusal(&format!("f:1{}", ";e:a,1".repeat(51))), "c is too long: 50 at most");
}

fn file(scenario: Scenario) -> RuleFile {
    let made_for = MadeFor { name: "villa".into(), version: "1.2".into(), year: "2000".parse().unwrap() };
    RuleFile { scenario, currency: "PEN".parse().unwrap(), made_for: Some(made_for) }
}

#[test]
fn a_file_is_as_its_readers_know_it() {
    let json = file("f:200000000;c:population,30;e:equal,70;flat:100;n:Uno".parse().unwrap()).to_json();
    let expected = r#"{
  "format": "yupay-rule",
  "version": 1,
  "name": "Uno",
  "dataset": {
    "name": "villa",
    "version": "1.2",
    "year": 2000
  },
  "currency": "PEN",
  "fund": "2000000.00",
  "set_aside_percent": "0",
  "flat_floor": "1.00",
  "criteria": [
    {
      "criterion_id": "population",
      "measure": "population",
      "form": "count",
      "direction": "direct",
      "weight_percent": "30"
    },
    {
      "criterion_id": "equal",
      "form": "equal",
      "weight_percent": "70"
    }
  ]
}
"#;
    assert_eq!(json, expected);
}

const LEAST: &str = r#"{"format":"yupay-rule","version":1,"currency":"PEN","fund":"10.00","criteria":[{"criterion_id":"a","measure":"population","weight_percent":100}]}"#;

#[test]
fn a_file_typed_by_hand_may_leave_out_what_goes_without_saying() {
    let read = RuleFile::from_json(LEAST).unwrap();
    assert_eq!(read.scenario.to_text(), "f:1000;c:a=population,100");
    assert_eq!(read.made_for, None);
}

#[test]
fn a_file_that_is_no_rule_is_refused_with_its_key() {
    let changed = |from: &str, to: &str| {
        assert!(LEAST.contains(from), "{from}");
        RuleFile::from_json(&LEAST.replacen(from, to, 1)).unwrap_err().to_string()
    };
    for (from, to, said) in [
        ("\"fund\"", "\"found\"", "line 1, column 59: unknown field `found`, expected one of `format`, "),
        (
            "\"currency\":\"PEN\"",
            "\"currency\":\"PEN\",\"cap\":\"1\",\"cap\":\"2\"",
            "line 1, column 67: duplicate field `cap`",
        ),
        (
            "\"weight_percent\"",
            "\"weight\"",
            "line 1, column 130: unknown field `weight`, expected one of `criterion_id`, ",
        ),
        (",\"weight_percent\":100", "", "line 1, column 122: missing field `weight_percent`"),
        (":100", ":33.3", "line 1, column 143: invalid type: floating point `33.3`, expected a percentage as text"),
        (":100", ":\"33.333\"", "criteria[0].weight_percent cannot be \"33.333\": 0 to 100 with at most two decimals"),
        (":100", ":\"-1\"", "criteria[0].weight_percent cannot be \"-1\": 0 to 100 with at most two decimals"),
        ("\"10.00\"", "10.00", "line 1, column 64: invalid type: floating point `10.0`, expected a string"),
        (
            "\"10.00\"",
            "\"10,00\"",
            "fund cannot be \"10,00\": an amount with the currency's decimals, such as 2000000.00",
        ),
        (
            "\"10.00\"",
            "\"10.000\"",
            "fund cannot be \"10.000\": an amount with the currency's decimals, such as 2000000.00",
        ),
        ("\"fund\":\"10.00\",", "", "fund is missing"),
        ("\"fund\"", "\"investment_budget\"", "share_percent is missing"),
        ("\"fund\"", "\"share_percent\":\"30\",\"fund\"", "fund and share_percent cannot stand together"),
        ("\"fund\"", "\"minimum\":\"1\",\"flat_floor\":\"1\",\"fund\"", "flat_floor and minimum cannot stand together"),
        ("\"PEN\"", "\"soles\"", "currency cannot be \"soles\": three capital letters, such as PEN"),
        ("\"version\":1", "\"version\":2", "not a yupay-rule file of version 1: yupay-rule 2"),
        ("yupay-rule", "pabulib", "not a yupay-rule file of version 1: pabulib 1"),
        (
            "\"weight_percent\"",
            "\"form\":\"ratio\",\"weight_percent\"",
            "criteria[0].form cannot be \"ratio\": count, rate, equal",
        ),
        (
            "\"weight_percent\"",
            "\"direction\":\"up\",\"weight_percent\"",
            "criteria[0].direction cannot be \"up\": direct, inverse",
        ),
        (
            "\"weight_percent\"",
            "\"form\":\"equal\",\"weight_percent\"",
            "criteria[0].form = equal and criteria[0].measure cannot stand together",
        ),
        ("\"measure\":\"population\",", "", "criteria[0].measure is missing"),
        ("\"criterion_id\":\"a\"", "\"criterion_id\":\"\"", "criteria[0].criterion_id is missing"),
        ("{\"format\"", "[\"format\"", "line 1, column 10: expected `,` or `]`"),
    ] {
        let told = changed(from, to);
        assert!(told.starts_with(said), "{told}\n{said}");
    }
    assert_eq!(RuleFile::from_json("").unwrap_err().to_string(), "line 1, column 0: EOF while parsing a value");
}

#[test]
fn presets_are_offered_where_their_figures_are() {
    let official: Scenario =
        "f:0;c:people=population,30;c:needs=people_without_basic_services,20;c:tax=households_up_to_date_with_tax,50"
            .parse()
            .unwrap();
    let mut inputs = yupay::allocation::Inputs {
        sections: vec!["S1".into()],
        columns: allocation_support::COLUMNS.iter().map(|name| ((*name).to_owned(), vec![Some(1)])).collect(),
    };
    let told = |official: Option<&Rule>, inputs: &yupay::allocation::Inputs| -> Vec<(Preset, String)> {
        let text = |rule| Scenario { name: String::new(), fund: Fund::Amount(0), rule }.to_text();
        presets(official, inputs).into_iter().map(|(preset, rule)| (preset, text(rule))).collect()
    };
    let expected = [
        (Preset::Official, official.to_text()),
        (Preset::Equal, "f:0;e:equal,100".to_owned()),
        (Preset::PerPerson, "f:0;c:people=population,100".to_owned()),
        (Preset::NeedsOnly, "f:0;c:needs=people_without_basic_services,100".to_owned()),
        (
            Preset::NeedFirst,
            "f:0;c:people=population,30;c:needs=people_without_basic_services,50;c:tax=households_up_to_date_with_tax,20"
                .to_owned(),
        ),
        (
            Preset::TaxTurnedRound,
            "f:0;c:people=population,30;c:needs=people_without_basic_services,20;c:tax=households_up_to_date_with_tax,50,inverse"
                .to_owned(),
        ),
    ];
    assert_eq!(told(Some(&official.rule), &inputs), expected);
    inputs.columns[3].1 = vec![None];
    let without: Vec<Preset> = told(None, &inputs).into_iter().map(|(preset, _)| preset).collect();
    assert_eq!(without, [Preset::Equal, Preset::PerPerson, Preset::NeedsOnly]);
}

/// Within what a text may hold: no empty codes, a name that is not too long.
fn is_sayable(scenario: &Scenario) -> bool {
    scenario.name.chars().count() <= 200
}

proptest! {
    #[test]
    fn a_scenario_comes_back_from_its_text(scenario in scenario()) {
        prop_assume!(is_sayable(&scenario));
        prop_assert_eq!(scenario.to_text().parse::<Scenario>(), Ok(scenario));
    }

    #[test]
    fn a_scenario_comes_back_from_its_file(scenario in scenario(), with_dataset in any::<bool>()) {
        let whole = file(scenario);
        let file = if with_dataset { whole } else { RuleFile { made_for: None, ..whole } };
        prop_assert_eq!(RuleFile::from_json(&file.to_json()), Ok(file));
    }

    #[test]
    fn no_text_panics(text in any::<String>(), fields in proptest::collection::vec("(f|c|e|flat|min|cap|aside|n|x):[a-z~*=,.0-9;-]{0,12}", 0..6)) {
        for text in [text, fields.join(";")] {
            if let Ok(scenario) = text.parse::<Scenario>() {
                prop_assert_eq!(scenario.to_text().parse::<Scenario>(), Ok(scenario));
            }
        }
    }

    #[test]
    fn no_file_panics(bytes in any::<Vec<u8>>(), at in any::<prop::sample::Index>(), put in any::<char>()) {
        drop(RuleFile::from_json(&String::from_utf8_lossy(&bytes)));
        let mut chars: Vec<char> = LEAST.chars().collect();
        let at = at.index(chars.len());
        chars[at] = put;
        drop(RuleFile::from_json(&chars.into_iter().collect::<String>()));
    }
}

#[test]
fn weights_need_not_total_a_hundred_to_be_written() {
    let equal = RuleCriterion { id: "equal".into(), measure: Measure::Equal, weight: "12.34".parse().unwrap() };
    let rule = Rule { criteria: vec![equal], floor: Floor::None, cap_minor: None, set_aside: Weight::ZERO };
    let scenario = Scenario { name: String::new(), fund: Fund::Amount(-5), rule };
    assert_eq!(scenario.to_text(), "f:-5;e:equal,12.34");
}
