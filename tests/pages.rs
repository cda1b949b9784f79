//! The pages as HTML, without a browser: what the overview says is what `yupay show` says.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test that cannot read its files fails there, and says what it skips"
)]
#![cfg(feature = "pages")]

mod package_support;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use package_support::{folder, package_in, read};
use yupay::money::format::Language;
use yupay::text::Catalog;
use yupay::web::app::{Content, Loaded, Municipality};
use yupay::web::render::render;
use yupay::web::route::Address;

const PACKAGES: [&str; 2] = ["villa-el-salvador", "san-juan-de-miraflores"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn loaded(name: &str) -> Loaded {
    let (package, report) = package_in(&folder(name));
    Loaded { package: Arc::new(package), report: Arc::new(report), problem_words: None, rows: None, not_packed: None }
}

fn words(language: Language) -> Arc<Catalog> {
    let file = |group: &str| {
        let json = read(&root().join(format!("public/text/{group}{}.json", language.tag())));
        Catalog::parse(language, std::str::from_utf8(&json).unwrap()).unwrap()
    };
    let own = ["explore.", "projects.", "compare.", "what-if."];
    Arc::new(own.into_iter().fold(file(""), |words, own| words.with(file(own))))
}

/// The overview of a package.
fn page(language: Language, package: &str, query: &str) -> String {
    page_at(language, package, &format!("?{query}"))
}

/// A page of a package, by what follows the package's own address.
fn page_at(language: Language, package: &str, rest: &str) -> String {
    let address = Address::from_href(&format!("{}/{package}/{rest}", language.tag()));
    let listed = Municipality {
        slug: package.to_owned(),
        title: package.to_owned(),
        description: String::new(),
        description_en: String::new(),
        demonstration: true,
        years: Vec::new(),
    };
    render(words(language), address, vec![listed], Content::Package(loaded(package)))
}

/// `yupay show` as amounts by key; the total stands under "total".
fn shown(package: &str, by: &str, stage: &str, wheres: &[&str]) -> BTreeMap<String, Option<String>> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yupay"));
    command.arg("show").arg(root().join("data").join(package)).args(["--by", by, "--stage", stage]);
    command.args(["--currency", "PEN", "--format", "json"]);
    command.args(wheres.iter().flat_map(|condition| ["--where", *condition]));
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let amount = |value: &serde_json::Value| value["amount"].as_str().map(str::to_owned);
    let rows = json["rows"].as_array().unwrap().iter();
    let rows = rows.map(|row| (row["key"][by].as_str().unwrap_or("-").to_owned(), amount(row)));
    rows.chain([("total".to_owned(), amount(&json["total"]))]).collect()
}

/// The amounts of one stage in a table of the page, by row; a row without an amount is `None`.
fn in_table(html: &str, table: &str, stage: &str) -> BTreeMap<String, Option<String>> {
    let start = html.find(&format!("<table data-by=\"{table}\"")).unwrap_or_else(|| panic!("no table {table}"));
    let table = html[start..].split("</table>").next().unwrap();
    let cell = |row: &str| {
        let cell = row.split(&format!("data-stage=\"{stage}\"")).nth(1)?.split("</td>").next()?;
        Some(cell.split("<data value=\"").nth(1)?.split('"').next()?.to_owned())
    };
    let rows = table.split("<tr").skip(1).filter_map(|row| {
        let key = row.split(" data-key=\"").nth(1).and_then(|rest| rest.split('"').next());
        Some((key?.to_owned(), cell(row)))
    });
    let total = table.split("<tfoot").nth(1).and_then(cell);
    rows.chain([("total".to_owned(), total)]).collect()
}

/// Every row that `show` gives stands in the table with the same amount, and no other row has one.
fn check(package: &str, language: Language, query: &str, wheres: &[&str]) {
    let html = page(language, package, query);
    for by in ["section", "dimension", "status"] {
        for stage in ["agreed", "accrued"] {
            let place = format!("{package} {language:?} {query} {by} {stage}");
            let (expected, found) = (shown(package, by, stage, wheres), in_table(&html, by, stage));
            for (key, amount) in &expected {
                assert_eq!(found.get(key), Some(amount), "{place} {key}");
            }
            let extra = found.iter().filter(|(key, amount)| !expected.contains_key(*key) && amount.is_some());
            assert_eq!(extra.collect::<Vec<_>>(), [], "{place}");
        }
    }
}

