// Measures: the native benches, and our page in a browser beside what people would otherwise use (../shared/bench).
//   node tools/bench.mjs [--parts native,files,allocation,slider,touch,browser,cold] [--rows 10000,100000,1000000] [--sessions 3] [--engines noop,typed,…]
//                        [--resume] [--report] [--patience 300] [--publish whole|yes|no]
// Every figure goes to target/bench/results.json as it comes, so that an interrupted run keeps what it has (--resume goes on
// with it); then target/bench/report.md is written, and after a whole run BENCHMARKS.md. --report writes them again.
// --patience is for how many seconds in all to wait for a quiet machine. See tools/bench/plan.mjs for what a run is.
import fs from 'node:fs';
import path from 'node:path';
import { runAllocation } from './bench/allocation.mjs';
import { runFiles } from './bench/files.mjs';
import { isKitThere, machine, prepareKit, runKit, runLimits } from './bench/kit.mjs';
import { runNative } from './bench/native.mjs';
import { buildPage, compressPage, packData, PAGE, weigh } from './bench/page.mjs';
import { isWhole, jobKey, jobs, needsBrowser, needsKit, PAGES, readOptions } from './bench/plan.mjs';
import { patience, watch } from './bench/quiet.mjs';
import { benchmarks, report } from './bench/report.mjs';
import { runSlider } from './bench/slider.mjs';
import { runTouch } from './bench/touch.mjs';
import { answer, BENCH, clock, endChildren, ROOT, run, say } from './bench/say.mjs';

const RESULTS = path.join(BENCH, 'results.json');
const REPORT = path.join(BENCH, 'report.md');
const BENCHMARKS = path.join(ROOT, 'BENCHMARKS.md');

const words = process.argv.slice(2);
const options = ownOptions();
fs.mkdirSync(BENCH, { recursive: true });
const results = options.resume || options.reportOnly ? before() : await fresh();
if (options.resume) Object.assign(options, results.run.options, { resume: true, reportOnly: false });
const save = () => fs.writeFileSync(RESULTS, JSON.stringify(results, null, 1));

function ownOptions() {
  try {
    return readOptions(words);
  } catch (error) {
    console.error(error.message);
    process.exit(2);
  }
}

function before() {
  if (!fs.existsSync(RESULTS)) {
    console.error('no hay medición anterior · there is no run to go on with');
    process.exit(2);
  }
  return JSON.parse(fs.readFileSync(RESULTS, 'utf8'));
}

async function fresh() {
  if (fs.existsSync(RESULTS)) fs.renameSync(RESULTS, path.join(BENCH, 'results.before.json'));
  const command = words.length > 0 ? ['node tools/bench.mjs', ...words].join(' ') : 'make bench';
  const changes = answer('git', ['status', '--porcelain']);
  return {
    run: {
      started: new Date().toISOString(),
      finished: null,
      command,
      options,
      commit: answer('git', ['rev-parse', '--short', 'HEAD']),
      isClean: changes === null ? null : changes === '',
    },
    machine: await machine(),
    limits: null,
    weights: [],
    native: null,
    files: null,
    allocation: null,
    slider: null,
    touch: null,
    runs: [],
    failures: [],
  };
}

/** What goes wrong is said at once and in the report, and the rest goes on. */
async function attempt(what, work) {
  const begin = Date.now();
  say(`${clock()} ${what}`);
  results.failures = results.failures.filter((failure) => failure.what !== what);
  try {
    const done = await work();
    say(`${what}: ${Math.round((Date.now() - begin) / 1000)} s`);
    return done;
  } catch (error) {
    results.failures.push({ what, why: error.message });
    console.error(`\n${what}: ${error.message}\n`);
    return null;
  } finally {
    save();
  }
}

