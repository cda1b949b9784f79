//! The file of a rule key for key, as serde reads and writes it.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// The file, key for key.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileShape {
    pub format: String,
    pub version: u32,
    #[serde(default)]
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dataset: Option<DatasetShape>,
    pub currency: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fund: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub investment_budget: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share_percent: Option<Percent>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_aside_percent: Option<Percent>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flat_floor: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<String>,
    pub criteria: Vec<CriterionShape>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DatasetShape {
    pub name: String,
    #[serde(default)]
    pub version: String,
    pub year: u16,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CriterionShape {
    pub criterion_id: String,
    /// Absent where every section counts alike.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// `count`, `rate` or `equal`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    pub weight_percent: Percent,
}

/// A percentage as text; a whole number typed without quotation marks is read too, and no other number, which would be a float.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Percent(pub String);

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(PercentVisitor)
    }
}

struct PercentVisitor;

impl Visitor<'_> for PercentVisitor {
    type Value = Percent;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a percentage as text, such as \"33.33\"")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Percent, E> {
        Ok(Percent(text.to_owned()))
    }

    fn visit_u64<E: Error>(self, whole: u64) -> Result<Percent, E> {
        Ok(Percent(whole.to_string()))
    }
}
