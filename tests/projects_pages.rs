//! The page of works and of one work as HTML, of the shipped packages and of those at an edge.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot read its files fails there"
)]
#![cfg(feature = "pages")]

mod package_support;

use std::path::Path;
use std::sync::Arc;

use package_support::{package_in, read};
use yupay::dataset::DESCRIPTOR_FILE;
use yupay::money::format::Language;
use yupay::text::Catalog;
use yupay::web::app::{Content, Loaded};
use yupay::web::render::render;
use yupay::web::route::Address;

const PACKAGES: [&str; 2] = ["villa-el-salvador", "san-juan-de-miraflores"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn words(language: Language) -> Arc<Catalog> {
    let file = |group: &str| {
        let json = read(&root().join(format!("public/text/{group}{}.json", language.tag())));
        Catalog::parse(language, std::str::from_utf8(&json).unwrap()).unwrap()
    };
    Arc::new(file("").with(file("projects.")))
}

fn html_of(language: Language, folder: &Path, query: &str) -> String {
    let (package, report) = package_in(folder);
    let loaded = Loaded {
        package: Arc::new(package),
        report: Arc::new(report),
        problem_words: None,
        rows: None,
        not_packed: None,
    };
    let address = Address::from_href(&format!("{}/x/projects/?{query}", language.tag()));
    render(words(language), address, Vec::new(), Content::Package(loaded))
}

/// No key of the language files shows through, and no amount stands outside an element with its exact value.
fn check(html: &str, place: &str) {
    let main = html.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    // A file's name is no key.
    let main = main.replace("projects.csv", "");
    for key in [">projects.", "\"projects.", ">key.", ">stage.", ">label.", ">value."] {
        assert!(!main.contains(key), "{place}: {key} shows");
    }
    let mut bare = String::new();
    for (at, part) in main.split("<data value=").enumerate() {
        bare.push_str(if at == 0 { part } else { part.split_once("</data>").map_or("", |(_, rest)| rest) });
    }
    assert!(
        !bare.contains("S/\u{a0}"),
        "{place}: {:?}",
        bare.split("S/\u{a0}").next().map(|rest| &rest[rest.len().saturating_sub(120)..])
    );
}

#[test]
fn every_view_is_written_in_both_languages() {
    for slug in PACKAGES {
        let folder = root().join("data").join(slug);
        for language in Language::ALL {
            for query in [
                "",
                "view=board",
                "view=map&section=S1",
                "q=parque&sort=rate&order=turned",
                "rows=all",
                "page=2",
                "list=outside&view=board",
                "status=-",
                "project=V01-002",
                "project=V01-001&section=S2",
                "project=M04-001",
                "project=M04-X02",
                "project=%3Cscript%3E",
                "section=S1&q=zzzz",
                "view=map&q=zzzz",
            ] {
                let html = html_of(language, &folder, query);
                check(&html, &format!("{slug} {language:?} {query}"));
                assert!(!html.contains("<script>"), "{slug} {query}");
            }
        }
    }
}

#[test]
fn packages_at_an_edge_have_a_page_that_says_what_it_lacks() {
    let edges = Path::new(env!("CARGO_TARGET_TMPDIR")).join("projects-edges");
    let made = std::process::Command::new("python3").arg(root().join("tools/edge_packages.py")).arg(&edges).output();
    let Ok(made) = made else { return println!("skipped: there is no python3") };
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let folders: Vec<_> = std::fs::read_dir(&edges).unwrap().collect();
    assert!(folders.len() > 10, "{}", edges.display());
    for folder in folders {
        let folder = folder.unwrap().path();
        // Read whole without optimization it takes longer than it tells.
        if !folder.join(DESCRIPTOR_FILE).exists() || folder.ends_with("fifty-thousand") {
            continue;
        }
        let (package, _) = package_in(&folder);
        let mut queries = vec!["".to_owned(), "view=board".into(), "view=map".into(), "project=nothing".into()];
        queries.extend(package.projects.iter().take(3).map(|project| {
            let id: String = form_urlencoded::byte_serialize(project.id.as_bytes()).collect();
            format!("project={id}")
        }));
        for query in queries {
            let html = html_of(Language::Es, &folder, &query);
            check(&html, &format!("{} {query}", folder.display()));
        }
    }
}