/** One run of the kit, unless it is already there. */
async function measure(job, quiet) {
  const isDone = results.runs.some((before) => jobKey(before) === jobKey(job) && !before.error);
  if (isDone) return;
  const idleBefore = await quiet.wait();
  const watched = watch();
  const begin = Date.now();
  const found = await runKit(job, PAGE).catch((error) => ({ error: error.message }));
  const beside = watched.stop();
  const { name, rows, phase, session } = job;
  const seconds = Math.round((Date.now() - begin) / 1000);
  const record = { ...found, name, rows, phase, session, seconds, idleBefore, ...beside };
  results.runs = results.runs.filter((before) => jobKey(before) !== jobKey(job)).concat(record);
  const error = record.error ?? record[phase]?.error;
  results.failures = results.failures.filter(({ what }) => what !== jobKey(job));
  if (error) results.failures.push({ what: jobKey(job), why: error });
  save();
  const { timing, memory, cold, bytes } = record;
  const first = [timing?.load?.median, memory?.peakRssMiB, cold?.cdp?.shown?.median, bytes?.total?.brotli].find(Number.isFinite);
  const busy = beside.isContended ? `, compilers ${beside.compilers}` : '';
  console.log(`${clock()} ${jobKey(job)}: ${error ?? first} (${seconds} s${busy})`);
}

async function browserParts(quiet) {
  const { rows, parts } = options;
  await attempt('el banco de medida · the kit', () => prepareKit(rows));
  results.machine = await machine();
  const built = await attempt('la página · the page', buildPage);
  const packed = built && await attempt('la forma empaquetada · the packed form', () => packData(rows) ?? true);
  results.run.page = built;
  if (built) results.weights = (await attempt('pesos · weights', () => weigh(rows))) ?? [];
  if (parts.includes('limits') && !(options.resume && results.limits)) {
    results.limits = await attempt('los límites de la máquina · the machine\'s limits', async () => {
      const idleBefore = await quiet.wait();
      return { ...await runLimits(rows), idleBefore };
    });
    save();
  }
  const pages = PAGES.filter(({ name }) => built && (packed || name !== 'yupay-pack'));
  let isCompressed = false;
  for (const job of jobs(options, pages)) {
    // The bytes come first, and tell where the page fetches its packed form from.
    if (built && job.page && job.phase !== 'bytes' && !isCompressed) {
      const fetched = results.runs.flatMap((run) => run.bytes?.files ?? []).map(({ file }) => file);
      await attempt('compresión previa · compressing ahead', () => compressPage(fetched));
      isCompressed = true;
    }
    await measure(job, quiet);
  }
}

/** Both reports, from what there is. */
function write() {
  save();
  fs.writeFileSync(REPORT, report(results));
  say(path.relative(ROOT, REPORT));
  const isComplete = results.run.finished && isWhole(results.run.options) && results.failures.length === 0;
  if (options.publish === 'yes' || (options.publish === 'whole' && isComplete)) {
    fs.writeFileSync(BENCHMARKS, benchmarks(results, fs.existsSync(BENCHMARKS) ? fs.readFileSync(BENCHMARKS, 'utf8') : null));
    say('BENCHMARKS.md');
  } else {
    say('BENCHMARKS.md se deja como está: no fue una medición completa · is left as it is: this was not a whole run');
  }
}

for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]]) {
  process.on(signal, () => {
    endChildren();
    write();
    process.exit(code);
  });
}

if (!options.reportOnly) {
  const quiet = patience(options.patienceS * 1000);
  if (options.parts.includes('native') && !(options.resume && results.native)) {
    results.native = await attempt('las medidas nativas · the native benches', () => runNative(quiet));
  }
  if (options.parts.includes('files') && !(options.resume && results.files)) {
    results.files = await attempt('los archivos reales · the real files', async () => {
      await quiet.wait();
      return runFiles();
    });
  }
  // Also chromium, wasm-bindgen and wasm-opt; what is there already is left alone.
  if (needsBrowser(options.parts)) await attempt('preparación · setup', () => run('tools/setup.sh', ['test']));
  if (options.parts.includes('allocation') && !(options.resume && results.allocation)) {
    results.allocation = await attempt('el reparto · sharing out', () => runAllocation(quiet, options.sessions, results.native));
  }
  if (options.parts.includes('slider') && !(options.resume && results.slider)) {
    results.slider = await attempt('el deslizador · the slider', () => runSlider(quiet));
  }
  if (options.parts.includes('touch') && !(options.resume && results.touch)) {
    results.touch = await attempt('los toques · touches', () => runTouch(quiet));
  }
  if (needsKit(options.parts)) {
    if (isKitThere()) await browserParts(quiet);
    else say('../shared/bench no está junto al proyecto: se omite lo que se mide con él · not beside the checkout: what needs it is left out');
  }
  results.run.finished = new Date().toISOString();
}
write();
process.exit(results.failures.length > 0 && !options.reportOnly ? 1 : 0);
