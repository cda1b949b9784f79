//! `yupay fund` as its users run it.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod cli_support;

use std::fs;
use std::sync::OnceLock;

use cli_support::{changed_copy_of, command, empty_folder, yupay};
use serde_json::{Value as Json, json};
use yupay::allocation::funding::FundingRule;
use yupay::dataset::Pabulib;

/// DOMAIN.md 3.4's instance.
const ASSEMBLY: &str = "tests/fixtures/fund/assembly.pb";
/// A package with ballots of its round of 2025: the one that other tests use, and a file of ballots.
fn package() -> &'static str {
    static FOLDER: OnceLock<String> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = changed_copy_of("base", "fund-package", "datapackage.json", |text| {
            let mut descriptor: Json = serde_json::from_str(text).unwrap();
            let ballots = json!({"name": "ballots-2025", "path": "ballots/2025.pb", "format": "pb"});
            descriptor["resources"].as_array_mut().unwrap().push(ballots);
            descriptor.to_string()
        });
        fs::create_dir_all(folder.join("ballots")).unwrap();
        fs::copy("tests/fixtures/fund/round-2025.pb", folder.join("ballots/2025.pb")).unwrap();
        folder.to_str().unwrap().to_owned()
    })
}

fn fund(args: &[&str]) -> Json {
    let args: Vec<&str> = ["fund"].iter().chain(args).chain(&["--format", "json"]).copied().collect();
    let run = yupay(&args);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{args:?}");
    run.json()
}

/// What a run that fails says.
fn complaint(args: &[&str], code: i32) -> String {
    let run = yupay(&["fund"].iter().chain(args).copied().collect::<Vec<_>>());
    assert_eq!((run.code, run.stdout.as_str()), (code, ""), "{args:?}: {}", run.stderr);
    run.stderr
}

#[test]
fn the_assemblys_money_carries_what_the_table_says() {
    for (args, funded, spent, left_over, supporters) in [
        (&["vote-order"][..], "AB", "300000.00", "0.00", 19),
        (&["vote-order-stop"], "AB", "300000.00", "0.00", 19),
        (&["knapsack"], "ACDE", "288000.00", "12000.00", 28),
        (&["knapsack", "--satisfaction", "cost"], "AB", "300000.00", "0.00", 19),
        (&["greedy-per-cost"], "ACEG", "262000.00", "38000.00", 30),
        (&["greedy-per-cost", "--satisfaction", "cost"], "AB", "300000.00", "0.00", 19),
        (&["equal-shares"], "AEG", "220000.00", "80000.00", 30),
        (&["equal-shares", "--satisfaction", "cost"], "AEG", "220000.00", "80000.00", 30),
        (&["equal-shares-completed"], "ACEG", "262000.00", "38000.00", 30),
        (&["equal-shares-completed", "--completion", "greedy"], "ACEG", "262000.00", "38000.00", 30),
        (&["phragmen"], "ACEG", "262000.00", "38000.00", 30),
    ] {
        let all: Vec<&str> = [ASSEMBLY, "--rule"].iter().chain(args).copied().collect();
        let letters: Vec<String> = funded.chars().map(String::from).collect();
        let expected = json!({
            "rule": args[0], "budget": "300000.00", "funded": letters, "partly": [], "spent": spent, "stuck": "0.00",
            "left_over": left_over, "supporters_with_a_whole_project": supporters, "voters": 30, "currency": "PEN",
            "left_out": [],
        });
        assert_eq!(fund(&all), expected, "{args:?}");
    }
}

#[test]
fn money_that_is_split_is_mostly_stuck() {
    let by_votes = fund(&[ASSEMBLY, "--rule", "money-by-votes"]);
    assert_eq!(by_votes["funded"], json!(["E"]));
    assert_eq!((&by_votes["stuck"], &by_votes["left_over"]), (&json!("253448.28"), &json!("11551.72")));
    assert_eq!(by_votes["supporters_with_a_whole_project"], json!(9));
    assert_eq!(by_votes["partly"].as_array().unwrap().len(), 7);
    assert_eq!(by_votes["partly"][0], json!({"id": "A", "amount": "98275.86", "cost": "170000.00"}));
    let equally = fund(&[ASSEMBLY, "--rule", "equal-split"]);
    assert_eq!(equally["funded"], json!(["E", "G"]));
    assert_eq!((&equally["stuck"], &equally["left_over"]), (&json!("225000.00"), &json!("25000.00")));
    assert_eq!(equally["supporters_with_a_whole_project"], json!(11));
}

