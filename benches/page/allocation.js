// Sharing out a fund as the site does it (WebAssembly), and as anybody would write it in JavaScript: once with BigInt, exact,
// once with Number, which is not. Each gives the same cells in the same order; see `recompute` in allocation.rs.
const WHOLE = 10_000; // a weight of 100 %

// -- as fractions, with BigInt ------------------------------------------------------------------------------------------------

const gcd = (a, b) => { while (b) [a, b] = [b, a % b]; return a; };
const sum = (values) => values.reduce((total, value) => total + value, 0n);
const halfUp = (numerator, denominator) => (2n * numerator + denominator) / (2n * denominator);

/** What a criterion counts in each section, over a common denominator: whole numbers. */
function countedExactly({ column, base, is_rate: isRate, is_inverse: isInverse }, columns) {
  const figures = columns[column].map((figure, at) => BigInt(isInverse ? columns[base][at] - figure : figure));
  if (!isRate) return figures;
  const bases = columns[base].map(BigInt);
  const common = bases.reduce((lcm, of) => (lcm / gcd(lcm, of)) * of, 1n);
  return figures.map((figure, at) => figure * (common / bases[at]));
}

/** Largest remainder: whole parts, then the units left, the earlier of two alike first. */
function shareOutExactly(money, shares) {
  const all = sum(shares);
  const amounts = shares.map((share) => (money * share) / all);
  const rests = shares.map((share, at) => ({ at, rest: (money * share) % all }));
  rests.sort((one, other) => (one.rest === other.rest ? one.at - other.at : one.rest < other.rest ? 1 : -1));
  for (let left = Number(money - sum(amounts)); left > 0; left -= 1) amounts[rests[left - 1].at] += 1n;
  return amounts;
}

function withMinimumExactly(money, shares, minimum) {
  const raised = shares.map(() => false);
  for (;;) {
    const left = money - minimum * BigInt(raised.filter(Boolean).length);
    const all = sum(shares.filter((_, at) => !raised[at]));
    const short = shares.findIndex((share, at) => !raised[at] && left * share < minimum * all);
    if (short < 0) {
      const given = shareOutExactly(left, shares.map((share, at) => (raised[at] ? 0n : share)));
      return given.map((amount, at) => (raised[at] ? minimum : amount));
    }
    shares.forEach((share, at) => { raised[at] ||= left * share < minimum * all; });
  }
}

function exactly({ fund, columns, rules }) {
  return rules.flatMap(({ criteria, floor: [kind, floor] }) => {
    const counted = criteria.map((criterion) => countedExactly(criterion, columns));
    const totals = counted.map(sum);
    const weights = criteria.map(({ weight }) => BigInt(weight));
    const common = totals.reduce((product, total) => product * total, 1n);
    const factors = totals.map((total, k) => (common / total) * weights[k]);
    const shares = counted[0].map((_, at) => sum(counted.map((values, k) => values[at] * factors[k])));
    const flat = kind === 'flat' ? BigInt(floor) : 0n;
    const money = BigInt(fund) - flat * BigInt(shares.length);
    const byWeight = shareOutExactly(money, shares);
    const amounts = kind === 'minimum' ? withMinimumExactly(money, shares, BigInt(floor)) : byWeight.map((amount) => amount + flat);
    return shares.flatMap((_, at) => {
      const terms = counted.map((values, k) => halfUp(money * weights[k] * values[at], BigInt(WHOLE) * totals[k]));
      return [amounts[at], ...terms, flat, amounts[at] - flat - byWeight[at], byWeight[at] - sum(terms)];
    });
  });
}

// -- the same with Number -----------------------------------------------------------------------------------------------------

const add = (values) => values.reduce((total, value) => total + value, 0);

function counted({ column, base, is_rate: isRate, is_inverse: isInverse }, columns) {
  const figures = columns[column].map((figure, at) => (isInverse ? columns[base][at] - figure : figure));
  return isRate ? figures.map((figure, at) => figure / columns[base][at]) : figures;
}

