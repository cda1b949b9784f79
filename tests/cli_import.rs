//! `yupay import` as its users run it: a foreign file in, a clean package out, every row and every amount accounted for.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod cli_support;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use cli_support::{Run, empty_folder, yupay};
use serde_json::{Value as Json, json};

fn import(map: &Path, file: &str, out: &Path, more: &[&str]) -> Run {
    let (map, out) = (map.to_str().unwrap(), out.to_str().unwrap());
    let args: Vec<&str> =
        ["import", "--map", map, file, "--out", out].into_iter().chain(more.iter().copied()).collect();
    yupay(&args)
}

/// Spending of two years in two layouts, as a city that changed its system midway has it: 2023 without header and with
/// decimal points, 2024 with a header, decimal commas, one column less and the amount under another name.
const SPENDING_MAP: &str = r#"
    kind = "lines"
    required = ["accrued"]
    package = { name = "gasto", title = "Gasto", country = "ES", currency = "EUR", license = "CC0-1.0", source = { title = "s" } }
    file = { delimiter = ";", encoding = "iso-8859-1", decimal = ",", labels = ["Área", "Cap", "Programa", "Nombre", "Oblig", "Nota"] }
    columns = { section = "Área", dimension = "Cap", function = "Programa", heading = "Nombre", accrued = "Obligado" }
    [[files]]
    path = "2023/gasto.csv"
    name = "2023"
    constants = { year = "2023" }
    columns = { accrued = "Oblig" }
    file = { header = false, decimal = "." }
    [[files]]
    path = "2024/gasto.csv"
    name = "2024"
    constants = { year = "2024" }
    [[dimensions]]
    id = "1"
    label = "Personal"
    [[dimensions]]
    id = "6"
    label = "Inversión"
"#;

const SPENDING_2023: &str =
    "Cultura;1;334;FIESTAS;100.10;x\r\nCultura;1;334;FIESTAS;-40.10;\r\nCentro;6;;;0.5;\r\nCultura;1;334;FIESTAS;;\r\n";
const SPENDING_2024: &str = "Área;Cap;Programa;Nombre;Obligado\r\nCultura;1;334;FIESTAS Y NIÑOS;7,25\r\nCentro;;150;;1,00\r\n\r\nCentro;;;;2,00\r\nCentro;9;150;;3,00\r\nCentro;6;150;;4.00\r\n";