#[test]
fn the_tables_say_what_the_command_says() {
    for language in Language::ALL {
        check("villa-el-salvador", language, "year=2001", &["year=2001", "list=agreed"]);
        check("villa-el-salvador", language, "year=2000", &["year=2000", "list=agreed"]);
        check("san-juan-de-miraflores", language, "year=2004", &["year=2004", "list=agreed"]);
        check("san-juan-de-miraflores", language, "year=2004&list=outside", &["year=2004", "list=outside"]);
    }
}

#[test]
fn a_choice_narrows_the_other_tables() {
    let html = page(Language::Es, "villa-el-salvador", "year=2001&section=S4");
    let wheres = ["year=2001", "list=agreed", "section=S4"];
    for by in ["dimension", "status"] {
        for (key, amount) in shown("villa-el-salvador", by, "accrued", &wheres) {
            assert_eq!(in_table(&html, by, "accrued").get(&key), Some(&amount), "{by} {key}");
        }
    }
    // Its own table goes on offering the others.
    let others = shown("villa-el-salvador", "section", "accrued", &["year=2001", "list=agreed"]);
    for (key, amount) in &others {
        assert_eq!(in_table(&html, "section", "accrued").get(key), Some(amount), "section {key}");
    }
}

/// The sum of a table's rows, to the céntimo, is its total.
#[test]
fn every_total_is_the_sum_of_its_rows() {
    let minor = |amount: &str| amount.replace('.', "").parse::<i64>().unwrap();
    for package in PACKAGES {
        for query in ["", "dimension=human", "section=S2&status=completion", "stage=paid"] {
            let html = page(Language::Es, package, query);
            let stage = if query.starts_with("stage") { "paid" } else { "accrued" };
            for by in ["section", "dimension", "status"] {
                for stage in ["agreed", stage] {
                    let mut found = in_table(&html, by, stage);
                    let total = found.remove("total").flatten();
                    let sum: i64 = found.values().flatten().map(|amount| minor(amount)).sum();
                    assert_eq!(sum, total.as_deref().map_or(0, minor), "{package} {query} {by} {stage}");
                }
            }
        }
    }
}

#[test]
fn the_page_says_what_is_illustrative_before_anything_else() {
    for package in PACKAGES {
        for (language, said) in [(Language::Es, "Datos ilustrativos."), (Language::En, "Illustrative data.")] {
            for rest in ["", "what-if/"] {
                let html = page_at(language, package, rest);
                let (notice, main) = (html.find(said).expect("a notice"), html.find("<main").expect("a main part"));
                assert!(notice < main, "{package} {language:?} {rest}");
            }
        }
    }
}

/// The words of a piece of HTML, without its tags.
fn text_of(html: &str) -> String {
    let mut is_tag = true; // from within the opening tag
    let kept = html.chars().filter(|c| {
        let was_tag = is_tag;
        is_tag = *c == '<' || (is_tag && *c != '>');
        !was_tag && !is_tag
    });
    kept.collect()
}

#[test]
fn the_sentence_leads() {
    for (package, query, expected) in [
        ("villa-el-salvador", "", "De cada S/\u{a0}100 prometidos en 2001 se gastaron S/\u{a0}"),
        ("villa-el-salvador", "year=2003", "se han gastado S/\u{a0}"),
        ("san-juan-de-miraflores", "section=S3", "prometidos en 2004 (Sección 3) se gastaron"),
        // A year that the package does not have is named, and what it opens with is shown.
        ("villa-el-salvador", "year=1999", "prometidos en 2001 se gastaron"),
    ] {
        let html = page(Language::Es, package, query);
        let heading = html.split("<h1").nth(1).and_then(|rest| rest.split("</h1>").next()).expect("a heading");
        let words = text_of(heading);
        assert!(words.contains(expected), "{package} {query}: {words}");
    }
}

