// The results of a run as Markdown: target/bench/report.md, and BENCHMARKS.md with its notes kept. Pure.
import { aboveIdle, bytesOf, count, isExact, lines, reader } from './figures.mjs';
import { digits, table, time, whole } from './markdown.mjs';
import { isOfPagesAlone } from './plan.mjs';
import { allocationBlocks, HEADINGS, sectionOf, sliderBlocks, touchBlocks, withSections } from './of-pages.mjs';

const NOTES = ['<!-- notes: kept by hand, a run leaves them as they are -->', '<!-- /notes -->'];
const LABELS = {
  noop: 'noop (download only)',
  typed: 'typed arrays, hand-written',
  typedcube: 'typed arrays + cube',
  papaparse: 'papaparse + objects',
  crossfilter: 'd3-dsv + crossfilter2',
  arquero: 'arquero',
  perspective: 'perspective (1 view)',
  perspectivefour: 'perspective (4 views)',
  duckdb: 'duckdb-wasm (sniffed types)',
  duckdbdec: 'duckdb-wasm (DECIMAL, ENUM)',
  duckdbfour: 'duckdb-wasm (4 queries)',
  duckdbcoi: 'duckdb-wasm (threads)',
  'yupay-csv': '**yupay**, plain CSV',
  'yupay-scan': '**yupay**, plain CSV, no cube',
  'yupay-pack': '**yupay**, packed form',
};
const labelOf = (name) => LABELS[name] ?? name;
const VERDICT = new Map([[true, 'yes'], [false, '**no**'], [null, '–']]);
const RATIOS = ['noop', 'typed', 'duckdb', 'limit'];

/** 1,009 ms (818 to 1,246, n = 3) */
function measured({ figure, unit, note }) {
  const words = [];
  if (figure) {
    words.push(`${digits(figure.value)} ${unit}`.trim());
    const hasRange = figure.least !== undefined && figure.n > 1;
    if (hasRange) words.push(`(${digits(figure.least)} to ${digits(figure.most)}, n = ${figure.n})`);
    else if (figure.n > 1) words.push(`(n = ${figure.n})`);
  }
  const text = words.join(' ');
  return [text, note].filter(Boolean).join('; ') || '–';
}

/** Everything a run has to tell, as blocks of Markdown. */
function body(results) {
  const read = reader(results);
  const blocks = [];
  if (results.runs.length > 0) blocks.push(...reachBlocks(read), ...besideBlocks(read));
  if (results.limits) blocks.push(...limitBlocks(read));
  if (results.native) blocks.push(...nativeBlocks(results.native));
  if (results.files) blocks.push(...fileBlocks(results.files));
  blocks.push(...sectionsOfPages(results).flat());
  const failures = results.failures.map(({ what, why }) => `* ${what}: ${why}`);
  if (failures.length > 0) blocks.push('## What failed', failures.join('\n'));
  return blocks;
}

/** The sections of their own that a run has figures for. */
const sectionsOfPages = ({ allocation, slider, touch }) =>
  [allocation && allocationBlocks(allocation), slider && sliderBlocks(slider), touch && touchBlocks(touch)].filter(Boolean);

function reachBlocks(read) {
  const rows = lines(read.results).map((line) => {
    const ratios = RATIOS.map((engine) => digits(line.ratios[engine] ?? null));
    return [line.line, line.reach, measured(line), ...ratios, VERDICT.get(line.reached ?? null)];
  });
  const short = read.most === 1_000_000 ? [] : ['**A short run: the table asks for 1,000,000 rows.**'];
  return [
    `## What it must reach, at ${whole(read.most)} rows`,
    'Median of the sessions, in brackets the least and the greatest. The ratios are to figures of the same run: the bare '
      + 'download, the hand-written baseline, the quicker of the two uses of DuckDB-WASM, and what the machine could do at best '
      + '(for a load, reading the response; for memory, the columns themselves).',
    ...short,
    table(['', 'reach', 'measured', '÷ noop', '÷ typed', '÷ DuckDB', '÷ limit', 'reached'], rows),
  ];
}