function shareOut(money, shares) {
  const all = add(shares);
  const quotas = shares.map((share) => (money * share) / all);
  const amounts = quotas.map(Math.floor);
  const rests = quotas.map((quota, at) => ({ at, rest: quota - amounts[at] }));
  rests.sort((one, other) => other.rest - one.rest || one.at - other.at);
  for (let left = money - add(amounts); left > 0; left -= 1) amounts[rests[left - 1].at] += 1;
  return amounts;
}

function withMinimum(money, shares, minimum) {
  const raised = shares.map(() => false);
  for (;;) {
    const left = money - minimum * raised.filter(Boolean).length;
    const all = add(shares.filter((_, at) => !raised[at]));
    const isShort = (share, at) => !raised[at] && (left * share) / all < minimum;
    const short = shares.map(isShort);
    if (!short.includes(true)) {
      const given = shareOut(left, shares.map((share, at) => (raised[at] ? 0 : share)));
      return given.map((amount, at) => (raised[at] ? minimum : amount));
    }
    short.forEach((is, at) => { raised[at] ||= is; });
  }
}

function roughly({ fund, columns, rules }) {
  return rules.flatMap(({ criteria, floor: [kind, floor] }) => {
    const values = criteria.map((criterion) => counted(criterion, columns));
    const totals = values.map(add);
    const weights = criteria.map(({ weight }) => weight / WHOLE);
    const shares = values[0].map((_, at) => add(values.map((of, k) => (weights[k] * of[at]) / totals[k])));
    const flat = kind === 'flat' ? floor : 0;
    const money = fund - flat * shares.length;
    const byWeight = shareOut(money, shares);
    const amounts = kind === 'minimum' ? withMinimum(money, shares, floor) : byWeight.map((amount) => amount + flat);
    return shares.flatMap((_, at) => {
      const terms = values.map((of, k) => Math.round((money * weights[k] * of[at]) / totals[k]));
      return [amounts[at], ...terms, flat, amounts[at] - flat - byWeight[at], byWeight[at] - add(terms)];
    });
  });
}

// -- measured -----------------------------------------------------------------------------------------------------------------

const BATCHES = 15;
const BATCH_MS = 25; // many times what the page's clock shows at the finest
const SLOW_MS = 500;

/** Milliseconds of one call: the median, the least and the most of batches, or the one call of what is slow. */
function time(work) {
  const once = () => { const begin = performance.now(); work(); return performance.now() - begin; };
  const first = once();
  if (first > SLOW_MS) return { median: first, least: first, most: first, n: 1 };
  // A browser compiles what runs often the more often it runs.
  for (let spent = first; spent < 100;) spent += once();
  const batches = Array.from({ length: BATCHES }, () => {
    let [calls, spent] = [0, 0];
    const begin = performance.now();
    while (spent < BATCH_MS) {
      work();
      calls += 1;
      spent = performance.now() - begin;
    }
    return spent / calls;
  }).sort((a, b) => a - b);
  return { median: batches[BATCHES >> 1], least: batches[0], most: batches.at(-1), n: BATCHES };
}

/** How many cells are not the exact ones, and by how much at most, in minor units. */
function compare(cells, exact) {
  if (cells.length !== exact.length) return { off: Math.max(cells.length, exact.length), worst: null };
  const differences = exact.map((cell, at) => Math.abs(Number(BigInt(cells[at]) - cell)));
  return { off: differences.filter((difference) => difference > 0).length, worst: Math.max(0, ...differences) };
}

/** Every round by every engine, and each engine's cells beside the exact ones. BigInt leaves out the rounds named. */
export function measure(wasm, leftOut) {
  return wasm.names().split('\n').map((name, at) => {
    const round = JSON.parse(wasm.round(at));
    const engines = { yupay: () => wasm.recompute(at), Number: () => roughly(round) };
    if (!leftOut.includes(name)) engines.BigInt = () => exactly(round);
    const times = Object.entries(engines).map(([engine, work]) => [engine, time(work)]);
    // Where BigInt is left out, an earlier session held ours to it.
    const exact = Array.from(engines.BigInt?.() ?? engines.yupay());
    const figures = times.map(([engine, found]) => [engine, { ...found, ...compare(Array.from(engines[engine]()), exact) }]);
    return { name, cells: exact.length, engines: Object.fromEntries(figures) };
  });
}