#[test]
fn no_text_is_missing_on_the_page() {
    for package in PACKAGES {
        let views = ["", "?year=all&per=person", "?years=fiscal&section=-", "?currency=USD", "?total=2019", "what-if/"];
        for view in views {
            for language in Language::ALL {
                let html = page_at(language, package, view);
                for unfilled in ["{", "headline.", "stage.", "label.", "column.", "official.", "nav.", "what-if."] {
                    assert!(!html.contains(&format!(">{unfilled}")), "{package} {view} {language:?}: {unfilled}");
                }
            }
        }
    }
}

/// What `yupay allocate` gives each section, as plain decimals.
fn allocated(package: &str, year: &str) -> Vec<String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yupay"));
    command.arg("allocate").arg(root().join("data").join(package)).args(["--year", year, "--format", "json"]);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let amount = |section: &serde_json::Value| section["amount"].as_str().unwrap().to_owned();
    json["sections"].as_array().unwrap().iter().map(amount).collect()
}

#[test]
fn the_what_if_page_is_written_with_what_the_command_gives() {
    for (package, years) in [("villa-el-salvador", ["2000", "2001"]), ("san-juan-de-miraflores", ["2004", "2005"])] {
        for year in years {
            for language in Language::ALL {
                let html = page_at(language, package, &format!("what-if/?year={year}"));
                let table =
                    html.split("<table data-by=\"what-if\"").nth(1).and_then(|rest| rest.split("</table>").next());
                let body = table.and_then(|table| table.split("<tbody").nth(1)?.split("</tbody>").next()).unwrap();
                let amount = |cell: &str| cell.split("<data value=\"").nth(1)?.split('"').next().map(str::to_owned);
                let amounts: Option<Vec<String>> = body.split("data-stage=\"amount\"").skip(1).map(amount).collect();
                assert_eq!(amounts.unwrap(), allocated(package, year), "{package} {year} {language:?}");
            }
        }
    }
}

/// What a page written as HTML for a link says: the scenarios after the `#` too, though no host is ever sent them.
#[test]
fn the_what_if_page_is_written_with_the_scenarios_of_its_link() {
    let html = page_at(
        Language::Es,
        "villa-el-salvador",
        "what-if/?year=2000#s=f:200000000;e:equal,100&s=garbage&s=f:200000000;c:population,100&open=2",
    );
    let words = text_of(&html[html.find("<main").unwrap()..]);
    for said in ["«garbage»", "1. Partes iguales", "2. Por persona", "¿Y si a cada persona le tocara lo mismo?"] {
        assert!(words.contains(said), "{said}");
    }
    assert!(html.contains("<data value=\"331428.57\">"), "section 1 by its inhabitants");
}

