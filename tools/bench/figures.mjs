// From the results of a run to the lines of the table: reach, measured, ratios, reached or not. Pure.
//
// A figure is the median over the sessions (each session's value is itself a median); every comparison is between figures
// of the same run.
const CSV = 'yupay-csv';
const PACK = 'yupay-pack';
const SCAN = 'yupay-scan';
const MEMORY_BROWSERS = 3; // the kit takes the median of as many
const OURS = [CSV, SCAN, PACK];
const DUCKDB = ['duckdb', 'duckdbdec'];

const at = (value, dotted) => dotted.split('.').reduce((inner, name) => inner?.[name], value);

export function median(values) {
  const sorted = values.filter((value) => Number.isFinite(value)).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return null;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Everything the tables ask of a run's results. */
export function reader(results) {
  const runs = (name, rows, phase) => results.runs.filter((run) => run.name === name && run.rows === rows && run.phase === phase);
  const figure = (name, rows, phase, dotted) => {
    const values = runs(name, rows, phase).map((run) => at(run, dotted)).filter((value) => Number.isFinite(value));
    if (values.length === 0) return null;
    return { value: median(values), least: Math.min(...values), most: Math.max(...values), n: values.length };
  };
  const value = (...place) => figure(...place)?.value ?? null;
  const sizes = [...new Set(results.runs.map(({ rows }) => rows))].sort((a, b) => a - b);
  const limit = (rows, name) => results.limits?.rows?.[rows]?.[name] ?? null;
  return { results, runs, figure, value, limit, sizes, fewest: sizes[0], most: sizes.at(-1) };
}

const times = (value, by) => (value === null || !by ? null : value / by);
/** Whether every one of some comparisons holds; null when one could not be made. */
const holds = (...comparisons) => (comparisons.includes(null) ? null : comparisons.every(Boolean));
const atMost = (value, most) => (value === null || most === null ? null : value <= most);
const scaled = (value, by) => (value === null ? null : value * by);
const known = (values) => values.filter((value) => value !== null);
const least = (values) => (known(values).length > 0 ? Math.min(...known(values)) : null);

/** How many times each of the others a value is; an empty value or other gives none. */
const ratiosTo = (value, others) => Object.fromEntries(Object.entries(others).map(([engine, other]) => [engine, times(value, other)]));

/** One line of the table about a time of the timing phase. Only a load can be set against the download of `noop`. */
function timed(read, rows, { line, reach, name, dotted, limit, reached, isLoad = false }) {
  const of = (engine) => read.value(engine, rows, 'timing', dotted);
  const figure = read.figure(name, rows, 'timing', dotted);
  const value = figure?.value ?? null;
  const beside = { noop: isLoad ? of('noop') : null, typed: of('typed'), duckdb: least(DUCKDB.map(of)), limit: limit ?? null };
  return { line, reach, figure, unit: 'ms', ratios: ratiosTo(value, beside), reached: value === null ? null : reached(value, beside) };
}

/** The lines of the table, in the order. */
export function lines(results) {
  const read = reader(results);
  const rows = read.most;
  if (rows === undefined) return [];
  return [
    ...loading(read, rows),
    ...interacting(read, rows),
    ...searching(read, rows),
    exactness(read),
    ...memory(read, rows),
    ...coldStart(read),
    engineBytes(read),
    ...blocked(read),
    ...growth(read),
  ];
}

function loading(read, rows) {
  const load = 'timing.load.median';
  const packed = packedBytes(read, rows);
  return [
    timed(read, rows, {
      line: 'load plain CSV', reach: '≤ 1.5 × noop, below typed', name: CSV, dotted: load, isLoad: true,
      limit: read.limit(rows, 'fetchStreamMs'),
      reached: (ms, { noop, typed }) => holds(atMost(ms, scaled(noop, 1.5)), atMost(ms, typed)),
    }),
    timed(read, rows, {
      line: 'load packed form', reach: '≤ ¼ × typed on the CSV', name: PACK, dotted: load, isLoad: true,
      reached: (ms, { typed }) => atMost(ms, scaled(typed, 0.25)),
    }),
    {
      line: 'packed form, gzip -9',
      reach: 'fewer bytes than the CSV under the same',
      figure: packed && { value: packed.gzip, n: 1 },
      unit: 'bytes',
      ratios: {},
      note: packed && `the CSV ${packed.csv.toLocaleString('en-US')}, ${(packed.csv / packed.gzip).toFixed(1)} × as many`,
      reached: packed && packed.gzip < packed.csv,
    },
  ];
}

/** Total of the packed files under gzip -9, and the CSV's. */
function packedBytes(read, rows) {
  const weight = read.results.weights?.find((weight) => weight.rows === rows);
  if (!weight || weight.packed.length === 0) return null;
  return { gzip: weight.packed.reduce((sum, file) => sum + file.gzip, 0), csv: weight.csv.gzip };
}

function interacting(read, rows) {
  const cube = [CSV, PACK].flatMap((name) => [
    timed(read, rows, {
      line: `interaction through the cube, ${name}`, reach: '≤ 0.1 ms', name, dotted: 'timing.interact.median',
      reached: (ms) => atMost(ms, 0.1),
    }),
    timed(read, rows, {
      line: `the first one after loading, ${name}`, reach: '≤ 1 ms', name, dotted: 'timing.interact.first',
      reached: (ms) => atMost(ms, 1),
    }),
  ]);
  return [
    ...cube,
    timed(read, rows, {
      line: 'interaction by scanning rows', reach: '≤ 2 × the wasm limit, below typed', name: SCAN,
      dotted: 'timing.interact.median', limit: read.limit(rows, 'wasmInteractMs'),
      reached: (ms, { typed, limit }) => holds(atMost(ms, scaled(limit, 2)), atMost(ms, typed)),
    }),
    timed(read, rows, {
      line: 'the same, every row passing', reach: '≤ 2 × the wasm limit, below typed', name: SCAN,
      dotted: 'timing.clearFilters.median', limit: read.limit(rows, 'wasmInteractAllRowsMs'),
      reached: (ms, { typed, limit }) => holds(atMost(ms, scaled(limit, 2)), atMost(ms, typed)),
    }),
  ];
}

function searching(read, rows) {
  return [CSV, PACK].map((name) => timed(read, rows, {
    line: `text search, ${name}`, reach: '≤ 2 × the wasm limit', name, dotted: 'timing.search.median',
    limit: read.limit(rows, 'wasmSearchMs'), reached: (ms, { limit }) => atMost(ms, scaled(limit, 2)),
  }));
}

/** Every cell of every answer of ours, in every session and size. */
function exactness(read) {
  const sessions = OURS.flatMap((name) => read.sizes.flatMap((rows) => read.runs(name, rows, 'timing')));
  const checked = sessions.map(({ timing }) => timing).filter((timing) => timing?.answers && timing.cleared);
  const line = { line: 'exactness', reach: 'every cell exact', unit: 'wrong sessions', ratios: {} };
  if (checked.length === 0) return { ...line, figure: null, reached: null };
  const wrong = sessions.filter(({ timing }) => !timing || !isExact(timing)).length;
  const cells = checked.reduce((sum, { answers, cleared }) => sum + answers.cells + cleared.cells, 0);
  const note = `of ${sessions.length}; ${cells.toLocaleString('en-US')} cells checked, and totals, searches and row counts`;
  return { ...line, figure: { value: wrong, n: 1 }, note, reached: wrong === 0 };
}

export function isExact(timing) {
  const answers = [timing.answers, timing.cleared];
  return answers.every((answer) => answer?.ok && answer.offCells === 0 && answer.worstCents === 0)
    && [timing.exact, timing.exactAfter].every((exact) => exact?.diffCents === 0) && timing.searchOk === true;
}

/** Above the idle page of the download-only engine. */
export function aboveIdle(read, name, rows, which) {
  const idle = read.value('noop', rows, 'memory', 'memory.rssReadyMiB');
  const figure = read.value(name, rows, 'memory', `memory.${which}`);
  return idle === null || figure === null ? null : figure - idle;
}

function memory(read, rows) {
  const beside = (which) => ({
    typed: aboveIdle(read, 'typed', rows, which), noop: which === 'peakRssMiB' ? aboveIdle(read, 'noop', rows, which) : null,
    duckdb: least(DUCKDB.map((name) => aboveIdle(read, name, rows, which))),
  });
  return [CSV, PACK].flatMap((name) => {
    const line = (label, reach, which, reached, extra = {}) => {
      const value = aboveIdle(read, name, rows, which);
      const figure = value === null ? null : { value, n: MEMORY_BROWSERS };
      const ratios = ratiosTo(value, { ...beside(which), ...extra });
      return { line: `memory above idle, ${label}, ${name}`, reach, unit: 'MiB', figure, ratios, reached: figure && reached(value) };
    };
    // What the page says its columns hold, where it says so (`heldBytes` in its info).
    const held = read.runs(name, rows, 'timing').map((run) => run.timing?.info?.heldBytes).find(Number.isFinite);
    const heldMiB = held === undefined ? null : held / 2 ** 20;
    const own = heldMiB === null ? 'not told by the page' : `${heldMiB.toFixed(0)} MiB`;
    return [
      line('settled', `≤ 1.5 × the columns' own size (${own})`, 'rssSettledMiB', (mib) => atMost(mib, scaled(heldMiB, 1.5)), {
        limit: heldMiB,
      }),
      line('peak', "below the download's", 'peakRssMiB', (mib) => atMost(mib, aboveIdle(read, 'noop', rows, 'peakRssMiB'))),
    ];
  });
}

/** With slow 4G and the main thread four times slower. */
function coldStart(read) {
  const shown = (name) => read.value(name, read.fewest, 'cold', 'cold.cdp.shown.median');
  const beside = { noop: shown('noop'), typed: shown('typed'), crossfilter: shown('crossfilter'), duckdb: least(DUCKDB.map(shown)) };
  const line = (label, name, reach, reached) => {
    const figure = read.figure(name, read.fewest, 'cold', 'cold.cdp.shown.median');
    const [first] = read.runs(name, read.fewest, 'cold');
    const spread = first?.cold?.cdp?.shown;
    const whole = spread && { ...figure, least: spread.min, most: spread.max, n: spread.n };
    return {
      line: `cold start from ${label}, ${count(read.fewest)} rows`,
      reach,
      figure: whole ?? figure,
      unit: 'ms',
      ratios: ratiosTo(figure?.value ?? null, beside),
      note: figure && `${first.cold.sentBytes.toLocaleString('en-US')} bytes sent`,
      reached: figure && reached(figure.value),
    };
  };
  const libraries = Object.entries(beside).filter(([engine]) => engine !== 'noop').map(([, ms]) => ms);
  return [
    line('plain CSV', CSV, 'ahead of every library', (ms) => atMost(ms, least(libraries))),
    line('the packed form', PACK, 'before the bare CSV arrives (noop)', (ms) => atMost(ms, beside.noop)),
  ];
}

/** What a page fetched besides data: script, WASM and the page itself. */
export function bytesOf(run) {
  const files = run?.bytes?.files?.filter(({ file }) => !file.includes('/packed/'));
  const sum = (key) => files.reduce((total, file) => total + file[key], 0);
  return files && { raw: sum('raw'), brotli: sum('brotli') };
}

function engineBytes(read) {
  const brotli = (name) => bytesOf(read.runs(name, read.fewest, 'bytes')[0])?.brotli ?? null;
  const ours = known([CSV, PACK].map(brotli));
  const value = ours.length > 0 ? Math.max(...ours) : null;
  const duckdb = least(DUCKDB.map(brotli));
  return {
    line: 'bytes of the engine, brotli -q 11',
    reach: "≤ 1/20 of DuckDB-WASM's",
    figure: value === null ? null : { value, n: 1 },
    unit: 'bytes',
    ratios: ratiosTo(value, { typed: brotli('typed'), duckdb }),
    reached: atMost(value, scaled(duckdb, 1 / 20)),
  };
}

/** The kit sees tasks over 50 ms only, in the first load: 0 is none. */
function blocked(read) {
  const rows = 100_000;
  if (!read.sizes.includes(rows)) return [];
  return [CSV, PACK].map((name) => {
    const figure = read.figure(name, rows, 'timing', 'timing.load.longestTaskMs');
    const line = `longest task over 50 ms in the first load, ${count(rows)} rows, ${name}`;
    return { line, reach: 'none (0)', unit: 'ms', figure, ratios: {}, reached: figure && figure.most === 0 };
  });
}

/** Each step in rows costs no more than in proportion; where the machine's own limit grows faster, than that. */
function growth(read) {
  if (read.sizes.length < 2) return [];
  const steps = read.sizes.slice(1).map((rows, place) => [read.sizes[place], rows]);
  const measures = [
    ['load plain CSV', CSV, 'timing.load.median', 'fetchStreamMs'],
    ['load packed form', PACK, 'timing.load.median', null],
    ['scanning interaction', SCAN, 'timing.interact.batchedMean', 'wasmInteractMs'],
    ['text search', CSV, 'timing.search.median', 'wasmSearchMs'],
  ];
  return measures.map(([label, name, dotted, limitName]) => {
    const grown = steps.map(([from, to]) => ({
      from,
      to,
      ours: times(read.value(name, to, 'timing', dotted), read.value(name, from, 'timing', dotted)),
      limit: limitName && times(read.limit(to, limitName), read.limit(from, limitName)),
    }));
    const line = { line: `growth, ${label}`, reach: 'linear or better, or as the limit', figure: null, unit: '', ratios: {} };
    if (grown.some(({ ours }) => ours === null)) return { ...line, reached: null };
    const limited = ({ limit }) => (limit ? ` (limit ${limit.toFixed(1)} ×)` : '');
    const texts = grown.map((step) => `${count(step.from)}→${count(step.to)} ${step.ours.toFixed(1)} ×${limited(step)}`);
    const reached = grown.every(({ from, to, ours, limit }) => ours <= Math.max(to / from, limit ?? 0));
    return { ...line, note: texts.join(', '), reached };
  });
}

/** 10000 as 10k, 1000000 as 1M. */
export function count(rows) {
  if (rows % 1e6 === 0) return `${rows / 1e6}M`;
  return rows % 1e3 === 0 ? `${rows / 1e3}k` : String(rows);
}