function besideBlocks(read) {
  // In the order of the labels: the download first, ours last.
  const place = (name) => Object.keys(LABELS).indexOf(name);
  const names = [...new Set(read.results.runs.map(({ name }) => name))].sort((a, b) => place(a) - place(b));
  const timedNames = names.filter((name) => read.sizes.some((rows) => read.runs(name, rows, 'timing').length > 0));
  const sessions = (name) => String(Math.max(...read.sizes.map((rows) => read.runs(name, rows, 'timing').length)));
  const sized = (label, dotted) => {
    const figures = (name) => read.sizes.map((rows) => digits(read.value(name, rows, 'timing', dotted)));
    const rows = timedNames.map((name) => [labelOf(name), ...figures(name), sessions(name)]);
    return [label, table(['ms', ...read.sizes.map(count), 'sessions'], rows)];
  };
  const blocks = timedNames.length === 0 ? [] : [
    '## Side by side',
    ...sized('Fetch of the CSV (or of its packed form) to a queryable table:', 'timing.load.median'),
    ...sized('One control moved, four breakdowns of five amounts:', 'timing.interact.median'),
    ...sized('The same, back to back (finer than the page\'s clock):', 'timing.interact.batchedMean'),
    ...sized('Every filter removed:', 'timing.clearFilters.median'),
    ...sized('Text search:', 'timing.search.median'),
    'Exactness, the worst session of each:',
    exactTable(read, timedNames.filter((name) => name !== 'noop')),
  ];
  return [...blocks, ...memoryBlocks(read, names), ...coldBlocks(read, names)];
}

function exactTable(read, names) {
  const rows = names.map((name) => {
    const sessions = read.sizes.flatMap((size) => read.runs(name, size, 'timing'));
    const timings = sessions.map(({ timing }) => timing).filter((timing) => timing?.answers);
    const worst = Math.max(0, ...timings.flatMap(({ answers, cleared }) => [answers.worstCents, cleared.worstCents]));
    const off = Math.max(0, ...timings.map(({ answers, cleared }) => answers.offCells + cleared.offCells));
    const isAlways = timings.length > 0 && timings.every(isExact);
    return [labelOf(name), timings[0]?.exact?.kind ?? '–', digits(worst), String(off), isAlways ? 'yes' : 'no'];
  });
  return table(['', 'arithmetic', 'worst cell, cents', 'cells off by a cent', 'exact in all'], rows);
}

function memoryBlocks(read, names) {
  const known = names.filter((name) => read.runs(name, read.most, 'memory').length > 0);
  if (known.length === 0) return [];
  const rows = known.map((name) => {
    const resident = ['peakRssMiB', 'rssSettledMiB'].map((which) => digits(aboveIdle(read, name, read.most, which)));
    return [labelOf(name), ...resident, digits(read.value(name, read.most, 'memory', 'memory.jsHeapMiB'))];
  });
  return [
    `Memory of the page's process above the idle page, ${count(read.most)} rows, MiB, median of three browsers:`,
    table(['', 'peak', 'settled', 'JS heap'], rows),
  ];
}

function coldBlocks(read, names) {
  const known = names.filter((name) => ['cold', 'bytes'].some((phase) => read.runs(name, read.fewest, phase).length > 0));
  if (known.length === 0) return [];
  const rows = known.map((name) => {
    const cold = (dotted) => digits(read.value(name, read.fewest, 'cold', `cold.${dotted}`));
    const shown = ['none', 'cdp', 'renderer'].map((kind) => cold(`${kind}.shown.median`));
    const bytes = bytesOf(read.runs(name, read.fewest, 'bytes')[0]);
    return [labelOf(name), ...shown, cold('sentBytes'), digits(bytes?.raw ?? null), digits(bytes?.brotli ?? null)];
  });
  return [
    `Cold start with ${count(read.fewest)} rows, navigation to the first breakdown on screen, ms; bytes sent in all; bytes of the engine:`,
    table(['', 'no throttle', 'slow 4G, 4 × main thread', 'slow 4G, 4 × every thread', 'sent', 'engine', 'engine, brotli'], rows),
  ];
}

const LIMITS = {
  fetchStreamMs: 'fetch of the CSV, read as a stream, ms',
  fetchArrayBufferMs: 'fetch of the CSV, whole, ms',
  wasmCsvStructureMs: "wasm SIMD scan for the CSV's commas, line ends and quotes, ms",
  wasmScanAmountsMs: 'wasm SIMD scan of five i64 amounts, ms',
  wasmInteractMs: 'wasm SIMD interaction kernel, ms',
  wasmInteractAllRowsMs: 'the same, every row passing, ms',
  wasmSearchMs: 'wasm SIMD text search, ms',
};

