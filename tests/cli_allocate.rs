//! `yupay allocate` as its users run it: exact to the céntimo, three formats, and every slip told in words.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops where it fails, and says what it skips")]

mod cli_support;

use std::path::{Path, PathBuf};

use cli_support::{Run, empty_folder, yupay};
use serde_json::{Value as Json, json};

const VILLA: &str = "data/villa-el-salvador";

fn allocate(package: &str, year: &str, args: &[&str]) -> Run {
    let args: Vec<&str> = ["allocate", package, "--year", year].into_iter().chain(args.iter().copied()).collect();
    yupay(&args)
}

fn answer(args: &[&str]) -> Json {
    let run = allocate(VILLA, "2000", &[&["--format", "json"], args].concat());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{args:?}");
    run.json()
}

fn amounts(answer: &Json) -> Vec<i64> {
    answer["sections"].as_array().unwrap().iter().map(|section| section["amount_minor"].as_i64().unwrap()).collect()
}

fn oracle() -> Option<Json> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/oracles/allocation.json");
    let Ok(json) = std::fs::read_to_string(path) else {
        println!("skipped: ../shared does not stand beside the checkout");
        return None;
    };
    Some(serde_json::from_str(&json).unwrap())
}

fn numbers(json: &Json) -> Vec<i64> {
    json.as_array().unwrap().iter().map(|number| number.as_i64().unwrap()).collect()
}

/// A package of three sections that weigh 6, 6 and 2, and whatever else a test changes in its figures.
fn package(name: &str, figures: &str) -> PathBuf {
    let folder = empty_folder(name);
    std::fs::create_dir_all(&folder).unwrap();
    let tables = ["sections", "section_figures", "processes", "allocation_rule", "allocations"];
    let resources: Vec<Json> = tables.map(|name| json!({"name": name, "path": format!("{name}.csv")})).to_vec();
    let descriptor =
        json!({"name": "tres", "title": "Tres", "version": "1.0", "countryCode": "PE", "resources": resources});
    for (file, text) in [
        ("datapackage.json", descriptor.to_string().as_str()),
        ("sections.csv", "section_id,name\na,=Alta\nb,\"Baja, la\"\nc,Centro\n"),
        ("section_figures.csv", figures),
        ("processes.csv", "fiscal_year,currency,participatory_fund\n2024,PEN,0.10\n2025,PEN,\n"),
        ("allocation_rule.csv", "fiscal_year,criterion_id,measure,weight_percent\n2024,weight,population,100\n"),
        ("allocations.csv", "fiscal_year,section_id,amount\n2024,a,0.04\n2024,b,0.05\n2024,c,0.01\n"),
    ] {
        std::fs::write(folder.join(file), text).unwrap();
    }
    folder
}

const SIX_SIX_TWO: &str = "fiscal_year,section_id,population,people_without_basic_services,households\n\
                           2024,a,6,3,0\n2024,b,6,2,1\n2024,c,2,,1\n";

#[test]
fn every_result_of_the_oracle_comes_out_of_the_command() {
    let Some(oracle) = oracle() else { return };
    let results = oracle["results"].as_object().unwrap();
    let runs: [(&str, &[&str]); 9] = [
        ("counts_30_20_50", &[]),
        ("population_only", &["--weights", "population=100"]),
        ("needs_only", &["--weights", "needs=100"]),
        ("equal", &["--weights", "equal=100"]),
        ("inverse_tax_30_20_50", &["--weights", "population=30,needs=20,tax:inverse=50"]),
        (
            "rates_30_20_50",
            &[
                "--weights",
                "population=30,people_without_basic_services:rate=20,households_up_to_date_with_tax:rate=50",
            ],
        ),
        ("needs_first_30_50_20", &["--weights", "population=30,needs=50,tax=20"]),
        ("floor_100k_then_weights", &["--flat-floor", "100000"]),
        ("minimum_200k_waterfill", &["--minimum", "200000.00"]),
    ];
    assert_eq!(runs.len(), results.len());
    for (name, args) in runs {
        assert_eq!(amounts(&answer(args)), numbers(&results[name]), "{name}");
    }
    for fund in ["2000002.46", "2000002.47"] {
        let expected = &oracle["alabama"][format!("ves_{}", fund.replace('.', ""))];
        assert_eq!(amounts(&answer(&["--fund", fund])), numbers(expected), "{fund}");
    }
    let three = package("allocate-three", SIX_SIX_TWO);
    for (total, expected) in oracle["alabama"]["weights_6_6_2"].as_object().unwrap() {
        let run = allocate(three.to_str().unwrap(), "2024", &["--fund", &format!("0.{total}"), "--format", "json"]);
        assert_eq!(amounts(&run.json()), numbers(expected), "{total}");
    }
}