#[test]
fn a_budget_of_ones_own_changes_what_is_funded() {
    let less = fund(&[ASSEMBLY, "--rule", "vote-order", "--budget", "180000"]);
    assert_eq!((&less["budget"], &less["funded"]), (&json!("180000.00"), &json!(["A"])));
    let nothing = fund(&[ASSEMBLY, "--rule", "knapsack", "--budget", "0"]);
    assert_eq!((&nothing["funded"], &nothing["left_over"]), (&json!([]), &json!("0.00")));
    for typed in ["-5", "1,000", "1.234", "mucho", ""] {
        let said = complaint(&[ASSEMBLY, "--rule", "vote-order", "--budget", typed, "--lang", "en"], 2);
        assert!(said.contains("--budget takes an amount"), "{typed}: {said}");
    }
}

#[test]
fn a_packages_round_is_funded_from_its_ballots() {
    let section =
        fund(&[package(), "--year", "2025", "--section", "RIB", "--rule", "equal-shares", "--budget", "8000.00"]);
    assert_eq!((&section["funded"], &section["voters"]), (&json!(["V25-P2"]), &json!(5)));
    let whole = fund(&[package(), "--year", "2025", "--rule", "phragmen"]);
    assert_eq!((&whole["budget"], &whole["voters"]), (&json!("20000.00"), &json!(23)), "the file's budget");
    // The round of 2024 has no ballots: only the votes of projects.csv are known.
    let known = fund(&[package(), "--year", "2024", "--section", "RIB", "--rule", "vote-order"]);
    assert_eq!((&known["voters"], &known["supporters_with_a_whole_project"]), (&Json::Null, &Json::Null));
    assert_eq!(
        (&known["funded"], &known["spent"]),
        (&json!(["V24-01", "V24-02"]), &json!("45000.00")),
        "less what others pay"
    );
    let said = complaint(&[package(), "--year", "2024", "--rule", "phragmen"], 2);
    assert!(said.contains("necesita los votos de cada persona"), "{said}");
}

#[test]
fn the_table_says_who_gets_what_and_why_not() {
    let run = yupay(&["fund", ASSEMBLY, "--rule", "money-by-votes", "--lang", "en"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let text = run.stdout.replace('\u{a0}', " ");
    assert!(
        text.starts_with("Asamblea inventada de 30 delegados (DOMAIN.md 3.4) · money by votes · S/ 300,000.00\n"),
        "{text}"
    );
    assert!(text.contains("S/ 35,000.00  whole"), "{text}");
    assert!(text.contains("S/ 98,275.86  in part"), "{text}");
    assert!(text.contains("Stuck in unfinished works: S/ 253,448.28\nLeft over: S/ 11,551.72\n"), "{text}");
    assert!(text.contains("Voters with a whole work: 9 of 30\n"), "{text}");
    let run = yupay(&["fund", package(), "--year", "2024", "--rule", "vote-order"]);
    assert!(run.stdout.contains("No entran:\n  V24-04 "), "{}", run.stdout);
}

#[test]
fn every_rule_has_a_name_in_both_languages_and_stands_in_the_help() {
    for language in ["es", "en"] {
        let help = yupay(&["fund", "--help", "--lang", language]).stdout;
        for rule in FundingRule::ALL {
            let name = rule.name();
            assert!(help.contains(&format!("{name}: ")) || help.contains(&format!("{name}.")), "{name}: {help}");
            let run = yupay(&["fund", ASSEMBLY, "--rule", name, "--lang", language]);
            assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{name}");
        }
    }
}

#[test]
fn wrong_usage_is_said() {
    for (args, expected) in [
        (&[ASSEMBLY][..], "Falta --rule"),
        (&[ASSEMBLY, "--rule", "lottery"], "vote-order, vote-order-stop, equal-split"),
        (&[ASSEMBLY, "--rule", "knapsack", "--satisfaction", "joy"], "cardinality, cost"),
        (&[ASSEMBLY, "--rule", "knapsack", "--year", "2000"], "una sola elección"),
        (&[ASSEMBLY, "--rule", "phragmen", "--satisfaction", "cost"], "no cambia nada"),
        (&[ASSEMBLY, "--rule", "equal-shares", "--completion", "greedy"], "no cambia nada"),
        (&[ASSEMBLY, "--rule", "knapsack", "--time-limit", "0"], "--time-limit toma segundos"),
        (&[package(), "--rule", "knapsack"], "Falta --year"),
        (&[package(), "--rule", "knapsack", "--year", "25"], "se escribe con cuatro cifras"),
        (&[package(), "--rule", "knapsack", "--year", "1999"], "Rondas que hay: 2024, 2025"),
        (&[package(), "--rule", "knapsack", "--year", "2025", "--section", "X"], "Secciones que hay: RIB, LOM"),
        (&[package(), "--rule", "knapsack", "--year", "2025", "--section", "RIB"], "Escríbalo con --budget"),
        (&["--rule", "knapsack"], "un solo paquete"),
        (&["no.pb", "--rule", "knapsack"], "No existe no.pb"),
    ] {
        let said = complaint(args, 2);
        assert!(said.contains(expected), "{args:?}: {said}");
    }
}

#[test]
fn a_file_with_mistakes_is_computed_without_them_and_exits_with_1() {
    let folder = empty_folder("fund-mistakes");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("x.pb");
    let text = fs::read_to_string(ASSEMBLY).unwrap();
    let run = |text: &str| {
        fs::write(&path, text).unwrap();
        yupay(&["fund", path.to_str().unwrap(), "--rule", "vote-order", "--format", "json"])
    };
    let broken = run(&text.replace("A;170000.00", "A;170,000.00"));
    assert_eq!(broken.code, 1);
    assert_eq!(broken.json()["funded"], json!(["B", "C", "E", "F", "G"]));
    assert!(broken.stderr.contains("Nota: los datos tienen 1 error"), "{}", broken.stderr);
    assert!(broken.stderr.contains("x.pb, fila 15, columna PROJECTS.cost: «170,000.00»"), "{}", broken.stderr);
    let without_votes = run(&text[..text.find("VOTES").unwrap()]);
    assert_eq!(without_votes.code, 1);
    assert!(without_votes.stderr.contains("Falta la sección VOTES"), "{}", without_votes.stderr);
    assert_eq!(without_votes.json()["funded"], json!(["A", "B"]), "by the column votes");
    for (text, expected) in [
        (&text[..text.find("PROJECTS").unwrap()], "Falta la sección PROJECTS"),
        (&text.replace("budget;300000.00\n", ""), "Escríbalo con --budget"),
        ("", "El archivo está vacío"),
    ] {
        let run = run(text);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""));
        assert!(run.stderr.contains(expected), "{}", run.stderr);
    }
    let selected = text
        .replace("cost;votes;name", "cost;votes;selected")
        .lines()
        .map(|line| match line.split(';').collect::<Vec<_>>()[..] {
            [id, cost, votes, _] if cost.ends_with(".00") => format!("{id};{cost};{votes};1\n"),
            _ => format!("{line}\n"),
        })
        .collect::<String>();
    let too_much = run(&selected);
    assert_eq!(too_much.code, 1);
    assert!(too_much.stderr.contains("cuestan 580000.00 y el presupuesto es 300000.00"), "{}", too_much.stderr);
}

