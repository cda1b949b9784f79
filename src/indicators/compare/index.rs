//! Finding values again, and putting things in order: written once for everything that is compared, as each kind of sorted map
//! and of sorting weighs the page some kilobytes more.

use std::cmp::Ordering;

/// Where values were first seen, by binary search.
#[derive(Default)]
pub(in crate::indicators) struct Index {
    /// In the order of the values.
    known: Vec<(Option<String>, usize)>,
}

impl Index {
    /// The number of a value: of the order in which values come.
    pub fn number(&mut self, value: &Option<String>) -> usize {
        let count = self.known.len();
        match self.place(value.as_deref()) {
            Ok(place) => self.known.get(place).map_or(count, |(_, number)| *number),
            Err(place) => {
                self.known.insert(place, (value.clone(), count));
                count
            }
        }
    }

    /// The number of a value that was seen.
    pub fn find(&self, value: Option<&str>) -> Option<usize> {
        let place = self.place(value).ok()?;
        self.known.get(place).map(|(_, number)| *number)
    }

    fn place(&self, value: Option<&str>) -> Result<usize, usize> {
        self.known.binary_search_by(|(known, _)| known.as_deref().cmp(&value))
    }
}

/// Places in an order; those that are equal in it stay as they stand.
pub(in crate::indicators) fn in_order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_unstable_by(|&one, &other| compare(one, other).then(one.cmp(&other)));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_the_number_they_came_with() {
        let mut index = Index::default();
        let values = ["b", "a", "", "b", "c"].map(|text| (!text.is_empty()).then(|| text.to_owned()));
        let numbers: Vec<usize> = values.iter().map(|value| index.number(value)).collect();
        assert_eq!(numbers, [0, 1, 2, 0, 3]);
        assert_eq!((index.find(None), index.find(Some("c")), index.find(Some("d"))), (Some(2), Some(3), None));
    }

    #[test]
    fn equal_things_stay_as_they_stand() {
        let sizes = [3, 1, 3, 2];
        assert_eq!(in_order(4, &|one, other| sizes[other].cmp(&sizes[one])), [0, 2, 3, 1]);
    }
}
