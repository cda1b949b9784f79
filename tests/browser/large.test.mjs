// A package with 100,000 budget lines, from its CSV files and from its packed form: the page stays answerable and says how
// far it is; and a reader who leaves pays for no more.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { axe, checkTables, openSite, readAmounts, ROOT, settled, sidewaysScroll, siteWith } from './harness.mjs';

const LINES = 100_000;
const LONG_MS = 50;
const TELL_MS = 500;
const SOURCE = 'villa-el-salvador';
// Other programs on the machine lengthen a task, so they are told and not judged, but for who asks for it on an idle one:
//   TASKS=judged node --test tests/browser/large.test.mjs
// What the page itself needs is the least of some visits.
const IS_JUDGED = process.env.TASKS === 'judged';
const VISITS = IS_JUDGED ? 8 : 1;
const judge = ({ longest, tasks }) => assert.ok(!IS_JUDGED || longest <= LONG_MS, JSON.stringify(tasks));

/** The shipped package with lines for its projects in place of its own; amounts that differ, all of a fixed rule. */
function enlarge(folder) {
  const projects = fs.readFileSync(path.join(folder, 'data/projects.csv'), 'utf8').split('\n').slice(1);
  const ids = projects.map((line) => /^(V0\d)-\d+/.exec(line)?.[0]).filter(Boolean);
  const [head] = fs.readFileSync(path.join(folder, 'data/budget.csv'), 'utf8').split('\n', 1);
  const money = (centimos) => `${Math.floor(centimos / 100)}.${String(centimos % 100).padStart(2, '0')}`;
  const line = (at) => {
    const id = ids[at % ids.length];
    const year = 2000 + Number(id.slice(1, 3)) + (Math.floor(at / ids.length) % 3);
    const pim = 10_000 + ((at * 7919) % 900_000);
    const stages = [1, 1, 0.97, 0.93, 0.9, 0.85].map((part) => money(Math.floor(pim * part)));
    return `L${at},${year},${id},S${1 + (at % 8)},0${7 + (at % 3)},${stages.join(',')},${year}-12-31,illustrative`;
  };
  const csv = `${[head, ...Array.from({ length: LINES }, (_, at) => line(at))].join('\n')}\n`;
  fs.writeFileSync(path.join(folder, 'data/budget.csv'), csv);
  const file = path.join(folder, 'datapackage.json');
  const descriptor = JSON.parse(fs.readFileSync(file, 'utf8'));
  // Their totals are of the lines that were there.
  descriptor.resources = descriptor.resources.filter(({ name }) => name !== 'controls');
  const budget = descriptor.resources.find(({ name }) => name === 'budget');
  Object.assign(budget, { bytes: csv.length, hash: `sha256:${crypto.createHash('sha256').update(csv).digest('hex')}` });
  fs.writeFileSync(file, JSON.stringify(descriptor));
}

