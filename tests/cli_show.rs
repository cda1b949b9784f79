//! `yupay show` as its users run it: the three formats, the choices, and what is refused.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod cli_support;

use cli_support::{changed_copy, command, yupay};
use serde_json::{Value as Json, json};

const SAMPLE: &str = "tests/fixtures/show";

fn show(args: &[&str]) -> Json {
    let args: Vec<&str> = ["show", SAMPLE, "--format", "json"].into_iter().chain(args.iter().copied()).collect();
    let run = yupay(&args);
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.json()
}

#[test]
fn one_stage_and_currency_is_one_object_in_declared_order() {
    let expected = json!({
        "package": "muestra", "stage": "agreed", "currency": "PEN", "by": ["section"],
        "rows": [
            {"key": {"section": "S2"}, "amount": null, "count": 1, "missing": 1},
            {"key": {"section": "S1"}, "amount": "2100.10", "count": 2, "missing": 0},
            {"key": {"section": "district"}, "amount": "50.00", "count": 1, "missing": 0},
        ],
        "total": {"amount": "2150.10", "count": 4, "missing": 1},
    });
    assert_eq!(show(&["--by", "section", "--currency", "PEN"]), expected);
}

#[test]
fn several_currencies_or_stages_are_a_list() {
    let list = show(&["--by", "section"]);
    let of = |list: &Json, field: &str| -> Vec<Json> {
        list.as_array().unwrap().iter().map(|one| one[field].clone()).collect()
    };
    assert_eq!(of(&list, "currency"), ["PEN", "USD"]);
    let all = show(&["--stage", "all", "--currency", "PEN"]);
    assert_eq!(of(&all, "stage"), ["agreed", "pia", "pim", "certified", "committed", "accrued", "paid"]);
    assert_eq!(all[3]["total"], json!({"amount": null, "count": 3, "missing": 3}));
    assert_eq!(all[0]["rows"], json!([]));
}

#[test]
fn a_year_is_the_round_unless_the_fiscal_year_is_asked_for() {
    let amounts = |args: &[&str]| -> Vec<(Json, Json)> {
        let answer = show(args);
        let rows = answer["rows"].as_array().unwrap();
        rows.iter().map(|row| (row["key"]["year"].clone(), row["amount"].clone())).collect()
    };
    let by_round = amounts(&["--by", "year", "--stage", "accrued"]);
    assert_eq!(by_round, [(json!("2000"), json!("100.10")), (json!("2001"), json!(null))]);
    let by_fiscal_year = amounts(&["--by", "year", "--stage", "accrued", "--years", "fiscal"]);
    assert_eq!(by_fiscal_year, [(json!("2000"), json!("60.00")), (json!("2001"), json!("40.10"))]);
}

#[test]
fn conditions_narrow_and_repeat() {
    for (conditions, amount, count) in [
        (&["section=S1"][..], "2100.10", 2),
        (&["section=S1", "section=district"], "2150.10", 3),
        (&["section=S1", "year=2001"], "2000.00", 1),
        (&["section=-", "section=district"], "50.00", 1),
    ] {
        let mut args = vec!["--currency", "PEN"];
        conditions.iter().for_each(|condition| args.extend(["--where", condition]));
        let total = &show(&args)["total"];
        assert_eq!((&total["amount"], &total["count"]), (&json!(amount), &json!(count)), "{conditions:?}");
    }
    let dollars = show(&["--where", "currency=USD"]);
    assert_eq!((&dollars["currency"], &dollars["total"]["amount"]), (&json!("USD"), &json!("7.00")));
    let nothing = show(&["--where", "section=-", "--currency", "PEN"]);
    assert_eq!(nothing["total"], json!({"amount": null, "count": 0, "missing": 0}));
}

