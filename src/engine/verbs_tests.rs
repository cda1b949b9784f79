//! Every verb against a naive fold: whatever the widths of the columns, the gaps, the signs and the number of segments.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::budget::{Date, Stage};

/// Values by key (an empty one is none) and amounts by stage, on their way into a table.
pub(super) type Row = (Vec<(Key, String)>, Vec<(Stage, Option<i64>)>);

/// Facts of some projects and no lines; values are declared as they appear.
pub(super) fn facts(rows: &[Row]) -> Facts {
    let mut dictionaries = vec![Dictionary::default(); Key::ALL.len()];
    let keys = Key::ALL.into_iter().zip(&mut dictionaries).map(|(key, dictionary)| {
        let value = |row: &Row| row.0.iter().find(|(known, value)| *known == key && !value.is_empty()).cloned();
        (key, rows.iter().map(|row| value(row).map_or(NO_VALUE, |(_, value)| dictionary.intern(&value))).collect())
    });
    let keys = keys.collect();
    let amount = |row: &Row| row.1.iter().find(|(stage, _)| *stage == Stage::Agreed).and_then(|(_, amount)| *amount);
    let amounts = vec![(Stage::Agreed, rows.iter().map(amount).collect())];
    Facts::new(
        dictionaries,
        [Table::new(rows.len(), keys, amounts, Vec::new(), None), Table::default(), Table::default()],
    )
}

const KEYS: [Key; 4] = [Key::FiscalYear, Key::Section, Key::Function, Key::Source];
const STAGES: [Stage; 3] = [Stage::Pim, Stage::Accrued, Stage::Paid];

/// Of each stage the sum and how many rows lack it.
type Sums = [(i128, u64); 3];

/// Codes of a cell and its tally at each stage.
type Cell = (Vec<u32>, [Tally; 3]);

/// A table as it was drawn.
#[derive(Debug, Clone)]
struct Drawn {
    codes: Vec<[u32; 4]>,
    amounts: Vec<[Option<i64>; 3]>,
    days: Vec<Option<Date>>,
}

impl Drawn {
    fn table(&self) -> Table {
        let keys = KEYS.iter().enumerate().map(|(at, &key)| (key, self.codes.iter().map(|codes| codes[at]).collect()));
        let stages = STAGES.iter().enumerate();
        let amounts = stages.map(|(at, &stage)| (stage, self.amounts.iter().map(|amounts| amounts[at]).collect()));
        Table::new(self.codes.len(), keys.collect(), amounts.collect(), self.days.clone(), None)
    }

    /// By cell in declared order: codes, rows, and of each stage the sum and how many rows lack it.
    fn naive(&self, rows: Option<&Bitset>, keys: &[Key]) -> Vec<(Vec<u32>, u64, Sums)> {
        let mut cells: BTreeMap<Vec<u32>, (u64, Sums)> = BTreeMap::new();
        for (row, (codes, amounts)) in self.codes.iter().zip(&self.amounts).enumerate() {
            if rows.is_some_and(|rows| !rows.contains(row)) {
                continue;
            }
            let place = |key: &Key| KEYS.iter().position(|known| known == key).map_or(0, |at| codes[at]);
            // No value last.
            let cell = cells.entry(keys.iter().map(|key| place(key).wrapping_sub(1)).collect()).or_default();
            cell.0 += 1;
            for (sum, amount) in cell.1.iter_mut().zip(amounts) {
                match amount {
                    Some(amount) => sum.0 += i128::from(*amount),
                    None => sum.1 += 1,
                }
            }
        }
        let codes = |ranks: Vec<u32>| ranks.into_iter().map(|rank| rank.wrapping_add(1)).collect();
        cells.into_iter().map(|(ranks, (rows, sums))| (codes(ranks), rows, sums)).collect()
    }