let site, folder;
before(async () => {
  folder = siteWith('removed');
  const plain = path.join(folder, 'data/plain');
  fs.cpSync(path.join(folder, 'data', SOURCE), plain, { recursive: true });
  enlarge(plain);
  const packed = path.join(folder, 'data/packed');
  fs.cpSync(plain, packed, { recursive: true });
  execFileSync(path.join(ROOT, 'target/debug/yupay'), ['pack', packed, '--out', packed], { stdio: 'pipe' });
  for (const slug of ['plain', 'packed']) {
    const page = fs.readFileSync(path.join(folder, 'es', SOURCE, 'index.html'), 'utf8');
    fs.mkdirSync(path.join(folder, 'es', slug));
    fs.writeFileSync(path.join(folder, 'es', slug, 'index.html'), page.replace(/<link rel="preload" as="fetch" crossorigin href="data\/[^>]*>/g, ''));
  }
  site = await openSite(folder);
  await site.driver.sendDevToolsCommand('Page.addScriptToEvaluateOnNewDocument', {
    source: `window.__tasks = []; window.__said = [];
      new PerformanceObserver((list) => __tasks.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration })))).observe({ type: 'longtask', buffered: true });
      const look = () => {
        const progress = document.querySelector('#progress');
        if (progress) __said.push([performance.now(), progress.innerText, progress.querySelector('progress').value]);
        if (document.body?.dataset.state === 'ready') window.__ready ??= performance.now(); else setTimeout(look, 20);
      };
      look();`,
  });
});
after(() => site?.close());

/** As a first visit: what the browser kept of earlier ones would come at once. */
const forget = () => site.driver.sendDevToolsCommand('Network.clearBrowserCache', {});
const heard = () => site.driver.executeScript('return { tasks: __tasks, said: __said, ready: window.__ready ?? null }');

/** The visit with the shortest longest task; no more of them than it takes. */
async function visits(address) {
  const all = [];
  for (let nth = 0; nth < VISITS; nth += 1) {
    await forget();
    assert.equal(await site.open(address), 'ready');
    await site.line.quiet(300);
    const { tasks, said, ready } = await heard();
    all.push({ longest: Math.max(0, ...tasks.map(({ duration }) => duration)), tasks, said, ready });
    if (all.at(-1).longest <= LONG_MS) break;
  }
  console.log(`${address}: ready after ${all.map(({ ready }) => Math.round(ready)).join(', ')} ms; tasks over ${LONG_MS} ms: ${all.map(({ tasks }) => `[${tasks.map(({ startTime, duration }) => `${duration} at ${Math.round(startTime)}`)}]`).join(' ')}`);
  return all.reduce((best, one) => (one.longest < best.longest ? one : best));
}

for (const slug of ['plain', 'packed']) {
  test(`${slug}: of ${LINES} lines the figures are right, and the page's tasks over ${LONG_MS} ms are told`, async () => {
    const best = await visits(`es/${slug}/`);
    await checkTables(site.driver, path.join(folder, 'data', slug), ['year=2001', 'list=agreed'], ['section']);
    judge(best);
  });
}

test('packed: the rows come, their figures are right, and the tasks they make are told', async () => {
  const best = await visits('es/packed/?project=V01-001');
  await checkTables(site.driver, path.join(folder, 'data/packed'), ['year=2001', 'list=agreed', 'project=V01-001'], ['section']);
  judge(best);
});

test('a wait over half a second is told how far it has come', async () => {
  const { driver, line } = site;
  const half = Math.floor(fs.statSync(path.join(folder, 'data/plain/data/budget.csv')).size / 2);
  line.hold(/plain\/data\/budget\.csv$/, half);
  await forget();
  try {
    await driver.executeScript('location.href = arguments[0]', new URL('es/plain/', site.origin).href);
    await driver.sleep(3 * TELL_MS);
    const said = () => driver.executeScript('return document.querySelector("#progress")?.innerText ?? ""').catch(() => '');
    const isUnderWay = (text) => {
      const [, read, all] = /^\s*(\S+) de (\S+) kB leídos/.exec(text) ?? [];
      const [kilobytes, ofAll] = [read, all].map((number) => Number(number?.replace(/\D/g, '')));
      return kilobytes > 0 && kilobytes < ofAll;
    };
    await driver.wait(async () => isUnderWay(await said()), 10_000);
    for (const width of [320, 1280]) {
      await site.emulate({ width });
      assert.ok((await sidewaysScroll(driver)) <= 0);
      assert.deepEqual(await axe(driver), []);
    }
  } finally {
    line.release();
  }
  assert.equal(await settled(driver), 'ready');
  assert.ok((await heard()).said.at(-1)[0] > TELL_MS);
});

test('who leaves ends the worker and what it fetches, and Back reads anew', async () => {
  const { driver, line } = site;
  await site.open('es/');
  await forget();
  line.heard.length = 0;
  line.hold(/plain\/data\/budget\.csv$/, 1_000_000);
  await driver.executeScript('location.href = arguments[0]', new URL('es/plain/', site.origin).href);
  const lines = () => line.heard.find(({ name }) => name === 'data/plain/data/budget.csv');
  await driver.wait(() => lines()?.bytes >= 1_000_000, 20_000);
  await driver.executeScript('location.href = arguments[0]', new URL('es/', site.origin).href);
  await driver.wait(() => lines().state === 'left', 5000).catch(() => assert.fail(`the server sees: ${lines().state}`));
  assert.equal(await settled(driver), 'ready');
  line.release();
  await driver.navigate().back();
  await driver.wait(async () => (await driver.executeScript('return document.body?.dataset.state')) === 'ready', 20_000);
  assert.ok(Object.keys(await readAmounts(driver, 'section', 'accrued')).length > 1);
});