function limitBlocks(read) {
  const sizes = Object.keys(read.results.limits.rows).map(Number).sort((a, b) => a - b);
  const { native } = read.results.limits;
  const rows = Object.entries(LIMITS).map(([name, label]) => [label, ...sizes.map((size) => digits(read.limit(size, name)))]);
  return [
    '## What the machine could do',
    `Native, one thread: ${native.memcpyGBs} GB/s copied, ${native.readGBs} GB/s read. In the browser:`,
    table(['', ...sizes.map(count)], rows),
  ];
}

function nativeBlocks({ benches, isContended }) {
  const rate = ({ unit, perSecond }) => {
    if (!unit) return '–';
    return unit === 'Bytes' ? `${digits(perSecond / 1e6)} MB/s` : `${digits(perSecond / 1e6)} M/s`;
  };
  const between = ({ lowNs, highNs }) => `${time(lowNs)} to ${time(highNs)}`;
  const rows = benches.map((bench) => [bench.id, time(bench.ns), between(bench), rate(bench)]);
  return [
    '## Native benches',
    'criterion, 95 % interval; MB/s of input, or million rows a second.',
    ...(isContended ? ['**Compilers were at work beside them: not final.**'] : []),
    table(['', 'time', 'between', 'throughput'], rows),
  ];
}

function fileBlocks(packages) {
  const steps = packages[0].commands.map(({ step }) => step);
  const cells = ({ commands }) => commands.map(({ ms, peakMiB }) => `${time(ms * 1e6)}, ${digits(peakMiB)} MiB`);
  const rows = packages.map((files) => [files.name, `${digits(files.bytes / 1e6)} MB`, ...cells(files)]);
  return [
    '## Real files',
    'The command built for release, over the files of `../shared/data`: the least time of three, and the most memory it took.',
    table(['', 'files as they are read', ...steps.map((step) => `\`yupay ${step}\``)], rows),
  ];
}

function head({ run, machine, runs }) {
  const busy = runs.filter(({ isContended }) => isContended).length;
  const measured = Object.entries(machine.packages).filter(([name]) => !/esbuild|playwright/.test(name));
  const packages = measured.map(([name, version]) => `${name} ${version}`).join(', ');
  const when = `${run.started.slice(0, 16).replace('T', ' ')} UTC, commit ${run.commit ?? 'unknown'}${run.isClean === false ? ' with changes' : ''}`;
  const hardware = `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, Linux ${machine.kernel}`;
  const software = [machine.chromium, machine.rustc, `node ${machine.node}`, packages].filter(Boolean).join('; ');
  const built = run.page?.modules.map(({ name, wasmBytes, simdInstructions }) =>
    `${name}'s WASM has ${whole(wasmBytes)} bytes and ${whole(simdInstructions)} SIMD instructions`) ?? [];
  return [
    `${when}. ${hardware}; ${software}.`,
    `${[`\`${run.command}\``, ...built].join('; ')}.`,
    ...(busy > 0 ? [`**${busy} of ${runs.length} runs had compilers at work beside them: not final.**`] : []),
    ...(run.finished ? [] : ['**Interrupted: what there is until then.**']),
  ];
}

const document = (blocks) => `${blocks.join('\n\n')}\n`;

/** target/bench/report.md */
export const report = (results) => document(['# Bench', ...head(results), ...body(results)]);

/** BENCHMARKS.md, with the notes of the one before it, and with its sections on the site's pages where this run has none. */
export function benchmarks(results, before) {
  if (before !== null && isOfPagesAlone(results.run.options.parts)) return withSections(before, sectionsOfPages(results), '## Notes\n');
  const [start, end] = NOTES.map((mark) => before?.indexOf(mark) ?? -1);
  const notes = start >= 0 && end > start ? before.slice(start + NOTES[0].length, end).trim() : 'None yet.';
  const kept = Object.entries(HEADINGS).filter(([part]) => !results[part]).flatMap(([, heading]) => sectionOf(before, heading) ?? []);
  return document([
    '# Benchmarks',
    'Written by `make bench` (README.md); only the notes at the end are by hand. The workload, the engines beside ours and '
      + 'every check come from the kit in `../shared/bench`, whose README says what each figure is.',
    ...head(results), ...body(results), ...kept, '## Notes', NOTES[0], notes, NOTES[1],
  ]);
}