/// Where the links of a part of the page lead, and the one that says it is where the reader is.
fn links_in(html: &str, start: &str, end: &str) -> (Vec<String>, Option<String>) {
    let part = html.split(start).nth(1).and_then(|rest| rest.split(end).next()).unwrap_or_else(|| panic!("no {start}"));
    let links: Vec<&str> = part.split("<a ").skip(1).filter_map(|rest| rest.split('>').next()).collect();
    let href = |link: &str| link.split("href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    let current = links.iter().find(|link| link.contains("aria-current")).map(|link| href(link));
    (links.into_iter().map(href).collect(), current)
}

#[test]
fn what_a_link_asks_for_in_vain_is_named() {
    for (rest, named) in [
        ("?year=2001&section=S1", None),
        ("?year=1999", Some("year=1999")),
        ("?section=S99&section=S1&mode=x", Some("mode=x, section=S99")),
        ("?stage=bogus&currency=USD", Some("stage=bogus, currency=USD")),
        ("explore/?rows=nonsense", Some("rows=nonsense")),
        ("projects/?view=garden", Some("view=garden")),
        ("compare/?a=1999", Some("a=1999")),
    ] {
        let html = page_at(Language::Es, "villa-el-salvador", rest);
        let said = html.split("id=\"ignored\"").nth(1).and_then(|rest| rest.split("</p>").next()).map(text_of);
        assert_eq!(said.is_some(), named.is_some(), "{rest}: {said:?}");
        assert!(said.iter().zip(named).all(|(said, named)| said.contains(named)), "{rest}: {said:?}");
    }
}

#[test]
fn what_a_link_asks_for_in_vain_changes_nothing_else() {
    let shown = |rest: &str| {
        let html = page_at(Language::Es, "villa-el-salvador", rest);
        // What is named in vain stands before the title.
        text_of(html.to_lowercase().split("<h1").nth(1).unwrap_or_else(|| panic!("no title: {rest}")))
    };
    for (asked, known) in [
        ("?section=S99&section=S1", "?section=S1"),
        ("?section=S99", ""),
        ("?year=2001&status=gone&function=0", "?year=2001"),
        ("explore/?section=S99&rows=status", "explore/?rows=status"),
        ("projects/?dimension=moon&section=S2", "projects/?section=S2"),
    ] {
        let (asked_for, expected) = (shown(asked), shown(known));
        let differs = asked_for.chars().zip(expected.chars()).position(|(read, expected)| read != expected);
        let from = |text: &str| text.chars().skip(differs.unwrap_or(0)).take(80).collect::<String>();
        assert!(asked_for == expected, "{asked}: {:?}, not {:?}", from(&asked_for), from(&expected));
    }
}

#[test]
fn a_year_without_an_index_is_named_and_no_part_passes_for_the_whole() {
    let mut found = loaded("villa-el-salvador");
    let mut package = (*found.package).clone();
    package.price_index.retain(|one| one.year.to_string() != "2002");
    found.package = package.into();
    let address = Address::from_href("es/villa-el-salvador/compare/?a=2000&b=2001&real=2022");
    let html = render(words(Language::Es), address, Vec::new(), Content::Package(found));
    let part = |start: &str, end: &str| html.split(start).nth(1).and_then(|rest| rest.split(end).next()).map(text_of);
    assert!(part("id=\"notes\"", "</ul>").is_some_and(|notes| notes.contains("price_index.csv")));
    let total = part("<TFOOT", "</TFOOT>").unwrap();
    assert!(total.contains("sin dato") && total.contains("sin precios de 2002"), "{total}");
}

#[test]
fn the_navigation_keeps_the_round_and_the_colours_and_says_where_one_is() {
    let here = "es/villa-el-salvador/";
    for (rest, kept, current) in [
        ("", "", ""),
        ("?year=2001&section=S4&theme=dark", "?year=2001&theme=dark", ""),
        // A fiscal year is no round, and what another page keeps after the `#` is its own.
        ("?year=2002&years=fiscal", "", ""),
        ("what-if/?year=2000#f:1", "?year=2000", "what-if/"),
        ("explore/?year=2000&rows=status", "?year=2000", "explore/"),
    ] {
        let html = page_at(Language::Es, "villa-el-salvador", rest);
        let pages = ["", "explore/", "projects/", "compare/", "what-if/"].map(|page| format!("{here}{page}{kept}"));
        let expected = (pages.to_vec(), Some(format!("{here}{current}{kept}")));
        assert_eq!(links_in(&html, "class=\"pages\"", "</nav>"), expected, "{rest}");
    }
}

#[test]
fn the_header_leads_to_the_same_page_elsewhere() {
    let html = page_at(Language::Es, "villa-el-salvador", "what-if/?year=2001&theme=dark#f:1;n:%C3%B1");
    let (municipalities, _) = links_in(&html, "class=\"municipalities\"", "</nav>");
    assert_eq!(municipalities, ["es/villa-el-salvador/what-if/?theme=dark"]);
    let (languages, _) = links_in(&html, "class=\"tools\"", "</div>");
    assert_eq!(languages, ["en/villa-el-salvador/what-if/?year=2001&theme=dark#f:1;n:%C3%B1"]);
}
