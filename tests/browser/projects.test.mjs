// The what-if page's panel of proposals: which of them an amount carries by each rule, held against what `yupay fund` says.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { By, Key } from 'selenium-webdriver';
import { axe, consoleErrors, openSite, ROOT, rulesAnswered, sidewaysScroll, temporaryFolder, yupay } from './harness.mjs';

const VES = 'data/villa-el-salvador';
const PAGE = 'es/villa-el-salvador/what-if/?year=2000';
const RULES = [
  'vote-order',
  'vote-order-stop',
  'equal-split',
  'money-by-votes',
  'knapsack',
  'greedy-per-cost',
  'equal-shares',
  'equal-shares-completed',
  'phragmen',
];
// A section that asks for more than it is given, by the official rule and even more so where only the need counts.
const SECTION = 'S2';

let site;
let driver;
before(async () => {
  site = await openSite(path.resolve(ROOT, process.env.SITE ?? 'site'));
  ({ driver } = site);
});
after(() => site?.close());

const find = (selector) => driver.findElement(By.css(selector));
const text = (selector) => driver.executeScript('return document.querySelector(arguments[0])?.innerText ?? ""', selector);

/** Opens the panel, where it is not, and waits until nothing on it is old and all rules have answered. */
async function answered() {
  const summary = await find('#projects > details > summary');
  if (!(await driver.executeScript('return arguments[0].parentElement.open', summary))) await summary.click();
  await settled();
}

const settled = () => rulesAnswered(driver);

async function choose(id, value) {
  await driver.executeScript(
    `const picker = document.getElementById(arguments[0]);
     picker.value = arguments[1];
     picker.dispatchEvent(new Event('change', { bubbles: true }));`,
    id,
    value,
  );
  await driver.sleep(400);
  await settled();
}

/** Another amount for every section: the one it would get where only the need counts. */
async function onlyTheNeed() {
  await driver.executeScript(`document.querySelector('button[data-do="preset"][data-value="needs-only"]').click()`);
  await driver.sleep(400);
  await settled();
}

/** The table: by rule, in the order of the columns, what the command says of it. A list of pairs, whose order the driver keeps. */
const table = async () => Object.fromEntries(await driver.executeScript(`
    const rules = [...document.querySelectorAll('#projects thead th[data-rule]')].map((head) => head.dataset.rule);
    const value = (cell) => cell?.querySelector('data')?.value ?? null;
    const figure = (rule, name) => document.querySelector('#projects tr[data-figure="' + name + '"] td[data-rule="' + rule + '"]');
    return rules.map((rule) => {
      const cells = [...document.querySelectorAll('#projects tbody td[data-rule="' + rule + '"]')];
      const given = (state) => cells.filter((cell) => cell.dataset.given === state);
      const id = (cell) => cell.closest('tr').dataset.key;
      return [rule, {
        funded: given('full').map(id),
        partly: given('partly').map((cell) => ({ id: id(cell), amount: value(cell) })),
        spent: value(figure(rule, 'spent')),
        stuck: value(figure(rule, 'stuck')),
        left_over: value(figure(rule, 'left')),
        people: figure(rule, 'people')?.innerText ?? null,
      }];
    });`));

/** What the command says of an election, in the table's form. */
function said(where, rules) {
  const fund = (rule) => {
    const { funded, partly, spent, stuck, left_over, supporters_with_a_whole_project: people, voters } = yupay('fund', ...where, '--rule', rule);
    const parts = partly.map(({ id, amount }) => ({ id, amount }));
    return [rule, { funded, partly: parts, spent, stuck, left_over, people: people === null ? null : `${people} de ${voters}` }];
  };
  return Object.fromEntries(rules.map(fund));
}

/** The amount of a section in the page's table of results. */
const given = (section) =>
  driver.executeScript(
    `const place = [...document.querySelectorAll('#projects-section option')].findIndex(({ value }) => value === arguments[0]) - 1;
     return document.querySelector('table[data-by="what-if"] tbody tr[data-bar="' + place + '"] data').value;`,
    section,
  );

test('asks for nothing before it is opened, and then for what it needs', async () => {
  await site.open(PAGE);
  await site.line.quiet();
  const asked = (pattern) => site.line.heard.filter(({ name }) => pattern.test(name)).map(({ name }) => name);
  assert.deepEqual(asked(/funder|\.pb$|columns-/), []);
  await answered();
  await site.line.quiet();
  assert.equal(asked(/yupay-funder_bg\.wasm$/).length, 1);
  assert.equal(asked(/ballots\/2000\.pb$/).length, 1);
  assert.equal(asked(/text\/funder\.es\.json$/).length, 1);
  assert.deepEqual(await consoleErrors(driver), []);
});

