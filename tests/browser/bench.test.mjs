// `make bench` without measuring anything: what a run consists of, and what the report makes of made-up results.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lines } from '../../tools/bench/figures.mjs';
import { moves } from '../../tools/bench/moves.mjs';
import { isWhole, jobKey, jobs, needsBrowser, needsKit, PAGES, readOptions } from '../../tools/bench/plan.mjs';
import { benchmarks, report } from '../../tools/bench/report.mjs';

const MIB = 2 ** 20;

const exact = { ok: true, cells: 2520, offCells: 0, worstCents: 0 };

/** A session of the timing phase as the kit prints it. */
function timing(name, rows, session, { load, interact, first = 0.5, clear = interact, search, longest = 0, answers = exact, heldBytes }) {
  return {
    name, rows, phase: 'timing', session,
    timing: {
      load: { median: load, longestTaskMs: longest }, interact: { median: interact, first, batchedMean: interact },
      clearFilters: { median: clear }, search: { median: search }, answers, cleared: { ...exact, cells: 145 },
      exact: { kind: 'i64', diffCents: 0 }, exactAfter: { kind: 'i64', diffCents: 0 }, searchOk: true, info: { heldBytes },
    },
  };
}

const memory = (name, ready, peak, settled) =>
  ({ name, rows: 1_000_000, phase: 'memory', session: 0, memory: { rssReadyMiB: ready, peakRssMiB: peak, rssSettledMiB: settled } });
const cold = (name, shown) =>
  ({ name, rows: 10_000, phase: 'cold', session: 0, cold: { cdp: { shown: { median: shown, min: shown, max: shown, n: 3 } }, sentBytes: 1 } });
const bytes = (name, brotli) =>
  ({ name, rows: 10_000, phase: 'bytes', session: 0, bytes: { files: [file('x.wasm', brotli), file('packed/10000/cube.bin', 9e9)] } });
const file = (name, brotli) => ({ file: `/app/${name}`, raw: 2 * brotli, brotli });

/** Results in which everything is reached, but for what a case changes. */
function results(changes = {}) {
  const sizes = [10_000, 100_000, 1_000_000];
  const sessions = sizes.flatMap((rows) => [0.9, 1, 1.3].flatMap((drift, session) => {
    const part = (drift * rows) / 1_000_000;
    return [
      timing('noop', rows, session, { load: 360 * part, interact: 0, search: 0 }),
      timing('typed', rows, session, { load: 1000 * part, interact: 8.8 * part, search: 57 * part }),
      timing('duckdb', rows, session, { load: 1700 * part, interact: 60, search: 110 * part }),
      timing('duckdbdec', rows, session, { load: 1800 * part, interact: 18, search: 105 * part }),
      timing('yupay-csv', rows, session, { load: 500 * part, interact: 0.04, search: 15 * part, heldBytes: 60 * MIB, ...changes.csv }),
      timing('yupay-scan', rows, session, { load: 500 * part, interact: 4 * part, clear: 8 * part, search: 15 * part, ...changes.scan }),
      timing('yupay-pack', rows, session, { load: 200 * part, interact: 0.04, search: 15 * part, heldBytes: 60 * MIB, ...changes.pack }),
    ];
  }));
  const atMillion = { fetchStreamMs: 260, wasmInteractMs: 2.5, wasmInteractAllRowsMs: 8.4, wasmSearchMs: 8.5 };
  const limits = (rows) => Object.fromEntries(Object.entries(atMillion).map(([name, ms]) => [name, (ms * rows) / 1e6]));
  return {
    run: {
      started: '2026-01-02T03:04:05.000Z', finished: '2026-01-02T03:30:00.000Z', command: 'make bench', commit: 'abc1234', isClean: true,
      options: readOptions([]), page: { modules: [{ name: 'bench-csv', wasmBytes: 1, simdInstructions: 1 }] },
    },
    machine: { cpu: 'A processor', cores: 2, memoryGiB: 24, kernel: '6', node: 'v20', chromium: 'Chromium', rustc: 'rustc', packages: {} },
    limits: { native: { memcpyGBs: 12, readGBs: 26 }, rows: Object.fromEntries(sizes.map((rows) => [rows, limits(rows)])) },
    weights: [{ rows: 1_000_000, csv: { gzip: 40e6 }, packed: [{ file: 'cube.bin', gzip: 1e5 }, { file: 'columns.bin', gzip: 30e6 }] }],
    native: {
      benches: [{ id: 'loader/package/10k', ns: 1_500_000, lowNs: 1_400_000, highNs: 1_600_000, unit: 'Bytes', perSecond: 1e8 }],
      isContended: false,
    },
    runs: [
      ...sessions,
      memory('noop', 127, 428, 130), memory('typed', 127, 429, 237),
      memory('yupay-csv', 128, 260, 200), memory('yupay-pack', 128, 220, 200),
      cold('noop', 2400), cold('typed', 2520), cold('crossfilter', 2690), cold('duckdb', 30_000),
      cold('yupay-csv', 2500), cold('yupay-pack', 900),
      bytes('duckdb', 5_270_000), bytes('yupay-csv', 80_000), bytes('yupay-pack', 90_000),
    ],
    failures: [],
  };
}

