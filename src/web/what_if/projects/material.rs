//! Where a round's proposals are, and getting them once the panel is opened: in the round's ballots, or among the projects.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, Response};

use super::panel::Panel;
use crate::budget::FiscalYear;
use crate::dataset::{BallotFile, Package};
use crate::funder::{FileSource, Seal, Source};

/// Where the proposals of the round are.
#[derive(Debug, Clone)]
pub(super) enum Material {
    /// They have been asked for.
    OnItsWay,
    /// In the file of its ballots.
    File(HeldFile),
    /// Among the package's projects, with nobody's ballots; whether that is because the file with them could not be had.
    Rows(Arc<Package>, bool),
    /// They cannot be had.
    Gone,
}

/// A Pabulib file that the browser holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HeldFile {
    pub name: String,
    pub number: u32,
    pub seal: Option<Seal>,
}

impl HeldFile {
    /// The file, or one section of it, as a question's source.
    pub fn source(&self, section: Option<String>) -> Source {
        let Self { name, number, seal } = self.clone();
        Source::File(FileSource { name, number, section, seal })
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
                let found = self.find(year).await;
                // Another round may be on screen by now, or another page.
                if self.sought.try_get_value() == Some(Some(year)) {
                    self.material.set(found);
                }
            });
        });
    }

    async fn find(self, year: FiscalYear) -> Material {
        let loaded = self.loaded.get_value();
        let ballots = loaded.package.descriptor.ballots.iter().find(|file| file.year == year).cloned();
        let has_ballots = ballots.is_some();
        if let Some(file) = ballots
            && let Some(held) = self.fetch(file).await
        {
            return Material::File(held);
        }
        if loaded.rows.is_none() {
            return Material::Rows(loaded.package, has_ballots);
        }
        let Some(errands) = self.errands else { return Material::Gone };
        match (errands.rows)(self.site, loaded).await {
            Ok(loaded) => {
                let package = Arc::clone(&loaded.package);
                // For the rounds that are looked at later.
                drop(self.loaded.try_set_value(loaded));
                Material::Rows(package, has_ballots)
            }
            Err(_failure) => Material::Gone,
        }
    }

    async fn fetch(self, file: BallotFile) -> Option<HeldFile> {
        let slug = self.site.address_now().route.municipality.unwrap_or_default();
        let address = format!("data/{slug}/{}", file.path);
        let response = JsFuture::from(window().fetch_with_str(&address)).await.ok()?.dyn_into::<Response>().ok()?;
        let blob = JsFuture::from(response.ok().then(|| response.blob().ok())??).await.ok()?.dyn_into::<Blob>().ok()?;
        let seal = Seal { year: file.year.number(), bytes: file.bytes, hash: file.hash };
        Some(self.hold(file.path, blob, Some(seal)))
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