/// Writes the spending's map and files, changed as asked, and imports them.
fn spending(name: &str, change_map: &dyn Fn(&str) -> String, pack: &dyn Fn(&[u8]) -> Vec<u8>) -> (Run, PathBuf) {
    let (folder, out) = (empty_folder(&format!("{name}-in")), empty_folder(name));
    let mut paths = Vec::new();
    for (year, text) in [("2023", SPENDING_2023), ("2024", SPENDING_2024)] {
        fs::create_dir_all(folder.join(year)).unwrap();
        let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        let bytes = pack(&latin);
        let path = folder.join(year).join(if bytes == latin { "gasto.csv" } else { "gasto.csv.gz" });
        fs::write(&path, bytes).unwrap();
        paths.push(path);
    }
    let map = folder.join("map.toml");
    fs::write(&map, change_map(SPENDING_MAP)).unwrap();
    (import(&map, paths[0].to_str().unwrap(), &out, &[paths[1].to_str().unwrap()]), out)
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
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
    let starts: Vec<String> = aside.lines().map(|line| line.split(',').take(4).collect::<Vec<_>>().join(",")).collect();
    assert_eq!(
        starts,
        [
            "file,row,reason_code,column",
            "obras,4,number-decimals,Monto acordado",
            "obras,5,reference-unknown,Estado",
            "obras,8,key-duplicate,Código",
            "obras,9,date-format,Fecha del acta",
            "obras,10,cell-count,",
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
    let codes: Vec<&str> = aside.lines().skip(1).filter_map(|line| line.split(',').nth(2)).collect();
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
fn files_of_several_layouts_make_one_package() {
    let (run, out) = spending("import-files", &str::to_owned, &<[u8]>::to_vec);
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    for line in [
        "4 filas en el archivo = 3 leídas + 1 apartadas",
        "Oblig (devengado, EUR): leído 60,50 + apartado 0,00 = 60,50 en el archivo; 1 importe ilegible",
        "5 filas en el archivo = 3 leídas + 2 apartadas",
        "más 1 fila en blanco",
        "Obligado (devengado, EUR): leído 10,25 + apartado 3,00 = 13,25 en el archivo; 1 importe ilegible",
        "2023, fila 4, columna Oblig: La celda está vacía",
        "2024, fila 6, columna Cap: «9»",
        "2024, fila 7, columna Obligado: «4.00»",
        "En orden: 0 errores",
    ] {
        assert!(run.stdout.contains(line), "{line}\n{}", run.stdout);
    }
    for (file, expected) in [
        // Two lines under one heading stay two lines; a line that says nothing of what it is for has no heading.
        (
            "data/budget.csv",
            "budget_line_id,fiscal_year,project_id,section_id,devengado\n\
             2023-L1,2023,H1,cultura,100.10\n2023-L2,2023,H1,cultura,-40.10\n2023-L3,2023,H2,centro,0.50\n\
             2024-L2,2024,H3,cultura,7.25\n2024-L3,2024,H4,centro,1.00\n2024-L5,2024,,centro,2.00\n",
        ),
        // A heading without a title goes by its dimension, or else by its function.
        (
            "data/projects.csv",
            "project_id,fiscal_year,title,section_id,dimension_id,function_code\n\
             H1,2023,FIESTAS,cultura,1,334\nH2,2023,Inversión,centro,6,\n\
             H3,2024,FIESTAS Y NIÑOS,cultura,1,334\nH4,2024,150,centro,,150\n",
        ),
    ] {
        assert_eq!(fs::read_to_string(out.join(file)).unwrap(), expected, "{file}");
    }
    let aside = fs::read_to_string(out.join("set-aside.csv")).unwrap();
    let ends: Vec<&str> = aside.lines().map(|line| line.rsplit_once("\",").map_or(line, |(_, end)| end)).collect();
    assert_eq!(
        ends,
        [
            "file,row,reason_code,column,value,message,Área,Cap,Programa,Nombre,Oblig,Nota,Obligado",
            "Cultura,1,334,FIESTAS,,,",
            "Centro,9,150,,,,\"3,00\"",
            "Centro,6,150,,,,4.00",
        ]
    );
}

#[test]
fn lines_are_told_apart_by_what_they_are_for() {
    let (_, out) = spending("import-headings", &str::to_owned, &<[u8]>::to_vec);
    for (key, expected) in [
        ("fiscal_year", json!([["2023", "60.50"], ["2024", "10.25"]])),
        ("dimension", json!([["1", "67.25"], ["6", "0.50"], [null, "3.00"]])),
        ("function", json!([["334", "67.25"], ["150", "1.00"], [null, "2.50"]])),
        ("section", json!([["centro", "3.50"], ["cultura", "67.25"]])),
    ] {
        let out = out.to_str().unwrap();
        let answer = yupay(&["show", out, "--by", key, "--stage", "accrued", "--format", "json"]).json();
        let rows = answer["rows"].as_array().unwrap().iter().map(|row| json!([row["key"][key], row["amount"]]));
        assert_eq!(rows.collect::<Json>(), expected, "{key}");
    }
}

#[test]
fn a_packed_file_is_the_file() {
    let (plain, plain_out) = spending("import-plain", &str::to_owned, &<[u8]>::to_vec);
    let (packed, packed_out) = spending("import-packed", &str::to_owned, &gzipped);
    assert_eq!((plain.code, packed.code), (1, 1), "{}", packed.stderr);
    assert_eq!(files(&plain_out), files(&packed_out));
    // In two members, as files packed by halves are.
    let halves = |bytes: &[u8]| [gzipped(&bytes[..9]), gzipped(&bytes[9..])].concat();
    let (_, halves_out) = spending("import-halves", &str::to_owned, &halves);
    assert_eq!(files(&plain_out), files(&halves_out));
    let cut = |bytes: &[u8]| gzipped(bytes)[..40].to_vec();
    let (run, out) = spending("import-cut", &str::to_owned, &cut);
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(run.stderr.contains("gasto.csv.gz"), "{}", run.stderr);
    assert!(!out.join("datapackage.json").exists());
}

#[test]
fn a_year_may_be_that_of_a_date() {
    let (folder, out) = (empty_folder("import-year-in"), empty_folder("import-year"));
    fs::create_dir_all(&folder).unwrap();
    let map = fs::read_to_string(fixture("gastos.toml")).unwrap();
    let map = map.replace("[file]\n", "[file]\nyear = \"DD/MM/YYYY\"\n").replace("as_of = \"corte\"\n", "");
    fs::write(folder.join("map.toml"), map).unwrap();
    let file = "ejercicio,zona,funcion,rubro,pia,pim,devengado\n31/12/2023,Norte,1,1,1,1,1\n2024,Norte,1,1,1,1,1\n\
                31/02/2024,Norte,1,1,1,1,1\n01/01/1850,Norte,1,1,1,1,1\n1/2/2024,Norte,1,1,1,1,1\n";
    fs::write(folder.join("f.csv"), file).unwrap();
    let run = import(&folder.join("map.toml"), folder.join("f.csv").to_str().unwrap(), &out, &[]);
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    let column = |file: &str, at: usize| -> Vec<String> {
        let text = fs::read_to_string(out.join(file)).unwrap();
        text.lines().skip(1).map(|line| line.split(',').nth(at).unwrap().to_owned()).collect()
    };
    assert_eq!(column("data/budget.csv", 1), ["2023", "2024"]);
    assert_eq!(column("set-aside.csv", 2), ["date-format", "date-format", "year-format"]);
}

#[test]
fn many_rows_with_one_fault_do_not_hide_another() {
    let (folder, out) = (empty_folder("import-alike-in"), empty_folder("import-alike"));
    fs::create_dir_all(&folder).unwrap();
    let bad_years = "24,Norte,1,1,1,1,1,2024-12\n".repeat(30);
    let file =
        format!("ejercicio,zona,funcion,rubro,pia,pim,devengado,corte\n{bad_years}2024,Norte,1,1,1,1,x,2024-12\n");
    fs::write(folder.join("f.csv"), file).unwrap();
    let run = import(&fixture("gastos.toml"), folder.join("f.csv").to_str().unwrap(), &out, &[]);
    assert_eq!(run.stdout.matches("[year-format]").count(), 5, "{}", run.stdout);
    for line in ["fila 32, columna devengado: «x»", "y 25 filas más"] {
        assert!(run.stdout.contains(line), "{line}\n{}", run.stdout);
    }
}

#[test]
fn a_map_and_files_that_do_not_fit_exit_with_2_and_write_nothing() {
    for (number, (from, to, told)) in [
        ("path = \"2024/gasto.csv\"", "path = \"2025/gasto.csv\"", "2023/gasto.csv, 2025/gasto.csv"),
        ("path = \"2024/gasto.csv\"", "path = \"gasto.csv\"", "2023/gasto.csv, gasto.csv"),
        ("name = \"2024\"", "name = \"2023\"", "«2023»"),
        ("name = \"2024\"", "name = \"2024\"\n    file = { header = false, labels = [] }", "labels"),
        ("required = [\"accrued\"]", "required = [\"gasto\"]", "gasto"),
        ("required = [\"accrued\"]", "required = [\"pim\"]", "pim"),
        ("constants = { year = \"2024\" }", "constants = { project = \"P\", year = \"2024\" }", "heading"),
        ("constants = { year = \"2024\" }", "constants = { year = \"24\" }", "«24»"),
        ("constants = { year = \"2024\" }", "", "year"),
        ("constants = { year = \"2024\" }", "constants = { ano = \"2024\" }", "ano"),
        ("constants = { year = \"2024\" }", "columns = { year = \"Año\" }", "2024/gasto.csv"),
        ("decimal = \".\" }", "decimal = \".\", year = \"AAAA\" }", "YYYY, YYYY-MM-DD"),
        ("decimal = \".\" }", "decimal = \".\", group = \".\" }", "file.group"),
    ]
    .into_iter()
    .enumerate()
    {
        assert!(SPENDING_MAP.contains(from), "{from}");
        let name = format!("import-unfit-{number}");
        let (run, out) = spending(&name, &|map| map.replacen(from, to, 1), &<[u8]>::to_vec);
        assert_eq!(run.code, 2, "{to}: {}", run.stdout);
        assert!(run.stderr.contains(told), "{to}: {}", run.stderr);
        assert!(!out.exists(), "{to}");
    }
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