#[test]
fn the_json_is_as_programs_know_it() {
    let answer = answer(&["--set-aside", "5"]);
    assert_eq!((&answer["fund_minor"], &answer["currency"]), (&json!(200_000_000), &json!("PEN")));
    assert_eq!(answer["set_aside_minor"], 10_000_000);
    let first = &answer["sections"][0];
    let shares: Vec<&Json> = first["terms"].as_array().unwrap().iter().map(|term| &term["share"]).collect();
    assert_eq!(shares, ["29/175", "29/350", "986/4273"]);
    assert_eq!(first["terms"][0], json!({"criterion_id": "population", "share": "29/175", "amount": "94457.14"}));
    assert_eq!((&first["section_id"], &first["bound"]), (&json!("S1"), &Json::Null));
    for section in answer["sections"].as_array().unwrap() {
        let minor = |amount: &Json| amount.as_str().unwrap().replace('.', "").parse::<i64>().unwrap();
        let terms: i64 = section["terms"].as_array().unwrap().iter().map(|term| minor(&term["amount"])).sum();
        let rest = ["flat_floor_minor", "bounds_minor", "rounding_minor"].map(|part| section[part].as_i64().unwrap());
        assert_eq!(terms + rest.iter().sum::<i64>(), section["amount_minor"]);
        assert_eq!(minor(&section["amount"]), section["amount_minor"]);
    }
}

#[test]
fn the_rule_of_an_answer_gives_the_same_answer() {
    let first =
        answer(&["--weights", "needs:rate=60,equal=40", "--fund", "1234567.89", "--cap", "400000", "--minimum", "1"]);
    let file = empty_folder("allocate-rule").with_extension("json");
    std::fs::write(&file, first["rule"].to_string()).unwrap();
    assert_eq!(answer(&["--rule", file.to_str().unwrap()]), first);
    // What is typed beside a file takes the place of what it says.
    let other = answer(&["--rule", file.to_str().unwrap(), "--fund", "10.00", "--flat-floor", "1.00", "--cap", "9.99"]);
    assert_eq!(other["rule"]["fund"], "10.00");
    assert_eq!((&other["rule"]["flat_floor"], &other["rule"]["minimum"]), (&json!("1.00"), &Json::Null));
    assert_eq!(amounts(&other).iter().sum::<i64>(), 1000);
}

#[test]
fn a_rule_made_for_other_data_works_and_says_so() {
    let rule = answer(&[])["rule"].to_string();
    let file = empty_folder("allocate-other").with_extension("json");
    for (from, to, said) in [
        ("\"year\":2000", "\"year\":2001", true),
        ("villa-el-salvador", "otra-villa", true),
        ("\"version\":\"", "\"version\":\"9", true),
        ("\"name\":\"\"", "\"name\":\"Uno\"", false),
    ] {
        assert!(rule.contains(from), "{from} in {rule}");
        std::fs::write(&file, rule.replacen(from, to, 1)).unwrap();
        let run = allocate(VILLA, "2000", &["--rule", file.to_str().unwrap(), "--lang", "en"]);
        assert_eq!((run.code, run.stderr.contains("made for other data")), (0, said), "{from}: {}", run.stderr);
    }
}

#[test]
fn the_table_sets_a_rule_against_the_official_and_the_published() {
    let folder = package("allocate-table", SIX_SIX_TWO);
    let folder = folder.to_str().unwrap();
    let plain = allocate(folder, "2024", &[]);
    assert_eq!((plain.code, plain.stderr.as_str()), (0, ""));
    let expected = "Tres · 2024 · fondo S/~0.10\n\
        Sección   Importe  Por persona  Publicado  Frente a lo publicado\n\
        --------  -------  -----------  ---------  ---------------------\n\
        =Alta     S/~0.04      S/~0.01    S/~0.04                S/~0.00\n\
        Baja, la  S/~0.04      S/~0.01    S/~0.05               -S/~0.01\n\
        Centro    S/~0.02      S/~0.01    S/~0.01               +S/~0.01\n\
        Total     S/~0.10      S/~0.01    S/~0.10                S/~0.00\n";
    assert_eq!(plain.stdout.replace('\u{a0}', "~"), expected);
    let run =
        allocate(folder, "2024", &["--weights", "equal=100", "--fund", "0.20", "--set-aside", "10", "--lang", "en"]);
    let lines: Vec<Vec<&str>> = run
        .stdout
        .lines()
        .map(|line| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect())
        .collect();
    assert_eq!(lines[1], ["Section", "Amount", "Per person", "Against official", "Published", "Against published"]);
    let s = |amount: &str| format!("S/\u{a0}{amount}");
    assert_eq!(
        lines[3],
        ["=Alta", &s("0.06"), &s("0.01"), &format!("+{}", s("0.02")), &s("0.04"), &format!("+{}", s("0.02"))]
    );
    assert_eq!(
        lines[5],
        ["Centro", &s("0.06"), &s("0.03"), &format!("+{}", s("0.04")), &s("0.01"), &format!("+{}", s("0.05"))]
    );
    assert_eq!(
        lines[6],
        ["Total", &s("0.18"), &s("0.01"), &format!("+{}", s("0.08")), &s("0.10"), &format!("+{}", s("0.08"))]
    );
    assert_eq!(lines[7][1], s("0.02"));
}

