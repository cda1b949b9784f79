//! The forms a valid package comes in, v1 and v2, all of which say the same.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod dataset_support;

use dataset_support::{Files, contents, errors};
use serde_json::{Value as Json, json};
use yupay::dataset::{Code, DESCRIPTOR_FILE};

fn resource<'a>(descriptor: &'a mut Json, name: &str) -> &'a mut Json {
    let resources = descriptor["resources"].as_array_mut().unwrap();
    resources.iter_mut().find(|resource| resource["name"] == name).unwrap()
}

/// The clean package with another descriptor still says the same, without a word of complaint.
#[track_caller]
fn same(change: impl Fn(&mut Json)) {
    same_with(change, |_files| {});
}

#[track_caller]
fn same_with(change: impl Fn(&mut Json), change_files: impl Fn(&mut Files)) {
    let mut files = Files::base();
    let before = contents(&files.load_clean());
    let mut descriptor: Json = serde_json::from_slice(&files.0[DESCRIPTOR_FILE]).unwrap();
    change(&mut descriptor);
    files.set(DESCRIPTOR_FILE, descriptor.to_string());
    change_files(&mut files);
    assert_eq!(contents(&files.load_clean()), before);
}

#[test]
fn keys_of_one_column_may_be_texts() {
    same(|descriptor| resource(descriptor, "projects")["schema"]["primaryKey"] = json!("project_id"));
    same(|descriptor| {
        resource(descriptor, "financing")["schema"]["foreignKeys"] =
            json!([{"fields": "project_id", "reference": {"resource": "projects", "fields": "project_id"}}]);
    });
}

#[test]
fn a_path_may_be_a_list_of_one_and_start_with_a_dot() {
    same(|descriptor| resource(descriptor, "budget")["path"] = json!(["data/budget.csv"]));
    same(|descriptor| resource(descriptor, "budget")["path"] = json!("./data/budget.csv"));
}

#[test]
fn missing_values_may_be_words_with_labels_or_of_one_field() {
    let nothing = |files: &mut Files| files.edit("data/budget.csv", "6000.25,,", "6000.25,s/d,");
    same_with(
        |descriptor| {
            resource(descriptor, "budget")["schema"]["missingValues"] =
                json!([{"value": "", "label": "blank"}, {"value": "s/d", "label": "sin dato"}]);
        },
        nothing,
    );
    same_with(|descriptor| resource(descriptor, "budget")["schema"]["missingValues"] = json!(["", "s/d"]), nothing);
    same_with(
        |descriptor| {
            let fields = resource(descriptor, "budget")["schema"]["fields"].as_array_mut().unwrap();
            let paid = fields.iter_mut().find(|field| field["name"] == "girado").unwrap();
            paid["missingValues"] = json!(["s/d"]);
        },
        nothing,
    );
}

#[test]
fn columns_beyond_the_schema_are_welcome_where_it_says_so() {
    for rule in [json!("subset"), json!(["subset"]), json!("partial")] {
        same_with(
            |descriptor| resource(descriptor, "sections")["schema"]["fieldsMatch"] = rule.clone(),
            |files| files.set("data/sections.csv", "section_id,name,colour\nRIB,La Ribera,blue\nLOM,La Loma,green\n"),
        );
    }
}

#[test]
fn a_file_may_have_fewer_columns_where_the_schema_says_so() {
    let without = |files: &mut Files| {
        files.set(
            "data/neighbourhoods.csv",
            "neighbourhood_id,section_id,name\nRIB-1,RIB,Molino Viejo\nRIB-2,RIB,Los Juncos\nLOM-1,LOM,Peña Alta\n",
        );
    };
    for rule in ["superset", "partial"] {
        same_with(
            |descriptor| {
                let schema = &mut resource(descriptor, "neighbourhoods")["schema"];
                schema["fieldsMatch"] = json!(rule);
                schema["fields"].as_array_mut().unwrap().push(json!({"name": "notes", "type": "string"}));
            },
            without,
        );
    }
    let mut files = Files::base();
    files.edit_descriptor(
        r#"{"name": "room", "type": "string"}"#,
        r#"{"name": "room", "type": "string"}, {"name": "notes"}"#,
    );
    let (_, report) = files.load();
    assert_eq!(report.problems[0].code, Code::LabelMissing);
}

