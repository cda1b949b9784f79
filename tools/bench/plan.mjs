// What a run of `make bench` is made of: its options, and every job of the browser part in the order they are done.
// Pure: no files, no processes.

/** Our own pages in the kit. `timingOnly` pages are another way into the same load. */
export const PAGES = [
  { name: 'yupay-csv', page: 'csv.html' },
  { name: 'yupay-scan', page: 'csv.html?cube=off', timingOnly: true },
  // Opened cold, rows are not needed for the first breakdown: the columns come when they are asked for.
  { name: 'yupay-pack', page: 'pack.html', coldPage: 'pack.html?columns=late' },
];

// Engines that the tables set figures against; each of our sessions has one of theirs beside it.
const BESIDE = ['noop', 'typed', 'typedcube'];
// Slower by far, so once, and with fewer rounds and moves where one takes long.
const OTHERS = ['duckdb', 'duckdbdec', 'crossfilter', 'arquero'];
export const ENGINES = [...BESIDE, ...OTHERS];
const COLD = ['noop', 'typed', 'crossfilter', 'duckdb'];
const MEMORY = ['noop', 'typed', 'duckdbdec'];
const BYTES = ['typed', 'duckdb', 'crossfilter', 'arquero'];
const MANY_ROWS = 500_000;

/** `allocation`, `slider` and `touch` are of the site's own pages: in a browser, but not with the kit, and published by themselves. */
export const PARTS = ['native', 'files', 'allocation', 'slider', 'touch', 'limits', 'timing', 'memory', 'cold', 'bytes'];
const NO_BROWSER = ['native', 'files'];
const PAGES_ALONE = ['allocation', 'slider', 'touch'];
const KIT = PARTS.filter((part) => ![...NO_BROWSER, ...PAGES_ALONE].includes(part));
const BROWSER = KIT.filter((part) => part !== 'cold');
/** Whether some of the parts are measured in a browser; whether some need the kit. */
export const needsBrowser = (parts) => parts.some((part) => !NO_BROWSER.includes(part));
export const needsKit = (parts) => parts.some((part) => KIT.includes(part));
export const isOfPagesAlone = (parts) => parts.every((part) => PAGES_ALONE.includes(part));
export const WHOLE = { rows: [10_000, 100_000, 1_000_000], sessions: 3, engines: ENGINES, parts: PARTS };

const list = (text) => text.split(',').map((word) => word.trim()).filter(Boolean);
const distinct = (values) => [...new Set(values)];

/** `--name value` pairs to options; throws with what is wrong, in words for whoever typed it. */
export function readOptions(words) {
  const options = { ...WHOLE, resume: false, reportOnly: false, publish: 'whole', patienceS: 300 };
  const readers = {
    '--rows': (text) => { options.rows = distinct(list(text).map(count)).sort((a, b) => a - b); },
    '--sessions': (text) => { options.sessions = count(text); },
    '--engines': (text) => { options.engines = distinct(list(text)); },
    '--parts': (text) => { options.parts = parts(list(text)); },
    '--patience': (text) => { options.patienceS = Number(text); },
    '--publish': (text) => { options.publish = text; },
  };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === '--resume') options.resume = true;
    else if (word === '--report') options.reportOnly = true;
    else if (!readers[word] || words[at + 1] === undefined) throw new Error(`no such option: ${word}`);
    else readers[word](words[(at += 1)]);
  }
  if (!['whole', 'yes', 'no'].includes(options.publish)) throw new Error(`--publish is whole, yes or no: ${options.publish}`);
  return options;
}

function count(text) {
  const value = Number(String(text).replaceAll('_', ''));
  if (!Number.isInteger(value) || value < 1) throw new Error(`not a whole number of at least 1: ${text}`);
  return value;
}

function parts(words) {
  const chosen = distinct(words.flatMap((word) => (word === 'browser' ? BROWSER : [word])));
  const unknown = chosen.filter((word) => !PARTS.includes(word));
  if (unknown.length > 0) throw new Error(`no such part: ${unknown} (native, files, allocation, slider, touch, browser, cold; or ${PARTS})`);
  return PARTS.filter((part) => chosen.includes(part));
}

/** Whether nothing of the usual run was left out, so that its figures may stand in BENCHMARKS.md. */
export function isWhole(options) {
  const has = (chosen, all) => all.every((value) => chosen.includes(value));
  return has(options.rows, WHOLE.rows) && has(options.engines, ENGINES) && has(options.parts, PARTS)
    && options.sessions >= WHOLE.sessions;
}

export const jobKey = ({ name, rows, phase, session }) => [name, rows, phase, session].join(' ');

/**
 * The kit's runs, in order: bytes, then the sessions of the timing phase with memory and cold starts between them, so
 * that the sessions are spread over the run. Every second session goes backwards: drift favours nobody.
 * `pages` are those of PAGES that could be built.
 */
export function jobs(options, pages) {
  const does = (part) => options.parts.includes(part);
  const chosen = (names) => options.engines.filter((name) => names.includes(name));
  const measured = pages.filter((page) => !page.timingOnly);
  const [fewest] = options.rows;
  const most = options.rows.at(-1);
  const engine = (name, rows, phase, session, ...more) => ({ name, rows, phase, session, args: ['--engine', name, ...more] });
  const ours = ({ name, page }, rows, phase, session, ...more) =>
    ({ name, rows, phase, session, page, args: ['--page', page, '--name', name, ...more] });

  const bytes = [...chosen(BYTES).map((name) => engine(name, fewest, 'bytes', 0)),
    ...measured.map((page) => ours(page, fewest, 'bytes', 0))];
  const memory = [...chosen(MEMORY).map((name) => engine(name, most, 'memory', 0)),
    ...measured.map((page) => ours(page, most, 'memory', 0))];
  // DuckDB takes half a minute each time; one start of each kind of network says enough.
  const coldArgs = (name) => (name.startsWith('duckdb') ? ['--cold', 'none,cdp', '--cold-runs', '1'] : ['--cold-runs', '3']);
  const cold = [...chosen(COLD).map((name) => engine(name, fewest, 'cold', 0, ...coldArgs(name))),
    ...measured.map((page) => ours({ ...page, page: page.coldPage ?? page.page }, fewest, 'cold', 0, ...coldArgs(page.name)))];
  const session = (number) => options.rows.flatMap((rows) => {
    const fewer = rows >= MANY_ROWS ? ['--runs', '5'] : [];
    const few = rows >= MANY_ROWS ? ['--runs', '2', '--warm', '1', '--steps', '18', '--warm-steps', '12'] : [];
    const others = options.engines.filter((name) => !BESIDE.includes(name));
    const beside = [...chosen(BESIDE).map((name) => engine(name, rows, 'timing', number, ...fewer)),
      ...pages.map((page) => ours(page, rows, 'timing', number, ...fewer))];
    if (number % 2 === 1) beside.reverse();
    return number === 0 ? [...beside, ...others.map((name) => engine(name, rows, 'timing', 0, ...few))] : beside;
  });
  const sessions = Array.from({ length: options.sessions }, (_, number) => session(number));

  return [
    ...(does('bytes') ? bytes : []),
    ...(does('timing') ? sessions[0] : []),
    ...(does('memory') ? memory : []),
    ...(does('timing') ? sessions.slice(1, -1).flat() : []),
    ...(does('cold') ? cold : []),
    ...(does('timing') && sessions.length > 1 ? sessions.at(-1) : []),
  ];
}