    /// What a verb should have found, in the naive fold's own terms.
    fn expected(&self, rows: Option<&Bitset>, keys: &[Key]) -> Result<Vec<Cell>, SumTooLarge> {
        let cells = self.naive(rows, keys);
        for (at, stage) in STAGES.into_iter().enumerate() {
            if cells.iter().any(|(_, _, sums)| i64::try_from(sums[at].0).is_err()) {
                return Err(SumTooLarge { stage });
            }
        }
        let tally = |count, (sum, missing): (i128, u64)| {
            let minor = (missing < count).then(|| i64::try_from(sum).unwrap_or_default());
            Tally { minor, count, missing }
        };
        Ok(cells.into_iter().map(|(codes, count, sums)| (codes, sums.map(|sum| tally(count, sum)))).collect())
    }
}

fn shown(cells: &Table, keys: &[Key]) -> Vec<Cell> {
    let cell =
        |cell| (keys.iter().map(|&key| cells.code(key, cell)).collect(), STAGES.map(|stage| cells.tally(cell, stage)));
    (0..cells.len()).map(cell).collect()
}

fn day(n: u8) -> Option<Date> {
    format!("2000-01-{:02}", n.clamp(1, 31)).parse().ok()
}

/// Codes up to 3, spread so that columns are narrow, medium or wide, and combinations few or many.
fn drawn() -> impl Strategy<Value = Drawn> {
    let scale = || prop::sample::select(vec![1u32, 1, 60, 20_000, 900_000_000]);
    let amount = prop_oneof![
        8 => (-1000i64..1000).prop_map(Some),
        2 => Just(None),
        1 => prop::sample::select(vec![i64::MIN, i64::MAX, i64::MAX / 2]).prop_map(Some),
    ];
    let calm = prop_oneof![8 => (-1000i64..1_000_000_000).prop_map(Some), 1 => Just(None)];
    let amounts = prop_oneof![3 => [calm.clone(), calm.clone(), calm].boxed(), 1 => [amount.clone(), amount.clone(), amount].boxed()];
    let row = ([0u32..4, 0u32..4, 0u32..4, 0u32..4], amounts, prop::option::of(1u8..28));
    ([scale(), scale(), scale(), scale()], prop::collection::vec(row, 0..300)).prop_map(|(scales, rows)| {
        let scaled = |codes: [u32; 4]| [0, 1, 2, 3].map(|at: usize| codes[at] * scales[at]);
        Drawn {
            codes: rows.iter().map(|row| scaled(row.0)).collect(),
            amounts: rows.iter().map(|row| row.1).collect(),
            days: rows.iter().map(|row| row.2.and_then(day)).collect(),
        }
    })
}

