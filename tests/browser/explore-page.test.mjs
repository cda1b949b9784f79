// The page Explore as a reader uses it: any two keys, four pictures, the way down and back, the lines behind a cell, search,
// order, and what can be taken away.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { By, Key } from 'selenium-webdriver';
import { axe, consoleErrors, csvRows, emulate, keptFiles, openSite, ROOT, settled, sidewaysScroll, siteWith, takenTable, yupay } from './harness.mjs';

const folder = siteWith(process.env.PACKED ?? 'whole');
const VES = 'es/villa-el-salvador/explore/';
const SJM = 'es/san-juan-de-miraflores/explore/';
const DATA = 'data/villa-el-salvador';

let site;
let driver;
let file;
before(async () => {
  site = await openSite(folder);
  ({ driver } = site);
  file = await keptFiles(driver);
});
after(() => site?.close());

const find = (selector) => driver.findElement(By.css(selector));
const text = (selector) => driver.executeScript('return document.querySelector(arguments[0])?.innerText ?? ""', selector);
const params = async () => Object.fromEntries(new URL(await driver.getCurrentUrl()).searchParams);
const pick = async (picker, value) => (await find(`#${picker} option[value="${value}"]`)).click();
const centimos = (amount) => BigInt(amount.replace('.', ''));

/** The figures on screen: `{ rows: { key: [cells…, total] }, total: [...] }`, amounts as machines write them. */
function table() {
  return driver.executeScript(`
    const table = document.querySelector('table[data-by="explore"]');
    if (!table) return null;
    const cells = (row) => [...row.querySelectorAll('td:not([data-role])')].map((cell) => cell.querySelector('data')?.value ?? null);
    return {
      rows: Object.fromEntries([...table.querySelectorAll('tbody tr')].map((row) => [row.dataset.key, cells(row)])),
      order: [...table.querySelectorAll('tbody tr')].map((row) => row.dataset.key),
      total: cells(table.querySelector('tfoot tr')),
    };`);
}

/** What the command says of the same question, by one key. */
function commanded(by, stage, where, more = []) {
  const conditions = where.flatMap((condition) => ['--where', condition]);
  const { rows, total } = yupay('show', DATA, '--by', by, '--stage', stage, '--currency', 'PEN', ...conditions, ...more);
  return { rows: Object.fromEntries(rows.map((row) => [row.key[by] ?? '-', row.amount])), total: total.amount };
}

/** A touch on the picture, at a part of its width and height. */
async function touch(selector, across, down) {
  const element = await find(selector);
  await driver.executeScript('arguments[0].scrollIntoView({ block: "center" })', element);
  const { width, height } = await element.getRect();
  await driver.actions().move({ origin: element, x: Math.round(width * (across - 0.5)), y: Math.round(height * (down - 0.5)) }).click().perform();
}

const painted = () => driver.executeScript(`
  const canvas = document.querySelector('canvas[data-chart="explore"], canvas[data-chart="explore-matrix"]');
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  const colours = new Set();
  for (let at = 0; at < pixels.length; at += 4) if (pixels[at + 3]) colours.add(pixels[at] << 16 | pixels[at + 1] << 8 | pixels[at + 2]);
  return colours.size;`);

for (const picture of ['stacked', 'bars', 'treemap', 'matrix']) {
  test(`a pasted link shows the ${picture} with its table, which says what the command says`, async () => {
    await site.open(`${VES}?year=2001&rows=section&columns=dimension&picture=${picture}`);
    assert.match(await text('h1'), /^Lo gastado \(devengado\) de la ronda 2001, por sección y dimensión, en soles de cada año\.$/);
    assert.equal(await text('.pictures [aria-current]'), { stacked: 'Barras por partes', bars: 'Barras', treemap: 'Mosaico', matrix: 'Matriz' }[picture]);
    const found = await table();
    for (const [by, read] of [
      ['section', (key) => found.rows[key]?.at(-1)],
      ['dimension', (key) => found.total[['human', 'ecological', 'urban', 'economic', 'institutional'].indexOf(key)]],
    ]) {
      const expected = commanded(by, 'accrued', ['year=2001']);
      for (const [key, amount] of Object.entries(expected.rows)) assert.equal(read(key), amount, `${by} ${key}`);
      assert.equal(found.total.at(-1), expected.total);
    }
    for (const cells of Object.values(found.rows)) {
      const sum = cells.slice(0, -1).filter(Boolean).reduce((left, right) => left + centimos(right), 0n);
      assert.equal(sum, centimos(cells.at(-1)));
    }
    await driver.sleep(300);
    assert.ok((await painted()) > 3, 'the canvas is painted');
  });
}

