//! What the worker needs before it can be asked anything: its words, the round's projects and the round's ballots. All of it is
//! fetched once the panel is opened.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, Response};

use super::panel::Panel;
use crate::budget::{FiscalYear, Project};
use crate::dataset::{BallotFile, Package};
use crate::funder::{FileSource, Listing, Placed, Seal, Source};
use crate::indicators::proposals;

/// Where the proposals of the round are.
#[derive(Debug, Clone)]
pub(super) enum Material {
    /// They have been asked for.
    OnItsWay,
    /// Here.
    Found(Found),
    /// They cannot be had.
    Gone,
}

/// A round's projects and ballots.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub package: Arc<Package>,
    pub ballots: Option<HeldFile>,
    /// The package names a file of ballots, and it cannot be had.
    pub has_lost_ballots: bool,
}

/// A Pabulib file that the browser holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HeldFile {
    pub name: String,
    pub number: u32,
    pub seal: Option<Seal>,
}

impl HeldFile {
    /// The file, or one section of it, as a question's source; `projects` say which works are for several sections.
    pub fn source(&self, year: FiscalYear, section: Option<String>, projects: &[Project]) -> Source {
        let Self { name, number, seal } = self.clone();
        let placed = |project: &Project| Placed {
            id: project.id.clone(),
            section: project.section.clone(),
            scope: project.scope.map(|scope| scope.name().to_owned()),
        };
        let places = projects.iter().filter(|project| project.round == year).map(placed).collect();
        Source::File(FileSource { name, number, year: year.number(), section, places, seal })
    }
}

impl Found {
    /// The proposals of a round, or of one section in it, as a question's source.
    pub fn source(&self, year: FiscalYear, section: Option<String>) -> Source {
        match &self.ballots {
            Some(file) => file.source(year, section, &self.package.projects),
            None => Source::Listed(Listing::from(&proposals(&self.package, None, year, section.as_deref()))),
        }
    }
}

impl Panel {
    /// Looks for the proposals of the round on screen, once the panel is open.
    pub fn seek(self) {
        Effect::new(move |_| {
            let year = self.desk.ground().round.year;
            if !self.is_open.get() || self.sought.get_value() == Some(year) {
                return;
            }
            self.sought.set_value(Some(year));
            self.material.set(Material::OnItsWay);
            spawn_local(async move {
                let found = self.find(year).await.map_or(Material::Gone, Material::Found);
                // Another round may be on screen by now, or another page.
                if self.sought.try_get_value() == Some(Some(year)) {
                    if matches!(found, Material::Gone) {
                        // Opening the panel once more tries once more.
                        self.sought.set_value(None);
                    }
                    self.material.set(found);
                }
            });
        });
    }

    async fn find(self, year: FiscalYear) -> Option<Found> {
        let loaded = self.loaded.get_value();
        let named = loaded.package.descriptor.ballots.iter().find(|file| file.year == year).cloned();
        if self.words.with_value(Vec::is_empty) {
            self.words.set_value(vec![self.language_file("funder.").await?]);
        }
        let has_ballots = named.is_some();
        let ballots = match named {
            Some(file) => self.fetch_ballots(file).await,
            None => None,
        };
        let package = if loaded.rows.is_none() { loaded.package } else { self.with_rows().await? };
        Some(Found { package, has_lost_ballots: has_ballots && ballots.is_none(), ballots })
    }

    async fn with_rows(self) -> Option<Arc<Package>> {
        let loaded = (self.errands?.rows)(self.site, self.loaded.get_value()).await.ok()?;
        let package = Arc::clone(&loaded.package);
        // For the rounds that are looked at later.
        drop(self.loaded.try_set_value(loaded));
        Some(package)
    }

    async fn fetch_ballots(self, file: BallotFile) -> Option<HeldFile> {
        let slug = self.site.address_now().route.municipality.unwrap_or_default();
        let response = fetch(&format!("data/{slug}/{}", file.path)).await?;
        let blob: Blob = JsFuture::from(response.blob().ok()?).await.ok()?.dyn_into().ok()?;
        Some(self.hold(file.path, blob, Some(Seal { bytes: file.bytes, hash: file.hash })))
    }

    /// A language file as it is: the worker reads it.
    pub async fn language_file(self, group: &str) -> Option<String> {
        let response = fetch(&format!("text/{group}{}.json", self.site.words().language().tag())).await?;
        JsFuture::from(response.text().ok()?).await.ok().as_ref().and_then(JsValue::as_string)
    }

    /// Keeps a file for the worker.
    pub fn hold(self, name: String, file: Blob, seal: Option<Seal>) -> HeldFile {
        let mut number = 0;
        self.files.update_value(|files| {
            number = u32::try_from(files.len()).unwrap_or(u32::MAX);
            files.push(file);
        });
        HeldFile { name, number, seal }
    }
}

/// One of the site's own files, by its path from the site's folder.
async fn fetch(path: &str) -> Option<Response> {
    let response: Response = JsFuture::from(window().fetch_with_str(path)).await.ok()?.dyn_into().ok()?;
    response.ok().then_some(response)
}
