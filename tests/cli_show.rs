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
    let stages = ["agreed", "secured", "pia", "pim", "certified", "committed", "monthly_committed", "accrued", "paid"];
    assert_eq!(of(&all, "stage"), stages);
    assert_eq!(all[4]["total"], json!({"amount": null, "count": 3, "missing": 3}));
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
fn the_first_groups_come_with_what_the_others_make() {
    let amounts = |args: &[&str]| -> Vec<Json> {
        let args: Vec<&str> = ["--by", "project", "--currency", "PEN"].iter().chain(args).copied().collect();
        show(&args)["rows"].as_array().unwrap().iter().map(|row| row["key"]["project"].clone()).collect()
    };
    assert_eq!(amounts(&[]), ["P1", "P2", "P3", "P4"]);
    // Without an amount last.
    assert_eq!(amounts(&["--order", "amount"]), ["P4", "P1", "P3", "P2"]);
    assert_eq!(amounts(&["--order", "count", "--stage", "pim"]), ["P1", "P4"]);
    let top = show(&["--by", "project", "--currency", "PEN", "--order", "amount", "--top", "1"]);
    assert_eq!(top["rows"].as_array().unwrap().len(), 1);
    assert_eq!(top["others"], json!({"groups": 3, "amount": "150.10", "count": 3, "missing": 1}));
    assert_eq!(top["total"], json!({"amount": "2150.10", "count": 4, "missing": 1}));
    assert_eq!(show(&["--by", "project", "--currency", "PEN", "--top", "4"]).get("others"), None);
    let args = ["show", SAMPLE, "--by", "section", "--by", "round", "--currency", "PEN", "--top", "2"];
    let table = yupay(&args).stdout.replace('\u{a0}', " ");
    assert!(table.contains("\nOtros: 2                  S/ 2,050.00          2"), "{table}");
    let csv = yupay(&[&args[..], &["--format", "csv", "--lang", "en"]].concat()).stdout;
    assert!(csv.ends_with(",Others: 2,,Others: 2,agreed,PEN,2050.00,2,0\n"), "{csv}");
}

#[test]
fn a_text_narrows_to_projects_by_title_and_to_their_lines() {
    for (text, projects, spent) in [("AGUA", 1, "100.10"), ("donacion", 1, ""), ("esta", 1, ""), ("a", 5, "100.10")] {
        let promised = show(&["--search", text]);
        let all: Vec<&Json> = promised.as_array().map_or_else(|| vec![&promised], |list| list.iter().collect());
        assert_eq!(all.iter().map(|one| one["total"]["count"].as_u64().unwrap()).sum::<u64>(), projects, "{text}");
        let accrued = show(&["--search", text, "--stage", "accrued", "--currency", "PEN"]);
        assert_eq!(accrued["total"]["amount"].as_str().unwrap_or_default(), spent, "{text}");
    }
    let both = show(&["--search", "agua", "--where", "section=S2", "--currency", "PEN"]);
    assert_eq!(both["total"]["count"], 0);
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
        (&["--order", "size"], "declared, amount, count"),
        (&["--top", "0"], "«0»"),
        (&["--top", "many"], "«many»"),
        (&["--search", ""], "--search"),
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