test('a name leads down, the sentence says it, the crumbs and Back lead up', async () => {
  await site.open(`${VES}?year=2001`);
  await find('table[data-by="explore"] tr[data-key="S3"] th a').click();
  assert.deepEqual(await params(), { year: '2001', section: 'S3', rows: 'neighbourhood', columns: 'dimension' });
  assert.match(await text('h1'), /por barrio y dimensión, en soles de cada año, solo Sección 3\.$/);
  const total = (await table()).total.at(-1);
  assert.equal(total, commanded('section', 'accrued', ['year=2001', 'section=S3']).total);
  await find('table[data-by="explore"] tbody tr th a').click();
  assert.equal((await params()).rows, 'project');
  await find('table[data-by="explore"] tbody tr th a').click();
  await driver.wait(async () => (await text('#behind')) !== '', 5000);
  assert.match(await text('.crumbs'), /Villa El Salvador[^]*Sección: Sección 3[^]*Barrio: /);
  await find('.crumbs li:nth-child(2) > a').click();
  assert.deepEqual(await params(), { year: '2001', section: 'S3', rows: 'neighbourhood', columns: 'dimension' });
  await driver.navigate().back();
  await driver.navigate().back();
  assert.equal((await params()).rows, 'project');
  await find('.crumbs li:first-child > a').click();
  assert.deepEqual(await params(), { year: '2001', rows: 'section', columns: 'dimension' });
  await find('table[data-by="explore"] thead th[data-key="urban"] a').click();
  assert.deepEqual(await params(), { year: '2001', dimension: 'urban', rows: 'section', columns: 'none' });
  await find('.crumbs .without').click();
  assert.deepEqual(await params(), { year: '2001', rows: 'section', columns: 'none' });
});

test('a touch on a tile or a bar leads down', async () => {
  await site.open(`${VES}?year=2001&picture=treemap&columns=none`);
  await touch('.picture', 0.1, 0.2);
  const largest = Object.entries(commanded('section', 'accrued', ['year=2001']).rows).sort(([, one], [, other]) => Number(other) - Number(one))[0][0];
  assert.equal((await params()).section, largest);
  await site.open(`${VES}?year=2001&picture=stacked`);
  await touch('.picture', 0.02, 0.97);
  assert.equal((await params()).section, 'S8');
});

test('the lines behind a cell have their rows in the file and sum to it', async () => {
  await site.open(`${VES}?year=2001&cell=S3~human`);
  const behind = await driver.executeScript(`
    const table = document.querySelector('table[data-by="lines"]');
    const own = [...table.querySelectorAll('thead th')].findIndex((head) => head.classList.contains('own'));
    return {
      rows: [...table.querySelectorAll('tbody tr')].map((row) => [Number(row.querySelector('.row').innerText), row.children[own].querySelector('data')?.value ?? null]),
      sum: table.querySelector('tfoot .own data').value,
    };`);
  const lines = csvRows(fs.readFileSync(path.join(ROOT, DATA, 'data/budget.csv'), 'utf8'));
  const column = lines[0].indexOf('devengado');
  for (const [row, amount] of behind.rows) assert.equal(amount, lines[row - 1][column] || null, `row ${row}`);
  const sum = behind.rows.filter(([, amount]) => amount).reduce((left, [, amount]) => left + centimos(amount), 0n);
  assert.equal(sum, centimos(behind.sum));
  assert.equal((await table()).rows.S3[0], behind.sum);
  assert.match(await text('#behind h2'), /Sección 3 · Humana/);
  assert.match(await (await find('#behind p a')).getAttribute('href'), /data\/villa-el-salvador\/data\/budget\.csv$/);
  await find('#down').click();
  const chosen = await params();
  assert.deepEqual([chosen.section, chosen.dimension, chosen.cell], ['S3', 'human', undefined]);

  // All of it, a hundred at a time.
  await site.open(`${VES}?year=all&cell=*~*`);
  assert.equal((await driver.findElements(By.css('table[data-by="lines"] tbody tr'))).length, 100);
  await find('#behind .parts a[data-page="2"]').click();
  await driver.wait(async () => /Parte 2 de 3/.test(await text('#behind .parts')), 3000);
  await find('#close-behind').click();
  assert.equal(await text('#behind'), '');
});