#[test]
fn the_table_has_labels_amounts_and_a_total() {
    let run = yupay(&["show", SAMPLE, "--by", "section", "--currency", "PEN"]);
    let expected = "Municipalidad de muestra · acordado · PEN\n\
        Sección                Importe  Proyectos\n\
        -----------------  -----------  ---------  -----------\n\
        Sección 2             sin dato          1  sin dato: 1\n\
        Sección 1, centro  S/ 2,100.10          2\n\
        Todo el distrito      S/ 50.00          1\n\
        Total              S/ 2,150.10          4  sin dato: 1\n";
    assert_eq!(run.stdout.replace('\u{a0}', " "), expected);
    let english = yupay(&["show", SAMPLE, "--by", "dimension", "--currency", "PEN", "--lang", "en"]);
    assert!(english.stdout.contains("\nHuman "), "{}", english.stdout);
}

#[test]
fn the_csv_can_be_read_back() {
    let run = yupay(&["show", SAMPLE, "--by", "section", "--format", "csv"]);
    let expected = "section,section_label,stage,currency,amount,count,missing\n\
        S2,Sección 2,agreed,PEN,,1,1\n\
        S1,\"Sección 1, centro\",agreed,PEN,2100.10,2,0\n\
        district,Todo el distrito,agreed,PEN,50.00,1,0\n\
        S1,\"Sección 1, centro\",agreed,USD,7.00,1,0\n";
    assert_eq!(run.stdout, expected);
    let total = yupay(&["show", SAMPLE, "--currency", "PEN", "--format", "csv"]);
    assert_eq!(total.stdout, "stage,currency,amount,count,missing\nagreed,PEN,2150.10,4,1\n");
}

#[test]
fn what_makes_no_sense_exits_with_2_and_lists_the_choices() {
    for (args, told) in [
        (&["--by", "colour"][..], "fiscal_year, section, dimension"),
        (&["--by", "section", "--by", "section"], "repetido"),
        (&["--stage", "spent"], "accrued, paid, all"),
        (&["--format", "xml"], "table, csv, json"),
        (&["--years", "lunar"], "round, fiscal"),
        (&["--where", "section"], "CLAVE=VALOR"),
        (&["--where", "section=S9"], "S2, S1, district"),
        (&["--where", "year=1999"], "2000, 2001"),
        (&["--currency", "soles"], "PEN"),
        (&["--currency", "EUR"], "PEN, USD"),
        (&["--lang", "qu"], "es, en"),
        (&["--out", "x"], "--by, --where"),
        (&["--colour"], "--colour"),
        (&["--by"], "--by"),
        (&["--stage", "pia", "--stage", "pim"], "--stage"),
        (&["another"], "2"),
    ] {
        let args: Vec<&str> = ["show", SAMPLE].into_iter().chain(args.iter().copied()).collect();
        let run = yupay(&args);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?}");
        assert!(run.stderr.contains(told), "{args:?}: {}", run.stderr);
    }
}

#[test]
fn a_package_with_errors_is_shown_with_a_note() {
    let broken = changed_copy("show-broken", "data/projects.csv", |text| text.replace("2000.00", "\"2,000\""));
    let run = yupay(&["show", broken.to_str().unwrap(), "--currency", "PEN", "--format", "json"]);
    assert_eq!(run.code, 0);
    assert_eq!(run.json()["total"]["amount"], "150.10");
    assert!(run.stderr.contains("1 fila") && run.stderr.contains("yupay check"), "{}", run.stderr);
    let unreadable = changed_copy("show-no-json", "datapackage.json", |_text| "{".to_owned());
    assert_eq!(yupay(&["show", unreadable.to_str().unwrap()]).code, 2);
    assert_eq!(yupay(&["show", "no/such/package"]).code, 2);
}

#[test]
fn a_reader_that_stops_reading_is_no_failure() {
    use std::process::Stdio;
    let mut child = command()
        .args(["show", SAMPLE, "--by", "project"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), ended.stderr.as_slice()), (Some(0), &b""[..]));
}