fn keys() -> impl Strategy<Value = Vec<Key>> {
    // One that no table here has, too.
    prop::sample::subsequence(vec![KEYS[0], KEYS[1], Key::Project, KEYS[2], KEYS[3]], 0..=5).prop_shuffle()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn tally_is_the_naive_fold(drawn in drawn(), keys in keys(), taken in prop::option::of(prop::collection::vec(any::<bool>(), 300))) {
        let rows = taken.map(|taken| Bitset::from_fn(drawn.codes.len(), |row| taken[row]));
        let found = tally(&drawn.table(), rows.as_ref(), &keys, &STAGES);
        prop_assert_eq!(found.map(|cells| shown(&cells, &keys)), drawn.expected(rows.as_ref(), &keys));
    }

    /// Cells of cells are the cells of the rows.
    #[test]
    fn roll_up_is_as_good_as_rows(drawn in drawn(), keys in keys(), keep in keys()) {
        let keep: Vec<Key> = keep.into_iter().filter(|key| keys.contains(key)).collect();
        let Ok(cells) = tally(&drawn.table(), None, &keys, &STAGES) else { return Ok(()) };
        prop_assert_eq!(roll_up(&cells, &keep).map(|cells| shown(&cells, &keep)), drawn.expected(None, &keep));
        let counts: Vec<(u32, u64)> = keep.iter().take(1).flat_map(|&key| distinct(&cells, None, key)).collect();
        let naive = drawn.naive(None, keep.get(..1).unwrap_or_default());
        prop_assert_eq!(counts, naive.iter().filter(|_| !keep.is_empty()).map(|(codes, rows, _)| (codes[0], *rows)).collect::<Vec<_>>());
    }

    /// From rows and from cells.
    #[test]
    fn break_down_is_a_tally_for_each_key(drawn in drawn(), keys in keys()) {
        let rows = drawn.table();
        let each = |table: &Table| {
            let found = break_down(table, None, &keys, &STAGES)?;
            Ok::<_, SumTooLarge>(found.iter().zip(&keys).map(|(cells, &key)| shown(cells, &[key])).collect::<Vec<_>>())
        };
        let expected: Result<Vec<_>, _> = keys.iter().map(|&key| drawn.expected(None, &[key])).collect();
        prop_assert_eq!(&each(&rows), &expected);
        if let Ok(cells) = tally(&rows, None, &KEYS, &STAGES) {
            prop_assert_eq!(each(&cells), expected);
        }
    }

    /// A cell is found by any of its codes, whatever order the cells stand in, and one that is not there is not.
    #[test]
    fn a_cell_is_found_by_its_codes(drawn in drawn(), keys in keys(), wanted in [0u32..5, 0..5, 0..5, 0..5], n in 0usize..5) {
        let Ok(cells) = tally(&drawn.table(), None, &keys, &STAGES) else { return Ok(()) };
        let by: Vec<(Key, u32)> = keys.iter().copied().zip(wanted).take(n).collect();
        let backwards: Vec<(Key, u32)> = by.iter().rev().copied().collect();
        for table in [cells.clone(), order(&cells, Order::Count), order(&cells, Order::Amount(STAGES[1]))] {
            let naive = (0..table.len()).find(|&row| by.iter().all(|&(key, code)| table.code(key, row) == code));
            prop_assert_eq!(table.find(&by), naive);
            prop_assert_eq!(table.find(&backwards), naive);
            for row in 0..table.len() {
                let codes: Vec<(Key, u32)> = keys.iter().map(|&key| (key, table.code(key, row))).collect();
                prop_assert_eq!(table.find(&codes), Some(row));
            }
        }
    }

    /// Whatever the order, every cell is there once, and the top and the rest make the whole.
    #[test]
    fn order_and_top_lose_nothing(drawn in drawn(), n in 0usize..8) {
        let by = [KEYS[0], KEYS[1]];
        let Ok(cells) = tally(&drawn.table(), None, &by, &STAGES) else { return Ok(()) };
        let whole = shown(&cells, &by);
        for wanted in [Order::Declared, Order::Count, Order::Amount(STAGES[1]), Order::Amount(Stage::Agreed)] {
            let mut expected = whole.clone();
            match wanted {
                Order::Declared | Order::Amount(Stage::Agreed) => {}
                Order::Count => expected.sort_by_key(|(_, tallies)| std::cmp::Reverse(tallies[0].count)),
                Order::Amount(_) => expected.sort_by_key(|(_, tallies)| std::cmp::Reverse(tallies[1].minor)),
            }
            let ordered = order(&cells, wanted);
            prop_assert_eq!(&shown(&ordered, &by), &expected);
            let Ok(found) = top(&ordered, n) else { continue };
            prop_assert_eq!(shown(&found.cells, &by), expected.iter().take(n).cloned().collect::<Vec<_>>());
            prop_assert_eq!(found.others, expected.len().saturating_sub(n));
            prop_assert_eq!(found.cells.count() + found.rest.count(), cells.count());
            let left: i128 = expected.iter().skip(n).filter_map(|(_, tallies)| tallies[0].minor).map(i128::from).sum();
            prop_assert_eq!(i128::from(found.rest.tally(0, STAGES[0]).minor.unwrap_or(0)), left);
        }
    }

    /// The cube answers every question on its keys as the rows do, days too; and so does one read back from its parts.
    #[test]
    fn the_cube_is_as_good_as_rows(drawn in drawn(), by in keys(), of_year in 0u32..4, of_source in 0u32..4) {
        let rows = drawn.table();
        let fits = tally(&rows, None, &KEYS, &STAGES).is_ok();
        let Some(cube) = Cube::build(&rows) else {
            prop_assert!(!fits);
            return Ok(());
        };
        let by: Vec<Key> = by.into_iter().filter(|&key| key != Key::Project).collect();
        let greatest = |key| rows.column(key).map_or(0, |codes| codes.greatest() as usize);
        prop_assert_eq!(Cube::from_parts(cube.to_parts(), &greatest), Some(cube.clone()));
        let is_in = |table: &Table| Bitset::from_fn(table.len(), |row| {
            table.code(KEYS[0], row) % 7 != of_year && table.code(KEYS[3], row) % 5 != of_source
        });
        let (of_cube, of_rows) = (is_in(cube.cells()), is_in(&rows));
        let found = tally(cube.cells(), Some(&of_cube), &by, &STAGES);
        prop_assert_eq!(found.map(|cells| shown(&cells, &by)), drawn.expected(Some(&of_rows), &by));
        let latest = |table: &Table, rows: &Bitset| rows.iter().filter_map(|row| table.as_of(row)).max();
        prop_assert_eq!(latest(cube.cells(), &of_cube), latest(&rows, &of_rows));
    }
}