test('a search ignores case and accents, and keeps the field while it is written', async () => {
  await site.open(`${VES}?year=all&rows=status&columns=none&stage=agreed`);
  await find('#q').click();
  await driver.actions().sendKeys('SECCION 3').perform();
  await driver.wait(async () => (await params()).q === 'SECCION 3', 5000);
  await settled(driver);
  await driver.wait(async () => /con «SECCION 3» en el nombre/.test(await text('h1')), 5000);
  assert.equal(await driver.executeScript('return document.activeElement.id'), 'q');
  const titles = csvRows(fs.readFileSync(path.join(ROOT, DATA, 'data/projects.csv'), 'utf8'));
  const [title] = [titles[0].indexOf('title')];
  const expected = titles.slice(1).filter((row) => row[title].toLowerCase().includes('sección 3')).length;
  assert.match(await text('.total'), new RegExp(`· ${expected} obras`));
  await site.open(`${VES}?q=zzzzz`);
  assert.match(await text('#empty'), /No hay nada con lo elegido/);
});

test('rows are ordered by name and by amount, both ways', async () => {
  await site.open(`${VES}?year=2001&columns=none`);
  const declared = (await table()).order;
  await find('table[data-by="explore"] thead a[data-sort="-amount"]').click();
  const down = await table();
  const amounts = down.order.map((key) => Number(down.rows[key].at(-1)));
  assert.deepEqual(amounts, [...amounts].sort((one, other) => other - one));
  assert.equal(await (await find('table[data-by="explore"] thead th[aria-sort="descending"]')).isDisplayed(), true);
  await find('table[data-by="explore"] thead a[data-sort="amount"]').click();
  assert.deepEqual((await table()).order, [...down.order].reverse());
  await find('table[data-by="explore"] thead a[data-sort="name"]').click();
  await find('table[data-by="explore"] thead a[data-sort="-name"]').click();
  assert.deepEqual((await table()).order, [...declared].reverse());
});

test('small rows gather into one that opens, and nothing is lost', async () => {
  await site.open(`${VES}?year=2001&rows=project&columns=none&picture=treemap&stage=agreed`);
  const few = await table();
  assert.ok(few.order.length <= 13, few.order.length);
  assert.equal(few.order.at(-1), 'others');
  const sum = (rows) => Object.values(rows).map((cells) => cells.at(-1)).filter(Boolean).reduce((left, right) => left + centimos(right), 0n);
  assert.equal(sum(few.rows), centimos(few.total.at(-1)));
  const gathered = Number(/^(\d+) más pequeños$/.exec(await text('tr[data-key="others"] th'))[1]);
  await find('tr[data-key="others"] th a').click();
  assert.equal((await params()).others, 'open');
  const all = await table();
  assert.equal(all.order.length, few.order.length - 1 + gathered);
  assert.ok(all.order.length > 20);
  assert.equal(sum(all.rows), centimos(all.total.at(-1)));
  await find('#close-others').click();
  assert.equal((await table()).order.at(-1), 'others');
});

test('pickers change what is on screen: counts, shares, people, prices, years', async () => {
  await site.open(`${VES}?year=2001`);
  await pick('what', 'count:works');
  assert.match(await text('h1'), /^El número de obras de la ronda 2001/);
  assert.equal((await params()).measure, 'count');
  await pick('what', 'accrued');
  await pick('share', 'row');
  for (const cells of Object.values((await table()).rows)) assert.equal(cells.at(-1), '100.0');
  await pick('share', 'none');
  await pick('per', 'person');
  assert.match(await text('h1'), /por habitante\.$/);
  assert.equal(await text('.pictures [aria-current]'), 'Barras', 'amounts per person make up no whole');
  await pick('per', 'total');
  await pick('columns', 'fiscal_year');
  await pick('real', '2000');
  assert.match(await text('h1'), /en soles de 2000\.$/);
  await pick('rows', 'fiscal_year');
  assert.deepEqual([(await params()).rows, (await params()).columns], ['fiscal_year', 'section'], 'rows and columns change places');
  await pick('basis', 'fiscal');
  await pick('year', '2002');
  assert.match(await text('h1'), /del año fiscal 2002/);
});

test('what a link asks for and the package lacks is named, and the rest is shown', async () => {
  await site.open(`${VES}?rows=level1&columns=nonsense&year=1950&stage=monthly_committed`);
  const notes = await text('.notes');
  assert.match(notes, /level1_name/);
  assert.match(notes, /compromiso_mensual/);
  assert.match(await text('#ignored'), /columns=nonsense/);
  assert.match(await text('#ignored'), /year=1950/);
  assert.ok((await table()).order.length > 1);
  await find('.lacking summary').click();
  assert.match(await text('.lacking'), /compromiso_mensual/);
});