#[test]
fn a_column_is_known_by_its_meaning_when_it_goes_by_another_name() {
    same_with(
        |descriptor| {
            for (table, from, to) in [
                ("projects", "project_id", "codigo"),
                ("projects", "title", "nombre"),
                ("projects", "fiscal_year", "ronda"),
                ("budget", "budget_line_id", "linea"),
                ("budget", "project_id", "proyecto"),
            ] {
                let schema = &mut resource(descriptor, table)["schema"];
                let fields = schema["fields"].as_array_mut().unwrap();
                fields.iter_mut().find(|field| field["name"] == from).unwrap()["name"] = json!(to);
                let keys = schema.to_string();
                let renamed: Json =
                    serde_json::from_str(&keys.replace(&format!("[\"{from}\"]"), &format!("[\"{to}\"]"))).unwrap();
                *schema = renamed;
            }
            for table in ["financing", "budget"] {
                for key in resource(descriptor, table)["schema"]["foreignKeys"].as_array_mut().unwrap() {
                    if key["reference"]["resource"] == "projects" {
                        key["reference"]["fields"] = json!(["codigo"]);
                    }
                }
            }
        },
        |files| {
            files.edit("data/projects.csv", "project_id,fiscal_year,title,", "codigo,ronda,nombre,");
            files.edit("data/budget.csv", "budget_line_id,fiscal_year,project_id,", "linea,fiscal_year,proyecto,");
        },
    );
}

#[test]
fn what_is_wrong_in_a_renamed_column_is_told_by_its_label() {
    let mut files = Files::base();
    files.edit_descriptor(r#""name": "budget_line_id""#, r#""name": "linea""#);
    files.edit_descriptor(r#"["budget_line_id"]"#, r#"["linea"]"#);
    files.edit("data/budget.csv", "budget_line_id", "linea");
    files.edit("data/budget.csv", "L4,", "L3,");
    let (_, report) = files.load();
    assert_eq!(report.problems[0].column.as_deref(), Some("linea"));
}

#[test]
fn a_file_without_a_header_is_read_by_the_schema() {
    same_with(
        |descriptor| resource(descriptor, "sections")["dialect"] = json!({"header": false}),
        |files| files.set("data/sections.csv", "RIB,La Ribera\nLOM,La Loma\n"),
    );
}

#[test]
fn comments_and_spaces_after_commas_are_skipped_where_declared() {
    same_with(
        |descriptor| {
            resource(descriptor, "sections")["dialect"] = json!({"commentChar": "#", "skipInitialSpace": true})
        },
        |files| {
            files.set(
                "data/sections.csv",
                "# two sections\nsection_id, name\nRIB, La Ribera\n# the other\nLOM, \"La Loma\"\n",
            )
        },
    );
}

#[test]
fn a_table_we_do_not_use_may_write_dates_its_own_way() {
    same_with(
        |descriptor| {
            let fields = resource(descriptor, "meetings")["schema"]["fields"].as_array_mut().unwrap();
            fields[1]["format"] = json!("%d/%m/%Y");
        },
        |files| {
            files.edit("data/meetings.csv", "2024-02-03", "03/02/2024");
            files.edit("data/meetings.csv", "2024-02-17", "17/02/2024");
        },
    );
}

#[test]
fn without_the_descriptors_keys_the_known_ones_hold() {
    let mut files = Files::base();
    let mut descriptor: Json = serde_json::from_slice(&files.0[DESCRIPTOR_FILE]).unwrap();
    for resource in descriptor["resources"].as_array_mut().unwrap() {
        let schema = resource["schema"].as_object_mut().unwrap();
        ["primaryKey", "foreignKeys", "uniqueKeys"].iter().for_each(|key| drop(schema.remove(*key)));
    }
    files.set(DESCRIPTOR_FILE, descriptor.to_string());
    files.load_clean();
    files.edit("data/budget.csv", "L4,2025,V24-03", "L3,2025,V24-99");
    let (_, report) = files.load();
    assert_eq!(errors(&report).iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::KeyDuplicate]);
    files.edit("data/budget.csv", "L3,2025,V24-99", "L4,2025,V24-99");
    let (_, report) = files.load();
    assert_eq!(errors(&report).iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::ReferenceUnknown]);
}