#[test]
fn the_csv_adds_up_and_is_safe_in_a_spreadsheet() {
    let folder = package("allocate-csv", SIX_SIX_TWO);
    let run =
        allocate(folder.to_str().unwrap(), "2024", &["--format", "csv", "--minimum", "0.03", "--set-aside", "10"]);
    let expected = "section_id,section_label,currency,amount,per_person,official,published,from_weight,flat_floor,bounds,rounding\n\
        a,'=Alta,PEN,0.03,0.01,0.04,0.04,0.04,0.00,-0.01,0.00\n\
        b,\"Baja, la\",PEN,0.03,0.01,0.04,0.05,0.04,0.00,-0.01,0.00\n\
        c,Centro,PEN,0.03,0.02,0.02,0.01,0.01,0.00,0.02,0.00\n\
        district,,PEN,0.01,,,,,,,\n";
    assert_eq!(run.stdout, expected, "{}", run.stderr);
}

/// What a run that is refused says, in English and without the command's name.
#[track_caller]
fn refused(package: &str, year: &str, args: &[&str]) -> String {
    let run = allocate(package, year, &[args, &["--lang", "en"]].concat());
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?}");
    let spanish = allocate(package, year, args);
    assert_eq!((spanish.code, spanish.stderr.contains(['{', '}'])), (2, false), "{}", spanish.stderr);
    assert_ne!(spanish.stderr, run.stderr);
    let line = run.stderr.lines().last().unwrap();
    line.strip_prefix("yupay: ").unwrap().to_owned()
}

#[test]
fn what_is_typed_wrong_is_told() {
    for (args, said) in [
        (
            &["--weights", "population=30,needs=20"][..],
            "It cannot be shared out: the weights total 50% and must total 100%.",
        ),
        (
            &["--weights", "population=30.5,needs=70"],
            "It cannot be shared out: the weights total 100.5% and must total 100%.",
        ),
        (
            &["--weights", "population"],
            "--weights is written NAME=PERCENT,NAME=PERCENT…, such as population=30,tax:inverse=70, with at most two decimals; “population” was read.",
        ),
        (
            &["--weights", "population=33.333"],
            "--weights is written NAME=PERCENT,NAME=PERCENT…, such as population=30,tax:inverse=70, with at most two decimals; “population=33.333” was read.",
        ),
        (
            &["--weights", "population=-5"],
            "--weights is written NAME=PERCENT,NAME=PERCENT…, such as population=30,tax:inverse=70, with at most two decimals; “population=-5” was read.",
        ),
        (&["--weights", "population=50,population=50"], "--weights has “population” twice."),
        (
            &["--weights", "tax:backwards=100"],
            "--weights does not take “backwards”. Choose one of: count, rate, direct, inverse.",
        ),
        (&["--weights", "equal:rate=100"], "“equal” counts every section alike: it is no rate and has no inverse."),
        (
            &["--weights", "peple=100"],
            "“peple” is neither a criterion of the round's rule nor a column of figures. There are: population, needs, tax, people_without_basic_services, households, households_up_to_date_with_tax, equal.",
        ),
        (
            &["--weights", "population:inverse=100"],
            "It cannot be shared out: criterion “population”: nothing says what “population” is a part of.",
        ),
        (&["--fund", "-5"], "A fund below zero cannot be shared out: -5.00."),
        (
            &["--fund", "2,000,000"],
            "--fund takes an amount such as 2000000.00, with a decimal point and without group marks; “2,000,000” was read.",
        ),
        (
            &["--fund", "1.005"],
            "--fund takes an amount such as 2000000.00, with a decimal point and without group marks; “1.005” was read.",
        ),
        (
            &["--fund", "90000000000000000.00"],
            "It cannot be shared out: a fund of S/\u{a0}90,000,000,000,000,000.00 is more than is computed exactly: S/\u{a0}10,000,000,000,000,000.00.",
        ),
        (
            &["--minimum", "300000"],
            "It cannot be shared out: a floor of S/\u{a0}300,000.00 for each of 8 sections is more than the S/\u{a0}2,000,000.00 there are for them.",
        ),
        (
            &["--flat-floor", "-1"],
            "It cannot be shared out: a floor of -S/\u{a0}1.00 makes no sense: it cannot be negative.",
        ),
        (
            &["--cap", "200000"],
            "It cannot be shared out: with a cap of S/\u{a0}200,000.00 the sections can only take S/\u{a0}1,600,000.00, and there are S/\u{a0}2,000,000.00 to share out.",
        ),
        (&["--minimum", "100000", "--flat-floor", "100000"], "--flat-floor and --minimum cannot stand together."),
        (&["--rule", "a.json", "--weights", "equal=100"], "--rule and --weights cannot stand together."),
        (
            &["--set-aside", "101"],
            "--set-aside takes a percentage from 0 to 100 with at most two decimals, such as 5 or 2.5; “101” was read.",
        ),
        (&["--rule", "no-such-file.json"], "no-such-file.json does not exist."),
    ] {
        assert_eq!(refused(VILLA, "2000", args), said, "{args:?}");
    }
    assert_eq!(refused(VILLA, "1999", &[]), "The package has no round of 1999. It has: 2000, 2001, 2003.");
    assert_eq!(refused(VILLA, "99", &[]), "--year is written with four digits, such as 2001; “99” was read.");
    let run = yupay(&["allocate", VILLA, "--lang", "en"]);
    assert_eq!((run.code, run.stderr.as_str()), (2, "yupay: --year is needed. See `yupay allocate --help`.\n"));
}

