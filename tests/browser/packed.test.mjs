// The packed form of a package: what a visit asks for, and that the figures are right whatever becomes of it.
// Each case is a copy of a shipped package in one site's folder, changed on the disk as a publisher or a host would.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { By } from 'selenium-webdriver';
import { axe, checkTables, consoleErrors, cut, edit, openSite, packedFile, PACKED_FORMS, sidewaysScroll, siteWith } from './harness.mjs';

const SOURCE = 'villa-el-salvador';
const OTHER = 'san-juan-de-miraflores';
const OPENING = ['year=2001', 'list=agreed'];
// One project: what the cube does not tell apart.
const PROJECT = { query: '?project=V01-001', where: [...OPENING, 'project=V01-001'] };
const PAGE = '<!doctype html><html><body><h1>404</h1><p>This page does not exist.</p></body></html>\n';

const NOTE = {
  es: /^Estas cifras se leyeron de los archivos CSV y no de su forma empaquetada: /,
  en: /^These figures were read from the CSV files and not from their packed form: /,
};

const write = (kind, change) => (folder) => {
  const file = packedFile(folder, kind);
  fs.writeFileSync(file, change(fs.readFileSync(file)));
};
const shorten = (kind) => (folder) => cut(packedFile(folder, kind), 0.6);
/** The last byte but a few: past every length and name, where only the checksum or a limit can tell. */
const flip = (kind) => write(kind, (bytes) => bytes.with(bytes.length - 9, bytes.at(-9) ^ 0x10));
const ofAnother = (kind) => (folder) => fs.copyFileSync(packedFile(path.join(folder, '..', OTHER), kind), packedFile(folder, kind));
const remove = (kind) => (folder) => fs.rmSync(packedFile(folder, kind));

/** What was spent on the first project of the round that the page opens with, its first digit written anew. */
const spent = (digits) => (text) => {
  const changed = text.replace(/^(L\d+,\d{4},V01-001,(?:[^,]*,){6})(\d)/m, (_line, before, digit) => `${before}${digits(digit)}`);
  assert.notEqual(changed, text);
  return changed;
};
const budget = (folder) => path.join(folder, 'data/budget.csv');
const descriptor = (folder) => path.join(folder, 'datapackage.json');

/**
 * Each case: what is done to the folder, and what the page must give as the reason (none: it opens from the packed form).
 * `rows`: only a view that needs rows can notice.
 */
