//! `yupay import` as its users run it: a foreign file in, a clean package out, every row and every amount accounted for.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod cli_support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use cli_support::{Run, empty_folder, yupay};
use serde_json::{Value as Json, json};

fn import(map: &Path, file: &str, out: &Path, more: &[&str]) -> Run {
    let (map, out) = (map.to_str().unwrap(), out.to_str().unwrap());
    let args: Vec<&str> =
        ["import", "--map", map, file, "--out", out].into_iter().chain(more.iter().copied()).collect();
    yupay(&args)
}

fn fixture(name: &str) -> PathBuf {
    Path::new("tests/fixtures/import").join(name)
}

fn works(out: &Path) -> Run {
    import(&fixture("obras.toml"), "tests/fixtures/import/obras.csv", out, &[])
}

fn total(package: &Path, stage: &str) -> Json {
    yupay(&["show", package.to_str().unwrap(), "--stage", stage, "--format", "json"]).json()["total"].clone()
}

/// Every file of a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.file_name().unwrap().into(), fs::read(&path).unwrap());
        }
    }
    found
}

#[test]
fn rows_that_cannot_be_read_are_set_aside_with_their_money() {
    let out = empty_folder("import-works");
    let run = works(&out);
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    for line in [
        "Atención: se leyó como windows-1252",
        "8 filas en el archivo = 3 leídas + 5 apartadas",
        "más 1 fila en blanco",
        // 81.250,50 read; 5.000,00 + 700,00 + 300,00 aside; «1,234» and the row without its cells are no amounts.
        "leído 81.250,50 + apartado 6.000,00 = 87.250,50 en el archivo; 2 importes ilegibles",
        "fila 4, columna Monto acordado: «1,234»",
        "fila 5, columna Estado: «POR DEFINIR»",
        "En orden: 0 errores",
    ] {
        assert!(run.stdout.contains(line), "{line}\n{}", run.stdout);
    }
    assert_eq!(total(&out, "agreed"), json!({"amount": "81250.50", "count": 3, "missing": 1}));
}

#[test]
fn the_package_reads_as_the_file_meant() {
    let out = empty_folder("import-tables");
    works(&out);
    for (file, expected) in [
        ("data/sections.csv", "section_id,name\nzona_1,Zona 1\nzona_2,Zona 2\nzona_10,Zona 10\n"),
        (
            "codelists/dimensions.csv",
            "dimension_id,label_es,label_en,sort_order\nrecreacion,Recreación,,1\nvias,Vías,,2\n",
        ),
        (
            "codelists/statuses.csv",
            "status_id,label_es,label_en,sort_order,oc4ids_status,is_open\n\
             building,En obra,Being built,1,implementation,true\nfinished,Terminado,Finished,2,completion,false\n",
        ),
        ("data/processes.csv", "fiscal_year,currency,investment_budget,participatory_fund\n2023,BOB,,\n2024,BOB,,\n"),
        (
            "data/projects.csv",
            "project_id,fiscal_year,title,section_id,scope,dimension_id,status,agreed_amount,agreed_on,votes,planned_end\n\
             P-1,2024,Loza deportiva,zona_2,section,recreacion,building,1250.50,2024-03-15,120,2024-12-31\n\
             P-2,2024,Muro de contención «El Peñón»,zona_10,section,vias,finished,80000.00,2024-03-15,98,\n\
             P-5,2023,Parque,zona_1,section,recreacion,finished,,2023-04-02,,2023-06-30\n",
        ),
    ] {
        assert_eq!(fs::read_to_string(out.join(file)).unwrap(), expected, "{file}");
    }
}