test('says of the whole fund and of a section what the command says, to the céntimo', async () => {
  await site.open(PAGE);
  await answered();
  const whole = await table();
  assert.deepEqual(Object.keys(whole), RULES);
  assert.deepEqual(whole, said([VES, '--year', '2000', '--budget', '2000000.00'], RULES));
  await choose('projects-section', SECTION);
  const budget = await given(SECTION);
  assert.deepEqual(await table(), said([VES, '--year', '2000', '--section', SECTION, '--budget', budget], RULES));
  assert.match(await text('#projects-status'), /^9 reglas calculadas con/);
});

test('the official amount and the scenario’s carry different works', async () => {
  await site.open(PAGE);
  await answered();
  await onlyTheNeed();
  await choose('projects-section', SECTION);
  const supposed = await table();
  assert.deepEqual(supposed, said([VES, '--year', '2000', '--section', SECTION, '--budget', await given(SECTION)], RULES));
  await find('#projects-official').click();
  await driver.sleep(400);
  await settled();
  const official = await table();
  // What was published is what the section had to spend.
  assert.deepEqual(official, said([VES, '--year', '2000', '--section', SECTION], RULES));
  assert.notDeepEqual(official['vote-order'].funded, supposed['vote-order'].funded);
});

test('follows the sliders, and keeps what was chosen', async () => {
  await site.open(PAGE);
  await answered();
  await choose('projects-section', SECTION);
  await choose('projects-order', 'votes');
  const before = await table();
  await onlyTheNeed();
  const after = await table();
  assert.notDeepEqual(after, before);
  assert.equal(await driver.executeScript('return document.querySelector("#projects-section").value'), SECTION);
  const votes = await driver.executeScript(
    'return [...document.querySelectorAll("#projects td[data-role=count]")].map((cell) => Number(cell.innerText.replace(/\\D/g, "")))',
  );
  assert.deepEqual(votes, votes.toSorted((a, b) => b - a));
});

test('says why money is left, what is stuck, and what each rule does', async () => {
  await site.open(PAGE);
  await answered();
  const all = await table();
  const sentences = await text('#projects .said');
  const amount = (plain) => Number(plain).toLocaleString('en', { minimumFractionDigits: 2 });
  const left = all['equal-shares'].left_over;
  assert.match(sentences, new RegExp(`«Partes iguales» quedarían S/\\s${amount(left)} sin gastar, y es a propósito`));
  for (const rule of ['money-by-votes', 'equal-split']) {
    const { stuck, partly } = all[rule];
    assert.ok(partly.length > 1, rule);
    assert.match(sentences, new RegExp(`S/\\s${amount(stuck)} quedarían repartidos en ${partly.length} obras que nadie puede terminar`));
  }
  assert.equal((await driver.findElements(By.css('#projects .rules dt'))).length, 9);
});

test('a round without ballots leaves out the rules that go by them, and says so', async () => {
  const folder = temporaryFolder('no-ballots');
  fs.cpSync(path.resolve(ROOT, process.env.SITE ?? 'site'), folder, { recursive: true });
  fs.rmSync(path.join(folder, 'data/villa-el-salvador/ballots'), { recursive: true });
  const other = await openSite(folder);
  const [first, last] = [driver, other.driver];
  try {
    driver = last;
    await other.open(PAGE);
    await answered();
    const refused = await text('#projects .refused');
    assert.match(refused, /Partes iguales: esta regla necesita saber quién votó por qué/);
    assert.deepEqual(Object.keys(await table()), RULES.slice(0, 6));
    assert.match(await text('#projects'), /No se pudo leer el archivo con las papeletas/);
  } finally {
    driver = first;
    await other.close();
  }
});

test('works by keyboard alone', async () => {
  await site.open(PAGE);
  const summary = await find('#projects > details > summary');
  await summary.sendKeys(Key.ENTER);
  await settled();
  const picker = await find('#projects-section');
  await picker.sendKeys(Key.ARROW_DOWN);
  await driver.sleep(400);
  await settled();
  assert.notEqual(await driver.executeScript('return document.querySelector("#projects-section").value'), '');
  await find('#projects-scenario').sendKeys(Key.ARROW_DOWN);
  await driver.sleep(400);
  await settled();
  assert.ok(await driver.executeScript('return document.querySelector("#projects-official").checked'));
});