test('table and picture are taken away with what they show, from where and when', async () => {
  await site.open(`${VES}?year=2001&section=S3&rows=status&columns=dimension`);
  const [heading, shown] = [await text('h1'), await table()];
  for (const what of ['csv', 'svg', 'png']) await find(`button[data-take="${what}"]`).click();
  const name = 'villa-el-salvador-status-dimension-accrued-2001';
  const taken = takenTable(await file(`${name}.csv`), 'Estado');
  assert.equal(taken.title, heading);
  assert.ok(taken.before['Dirección'].includes('/explore/?') && taken.before.Fuentes);
  assert.equal(taken.before['Datos al'], '31 de diciembre de 2002');
  assert.deepEqual(taken.rows.at(-1).slice(1), shown.total.map((amount) => amount ?? ''));

  const svg = (await file(`${name}.svg`)).toString('utf8');
  assert.match(svg, /^<svg xmlns/);
  assert.ok(svg.includes('31 de diciembre de 2002') && svg.includes('Villa El Salvador') && svg.includes('Sección 3'));
  const isRead = await driver.executeScript(
    'return new DOMParser().parseFromString(arguments[0], "image/svg+xml").querySelector("parsererror") === null', svg);
  assert.ok(isRead, 'the SVG is well formed');
  const png = await file(`${name}.png`);
  assert.deepEqual([...png.subarray(1, 4)], [...Buffer.from('PNG')]);
  assert.ok(png.readUInt32BE(16) > 1500 && png.length > 10_000, `${png.readUInt32BE(16)} px wide`);
});

test('a picture many windows high is the same one from every window', async () => {
  const picture = () => driver.executeScript(`const canvas = document.querySelector('canvas[data-chart="explore"]');
    return [canvas.clientHeight, canvas.parentElement.clientHeight, canvas.toDataURL()];`);
  await site.open(`${VES}?year=all&rows=section&columns=round&picture=bars`, { width: 320, height: 200 });
  await driver.sleep(400);
  const low = await picture();
  assert.ok(low[1] > 3 * 200, `${low[1]} px`);
  await driver.executeScript('document.querySelector(`table[data-by="explore"]`).scrollIntoView()');
  await driver.sleep(600);
  const below = await picture();
  await emulate(driver, { width: 320, height: 2400 });
  await driver.sleep(600);
  const tall = await picture();
  assert.equal(low[0], low[1], 'the canvas covers the picture');
  assert.ok(below[2] === low[2], 'further down it is another one');
  assert.ok(tall[2] === low[2], 'from a tall window it is another one');
});

test('the keyboard goes from row to row and down, in English too', async () => {
  await site.open(`${VES.replace('es/', 'en/')}?year=2001`);
  assert.match(await text('h1'), /^What was spent \(accrued\) in the 2001 round, by section and dimension, in soles of each year\.$/);
  await driver.executeScript(`document.querySelector('table[data-by="explore"] tbody a').focus()`);
  await driver.actions().sendKeys(Key.ARROW_DOWN, Key.ARROW_DOWN, Key.ENTER).perform();
  assert.equal((await params()).section, 'S3');
  await site.open(`${VES}?year=2001&picture=matrix`);
  await driver.executeScript(`document.querySelector('tr[data-key="S1"] td[data-column="2"] a').focus()`);
  await driver.actions().sendKeys(Key.ARROW_DOWN).perform();
  assert.equal(await driver.executeScript(`return document.activeElement.closest('tr').dataset.key`), 'S2');
  await driver.actions().sendKeys(Key.ENTER).perform();
  assert.equal((await params()).cell, 'S2~urban');
});

test('another currency is offered and never added', async () => {
  await site.open(`${SJM}?rows=section&columns=none&stage=agreed`);
  assert.match(await text('.notes'), /otra moneda/);
  const soles = (await table()).total.at(-1);
  await find('.notes a[href*="currency=USD"]').click();
  assert.match(await text('h1'), /dólares/);
  assert.notEqual((await table()).total.at(-1), soles);
});

test('no state scrolls sideways at 320 px, axe finds nothing, and the console is quiet', async () => {
  const states = [
    '', '?picture=treemap', '?picture=bars&columns=round&year=all', '?picture=matrix&columns=status', '?picture=treemap&columns=none',
    '?cell=S3~*&real=2000', '?per=person', '?measure=count&stage=secured&rows=contributor&columns=form', '?rows=project&others=open&columns=none',
    '?q=pista&theme=dark', '?q=zzzz', '?rows=level1&share=row', '?section=S3&dimension=human&rows=project',
  ];
  for (const address of [VES, SJM.replace('es/', 'en/')]) {
    for (const state of states) {
      for (const view of [{ width: 320, height: 640 }, { width: 1280, theme: 'dark' }]) {
        assert.equal(await site.open(`${address}${state}`, view), 'ready', `${address}${state}`);
        assert.ok((await sidewaysScroll(driver)) <= 0, `${address}${state} ${view.width}`);
        assert.deepEqual(await axe(driver), [], `${address}${state} ${view.width}`);
      }
    }
  }
  assert.deepEqual(await consoleErrors(driver), []);
  await emulate(driver, {});
});
