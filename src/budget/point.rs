//! Places on the earth, exact.

use std::str::FromStr;

use rust_decimal::Decimal;
use thiserror::Error;

/// A point in degrees of WGS 84.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// East of Greenwich, -180 to 180.
    pub longitude: Decimal,
    /// North of the equator, -90 to 90.
    pub latitude: Decimal,
}

/// A text that is not a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a point such as -76.9412, -12.2135 (longitude first)")]
pub struct InvalidPoint;

impl Point {
    /// The point of two numbers; `None` where they are off the earth.
    pub fn new(longitude: Decimal, latitude: Decimal) -> Option<Self> {
        let is_within = |number: Decimal, most: u8| number.abs() <= Decimal::from(most);
        (is_within(longitude, 180) && is_within(latitude, 90)).then_some(Self { longitude, latitude })
    }
}

/// Reads `longitude, latitude`, the default format of a `geopoint`.
impl FromStr for Point {
    type Err = InvalidPoint;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (longitude, latitude) = text.split_once(',').ok_or(InvalidPoint)?;
        let number = |text: &str| text.trim().parse::<Decimal>().map_err(|_not_a_number| InvalidPoint);
        Self::new(number(longitude)?, number(latitude)?).ok_or(InvalidPoint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_points_of_the_earth_are_points() {
        for (text, is_point) in [
            ("-76.9412, -12.2135", true),
            ("-76.9412,-12.2135", true),
            ("180,90", true),
            ("0,90.1", false),
            ("-181,0", false),
            ("-76.9412", false),
            ("-76.9412,-12.2135,0", false),
            ("west,south", false),
            ("", false),
        ] {
            assert_eq!(text.parse::<Point>().is_ok(), is_point, "{text:?}");
        }
    }
}
