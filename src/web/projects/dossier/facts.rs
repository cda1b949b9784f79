//! What a work is, in two columns: what is asked, and what is published.

use leptos::prelude::*;

use crate::budget::{Project, Scope};
use crate::engine::Key;
use crate::indicators::projects::{Dossier, safe_href};
use crate::web::element::{element, is, said, words};
use crate::web::projects::shown::{fact, facts, muted, named, no_data, number, part, text};
use crate::web::projects::view::View;

/// What it is.
pub(super) fn section(view: View, dossier: &Dossier) -> AnyView {
    let (site, project) = (view.site, &dossier.project);
    let stated = |value: Option<&str>| value.map_or_else(|| no_data(view), |value| text(value.to_owned()));
    let list = project.is_agreed().map(|is_agreed| site.t(if is_agreed { "list.agreed" } else { "list.outside" }));
    let known = [
        ("project_id", text(project.id.clone())),
        ("cui", stated(project.code.as_deref())),
        ("section_id", sections(view, dossier)),
        ("neighbourhood_id", named(view, Key::Neighbourhood, project.neighbourhood.as_deref())),
        ("scope", named(view, Key::Scope, project.scope.map(Scope::name))),
        ("dimension_id", named(view, Key::Dimension, project.dimension.as_deref())),
        ("objective_id", named(view, Key::Objective, project.objective.as_deref())),
        ("function_code", stated(project.function.as_deref())),
        ("list", list.map_or_else(|| no_data(view), |list| list.into_any())),
        ("votes", number(view, project.votes)),
        ("priority_rank", number(view, project.priority_rank)),
        ("beneficiaries", number(view, project.beneficiaries)),
        ("location", location(view, project)),
        ("act_document_url", act(view, project)),
        ("source", project.source.as_deref().map_or_else(|| no_data(view), |source| text(source_name(view, source)))),
    ];
    let name = |column: &str| site.t(&format!("projects.field.{column}"));
    let pairs = known.into_iter().map(|(column, value)| fact(column, name(column), value)).collect();
    part("what", site.t("projects.facts"), vec![facts("facts", pairs)])
}

pub(super) fn source_name(view: View, source: &str) -> String {
    let catalog = view.site.words();
    let key = format!("source.{source}");
    if catalog.has(&key) { catalog.get(&key) } else { source.to_owned() }
}

/// Its section, or those it is shared by with the part of each.
fn sections(view: View, dossier: &Dossier) -> AnyView {
    let project = &dossier.project;
    let own = match (&project.section, project.scope) {
        (Some(section), _) => text(view.label(Key::Section, Some(section))),
        (None, Some(Scope::District)) => view.site.t("label.district").into_any(),
        (None, _) => no_data(view),
    };
    if dossier.shared.is_empty() {
        return own;
    }
    let shared = dossier.shared.iter().map(|shared| {
        let share = shared.share_percent.map(|share| view.style().percent(share.normalize()));
        let share = share.unwrap_or_else(|| view.site.t("value.none"));
        let parts = vec![text(view.label(Key::Section, Some(&shared.section))), words(format!(": {share}"))];
        element("LI", Vec::new(), parts)
    });
    let shared = element("UL", vec![is("class", "shared")], shared.collect());
    vec![own, said("P", vec![is("class", "shared")], view.site.t("projects.shared")), shared].into_any()
}

fn location(view: View, project: &Project) -> AnyView {
    match project.location {
        Some(point) => {
            let place = format!("{}, {}", point.latitude.normalize(), point.longitude.normalize());
            vec![words(format!("{place} ")), muted(view.site.t("projects.location.order"))].into_any()
        }
        None => no_data(view),
    }
}

/// The act: a link where it is one that may be followed, or else its text.
fn act(view: View, project: &Project) -> AnyView {
    let Some(address) = project.act_document_url.as_deref() else { return no_data(view) };
    match safe_href(address) {
        Some(href) => {
            let attributes = vec![is("href", href), is("rel", "noopener noreferrer nofollow")];
            said("A", attributes, view.site.t("projects.act.link"))
        }
        None => text(address.to_owned()),
    }
}
