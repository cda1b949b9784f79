// Scenarios side by side, and what can be taken away: the link, the files, the sheet for the assembly.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { consoleErrors, ROOT, settled, sidewaysScroll, temporaryFolder } from './harness.mjs';
import { commanded, expected, openWhatIf, PAUSE_MS, ROUND, VES } from './what-if-page.mjs';

let page;
let downloads;
before(async () => {
  page = await openWhatIf();
  downloads = temporaryFolder('downloads');
  await page.driver.sendDevToolsCommand('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads });
});
after(() => page?.site.close());
beforeEach(() => anew(ROUND));

/** A page without any of what was there before; a fragment alone would not load it anew. */
async function anew(address, view) {
  await page.driver.get('about:blank');
  assert.equal(await page.site.open(address, view), 'ready');
}

/** Four scenarios that differ in everything a link can hold. */
async function four() {
  await page.press('copy');
  await page.press('preset', { value: 'need-first' });
  await page.type('name', 'La propuesta de la 8: ¿50 %?; n:& más #1');
  await page.press('copy');
  await page.press('preset', { value: 'equal' });
  await page.type('name', '');
  await page.type('fund', '1234567.89');
  await page.press('copy');
  await page.choose('floor-kind', 'minimum');
  await page.type('floor', '20000');
  await page.type('cap', '300000');
  await page.type('set-aside', '2.5');
  await page.press('preset', { value: 'tax-turned-round' });
  await page.choose('form-1', 'rate');
  await page.type('weight-0', '33.33');
  await page.choose('floor-kind', 'flat');
  await page.type('floor', '1000');
}

/** Every criterion there is, with every limit. */
async function everything() {
  await page.press('add-criterion', { value: 'households' });
  await page.press('add-criterion', { value: '=' });
  for (const at of [3, 4]) await page.type(`weight-${at}`, '11.11');
  for (const at of [1, 2]) {
    await page.choose(`form-${at}`, 'rate');
    await page.choose(`direction-${at}`, 'inverse');
  }
  await page.choose('floor-kind', 'flat');
  await page.type('floor', '12345.67');
  await page.type('cap', '265432.10');
  await page.type('set-aside', '1.25');
  await page.type('name', 'Todo lo que se puede poner en una regla, para la asamblea del 31 de diciembre');
}

/** All that a reader sees of the scenarios. */
async function seen() {
  const boxes = {};
  for (const id of ['name', 'investment', 'share', 'fund', 'floor-kind', 'floor', 'cap', 'set-aside']) boxes[id] = await page.value(`#${id}`);
  return { tabs: await page.texts('.tabs button'), boxes, weights: await page.weights(), amounts: await page.amounts(), compared: await page.table('scenarios'), foot: await page.table('scenarios', 'tfoot') };
}

test('up to four scenarios stand side by side, each with its own name or its rule’s', async () => {
  assert.equal(await page.exists('.tabs'), false);
  assert.equal(await page.run('return document.getElementById("name").placeholder'), 'Regla oficial');
  await four();
  assert.deepEqual(await page.texts('.tabs button'), ['1. Regla oficial', '2. La propuesta de la 8: ¿50 %?; n:& más #1', '3. Partes iguales, con otro fondo', '4. Escenario 4']);
  assert.equal(await page.find('[data-do="copy"]').getAttribute('aria-disabled'), 'true');
  assert.match(await page.text('.scenarios'), /Ya hay 4 escenarios/);
  await page.press('copy');
  assert.equal(await page.count('.tabs button'), 4);

  const [official, first, second, third, fourth] = [0, 1, 2, 3, 4].map((column) => (rows) => rows.map((row) => row[column]));
  const compared = await page.table('scenarios');
  assert.deepEqual(official(compared), expected('counts_30_20_50'));
  assert.deepEqual(first(compared), expected('counts_30_20_50'));
  assert.deepEqual(second(compared), expected('needs_first_30_50_20'));
  assert.deepEqual(third(compared), commanded(['--weights', 'equal=100', '--fund', '1234567.89']));
  assert.deepEqual(fourth(compared), await page.amounts());
  const [totals] = await page.table('scenarios', 'tfoot');
  for (const [column, total] of totals.entries()) assert.equal(compared.reduce((sum, row) => sum + row[column], 0), total);

  // Each opens as it was left; taking one away opens its neighbour, and can be taken back.
  await page.press('open', { at: 1 });
  assert.equal(await page.value('#name'), 'La propuesta de la 8: ¿50 %?; n:& más #1');
  assert.deepEqual(await page.amounts(), expected('needs_first_30_50_20'));
  await page.press('remove');
  assert.deepEqual(await page.texts('.tabs button'), ['1. Regla oficial', '2. Partes iguales, con otro fondo', '3. Escenario 3']);
  assert.deepEqual(await page.amounts(), third(compared));
  await page.press('undo');
  assert.deepEqual(await page.amounts(), expected('needs_first_30_50_20'));
  for (let left = 3; left > 0; left -= 1) await page.press('remove');
  assert.equal(await page.exists('.tabs'), false);
  assert.equal(await page.exists('table[data-by="scenarios"]'), false);
  await page.driver.wait(async () => (await page.focused()) === 'copyundefined', 2000);
});

test('a scenario that can give nothing says so in its column, and leaves the others theirs', async () => {
  await anew(`${ROUND}#s=f:200000000;c:population,100&s=f:200000000;c:population,100;min:99999999999`);
  assert.deepEqual((await page.table('scenarios'))[0].slice(1), [33_142_857, 'no se puede']);
  assert.match(await page.text('table[data-by="scenarios"] tfoot'), /Total/);
});

test('a pasted link brings everything back, in the other language too', async () => {
  await four();
  await page.press('open', { at: 2 });
  await page.press('open', { at: 3 });
  const before = await seen();
  const link = await page.link();
  assert.match(link, /^es\/villa-el-salvador\/what-if\/\?year=2000#d=[0-9a-f]{16}&v=1\.0\.0&s=/);
  assert.ok(link.length < 1000, `${link.length} characters`);
  await anew(link);
  assert.deepEqual(await seen(), before);
  assert.equal(await page.exists('#link-notice'), false);
  // What the address holds after that is what it held before.
  await page.press('undo');
  assert.equal(await page.link(), link);

  await anew(link.replace('es/', 'en/'));
  const inEnglish = await seen();
  assert.deepEqual(inEnglish.tabs, ['1. Official rule', '2. La propuesta de la 8: ¿50 %?; n:& más #1', '3. Equal parts, with another fund', '4. Scenario 4']);
  assert.deepEqual({ ...inEnglish, tabs: before.tabs }, before);
});

test('the board a round opens with needs no link, and a name alone makes one', async () => {
  assert.equal(await page.link(), ROUND);
  await page.press('preset', { value: 'equal' });
  assert.match(await page.link(), /#d=.*&s=f:571428571\*35;.*e:equal,100$/);
  await page.press('preset', { value: 'official' });
  assert.equal(await page.link(), ROUND);
  await page.type('name', '  Como está  ');
  assert.equal(await page.value('#name'), 'Como está');
  assert.equal((await page.state()).get('s'), 'f:571428571*35;c:population,30;c:needs=people_without_basic_services,20;c:tax=households_up_to_date_with_tax,50;n:Como está');
});

test('a link of other data says so, and goes on being told until it is closed', async () => {
  await page.press('preset', { value: 'need-first' });
  const link = await page.link();
  await anew(link.replace(/d=[0-9a-f]+/, 'd=0000000000000000').replace('v=1.0.0', 'v=0.9.1'));
  assert.match(await page.text('#link-notice'), /Los datos cambiaron desde que se hizo este enlace \(versión 0\.9\.1; ahora 1\.0\.0\)/);
  assert.deepEqual(await page.amounts(), expected('needs_first_30_50_20'));
  await page.press('more', { at: 0 });
  assert.ok(await page.exists('#link-notice'));
  await page.press('notices-close');
  assert.equal(await page.exists('#link-notice'), false);
  await page.driver.wait(async () => (await page.focused()) === 'main', 2000);
  // The address follows with the data of now.
  assert.equal((await page.state()).get('v'), '1.0.0');

  // A link of one round in another.
  await anew(link.replace('year=2000', 'year=2001'));
  assert.match(await page.text('#link-notice'), /otra ronda/);
});

const BY_HAND = {
  'a scenario that is none': ['s=garbage', [/«garbage» no es parte de un escenario/], 1],
  'one that is and one that is not': ['s=garbage&s=f:100000000;e:equal,100', [/«garbage»/], 1],
  'an open one that is not there': ['s=f:100000000;e:equal,100&open=99', [/«99», que no trae/], 1],
  'ten scenarios': [Array(10).fill('s=f:100000000;e:equal,100').join('&'), [/más de 4 escenarios/], 4],
  'keys that mean nothing': ['color=red&s=f:100000000;e:equal,100&sort=up', [/«color=red», que aquí no significa nada/, /«sort=up»/], 1],
  'a thousand of them': [Array.from({ length: 1000 }, (_, at) => `k${at}=v`).join('&'), [/«k4=v»/, /Y 995 cosas más que no se entienden/], 1],
  'twenty kilobytes': [`s=${'x'.repeat(20_000)}`, [/demasiado largo/], 1],
  'twenty kilobytes of a name': [`s=f:100000000;e:equal,100;n:${'ñ'.repeat(7_000)}`, [/demasiado largo/], 1],
  'a key of twenty kilobytes': [`${'k'.repeat(20_000)}=v`, [/k{60}…/], 1],
  'half a percent-encoding': ['s=%E0%A4%A&s=%', [/no se entiende/], 1],
  'markup': ['s=<img src=x onerror=alert(1)>&<b>=<i>', [/«<img src=x/, /«<b>=<i>»/], 1],
  'weights that do not total 100': ['s=f:100000000;c:population,30', [/los pesos suman 30% y deben sumar 100%/], 1],
  'a column that is not there': ['s=f:100000000;c:bicycles,100', [/no tienen la columna «bicycles»/], 1],
  'a code twice': ['s=f:100000000;c:population,50;c:population,50', [/está dos veces en la regla/], 1],
  'no criteria': ['s=f:100000000', [/la regla no tiene criterios/], 1],
  'a fund beyond reckoning': ['s=f:9223372036854775807;e:equal,100', [/más de lo que se calcula con exactitud/], 1],
  'a floor below zero': ['s=f:100000000;e:equal,100;min:-1', [/no puede ser negativo/], 1],
  'a place on the page': ['provenance', [], 1],
};

for (const [what, [fragment, says, scenarios]] of Object.entries(BY_HAND)) {
  test(`a link made by hand, with ${what}: it is said, and the page works`, async () => {
    await consoleErrors(page.driver);
    await anew(`${ROUND}#${fragment}`, { width: 320, height: 640 });
    const told = `${await page.text('#link-notice')} ${await page.text('#refused')}`;
    for (const words of says) assert.match(told, words);
    if (says.length === 0) assert.equal(told.trim(), '');
    assert.ok(told.length < 1500, `${told.length} characters are no message`);
    assert.equal((await page.count('.tabs button')) || 1, scenarios);
    assert.ok((await sidewaysScroll(page.driver)) <= 0);
    await page.press('preset', { value: 'need-first' });
    await page.type('fund', '2,000,000');
    assert.equal(await page.total(), 10_000);
    assert.deepEqual(await page.amounts(), expected('needs_first_30_50_20'));
    assert.equal(await page.exists('#refused'), false);
    await page.site.emulate({});
    assert.deepEqual(await consoleErrors(page.driver), []);
  });
}

test('weights of a link that do not total 100 are made whole when the reader asks', async () => {
  await anew(`${ROUND}#s=f:200000000;c:population,10;c:needs=people_without_basic_services,30`);
  await page.press('whole');
  assert.deepEqual(await page.weights(), ['25', '75']);
  assert.deepEqual(await page.amounts(), commanded(['--weights', 'population=25,people_without_basic_services=75']));
});

test('a correction below zero is shared out as the fund was', async () => {
  await anew(`${ROUND}#s=f:-200000000;c:population,30;c:needs=people_without_basic_services,20;c:tax=households_up_to_date_with_tax,50`);
  assert.deepEqual(await page.amounts(), expected('counts_30_20_50').map((minor) => -minor));
});

test('another state typed behind the # replaces the one on screen; Back and Forward go between pages with it', async () => {
  await page.press('preset', { value: 'equal' });
  const link = await page.link();
  await page.run('location.hash = "#s=f:100000000;c:population,100"');
  await page.driver.wait(async () => (await page.amounts())[0] === 16_571_429, 2000);
  await page.driver.navigate().back();
  await page.driver.wait(async () => (await page.amounts())[0] === 25_000_000, 2000);
  await page.find('header .pages a:not([aria-current])').click();
  assert.equal(await settled(page.driver), 'ready');
  assert.equal(await page.address(), `${VES}?year=2000`);
  await page.driver.navigate().back();
  assert.equal(await settled(page.driver), 'ready');
  assert.equal(await page.address(), link);
  assert.deepEqual(await page.amounts(), expected('equal'));
  await page.driver.navigate().forward();
  assert.equal(await settled(page.driver), 'ready');
  assert.equal(await page.address(), `${VES}?year=2000`);
});

/** A file the page gave, once it is there in whole. */
async function downloaded(name) {
  const file = path.join(downloads, name);
  await page.driver.wait(() => fs.existsSync(file), 5000, `${name}: ${fs.readdirSync(downloads)}`);
  return fs.readFileSync(file, 'utf8');
}

test('the table is taken away as CSV, with what is on screen', async () => {
  await page.press('preset', { value: 'need-first' });
  await page.type('name', '=Primero; la "necesidad"');
  await page.type('set-aside', '10');
  await page.press('csv');
  const csv = await downloaded('villa-el-salvador-2000--primero--la--necesidad-.csv');
  assert.match(await page.text('#taken'), /^Se bajó villa-el-salvador-2000--primero--la--necesidad-\.csv\.$/);
  const [head, ...rows] = csv.trimEnd().split('\n').map((line) => line.split(','));
  const column = (name) => rows.map((row) => row[head.indexOf(name)]);
  const minor = (amount) => Number(amount.replace('.', ''));
  assert.deepEqual(column('amount').slice(0, 8).map(minor), await page.amounts());
  assert.deepEqual([column('section_id')[8], column('currency')[8], column('amount')[8]], ['district', 'PEN', '200000.00']);
  const parts = await page.table('parts');
  for (const [at, row] of rows.slice(0, 8).entries()) {
    const from = row.filter((_, column) => head[column].startsWith('from_'));
    assert.deepEqual(from.map(minor), parts[at].slice(0, from.length));
  }
});

test('the rule is taken away as JSON, and the command gives what the page does', async () => {
  await four();
  await page.press('json');
  const name = 'villa-el-salvador-2000-escenario-4.json';
  const rule = JSON.parse(await downloaded(name));
  assert.deepEqual(rule.dataset, { name: 'villa-el-salvador', version: '1.0.0', year: 2000 });
  assert.equal(rule.name, 'Escenario 4');
  assert.deepEqual(commanded(['--rule', path.join(downloads, name)]), await page.amounts());
  await page.press('open', { at: 1 });
  await page.press('json');
  const second = 'villa-el-salvador-2000-la-propuesta-de-la-8---50-----n---más--1.json';
  await downloaded(second);
  assert.deepEqual(commanded(['--rule', path.join(downloads, second)]), expected('needs_first_30_50_20'));
});

test('the link is copied; where the browser does not let it, it is shown', async () => {
  await page.press('preset', { value: 'equal' });
  await page.driver.sendDevToolsCommand('Browser.grantPermissions', { permissions: ['clipboardReadWrite', 'clipboardSanitizedWrite'], origin: page.site.origin.slice(0, -1) });
  await page.press('link');
  await page.driver.wait(async () => (await page.text('#taken')) !== '', 2000);
  assert.equal(await page.text('#taken'), 'Enlace copiado.');
  const copied = await page.driver.executeAsyncScript('const done = arguments[0]; navigator.clipboard.readText().then(done, (error) => done(String(error)))');
  assert.equal(copied, page.site.origin + (await page.link()));
  await page.run('Object.defineProperty(navigator, "clipboard", { value: undefined })');
  await page.press('link');
  await page.driver.wait(async () => (await page.text('#taken')).includes(copied), 2000);
  assert.match(await page.text('#taken'), /^El navegador no dejó copiar/);
});

test('nothing can be taken of what cannot be shared out', async () => {
  await anew(`${ROUND}#s=f:100;e:equal,100;min:100`);
  await page.press('csv');
  assert.match(await page.text('#taken'), /No hay resultado que bajar/);
  await page.press('sheet');
  assert.match(await page.text('.take'), /No hay resultado que imprimir/);
});

/** The pages of what the printer would get, as text where the PDF has it uncompressed. */
async function printed() {
  const { data } = await page.driver.sendAndGetDevToolsCommand('Page.printToPDF', { preferCSSPageSize: true });
  const pdf = Buffer.from(data, 'base64').toString('latin1');
  const boxes = [...pdf.matchAll(/\/MediaBox\s*\[([^\]]*)\]/g)].map(([, box]) => box.trim().split(/\s+/).map((side) => Math.round(Number(side))));
  return { pages: [...pdf.matchAll(/\/Type\s*\/Page\b(?!s)/g)].length, boxes };
}

test('the sheet for the assembly is one page of A4, with the link and its code, whatever the scenario', async () => {
  const sides = { official: () => {}, four, 'a long name': () => page.type('name', 'Ñandú '.repeat(13)), everything };
  for (const [what, prepare] of Object.entries(sides)) {
    await anew(ROUND);
    await prepare();
    await page.press('sheet');
    await page.driver.wait(async () => (await page.focused()) === 'sheet', 2000);
    assert.deepEqual(await printed(), { pages: 1, boxes: [[0, 0, 595, 842]] }, what);
    const rows = await page.run('return [...document.querySelectorAll("#sheet table:not(.small) tbody tr")].map((row) => Number(row.querySelector("data").value.replace(".", "")))');
    assert.deepEqual(rows, await page.amounts());
    assert.match(await page.text('#sheet'), /Datos ilustrativos\./);
    assert.match(await page.text('#sheet'), /Datos versión 1\.0\.0, huella [0-9a-f]{16}/);
    assert.ok(await page.exists('#sheet svg.qr path'));
    // The link on the sheet brings its scenario, and that one alone.
    const link = (await page.text('#sheet .url')).slice(page.site.origin.length);
    const amounts = await page.amounts();
    await anew(link);
    assert.deepEqual(await page.amounts(), amounts);
    assert.equal(await page.exists('.tabs'), false);
  }
  await anew(ROUND);
  await page.press('sheet');
  await page.press('sheet-close');
  await page.driver.wait(async () => (await page.focused()) === 'sheetundefined', 2000);
  assert.equal(await page.exists('#sheet'), false);
});

test('nothing is asked of anybody once the page has come', async () => {
  await page.site.line.quiet();
  const before = page.site.line.heard.length;
  await four();
  await page.press('explain', { at: 3 });
  await page.press('sheet');
  await page.press('csv');
  await page.press('link');
  await page.driver.sleep(PAUSE_MS);
  await page.site.line.quiet();
  assert.deepEqual(page.site.line.heard.slice(before).map(({ name }) => name), []);
  assert.deepEqual(await page.run('return [document.cookie, localStorage.length, sessionStorage.length]'), ['', 0, 0]);
});

test('the whole page can be printed, in inks for paper, and is on screen afterwards what it was', async () => {
  await anew(`${ROUND}&theme=dark`);
  await page.press('preset', { value: 'need-first' });
  await page.driver.sleep(300);
  await page.run(`window.inks = () => {
      const canvas = document.querySelector('canvas[data-chart="results"]');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      const inks = new Set();
      for (let at = 0; at < data.length; at += 4) if (data[at + 3] === 255) inks.add(data.slice(at, at + 3).join());
      return [...inks].sort();
    };
    addEventListener('beforeprint', () => (window.printed = inks()));`);
  const before = await page.run('return inks()');
  assert.ok((await printed()).pages >= 2);
  const onPaper = await page.run('return window.printed');
  assert.ok(onPaper.length > 0);
  for (const ink of onPaper) assert.equal(new Set(ink.split(',')).size, 1, `${ink} is no grey`);
  await page.driver.sleep(300);
  assert.deepEqual(await page.run('return inks()'), before);
});