#[test]
fn rows_set_aside_are_kept_as_they_stood() {
    let out = empty_folder("import-aside");
    works(&out);
    let aside = fs::read_to_string(out.join("set-aside.csv")).unwrap();
    let starts: Vec<String> = aside.lines().map(|line| line.split(',').take(3).collect::<Vec<_>>().join(",")).collect();
    assert_eq!(
        starts,
        [
            "row,reason_code,column",
            "4,number-decimals,Monto acordado",
            "5,reference-unknown,Estado",
            "8,key-duplicate,Código",
            "9,date-format,Fecha del acta",
            "10,cell-count,",
        ]
    );
    assert!(
        aside.contains(",P-4,2023,Biblioteca,Zona 1,Educación,POR DEFINIR,\"5.000,00\",33,02/04/2023,30/06/2023\n"),
        "{aside}"
    );
}

#[test]
fn each_rule_names_itself() {
    let (folder, out) = (empty_folder("import-rules"), empty_folder("import-rules-out"));
    fs::create_dir_all(&folder).unwrap();
    let map = fs::read_to_string(fixture("obras.toml")).unwrap().replace("windows-1252", "utf-8");
    fs::write(folder.join("map.toml"), map).unwrap();
    let mut file =
        b"C\xc3\xb3digo;A\xc3\xb1o;Obra;Zona;Eje;Estado;Monto acordado;Votos;Fecha del acta;Fin previsto\n".to_vec();
    for (number, (row, _code)) in RULES.into_iter().enumerate() {
        file.extend_from_slice(format!("R{number};").as_bytes());
        file.extend_from_slice(row);
        file.push(b'\n');
    }
    fs::write(folder.join("f.csv"), file).unwrap();
    let run = import(&folder.join("map.toml"), folder.join("f.csv").to_str().unwrap(), &out, &[]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let aside = fs::read_to_string(out.join("set-aside.csv")).unwrap();
    let codes: Vec<&str> = aside.lines().skip(1).filter_map(|line| line.split(',').nth(1)).collect();
    assert_eq!(codes, RULES.map(|(_row, code)| code));
    assert!(run.stdout.contains("En orden: 0 errores"), "{}", run.stdout);
}

/// Rows after their code, each with the rule it breaks.
const RULES: [(&[u8], &str); 10] = [
    (b"24;a;Z;E;TERMINADO;1,00;1;01/02/2024;", "year-format"),
    (b"2024; ;Z;E;TERMINADO;1,00;1;01/02/2024;", "value-required"),
    (b"2024;a;Z;E;TERMINADO;S/ 12;1;01/02/2024;", "number-format"),
    (b"2024;a;Z;E;TERMINADO;1.25,50;1;01/02/2024;", "number-groups"),
    (b"2024;a;Z;E;TERMINADO;92233720368547758,08;1;01/02/2024;", "number-range"),
    (b"2024;a;Z;E;TERMINADO;1,00;1,5;01/02/2024;", "integer-format"),
    (b"2024;a;Z;E;TERMINADO;1,00;-1;01/02/2024;", "value-range"),
    (b"2024;a;Z;E;TERMINADO;1,00;1;2024-02-01;", "date-format"),
    (b"2024;a\"b;Z;E;TERMINADO;1,00;1;01/02/2024;", "quote-error"),
    (b"2024;Per\xfa;Z;E;TERMINADO;1,00;1;01/02/2024;", "encoding-error"),
];

#[test]
fn the_same_file_gives_the_same_bytes() {
    let (first, second) = (empty_folder("import-first"), empty_folder("import-second"));
    works(&first);
    works(&second);
    assert_eq!(files(&first), files(&second));
    assert_eq!(files(&first).len(), 7);
}

#[test]
fn lines_get_codes_from_their_rows_and_a_currency() {
    let out = empty_folder("import-lines");
    let run = import(&fixture("gastos.toml"), "tests/fixtures/import/gastos.csv", &out, &["--lang", "en"]);
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    assert!(
        run.stdout
            .contains("pim (pim, PEN): read 1,250.00 + set aside 0.00 = 1,250.00 in the file; 1 unreadable amount"),
        "{}",
        run.stdout
    );
    let budget = fs::read_to_string(out.join("data/budget.csv")).unwrap();
    assert!(budget.contains("\nL3,2024,sur,22,08,500.00,,100.00,2024-12-31\n"), "{budget}");
    assert!(budget.contains("\nL4,2023,norte,15,07,0.00,50.00,50.00,2023-02-28\n"), "{budget}");
    assert_eq!(total(&out, "pim"), json!({"amount": "1250.00", "count": 3, "missing": 1}));
    assert_eq!(total(&out, "accrued"), json!({"amount": "1050.50", "count": 3, "missing": 0}));
}

#[test]
fn a_full_folder_is_left_alone_unless_forced() {
    let out = empty_folder("import-full");
    fs::create_dir_all(&out).unwrap();
    fs::write(out.join("mine.txt"), "mine").unwrap();
    let run = works(&out);
    assert_eq!((run.code, files(&out).len()), (2, 1));
    assert!(run.stderr.contains("--force"), "{}", run.stderr);
    let forced = import(&fixture("obras.toml"), "tests/fixtures/import/obras.csv", &out, &["--force"]);
    assert_eq!(forced.code, 1);
    assert_eq!(fs::read_to_string(out.join("mine.txt")).unwrap(), "mine");
    assert!(out.join("datapackage.json").exists());
}

#[test]
fn a_map_that_makes_no_sense_exits_with_2_and_writes_nothing() {
    let map = fs::read_to_string(fixture("obras.toml")).unwrap();
    for (number, (from, to, told)) in [
        ("kind = \"projects\"", "kind = \"dreams\"", "línea 1"),
        ("delimiter = \";\"", "delimiter = \";;\"", "file.delimiter"),
        ("encoding = \"windows-1252\"", "encoding = \"klingon\"", "file.encoding"),
        ("decimal = \",\"", "decimal = \".\"", "file.group"),
        ("date = \"DD/MM/YYYY\"", "date = \"DD/MM/YY\"", "MM/DD/YYYY"),
        ("currency = \"BOB\"", "currency = \"Bs\"", "package.currency"),
        ("name = \"obras-de-prueba\"", "name = \"Obras de prueba\"", "package.name"),
        ("title = \"Obra\"\n", "", "title"),
        ("title = \"Obra\"", "title = \"Obrra\"", "Código, Año, Obra"),
        ("votes = \"Votos\"", "vote = \"Votos\"", "votes"),
        ("scope = \"section\"", "cost = \"1\"", "cost"),
        ("scope = \"section\"", "scope = \"galaxy\"", "galaxy"),
        ("id = \"finished\"", "id = \"building\"", "statuses"),
        ("oc4ids_status = \"completion\"", "oc4ids_status = \"done\"", "decommissioned"),
        ("encoding = \"windows-1252\"", "encoding = \"utf-8\"", "encoding"),
    ]
    .into_iter()
    .enumerate()
    {
        assert!(map.contains(from), "{from}");
        let (folder, out) =
            (empty_folder(&format!("import-map-{number}")), empty_folder(&format!("import-map-out-{number}")));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("map.toml"), map.replacen(from, to, 1)).unwrap();
        let run = import(&folder.join("map.toml"), "tests/fixtures/import/obras.csv", &out, &[]);
        assert_eq!(run.code, 2, "{to}: {}", run.stdout);
        assert!(run.stderr.contains(told), "{to}: {}", run.stderr);
        assert!(!out.exists(), "{to}");
    }
}

#[test]
fn what_is_missing_from_the_command_line_is_named() {
    for (args, told) in [
        (&["import"][..], "--map"),
        (&["import", "--map", "m.toml"], "--out"),
        (&["import", "--map", "m.toml", "--out", "o"], "CSV"),
        (&["import", "--map", "no-such-map.toml", "--out", "o", "f.csv"], "no-such-map.toml"),
        (&["import", "--map", "m.toml", "--out", "o", "--force=yes", "f.csv"], "yes"),
    ] {
        let run = yupay(args);
        assert_eq!(run.code, 2, "{args:?}");
        assert!(run.stderr.contains(told), "{args:?}: {}", run.stderr);
    }
}