#[test]
fn what_is_written_is_the_same_election() {
    let folder = empty_folder("fund-written");
    fs::create_dir_all(&folder).unwrap();
    let out = folder.join("out.pb");
    let path = out.to_str().unwrap();
    let run = yupay(&["fund", ASSEMBLY, "--rule", "phragmen", "--write", path]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(fs::read(&out).unwrap(), fs::read(ASSEMBLY).unwrap(), "a file's election is written back unchanged");
    let again = complaint(&[ASSEMBLY, "--rule", "phragmen", "--write", path], 2);
    assert!(again.contains("ya existe"), "{again}");
    let round = folder.join("round.pb");
    let args = ["--year", "2025", "--section", "RIB", "--rule", "equal-shares", "--budget", "8000.00", "--write"];
    let run = yupay(&[&["fund", package()][..], &args, &[round.to_str().unwrap()]].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    let (file, report) = Pabulib::read(&fs::read(&round).unwrap(), "round.pb");
    assert_eq!(report.problems, []);
    let selected: Vec<_> = file.projects.iter().map(|project| (project.id.as_str(), project.is_selected)).collect();
    assert_eq!(selected, [("V25-P2", Some(true)), ("V25-P3", Some(false))]);
    assert_eq!((file.budget_minor, file.ballots.len()), (Some(800_000), 5));
    let same = fund(&[round.to_str().unwrap(), "--rule", "equal-shares"]);
    assert_eq!(same["funded"], json!(["V25-P2"]));
}

#[test]
fn a_rule_that_takes_too_long_ends_with_a_message() {
    let folder = empty_folder("fund-long");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("long.pb");
    // Costs without a pattern that nearly tie, so that the knapsack has no shortcut.
    let mut seed = 7u64;
    let mut rows = String::new();
    for at in 0..90 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        rows.push_str(&format!("P{at};{}.01;5;x\n", 10_000_000 + (seed >> 40)));
    }
    let head = "META\nkey;value\nbudget;450000000.00\nvote_type;approval\ncurrency;PEN\nPROJECTS\nproject_id;cost;votes;name\n";
    fs::write(&path, format!("{head}{rows}VOTES\nvoter_id;vote\n")).unwrap();
    let args = ["--rule", "knapsack", "--satisfaction", "cost", "--time-limit", "1"];
    let run = command().arg("fund").arg(&path).args(args).output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(2), "{said}");
    assert!(said.contains("y no hay resultado") && said.contains("Lo mejor que alcanzó a ver"), "{said}");
}