/// Rows without end, always the same: each number from the one before.
fn long(len: usize, spread: u32) -> Drawn {
    let mut state = 1u64;
    let mut next = |below: u32| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u32 % below
    };
    let mut drawn = Drawn { codes: Vec::new(), amounts: Vec::new(), days: Vec::new() };
    for _row in 0..len {
        drawn.codes.push([next(11), next(spread), next(5), next(7)]);
        let amount = |drawn: u32| (!drawn.is_multiple_of(50)).then(|| i64::from(drawn) - 1_000_000);
        drawn.amounts.push([next(2_000_000_000), next(3_000_000), 1].map(amount));
        drawn.days.push(None);
    }
    drawn
}

#[test]
fn it_goes_on_in_the_next_segment_and_ends_within_a_word() {
    for spread in [9, 300, 70_000] {
        let drawn = long(SEGMENT_ROWS + 1000 + 13, spread);
        let table = drawn.table();
        for keys in [&KEYS[..], &KEYS[1..2]] {
            // Every row, and stretches without any.
            for rows in [None, Some(30)] {
                let rows = rows.map(|every| Bitset::from_fn(table.len(), |row| row / 200 % every == 1));
                let found = tally(&table, rows.as_ref(), keys, &STAGES).map(|cells| shown(&cells, keys));
                assert_eq!(found, drawn.expected(rows.as_ref(), keys), "{spread} {keys:?}");
            }
        }
    }
}

#[test]
fn more_stages_than_are_summed_at_once() {
    let amounts = |at: i64| (0..100).map(|row| (row % 7 != at).then_some(row * 10 + at)).collect();
    let stages: Vec<(Stage, Amounts)> =
        Stage::ALL.into_iter().zip(0..).map(|(stage, at)| (stage, amounts(at))).collect();
    let keys = vec![(Key::Section, (0..100).map(|row| row % 3).collect())];
    let table = Table::new(100, keys, stages, Vec::new(), None);
    let cells = tally(&table, None, &[Key::Section], &Stage::ALL).unwrap();
    for (of, cells) in [("rows", cells.clone()), ("cells", roll_up(&cells, &[Key::Section]).unwrap())] {
        for (cell, section) in [1, 2, 0].into_iter().enumerate() {
            for (stage, at) in Stage::ALL.into_iter().zip(0i64..) {
                let of_cell = || (0..100i64).filter(|row| row % 3 == section);
                let minor = of_cell().filter(|row| row % 7 != at).map(|row| row * 10 + at).sum();
                let missing = of_cell().filter(|row| row % 7 == at).count() as u64;
                let expected = Tally { minor: Some(minor), count: of_cell().count() as u64, missing };
                assert_eq!(cells.tally(cell, stage), expected, "{of} {stage} {section}");
            }
        }
    }
}

