// What the browser tests, the size check and the screenshots share: a served site, a browser, and readings of a page.
//
//   const site = await openSite('site');
//   try { await site.open('es/', { width: 320 }); … } finally { await site.close(); }
//
// Everything started here is ended here, by its process id, also when the caller throws or is interrupted.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Builder, logging } from 'selenium-webdriver';
import chrome from 'selenium-webdriver/chrome.js';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The pages of a municipality, by what follows its own address; PAGES="explore" for a site with some only. */
export const PAGES = ['', ...(process.env.PAGES?.split(' ') ?? ['explore', 'projects', 'compare', 'what-if']).map((page) => `${page}/`)];

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const CHROMEDRIVER = process.env.CHROMEDRIVER ?? '/usr/bin/chromedriver';
const PAGE_TIMEOUT_MS = 30_000;
const CHILD_TIMEOUT_MS = 20_000;
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];

// Trunk writes `integrity` on the WASM's preload, where Chromium says it ignores it: no fault of a page.
const TRUNK_PRELOAD = 'crbug.com/981419';

const FLAGS = [
  '--headless=new',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-breakpad',
  // A phone's scroll bar lies over the page; with one beside it 320 px would be 305.
  '--hide-scrollbars',
  // Chromium refuses its sandbox to root.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

// -- processes ------------------------------------------------------------------------------------------------------

const running = new Set();
const folders = new Set();

function endPid(pid, signal = 'SIGTERM') {
  running.delete(pid);
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** A child whose output says when it is ready: resolves to what `ready` makes of the first line it knows. */
async function start(command, args, stdio, ready) {
  const child = spawn(command, args, { cwd: ROOT, stdio });
  const failed = new Promise((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${command} ended with ${code}`)));
    setTimeout(() => reject(new Error(`${command} is not ready`)), CHILD_TIMEOUT_MS).unref();
  });
  if (child.pid) running.add(child.pid);
  child.once('exit', () => running.delete(child.pid));
  const found = new Promise((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const value = ready(line);
      if (value) resolve(value);
    });
  });
  try {
    return { pid: child.pid, value: await Promise.race([found, failed]) };
  } catch (error) {
    if (child.pid) endPid(child.pid);
    throw error;
  } finally {
    failed.catch(() => {}); // its end later is no news
  }
}

process.once('exit', () => {
  // Not asked but told: a browser that takes its time to close would write on into the folder being removed.
  // Its helpers notice a moment later, and an exit handler can only wait by standing still.
  const killed = running.size > 0;
  for (const pid of running) endPid(pid, 'SIGKILL');
  if (killed) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
  for (const folder of folders) removeFolder(folder);
});
for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]]) process.once(signal, () => process.exit(code));

function removeFolder(folder) {
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  folders.delete(folder);
}

/** A new folder that is gone when the process is. */
export function temporaryFolder(name = 'test') {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `yupay-${name}-`));
  folders.add(folder);
  return folder;
}

// -- the site and the browser -----------------------------------------------------------------------------------------

/** Serves a folder on a free port; `origin` ends in a slash. */
export async function serve(folder) {
  const args = ['tools/serve.py', '--directory', path.resolve(ROOT, folder), '--port', '0', '--with-parent'];
  const { pid, value } = await start('python3', args, ['pipe', 'pipe', 'inherit'], (line) => /^http:\S+$/.exec(line)?.[0]);
  return { origin: value, close: () => endPid(pid) };
}

/**
 * Stands between a browser and a server and hears every request, those of workers too: `heard` holds, in the order they came,
 * `{ method, name, status, headerBytes, bytes, state }`, `state` being `under way`, `done`, or `left` when the browser hung up.
 * `hold(pattern, bytes)` stops an answer there after so many bytes, and `refuse(pattern)` hangs up, until `release()`.
 */
async function overhear(origin) {
  const heard = [];
  let holding = null;
  let refusing = null;
  const waiting = new Set();
  const proxy = http.createServer((asked, answer) => {
    const { pathname } = new URL(asked.url, origin);
    const request = { method: asked.method, name: decodeURIComponent(pathname.slice(1)), status: 0, headerBytes: 0, bytes: 0, state: 'under way' };
    heard.push(request);
    if (refusing?.test(request.name)) {
      request.state = 'refused';
      asked.socket.destroy();
      return;
    }
    const onward = http.request(new URL(asked.url, origin), { method: asked.method, headers: asked.headers });
    const passOn = async (found) => {
      request.status = found.statusCode;
      request.headerBytes = found.rawHeaders.join('    ').length;
      answer.writeHead(found.statusCode, found.headers);
      answer.flushHeaders();
      for await (let piece of found) {
        if (holding?.pattern.test(request.name) && request.bytes + piece.length > holding.bytes) {
          const first = piece.subarray(0, Math.max(0, holding.bytes - request.bytes));
          answer.write(first);
          piece = piece.subarray(first.length);
          request.bytes += first.length;
          await new Promise((resolve) => waiting.add(resolve));
        }
        request.bytes += piece.length;
        await new Promise((resolve) => answer.write(piece, resolve));
      }
      answer.end();
    };
    // Either side may hang up.
    onward.on('response', (found) => passOn(found).catch(() => answer.destroy()));
    onward.on('error', () => answer.destroy());
    answer.on('finish', () => (request.state = 'done'));
    answer.on('close', () => {
      if (request.state !== 'done') request.state = 'left';
      onward.destroy();
    });
    asked.resume();
    onward.end();
  });
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const release = () => {
    holding = refusing = null;
    for (const resolve of waiting) resolve();
    waiting.clear();
  };
  return {
    origin: `http://127.0.0.1:${proxy.address().port}/`,
    heard,
    release,
    refuse: (pattern) => (refusing = pattern),
    hold: (pattern, bytes = 0) => (holding = { pattern, bytes }),
    /** Waits until nothing has been asked or answered for a while. */
    async quiet(forMs = 500) {
      for (let [before, since] = ['', Date.now()]; Date.now() - since < forMs; ) {
        await new Promise((resolve) => setTimeout(resolve, 25));
        const now = heard.map(({ state }) => state).join();
        if (now !== before || now.includes('under way')) [before, since] = [now, Date.now()];
      }
    },
    close() {
      release();
      proxy.close();
      proxy.closeAllConnections();
    },
  };
}

/** A fresh browser with an empty profile. */
async function browse() {
  const profile = temporaryFolder('profile');
  const pattern = /started successfully on port (\d+)/;
  const service = await start(CHROMEDRIVER, ['--port=0'], ['ignore', 'pipe', 'ignore'], (line) => pattern.exec(line)?.[1]);
  const options = new chrome.Options();
  options.setBinaryPath(CHROMIUM);
  options.addArguments(...FLAGS, `--user-data-dir=${profile}`);
  const logs = new logging.Preferences();
  logs.setLevel(logging.Type.BROWSER, logging.Level.ALL);
  options.setLoggingPrefs(logs);
  let driver;
  try {
    driver = await new Builder()
      .disableEnvironmentOverrides()
      .usingServer(`http://127.0.0.1:${service.value}`)
      .forBrowser('chrome')
      .setChromeOptions(options)
      .build();
  } catch (error) {
    endPid(service.pid);
    throw error;
  }
  const chromium = (await driver.getCapabilities()).get('goog:processID');
  if (chromium) running.add(chromium);
  const close = async () => {
    await driver.quit().catch(() => {}); // a crashed browser has quit
    running.delete(chromium);
    endPid(service.pid);
    removeFolder(profile);
  };
  return { driver, close };
}

/** A served folder with a browser on it. Its methods are the tests' vocabulary. `line` is what overhears the two. */
export async function openSite(folder = 'site') {
  const server = await serve(folder);
  let line, browser;
  try {
    line = await overhear(server.origin);
    browser = await browse();
  } catch (error) {
    line?.close();
    server.close();
    throw error;
  }
  const { driver } = browser;
  const { origin } = line;
  return {
    driver,
    origin,
    line,
    emulate: (view) => emulate(driver, view),
    /** Opens a path of the site, in a view, and waits for its page: resolves to `ready` or `failed`. */
    async open(address, view = {}) {
      await emulate(driver, view);
      await driver.get(new URL(address, origin).href);
      return settled(driver);
    },
    async close() {
      await browser.close();
      line.close();
      server.close();
    },
  };
}

/** Sets the width in CSS pixels, exactly, and what the reader asked their system for. */
export async function emulate(driver, { width = 1280, height = 900, theme = 'light', motion = 'reduce', scale = 1 } = {}) {
  await driver.sendDevToolsCommand('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: scale, mobile: false });
  await driver.sendDevToolsCommand('Emulation.setEmulatedMedia', {
    features: [
      { name: 'prefers-color-scheme', value: theme },
      { name: 'prefers-reduced-motion', value: motion },
    ],
  });
}

/** Waits until the page says it has drawn itself, or that it cannot. */
export async function settled(driver) {
  const state = () => driver.executeScript('return document.body?.dataset.state ?? ""');
  const until = Date.now() + PAGE_TIMEOUT_MS;
  for (;;) {
    const now = await state();
    if (now === 'ready' || now === 'failed') return now;
    if (Date.now() > until) break;
    await driver.sleep(25);
  }
  const [address, text] = await driver.executeScript('return [location.href, document.body?.innerText.slice(0, 300)]');
  const errors = await consoleErrors(driver);
  throw new Error(`${address}: no data-state after ${PAGE_TIMEOUT_MS} ms\n${text}\n${errors.join('\n')}`);
}

/** Waits until every rule of the what-if page's open proposals panel has answered: until then the panel is written anew as they do. */
export function rulesAnswered(driver) {
  const said = () => driver.executeScript(`
    const isAwaited = document.querySelector('#projects :is([aria-busy="true"], [data-given="waiting"])');
    return isAwaited ? '' : document.querySelector('#projects-status').textContent;`);
  return driver.wait(async () => /\d/.test(await said()), 20_000, 'the rules have not answered');
}

// -- readings ---------------------------------------------------------------------------------------------------------

/** What the browser complained of since the last call. */
export async function consoleErrors(driver) {
  const entries = await driver.manage().logs().get(logging.Type.BROWSER);
  return entries
    .filter((entry) => entry.level.value >= logging.Level.WARNING.value && !entry.message.includes(TRUNK_PRELOAD))
    .map((entry) => entry.message);
}

/** Every file of the page so far, the page itself first. */
export function requests(driver) {
  return driver.executeScript(`
    const timed = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map((e) => e.name);
    // The browser's own interface fetches these and they are in no timing.
    const icons = [...document.querySelectorAll('link[rel~="icon"], link[rel="manifest"]')].map((link) => link.href);
    const strip = (address) => address.split('#')[0];
    return [...new Set([...timed, ...icons].map(strip))].filter((address) => /^https?:/.test(address));`);
}

/** By how many pixels the page is wider than its window. */
export function sidewaysScroll(driver) {
  return driver.executeScript('return document.documentElement.scrollWidth - window.innerWidth');
}

/** What axe finds wrong: `[{ id, impact, help, nodes: [{ target, summary }] }]`. */
export async function axe(driver) {
  await driver.executeScript(fs.readFileSync(path.join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8'));
  const answer = await driver.executeAsyncScript(
    `const [values, done] = arguments;
     axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }).then(
       ({ violations }) => done({ violations: violations.map(({ id, impact, help, nodes }) => ({
         id, impact, help, nodes: nodes.map((node) => ({ target: node.target.join(' '), summary: node.failureSummary })),
       })) }),
       (error) => done({ error: String(error) }));`,
    AXE_TAGS,
  );
  if (answer.error) throw new Error(`axe: ${answer.error}`);
  return answer.violations;
}

/**
 * A table of the page: `{ rows, total }`, each row `{ key, label, href, cells, count, share, text }`.
 * An amount is the text of its `value`, never a float; a stage with no amount is null, one with no cell is absent.
 */
export function readTable(driver, by) {
  return driver.executeScript(
    `const table = document.querySelector('table[data-by="' + arguments[0] + '"]');
     if (!table) return null;
     const value = (cell) => cell?.querySelector('data[value]')?.getAttribute('value') ?? null;
     const role = (row, name) => { const cell = row.querySelector('td[data-role="' + name + '"]'); return cell && (value(cell) ?? cell.textContent.trim()); };
     const read = (row) => ({
       key: row.dataset.key ?? null,
       label: row.querySelector('th[scope="row"]')?.textContent.trim() ?? null,
       href: row.querySelector('th[scope="row"] a')?.href ?? null,
       cells: Object.fromEntries([...row.querySelectorAll('td[data-stage]')].map((cell) => [cell.dataset.stage, value(cell)])),
       count: role(row, 'count'),
       share: role(row, 'share'),
       text: row.innerText,
     });
     const total = table.tFoot?.rows[0];
     return { rows: [...table.querySelectorAll('tbody tr[data-key]')].map(read), total: total ? read(total) : null };`,
    by,
  );
}

/** As `readTable`, but its absence is a failure with the page's own words. */
export async function needTable(driver, by) {
  const table = await readTable(driver, by);
  assert.ok(table, `no table by ${by} in ${await driver.getCurrentUrl()}`);
  return table;
}

/** What the command says of a package: `{ key: amount }` with the total under `total`. */
export function shown(folder, by, stage, where) {
  const conditions = where.flatMap((condition) => ['--where', condition]);
  const { rows, total } = yupay('show', folder, '--by', by, '--stage', stage, '--currency', 'PEN', ...conditions);
  return { ...Object.fromEntries(rows.map((row) => [row.key[by] ?? '-', row.amount])), total: total.amount };
}

/** What a table of the page says, in the same form. */
export async function readAmounts(driver, by, stage) {
  const { rows, total } = await needTable(driver, by);
  const cells = rows.map((row) => [row.key, row.cells[stage]]);
  return Object.fromEntries([...cells, ['total', total.cells[stage]]]);
}

export const BREAKDOWNS = ['section', 'dimension', 'status'];

/** Holds the page's tables against what the command says of a package's folder. */
export async function checkTables(driver, folder, where, tables = BREAKDOWNS) {
  for (const by of tables) {
    for (const stage of ['agreed', 'accrued']) {
      const expected = shown(folder, by, stage, where);
      const found = await readAmounts(driver, by, stage);
      for (const [key, amount] of Object.entries(expected)) assert.equal(found[key], amount, `${by} ${stage} ${key}`);
      const extra = Object.entries(found).filter(([key, amount]) => amount !== null && !(key in expected));
      assert.deepEqual(extra, [], `${by} ${stage}`);
    }
  }
}

// -- the packed form ----------------------------------------------------------------------------------------------------

/** Where the browser keeps what it is handed: reads a file by its name, once it is there. */
export async function keptFiles(driver) {
  const folder = temporaryFolder('downloads');
  await driver.sendDevToolsCommand('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
  return async (name) => {
    const kept = path.join(folder, name);
    await driver.wait(() => fs.existsSync(kept) && fs.statSync(kept).size > 0, 10_000, `no ${name} in ${fs.readdirSync(folder)}`);
    return fs.readFileSync(kept);
  };
}

/** A CSV file as rows of cells, read by other code than that which wrote it. */
export function csvRows(content) {
  const rows = [[]];
  let quoted = false;
  let cell = '';
  for (let at = 0; at < content.length; at += 1) {
    const letter = content[at];
    if (quoted && letter === '"' && content[at + 1] === '"') (cell += '"'), (at += 1);
    else if (letter === '"') quoted = !quoted;
    else if (!quoted && letter === ',') rows.at(-1).push(cell), (cell = '');
    else if (!quoted && letter === '\n') rows.at(-1).push(cell), (cell = ''), rows.push([]);
    else if (quoted || letter !== '\r') cell += letter;
  }
  return rows.filter((row) => row.length);
}

/** A table that was taken away: what is said before it, line by line and by name; its heads; and its rows. It bears the mark by which Excel reads
 * accents, and none of its cells is a formula. */
export function takenTable(content, firstHead) {
  const written = content.toString('utf8');
  assert.equal(written.codePointAt(0), 0xfeff);
  const rows = csvRows(written.slice(1));
  for (const row of rows) for (const cell of row) assert.ok(/^-?\d+(\.\d+)?$/.test(cell) || !/^[=+\-@\t]/.test(cell), cell);
  const at = rows.findIndex(([first]) => first === firstHead);
  assert.ok(at > 0, `no ${firstHead} in ${written}`);
  const said = rows.slice(1, at);
  return { title: rows[0][0], said, before: Object.fromEntries(said), heads: rows[at], rows: rows.slice(at + 1) };
}

/** What may happen to the packed form of a package in a site's folder; the figures stay what they are in all of them. */
export const PACKED_FORMS = {
  whole: () => {},
  removed: (folder) => ['packed', 'cube', 'columns'].forEach((kind) => fs.rmSync(packedFile(folder, kind))),
  stale: (folder) => edit(path.join(folder, 'data/participation.csv'), (text) => `${text.trimEnd()}\n\n`),
  cut: (folder) => ['cube', 'columns'].forEach((kind) => cut(packedFile(folder, kind), 0.7)),
};

/** The one file of a kind: `packed`, `cube` or `columns`. */
export function packedFile(folder, kind) {
  const names = fs.readdirSync(folder).filter((name) => (kind === 'packed' ? name === 'packed.json' : name.startsWith(`${kind}-`)));
  assert.equal(names.length, 1, `${kind} in ${folder}: ${names}`);
  return path.join(folder, names[0]);
}

/** Keeps the first part of a file. */
export function cut(file, part) {
  const bytes = fs.readFileSync(file);
  fs.writeFileSync(file, bytes.subarray(0, Math.floor(bytes.length * part)));
}

/** Writes a file anew, as a publisher does: by what is in it, and later than all beside it. */
export function edit(file, change = (text) => text, later = 60) {
  const before = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(file, change(before));
  const day = Date.now() / 1000 + later;
  fs.utimesSync(file, day, day);
}

/** A copy of a built site in which the packed form of every package is as `PACKED_FORMS` has it. */
export function siteWith(form, folder = path.resolve(ROOT, process.env.SITE ?? 'site')) {
  const copy = path.join(temporaryFolder('site'), 'site');
  fs.cpSync(folder, copy, { recursive: true, preserveTimestamps: true });
  for (const entry of fs.readdirSync(path.join(copy, 'data'), { withFileTypes: true })) {
    if (entry.isDirectory()) PACKED_FORMS[form](path.join(copy, 'data', entry.name));
  }
  return copy;
}

// -- the project's other programs -----------------------------------------------------------------------------------

/** What the command says, as JSON: `yupay('show', 'data/villa-el-salvador', '--year', '2001')`. */
export function yupay(...args) {
  const command = path.join(ROOT, 'target/debug/yupay');
  return JSON.parse(execFileSync(command, [...args, '--format', 'json'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 26 }));
}

/** A site of its own from what Trunk built and these packages: its folder. */
export function makeSite(data, { dist = 'target/dist', out = path.join(temporaryFolder('site'), 'site'), more = [] } = {}) {
  const args = ['tools/site.py', '--dist', dist, '--data', ...data, '--out', out, ...more];
  execFileSync('python3', args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  return out;
}