#[test]
fn what_the_data_lack_is_told_with_its_cell() {
    let folder = package("allocate-lacks", SIX_SIX_TWO);
    let folder = folder.to_str().unwrap();
    for (year, args, said) in [
        (
            "2024",
            &["--weights", "people_without_basic_services=100"][..],
            "It cannot be shared out: criterion “people_without_basic_services”: Centro (c) has no figure for “people_without_basic_services”. A missing figure is not taken for zero: fill it in, or give the criterion a weight of 0.",
        ),
        (
            "2025",
            &[],
            "No rule that can be computed is published for 2025. Give one with --rule or --weights; `yupay check` says what is wrong with a published one.",
        ),
        ("2025", &["--weights", "equal=100"], "No fund is published for 2025. Give one with --fund."),
        (
            "2025",
            &["--weights", "population=100", "--fund", "1"],
            "It cannot be shared out: criterion “population”: the sections' figures have no column “population”.",
        ),
    ] {
        assert_eq!(refused(folder, year, args), said, "{year} {args:?}");
    }
    let without_weight = allocate(folder, "2024", &["--weights", "population=100,people_without_basic_services=0"]);
    assert_eq!(without_weight.code, 0, "{}", without_weight.stderr);
}

#[test]
fn a_rule_file_that_cannot_be_read_is_told_with_its_key() {
    let rule = answer(&["--minimum", "1"])["rule"].to_string();
    let file = empty_folder("allocate-broken").with_extension("json");
    let path = file.to_str().unwrap();
    for (from, to, said) in [
        (
            "\"currency\":\"PEN\"",
            "\"currency\":\"USD\"",
            "The rule's amounts are in USD and the round's in PEN: they cannot be taken for one another.".to_owned(),
        ),
        ("\"fund\"", "\"found\"", format!("{path} cannot be understood at line 1, column ")),
        (
            "\"2000000.00\"",
            "\"2000000,00\"",
            format!("In {path}, fund cannot be “2000000,00”: an amount with the currency's decimals"),
        ),
        ("\"2000000.00\"", "\"-1.00\"", "A fund below zero cannot be shared out: -1.00.".to_owned()),
        ("\"minimum\"", "\"cap\":\"x\",\"minimum\"", format!("In {path}, cap cannot be “x”")),
        (
            "\"minimum\"",
            "\"flat_floor\":\"1\",\"minimum\"",
            format!("In {path}, flat_floor and minimum cannot stand together."),
        ),
        ("\"fund\":\"2000000.00\",", "", format!("In {path}, fund is missing.")),
        ("yupay-rule", "pabulib", format!("{path} is not a rule of yupay-rule 1: “pabulib 1” was read.")),
        (
            "\"weight_percent\":\"30\"",
            "\"weight_percent\":\"31\"",
            "It cannot be shared out: the weights total 101% and must total 100%.".to_owned(),
        ),
        (
            "\"measure\":\"population\"",
            "\"measure\":\"pets\"",
            "It cannot be shared out: criterion “population”: the sections' figures have no column “pets”.".to_owned(),
        ),
    ] {
        assert!(rule.contains(from), "{from} in {rule}");
        std::fs::write(&file, rule.replacen(from, to, 1)).unwrap();
        let told = refused(VILLA, "2000", &["--rule", path]);
        assert!(told.starts_with(&said), "{told}\n{said}");
    }
    std::fs::write(&file, b"\xff\xfe").unwrap();
    assert_eq!(refused(VILLA, "2000", &["--rule", path]), format!("{path} is not UTF-8."));
}