/// A table whose codes of two keys make so many combinations, each on as many rows.
fn combinations(of_always: u32, of_source: u32, rows: usize) -> Table {
    let rows = 0..rows as u32;
    let keys = vec![
        (Key::Section, rows.clone().map(|row| row % of_always).collect()),
        (Key::Source, rows.clone().map(|row| row / of_always % of_source).collect()),
        (Key::Project, rows.clone().collect()),
    ];
    Table::new(rows.len(), keys, vec![(Stage::Accrued, rows.map(|_row| Some(1)).collect())], Vec::new(), None)
}

#[test]
fn a_cube_too_large_for_its_gain_is_not_built() {
    for (always, source, rows, cells) in [
        // A few hundred rows always have one, even where every row is its own cell.
        (300, 1, 300, Some((300, true))),
        (4096, 1, 4096, Some((4096, true))),
        (5000, 1, 5000, None),
        // Eight rows a cell.
        (5000, 1, 40_000, Some((5000, true))),
        (5000, 1, 39_999, None),
        // Sources are told apart while there are few cells, or when it costs none.
        (100, 40, 4000, Some((4000, true))),
        (100, 50, 5000, Some((100, false))),
        (5000, 2, 40_000, Some((5000, false))),
    ] {
        let cube = Cube::build(&combinations(always, source, rows));
        let found = cube.as_ref().map(|cube| (cube.cells().len(), cube.has(Key::Source)));
        assert_eq!(found, cells, "{always} {source} {rows}");
        assert!(cube.is_none_or(|cube| !cube.has(Key::Project) && cube.has(Key::Status)));
    }
    let edge = Amounts::from_iter([Some(i64::MAX), Some(1)]);
    assert_eq!(Cube::build(&Table::new(2, Vec::new(), vec![(Stage::Paid, edge)], Vec::new(), None)), None);
}

#[test]
fn parts_that_make_no_cube_are_refused() {
    let table = combinations(3, 2, 60);
    let parts = Cube::build(&table).unwrap().to_parts();
    let greatest = |_key| 3;
    let read = |change: &dyn Fn(&mut CubeParts)| {
        let mut parts = parts.clone();
        change(&mut parts);
        Cube::from_parts(parts, &greatest).is_some()
    };
    assert!(read(&|_parts| {}));
    assert!(!read(&|parts| drop(parts.keys.remove(0))));
    assert!(!read(&|parts| parts.keys[0].0 = Key::Project));
    assert!(!read(&|parts| parts.keys[0].0 = Key::Section));
    assert!(!read(&|parts| parts.keys[2].1 = [9; 6].into_iter().collect()));
    assert!(!read(&|parts| parts.keys[2].1.push(1)));
    assert!(!read(&|parts| parts.rows.push(1)));
    assert!(!read(&|parts| parts.rows = [0; 6].into_iter().collect()));
    assert!(!read(&|parts| parts.rows = [-1; 6].into_iter().collect()));
    assert!(!read(&|parts| parts.rows = [i64::MAX; 6].into_iter().collect()));
    assert!(!read(&|parts| parts.stages[0].minor.push(1)));
    assert!(!read(&|parts| parts.stages[0].missing = Some([11; 6].into_iter().collect())));
    assert!(!read(&|parts| parts.stages[0].missing = Some([10; 6].into_iter().collect())));
    assert!(!read(&|parts| parts.stages.push(parts.stages[0].clone())));
    assert!(!read(&|parts| parts.days.push(None)));
    assert_eq!(Cube::from_parts(parts.clone(), &|_key| 1), None);
}