const reached = (changed) => Object.fromEntries(lines(changed).map(({ line, reached }) => [line, reached]));
/** The lines that a change made miss their reach, or left without a figure. */
const missed = (changes) => Object.entries(reached(results(changes))).filter(([, is]) => is !== true).map(([line, is]) => `${line}: ${is}`);

test('every line of the table is reached by figures that reach it', () => {
  assert.deepEqual(missed(), []);
  assert.equal(lines(results()).length, 25);
});

for (const [what, changes, expected] of [
  ['a load over one and a half downloads', { csv: { load: 541 } }, ['load plain CSV: false']],
  ['a packed load over a quarter of the hand-written one', { pack: { load: 251 } }, ['load packed form: false']],
  ['a slow cube', { pack: { interact: 0.11 } }, ['interaction through the cube, yupay-pack: false']],
  ['a slow first answer', { csv: { first: 1.1 } }, ['the first one after loading, yupay-csv: false']],
  ['a scan over twice the limit', { scan: { interact: 5.1, clear: 8 } }, ['interaction by scanning rows: false']],
  ['all rows over twice the limit', { scan: { interact: 4, clear: 17 } }, ['the same, every row passing: false']],
  ['a slow search', { pack: { search: 17.1 } }, ['text search, yupay-pack: false']],
  ['one cell off by less than a cent', { csv: { answers: { ...exact, worstCents: 0.001 } } }, ['exactness: false']],
  ['a wrong answer', { scan: { answers: { ...exact, ok: false } } }, ['exactness: false']],
  ['a task that blocks', { csv: { longest: 51 } }, ['longest task over 50 ms in the first load, 100k rows, yupay-csv: false']],
  ['a page that does not tell its size', { csv: { heldBytes: undefined } }, ['memory above idle, settled, yupay-csv: null']],
  ['heavy columns', { pack: { heldBytes: 40 * MIB } }, ['memory above idle, settled, yupay-pack: false']],
]) {
  test(`the table notices ${what}`, () => {
    // A change that sets one figure for every size also shows in the growth, which has a test of its own.
    const found = missed(changes).filter((line) => !line.startsWith('growth'));
    assert.deepEqual(found, expected);
  });
}

test('growth is measured step by step, and may follow the limit', () => {
  const steep = results();
  const largest = steep.runs.filter(({ name, phase, rows }) => name === 'yupay-csv' && phase === 'timing' && rows === 1_000_000);
  for (const { timing: { search } } of largest) search.median *= 1.1;
  const label = 'growth, text search';
  assert.equal(reached(steep)[label], false);
  steep.limits.rows[1_000_000].wasmSearchMs *= 1.2;
  assert.equal(reached(steep)[label], true);
});

test('without its figures a line has no verdict', () => {
  const nothing = results();
  nothing.runs = nothing.runs.filter(({ name }) => !name.startsWith('yupay'));
  nothing.weights = [];
  assert.deepEqual([...new Set(Object.values(reached(nothing)))], [null]);
  assert.match(report(nothing), /\| load plain CSV \| ≤ 1\.5 × noop, below typed \| – \|/);
});

test('the report has the medians of the sessions, their range and the ratios', () => {
  const text = report(results());
  assert.match(text, /\| load plain CSV \| [^|]+ \| 500 ms \(450 to 650, n = 3\) \| 1\.39 \| 0\.50 \| 0\.29 \| 1\.92 \| yes \|/);
  assert.match(text, /\| loader\/package\/10k \| 1\.50 ms \| 1\.40 ms to 1\.60 ms \| 100 MB\/s \|/);
});