test('opens a file of the reader’s own with its own budget, and tells what is wrong with it by line', async () => {
  const folder = temporaryFolder('own');
  const file = path.join(folder, 'barrio.pb');
  const votes = ['1;A', '2;A', '3;B', '4;B,C', '5;C'];
  const lines = ['META', 'key;value', 'currency;PEN', 'budget;100.00', 'vote_type;approval', 'PROJECTS', 'project_id;cost;name'];
  fs.writeFileSync(file, [...lines, 'A;70;Pozo', 'B;50;<b>Pista</b>', 'C;30;Faro', 'D;mucho;Losa', 'VOTES', 'voter_id;vote', ...votes, ''].join('\n'));
  await site.open(PAGE);
  await answered();
  await driver.executeScript('document.querySelector("#projects details.file").open = true');
  const before = site.line.heard.length;
  await find('#projects-file').sendKeys(file);
  await driver.wait(async () => (await text('#projects-own')).includes('barrio.pb'), 5000);
  await driver.sleep(400);
  await settled();
  const sound = path.join(folder, 'sound.pb');
  fs.writeFileSync(sound, fs.readFileSync(file, 'utf8').replace('D;mucho;Losa\n', ''));
  assert.deepEqual(await table(), said([sound], RULES));
  assert.match(await text('#projects-problems'), /Línea 11:/);
  assert.match(await text('#projects tbody'), /<b>Pista<\/b>/);
  // Nothing but the words for what is wrong with it was asked for, and nothing was sent.
  const asked = site.line.heard.slice(before).map(({ method, name }) => `${method} ${name}`);
  assert.deepEqual(asked, ['GET text/problems.es.json']);
  await find('#projects-own button').click();
  await driver.sleep(400);
  await settled();
  assert.ok((await table())['vote-order'].funded.length > 3);
});

/** An election that keeps a rule busy for seconds. The same each time. */
function busyElection() {
  let state = 7;
  const next = (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
  const proposals = Array.from({ length: 220 }, (_, at) => `P${at};${20_000 + next(100_000)}.${10 + next(90)};Obra ${at}`);
  const ballot = () => [...new Set(Array.from({ length: 1 + next(12) }, () => `P${next(220)}`))].join(',');
  const votes = Array.from({ length: 6000 }, (_, voter) => `${voter};${ballot()}`);
  const head = ['META', 'key;value', 'currency;PEN', 'budget;4000000.00', 'vote_type;approval'];
  return [...head, 'PROJECTS', 'project_id;cost;name', ...proposals, 'VOTES', 'voter_id;vote', ...votes, ''].join('\n');
}

test('a rule that takes long shows how far it is, the quick ones answer meanwhile, and another question ends it', async () => {
  const file = path.join(temporaryFolder('busy'), 'busy.pb');
  fs.writeFileSync(file, busyElection());
  await site.open(PAGE);
  await answered();
  const before = await table();
  await driver.executeScript('document.querySelector("#projects details.file").open = true');
  await find('#projects-file').sendKeys(file);
  await driver.wait(async () => (await driver.findElements(By.css('#projects progress'))).length > 0, 15_000, 'no bar');
  assert.match(await text('#projects .running'), /^Se calcula «.+»…/);
  assert.ok((await driver.findElements(By.css('#projects td[data-rule="vote-order"][data-given="full"]'))).length > 10);
  assert.equal(await text('#projects-status'), '');
  const asked = Date.now();
  await find('#projects-own button').click();
  await driver.sleep(400);
  await settled();
  assert.ok(Date.now() - asked < 5000, `${Date.now() - asked} ms`);
  assert.deepEqual(await table(), before);
});

test('what is on screen can be taken away as a file that says the same', async () => {
  await site.open(PAGE);
  await answered();
  await choose('projects-section', SECTION);
  const shown = await table();
  await driver.executeScript(`
    document.querySelector('#projects details.file').open = true;
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob) => { blob.text().then((text) => { window.saved = text; }); return make(blob); };`);
  await find('#projects-save').click();
  const saved = await driver.wait(() => driver.executeScript('return window.saved ?? null'), 5000, 'no file');
  const file = path.join(temporaryFolder('saved'), 'saved.pb');
  fs.writeFileSync(file, saved);
  assert.deepEqual(said([file], RULES), shown);
});

test('a program that cannot be had is said, and the rest of the page goes on', async () => {
  await site.open(PAGE);
  // A profile that has it already would not ask.
  await driver.sendDevToolsCommand('Network.clearBrowserCache', {});
  site.line.refuse(/funder-.*\/(start\.js|yupay-funder)/);
  try {
    await find('#projects > details > summary').click();
    await driver.wait(async () => /^No se pudo cargar o terminar el cálculo/.test(await text('#projects-status')), 10_000);
    await driver.executeScript(`document.querySelector('button[data-do="preset"][data-value="needs-only"]').click()`);
    assert.match(await text('#headline'), /necesidad/);
  } finally {
    site.line.release();
    await consoleErrors(driver);
  }
});

test('no width scrolls sideways, cells do not overflow, and axe finds nothing', async () => {
  for (const view of [{ width: 320, height: 640 }, { width: 1280, theme: 'dark' }]) {
    await site.open(PAGE, view);
    await answered();
    await driver.executeScript('document.querySelectorAll("#projects details").forEach((details) => { details.open = true; })');
    assert.ok((await sidewaysScroll(driver)) <= 0, String(view.width));
    assert.deepEqual(await axe(driver), [], String(view.width));
    const overflowing = await driver.executeScript(
      'return [...document.querySelectorAll("#projects td, #projects th")].filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.outerHTML)',
    );
    assert.deepEqual(overflowing, [], String(view.width));
  }
});