const CASES = {
  'whole': { change: () => {} },
  'touched': { change: (folder) => edit(budget(folder)) },
  'removed': { change: PACKED_FORMS.removed, says: null },
  'stale-same-length': { change: (folder) => edit(budget(folder), spent((digit) => (Number(digit) % 9) + 1)), says: { es: /^data\/budget\.csv cambió/, en: /^data\/budget\.csv was changed/ } },
  'stale-other-length': { change: (folder) => edit(budget(folder), spent((digit) => `1${digit}`)), says: { es: /^data\/budget\.csv cambió/, en: /^data\/budget\.csv was changed/ } },
  'stale-descriptor': { change: (folder) => edit(descriptor(folder), (text) => `${text}\n`), says: { es: /^datapackage\.json cambió/, en: /^datapackage\.json was changed/ } },
  'cube-cut': { change: shorten('cube'), says: { es: /^uno de sus archivos está cortado/, en: /^one of its files is cut short/ } },
  'cube-empty': { change: write('cube', () => ''), says: { es: /cortado/, en: /cut short/ } },
  'cube-other': { change: ofAnother('cube'), says: { es: /^se hizo de otros archivos/, en: /^it was made from other files/ } },
  'cube-html': { change: write('cube', () => PAGE), says: { es: /^uno de sus archivos es otra cosa/, en: /^one of its files is something else/ } },
  'cube-flipped': { change: flip('cube'), says: { es: /dañado/, en: /damaged/ } },
  'cube-gone': { change: remove('cube'), says: { es: /^falta uno de sus archivos \(404\)/, en: /^one of its files is missing \(404\)/ } },
  // What stands after a whole file is never looked at.
  'cube-longer': { change: write('cube', (bytes) => Buffer.concat([bytes, Buffer.from('more')])), says: null },
  'packed-says-more': { change: write('packed', (bytes) => String(bytes).replace(/("bytes": \d+)(,\s+"name": "cube)/, '$10$2')), says: { es: /sigue después/, en: /goes on after/ } },
  'version': { change: write('packed', (bytes) => String(bytes).replace(/"schema": \d+/, '"schema": 9999')), says: { es: /^está escrita para otra versión/, en: /^it was written for another version/ } },
  'packed-html': { change: write('packed', () => PAGE), says: { es: /otra cosa/, en: /something else/ } },
  'packed-cut': { change: shorten('packed'), says: { es: /otra cosa/, en: /something else/ } },
  'columns-cut': { rows: true, change: shorten('columns'), says: { es: /cortado/, en: /cut short/ } },
  'columns-other': { rows: true, change: ofAnother('columns'), says: { es: /se hizo de otros archivos/, en: /made from other files/ } },
  'columns-flipped': { rows: true, change: flip('columns'), says: { es: /dañado/, en: /damaged/ } },
  'columns-gone': { rows: true, change: remove('columns'), says: { es: /falta uno de sus archivos \(404\)/, en: /missing \(404\)/ } },
};

let site, folder;
before(async () => {
  folder = siteWith('whole');
  for (const [slug, { change }] of Object.entries(CASES)) {
    const copy = path.join(folder, 'data', slug);
    fs.cpSync(path.join(folder, 'data', SOURCE), copy, { recursive: true, preserveTimestamps: true });
    change(copy);
    for (const language of ['es', 'en']) {
      // What its page is told to fetch early is its own.
      const page = fs.readFileSync(path.join(folder, language, SOURCE, 'index.html'), 'utf8');
      fs.mkdirSync(path.join(folder, language, slug));
      fs.writeFileSync(path.join(folder, language, slug, 'index.html'), page.replaceAll(`data/${SOURCE}/`, `data/${slug}/`));
    }
  }
  site = await openSite(folder);
});
after(() => site?.close());

const data = (slug) => path.join(folder, 'data', slug);
const note = () => site.driver.executeScript('return document.querySelector("#not-packed")?.innerText ?? null');
const got = () => site.line.heard.filter(({ method }) => method === 'GET').map(({ name }) => name);

/** Opens a page and waits until it has asked for all it wants. */
async function visit(address, view) {
  site.line.heard.length = 0;
  assert.equal(await site.open(address, view), 'ready', address);
  await site.line.quiet(300);
  assert.equal(await site.driver.executeScript('return document.body.dataset.state'), 'ready');
}

test('a first visit fetches neither CSV nor rows, and everything once', async () => {
  await visit(`es/${SOURCE}/`);
  const files = got();
  assert.deepEqual(files.filter((name) => /\.csv$|columns-|loader/.test(name)), []);
  assert.equal(files.filter((name) => /cube-/.test(name)).length, 1, files.join());
  assert.deepEqual(files, [...new Set(files)]);
  assert.ok(site.line.heard.some(({ method, name }) => method === 'HEAD' && name.endsWith('budget.csv')), 'it looks whether the files are still the same');
  assert.equal(await note(), null);
  await checkTables(site.driver, data(SOURCE), OPENING);
  assert.deepEqual(await consoleErrors(site.driver), []);
});

test('a view of one project fetches the rows, and only that view does', async () => {
  await visit(`es/whole/${PROJECT.query}`);
  assert.equal(got().filter((name) => /columns-/.test(name)).length, 1, got().join());
  assert.deepEqual(got().filter((name) => name.endsWith('.csv')), []);
  await checkTables(site.driver, data('whole'), PROJECT.where);
  assert.equal(await note(), null);
  // Narrowed within the page the rows are there; taken back they are not asked for again.
  await site.driver.findElement(By.css('.chips a[data-key="project"]')).click();
  await checkTables(site.driver, data('whole'), OPENING);
  await site.driver.navigate().back();
  await checkTables(site.driver, data('whole'), PROJECT.where);
  assert.equal(got().filter((name) => /columns-/.test(name)).length, 1);
});

for (const [slug, { says, rows }] of Object.entries(CASES).filter(([, { says }]) => says !== undefined)) {
  test(`${slug}: the figures of the CSV files, and ${says ? 'why' : 'no word, for there is nothing to say'}`, async () => {
    for (const language of ['es', 'en']) {
      if (rows) {
        await visit(`${language}/${slug}/`);
        assert.equal(await note(), null);
        await checkTables(site.driver, data(slug), OPENING, ['section']);
      }
      const { query, where } = rows ? PROJECT : { query: '', where: OPENING };
      await visit(`${language}/${slug}/${query}`, { width: 320, height: 640 });
      if (says) await site.driver.wait(note, 10_000, `${slug}: no note`);
      const said = await note();
      if (says) {
        assert.match(said, NOTE[language]);
        assert.match(said.replace(NOTE[language], ''), says[language]);
      } else {
        assert.equal(said, null);
      }
      await checkTables(site.driver, data(slug), where, language === 'es' ? ['section', 'status'] : ['dimension']);
      assert.ok((await sidewaysScroll(site.driver)) <= 0);
      if (language === 'es') assert.deepEqual(await axe(site.driver), []);
    }
    if (!rows) {
      await visit(`es/${slug}/${PROJECT.query}`);
      await checkTables(site.driver, data(slug), PROJECT.where, ['section']);
    }
  });
}

test('stale figures differ from the packed ones, or the cases above would show nothing', async () => {
  for (const slug of ['stale-same-length', 'stale-other-length']) {
    await visit(`es/${slug}/`);
    await site.driver.wait(note, 10_000, `${slug}: no note`);
    await assert.rejects(checkTables(site.driver, data('whole'), OPENING), assert.AssertionError, slug);
  }
});

test('a file that is touched and the same is fetched once, and the packed form stays', async () => {
  await visit('es/touched/');
  assert.deepEqual(got().filter((name) => name.endsWith('.csv')), ['data/touched/data/budget.csv']);
  assert.deepEqual(got().filter((name) => /loader/.test(name)), []);
  assert.equal(await note(), null);
  await checkTables(site.driver, data('touched'), OPENING);
});

test('every state of the overview says the same from the packed form and without it', async () => {
  const states = ['', '?section=S3', '?year=all&per=person', '?years=fiscal&stage=paid&total=2020', '?dimension=human&status=completion', '?list=outside', '?year=1999', '?source=illustrative', '?project=V00-001&year=2000'];
  const text = () => site.driver.executeScript(`document.querySelector('#not-packed')?.remove(); return document.querySelector('main').innerText`);
  for (const state of states) {
    const said = [];
    for (const slug of ['whole', 'removed', 'columns-cut']) {
      await visit(`en/${slug}/${state}`);
      said.push([slug, await text()]);
    }
    for (const [slug, other] of said) assert.equal(other, said[0][1], `${slug} ${state}`);
  }
});

test('focus and scroll stay where they are when newer figures take the place of the packed ones', async () => {
  const { driver, line } = site;
  line.heard.length = 0;
  // Held at the start of the changed file, so that a reader has time to move.
  line.hold(/stale-other-length\/data\/budget\.csv$/, 0);
  await site.open('es/stale-other-length/');
  await driver.executeScript(`document.querySelector('table[data-by="section"] tr[data-key="S3"] a').focus(); scrollTo(0, 200)`);
  const place = () => driver.executeScript(`return [Math.round(scrollY), document.activeElement.closest('tr')?.dataset.key ?? document.activeElement.tagName]`);
  const before = await place();
  assert.ok(before[0] > 0 && before[1] === 'S3', String(before));
  line.release();
  await driver.wait(note, 10_000, 'no note');
  await line.quiet();
  assert.deepEqual(await place(), before);
});