test('the notes of BENCHMARKS.md outlive a run, and nothing else of it does', () => {
  const first = benchmarks(results(), null);
  const noted = first.replace('None yet.', 'The search is held by memory.').replace('## Native benches', '## Old');
  const second = benchmarks(results(), noted);
  assert.match(second, /The search is held by memory\./);
  assert.doesNotMatch(second, /## Old|None yet/);
  assert.equal(benchmarks(results(), second), second);
});

test('busy, short and interrupted runs say so', () => {
  const run = results();
  run.runs[0].isContended = true;
  run.run.finished = null;
  run.runs = run.runs.filter(({ rows }) => rows < 1_000_000);
  const text = report(run);
  for (const words of ['compilers at work', 'Interrupted', 'A short run']) assert.match(text, new RegExp(words));
});

test('a whole run has every figure once, and three sessions of ours with those beside them', () => {
  const options = readOptions([]);
  const planned = jobs(options, PAGES);
  assert.equal(new Set(planned.map(jobKey)).size, planned.length);
  const sessions = (name, rows) => planned.filter((job) => job.name === name && job.rows === rows && job.phase === 'timing').length;
  for (const rows of options.rows) {
    for (const name of ['noop', 'typed', 'typedcube', 'yupay-csv', 'yupay-scan', 'yupay-pack']) assert.equal(sessions(name, rows), 3, `${name} ${rows}`);
    for (const name of ['duckdb', 'duckdbdec', 'crossfilter', 'arquero']) assert.equal(sessions(name, rows), 1, `${name} ${rows}`);
  }
  const late = planned.filter(({ name, phase }) => name === 'yupay-pack' && phase === 'cold');
  assert.deepEqual(late.map(({ args, rows }) => [args[1], rows]), [['pack.html?columns=late', 10_000]]);
  assert.ok(planned.every(({ name, phase }) => name !== 'yupay-scan' || phase === 'timing'));
});

test('a narrowed run is not a whole one and does only what it was asked', () => {
  const options = readOptions(['--rows', '100000,10000', '--sessions', '1', '--engines', 'noop,perspective', '--parts', 'browser']);
  assert.deepEqual(options.rows, [10_000, 100_000]);
  assert.ok(isWhole(readOptions([])) && !isWhole(options));
  const planned = jobs(options, []);
  assert.deepEqual([...new Set(planned.map(({ name }) => name))], ['noop', 'perspective']);
  assert.ok(planned.every(({ phase }) => phase !== 'cold'));
});

for (const [words, message] of [
  [['--rows', 'many'], /not a whole number/],
  [['--rows', '0'], /not a whole number/],
  [['--parts', 'native,gpu'], /no such part: gpu/],
  [['--fast'], /no such option: --fast/],
  [['--rows'], /no such option: --rows/],
]) {
  test(`options are refused in words: ${words.join(' ')}`, () => assert.throws(() => readOptions(words), message));
}

// -- the what-if page's parts ----------------------------------------------------------------------------------------------------

/** A trace's events: what takes time on the page's main thread, in ms, and the touches that led there. */
const main = (name, from, until, args = {}) => ({ ph: 'X', pid: 1, tid: 1, name, ts: from * 1000, dur: (until - from) * 1000, args });
const input = (at) => main('EventDispatch', at, at + 1, { data: { type: 'input' } });
const nested = (ph, name, at, args = {}) => ({ ph, pid: 1, tid: 2, name, ts: at * 1000, id2: { local: '0x1' }, args });
const touched = (handled, shown) => [
  nested('b', 'EventLatency', handled - 2, { event_latency: { event_type: 'TOUCH_MOVED' } }), nested('b', 'RendererMainProcessing', handled),
  nested('b', 'SubmitCompositorFrameToPresentationCompositorFrame', shown - 1), nested('e', 'EventLatency', shown),
];

test('a move is followed to its frame, and its time told apart', () => {
  const found = moves([
    main('ProxyMain::BeginMainFrame', 9, 30), input(10), main('FunctionCall', 11, 20), main('Layout', 14, 17), main('Paint', 21, 25), ...touched(9, 33),
    // Nothing new: no frame. What the driver evaluates is not the page's.
    main('ProxyMain::BeginMainFrame', 40, 42), main('MainFrameAborted', 41, 41.5), main('EvaluateScript', 50, 52), main('FunctionCall', 51, 52),
    main('ProxyMain::BeginMainFrame', 55, 60), main('Paint', 56, 57),
    // Work put off to a later frame; then long afterwards the address follows.
    main('FunctionCall', 70, 75), main('ProxyMain::BeginMainFrame', 76, 80), main('TimerFire', 410, 420), main('ProxyMain::BeginMainFrame', 421, 430),
  ]);
  assert.deepEqual(found, [{ shownMs: 23, frameMs: 20, allMs: 70, scriptMs: 6, layoutMs: 3, paintMs: 4, restMs: 7 }]);
});

test('a frame belongs to the last move before it ends, and a move that was not shown has no time', () => {
  const found = moves([
    main('ProxyMain::BeginMainFrame', 10, 20), input(11), ...touched(10, 25),
    main('ProxyMain::BeginMainFrame', 99, 120), input(100),
  ]);
  assert.deepEqual(found.map(({ shownMs, allMs }) => [shownMs, allMs]), [[14, 9], [null, 20]]);
  assert.deepEqual(moves([main('Layout', 1, 2)]), []);
});

const engine = (median, off = 0) => ({ median, least: median, most: median, n: 15, off, worst: off ? 2 : 0 });
const session = (yupay) => [{ name: '8 sections', cells: 224, engines: { yupay: engine(yupay), BigInt: engine(0.4), Number: engine(0.02, 3) } }];
const allocation = {
  when: '2026-01-02T03:04:05.000Z', commit: 'abc1234', sessions: [session(0.1), session(0.08), session(0.3)], isContended: false,
  native: [{ id: 'allocation/8 sections', ns: 50_000 }],
};
const move = (shownMs) => ({ shownMs, frameMs: 9, allMs: 9, scriptMs: 4, layoutMs: 2, paintMs: 2, restMs: 1 });
const slider = {
  when: '2026-01-02T03:04:05.000Z', commit: 'abc1234',
  cases: [{ scenarios: 'four', slower: 4, by: 'page', moves: [12, 16, 20, null, 40].map(move), isContended: true }],
};

const touch = {
  when: '2026-01-02T03:04:05.000Z', commit: 'abc1234',
  cases: [{ what: 'overview, a section chosen', slower: 4, by: 'page', shownMs: [24, 48, 32], atMost16: 2, isContended: false }],
};

test('a touch quicker than the browser tells counts as the least that it tells', () => {
  assert.match(report({ ...results(), touch }), /\| overview, a section chosen, \*\*yupay\*\* \| ≤ 16 \| 24\.0 \| 48\.0 \| 48\.0 \| 5 \|/);
});

test('the report sets our recomputation beside plain scripts, and tells how far the moves of a slider are from a frame', () => {
  const text = report({ ...results(), allocation, slider });
  assert.match(text, /\| 8 sections \| 50\.0 µs \| 100 µs \| 400 µs \| 20\.0 µs \| 4\.00 \| 0\.20 \| 224 \| 0 \| 3, by 2\.00 at most \|/);
  assert.match(text, /\| 4 scenarios, 4 × slower, \*\*yupay\*\* \| 12\.0 \| 18\.0 \| 40\.0 \| 40\.0 \| 2 of 4 \| 9\.00 \|/);
  assert.match(text, /commit abc1234\. \*\*Compilers were at work beside it/);
});

test('the what-if page is published by itself, and its sections outlive a run without it', () => {
  const first = benchmarks(results(), null);
  const only = { ...results(), allocation, slider, runs: [], native: null, limits: null };
  only.run.options = readOptions(['--parts', 'slider,allocation']);
  const second = benchmarks(only, first);
  const sections = /## Sharing out a fund\n[^]*## Moving a slider\n[^]*(?=## Notes\n)/;
  assert.equal(second.replace(sections, ''), first);
  assert.equal(benchmarks(only, second), second);
  assert.equal(benchmarks(results(), second), second);
  only.allocation = { ...allocation, commit: 'later12' };
  assert.equal(benchmarks(only, second), second.replace('abc1234.\n\n## Moving', 'later12.\n\n## Moving'));
});

test('the kit is asked for only by what is measured with it', () => {
  const needs = (parts) => [needsBrowser, needsKit].map((asks) => asks(readOptions(['--parts', parts]).parts));
  assert.deepEqual(needs('native,files'), [false, false]);
  assert.deepEqual(needs('allocation,slider,touch'), [true, false]);
  assert.deepEqual(needs('cold'), [true, true]);
});
