// The overview as a reader uses it: choosing, reading, narrowing by touch and by keyboard, sharing, going back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { By, Key } from 'selenium-webdriver';
import { axe, BREAKDOWNS, checkTables, emulate, openSite, readAmounts, settled, shown, sidewaysScroll, siteWith, yupay } from './harness.mjs';

// The same journeys with the packed form as it should be or not: PACKED=removed node --test tests/browser/overview.test.mjs
const folder = siteWith(process.env.PACKED ?? 'whole');
const VES = 'es/villa-el-salvador/';
const SJM = 'es/san-juan-de-miraflores/';

let site;
let driver;
before(async () => {
  site = await openSite(folder);
  ({ driver } = site);
});
after(() => site?.close());

const read = (by, stage) => readAmounts(driver, by, stage);
const check = (slug, where, tables) => checkTables(driver, `data/${slug}`, where, tables);

const centimos = (amount) => BigInt(amount.replace('.', ''));
const find = (selector) => driver.findElement(By.css(selector));
const text = (selector) => driver.executeScript('return document.querySelector(arguments[0])?.innerText ?? ""', selector);
const query = async () => new URL(await driver.getCurrentUrl()).search;
const chips = () => driver.executeScript('return [...document.querySelectorAll(".chips .chip")].map((chip) => chip.dataset.key)');

async function pick(picker, value) {
  await find(`#${picker} option[value="${value}"]`).click();
}

/** A point of an element, in pixels from its top left corner, as a finger touches it. */
async function touch(selector, fromLeft, fromTop) {
  const element = await find(selector);
  await driver.executeScript('arguments[0].scrollIntoView({ block: "center" })', element);
  const { width, height } = await element.getRect();
  const [x, y] = [Math.round(fromLeft - width / 2), Math.round(fromTop - height / 2)];
  await driver.actions().move({ origin: element, x, y }).click().perform();
}

test('a municipality is chosen on the front page and opens with its sentence', async () => {
  await site.open('es/');
  await find('.cards a[href="es/villa-el-salvador/"]').click();
  assert.equal(await settled(driver), 'ready');
  assert.match(await text('h1'), /^De cada S\/\s100 prometidos en 2001 se gastaron S\/\s4\d\.$/);
  assert.equal(await driver.getTitle(), 'Villa El Salvador · Yupay');
  assert.match(await text('#notice'), /^Datos ilustrativos/);
});

test('the three tables say what `yupay show` says, and each total is the sum of its rows', async () => {
  for (const [address, slug, year] of [[VES, 'villa-el-salvador', 2001], [SJM, 'san-juan-de-miraflores', 2004]]) {
    await site.open(address);
    await check(slug, [`year=${year}`, 'list=agreed']);
    for (const by of BREAKDOWNS) {
      const { total, ...rows } = await read(by, 'accrued');
      const sum = Object.values(rows).filter(Boolean).map(centimos).reduce((left, right) => left + right, 0n);
      assert.equal(sum, centimos(total), by);
    }
  }
});

test('touching a row, a bar or a cell narrows everything else, and a chip takes it back', async () => {
  await site.open(VES);
  await touch('table[data-by="section"] tr[data-key="S4"]', 200, 12);
  assert.equal(await query(), '?section=S4');
  assert.deepEqual(await chips(), ['section']);
  const where = ['year=2001', 'list=agreed', 'section=S4'];
  await check('villa-el-salvador', where, ['dimension', 'status']);
  assert.match(await text('h1'), /\(Sección 4\)/);

  // The bar stands in the lower part of its row.
  const row = 'table[data-by="dimension"] tr[data-key="human"]';
  const { height } = await (await find(row)).getRect();
  await touch(row, 20, height - 10);
  assert.equal(await query(), '?section=S4&dimension=human');
  await check('villa-el-salvador', [...where, 'dimension=human'], ['status']);

  await find('.chips a[data-key="section"]').click();
  assert.equal(await query(), '?dimension=human');
  await find('.chips a[data-key="dimension"]').click();
  assert.equal(await query(), '');
  assert.deepEqual(await chips(), []);

  await touch('table[data-by="matrix"] tr[data-key="S2"] td[data-pick]', 10, 12);
  assert.equal(await query(), '?section=S2&dimension=human');
  await check('villa-el-salvador', ['year=2001', 'list=agreed', 'section=S2', 'dimension=human'], ['status']);
});

test('the keyboard goes from row to row, chooses, and stays where it was', async () => {
  await site.open(VES);
  await driver.executeScript('document.querySelector(`table[data-by="section"] a`).focus()');
  await driver.actions().sendKeys(Key.ARROW_DOWN, Key.ARROW_DOWN, Key.ENTER).perform();
  assert.equal(await query(), '?section=S3');
  const focused = () => driver.executeScript('return document.activeElement.closest("tr")?.dataset.key');
  assert.equal(await focused(), 'S3');
  await driver.actions().sendKeys(Key.ARROW_UP).perform();
  assert.equal(await focused(), 'S2');
  await driver.actions().sendKeys(Key.ARROW_DOWN, Key.ENTER).perform();
  assert.equal(await query(), '');
});

test('a finger does what the pointer does', async () => {
  await site.open(VES, { width: 320, height: 640 });
  await driver.sendDevToolsCommand('Emulation.setTouchEmulationEnabled', { enabled: true });
  try {
    for (const [selector, expected] of [
      ['table[data-by="dimension"] tr[data-key="urban"]', '?dimension=urban'],
      ['table[data-by="matrix"] tr[data-key="S2"] td[data-pick]', '?dimension=human&section=S2'],
    ]) {
      const element = await find(selector);
      const point = await driver.executeScript(
        `arguments[0].scrollIntoView({ block: 'center' });
         const { left, top, width, height } = arguments[0].getBoundingClientRect();
         return { x: left + width / 2, y: top + height / 2 };`,
        element,
      );
      await driver.sendDevToolsCommand('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] });
      await driver.sendDevToolsCommand('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
      await driver.wait(async () => (await query()) !== '' && new URLSearchParams(await query()).size === new URLSearchParams(expected).size, 3000);
      const [found, wanted] = [new URLSearchParams(await query()), new URLSearchParams(expected)];
      for (const [key, value] of wanted) assert.equal(found.get(key), value, selector);
    }
  } finally {
    await driver.sendDevToolsCommand('Emulation.setTouchEmulationEnabled', { enabled: false });
  }
});

test('arrow keys keep to their column in the matrix', async () => {
  await site.open(VES);
  await driver.executeScript(`document.querySelector('table[data-by="matrix"] tr[data-key="S1"] td[data-column="2"] a').focus()`);
  await driver.actions().sendKeys(Key.ARROW_DOWN).perform();
  const place = () => driver.executeScript(`const cell = document.activeElement.closest('td'); return [cell?.dataset.column, cell?.closest('tr').dataset.key]`);
  assert.deepEqual(await place(), ['2', 'S2']);
});

test('a link restores the view in a new window', async () => {
  await site.open(VES);
  await pick('year', 'all');
  await pick('per', 'person');
  await find('table[data-by="status"] tr[data-key="completion"] a').click();
  const [address, heading, table] = [await driver.getCurrentUrl(), await text('h1'), await text('table[data-by="section"]')];
  assert.equal(new URL(address).search, '?year=all&per=person&status=completion');
  const first = await driver.getWindowHandle();
  await driver.switchTo().newWindow('window');
  await driver.get(address);
  await settled(driver);
  assert.deepEqual([await text('h1'), await text('table[data-by="section"]')], [heading, table]);
  await driver.close();
  await driver.switchTo().window(first);
});

test('all years stand side by side, each as it is alone', async () => {
  await site.open(`${VES}?year=all`);
  const columns = await driver.executeScript(`
    const rows = [...document.querySelectorAll('table[data-by="dimension"] tbody tr')];
    return rows.map((row) => Object.fromEntries([...row.querySelectorAll('td[data-stage="accrued"]')].map((cell) =>
      [cell.dataset.year, cell.querySelector('data')?.value ?? null])));`);
  assert.deepEqual(Object.keys(columns[0]), ['2000', '2001', '2003']);
  for (const year of ['2000', '2001', '2003']) {
    const expected = shown('data/villa-el-salvador', 'dimension', 'accrued', [`year=${year}`, 'list=agreed']);
    assert.equal(columns[0][year], expected.human, year);
  }
});

test('language and colours change, the view stays, and Back undoes a step at a time', async () => {
  await site.open(`${VES}?section=S3`);
  await find('header a[hreflang="en"]').click();
  await settled(driver);
  assert.match(await text('h1'), /^Of every S\/\s100 promised in 2001 \(Sección 3\)/);
  assert.equal(await driver.executeScript('return document.documentElement.lang'), 'en');
  await find('#theme').click();
  assert.equal(await query(), '?section=S3&theme=dark');
  const paper = () => driver.executeScript('return getComputedStyle(document.body).backgroundColor');
  assert.equal(await paper(), 'rgb(22, 24, 29)');
  await driver.navigate().back();
  assert.equal(await query(), '?section=S3');
  assert.equal(await paper(), 'rgb(251, 248, 242)');
  await driver.navigate().back();
  await settled(driver);
  assert.match(await text('h1'), /^De cada/);
  await driver.navigate().forward();
  await settled(driver);
  assert.match(await text('h1'), /^Of every/);
});

test('by fiscal year the outline is the modified budget', async () => {
  await site.open(VES);
  await pick('basis', 'fiscal');
  await pick('year', '2002');
  assert.match(await text('h1'), /presupuestados en 2002/);
  const { rows, total } = yupay('show', 'data/villa-el-salvador', '--by', 'section', '--stage', 'pim', '--years', 'fiscal', '--where', 'year=2002');
  const found = await read('section', 'pim');
  for (const row of rows) assert.equal(found[row.key.section ?? '-'], row.amount);
  assert.equal(found.total, total.amount);
});

test('another currency is offered and never added', async () => {
  await site.open(SJM);
  assert.match(await text('.promise'), /otra moneda/);
  await pick('currency', 'USD');
  const { total } = yupay('show', 'data/san-juan-de-miraflores', '--by', 'section', '--stage', 'agreed', '--currency', 'USD', '--where', 'year=2004');
  assert.equal((await read('section', 'agreed')).total, total.amount);
  assert.match(await text('h1'), /^De cada US\$/);
});

test('the chart of official totals answers touch and keyboard, in words and in the link', async () => {
  await site.open(VES);
  const { width, height } = await (await find('.columns')).getRect();
  await touch('.columns', width / 2, height / 2);
  assert.match(await text('.readout'), /^20(19|20): presupuesto inicial S\//);
  const readout = () => text('.readout');
  await driver.executeScript('document.querySelector(".columns").focus()');
  await driver.actions().sendKeys(Key.END).perform();
  assert.match(await readout(), /^2025 \(2 meses\)/);
  await driver.actions().sendKeys(Key.ARROW_LEFT).perform();
  assert.match(await readout(), /^2024: .*173,412,956\.00/);
  assert.equal(await query(), '?total=2024');
});

/** How many different colours a canvas shows, and its size against what it covers. */
const CANVAS = `const canvas = document.querySelector('canvas[data-chart="' + arguments[0] + '"]');
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  const colours = new Set();
  for (let at = 0; at < pixels.length; at += 4) if (pixels[at + 3]) colours.add(pixels[at] << 16 | pixels[at + 1] << 8 | pixels[at + 2]);
  return { colours: colours.size, width: canvas.width, covered: canvas.parentElement.clientWidth, first: [...colours][0] };`;

test('every chart is drawn, as sharp as the screen, and again when the window or the colours change', async () => {
  const charts = [...BREAKDOWNS, 'matrix', 'promise', 'official'];
  for (const scale of [1, 2, 3]) {
    await site.open(VES, { width: 800, scale });
    await driver.sleep(300);
    for (const chart of charts) {
      const { colours, width, covered } = await driver.executeScript(CANVAS, chart);
      assert.ok(colours > 0, `${chart} is empty at ${scale}`);
      assert.equal(width, Math.round(covered * scale), `${chart} at ${scale}`);
    }
  }
  const light = await driver.executeScript(CANVAS, 'promise');
  await emulate(driver, { width: 500, theme: 'dark', scale: 1 });
  await driver.sleep(300);
  const dark = await driver.executeScript(CANVAS, 'promise');
  assert.equal(dark.width, dark.covered);
  assert.notEqual(dark.first, light.first);
});

test('no state scrolls sideways at 320 px, and axe finds nothing in any', async () => {
  for (const state of ['', '?section=S3', '?year=all', '?year=all&per=person', '?years=fiscal&stage=paid&total=2020', '?year=1999', '?dimension=nonsense', '?theme=dark&list=outside']) {
    for (const address of [VES, SJM]) {
      for (const view of [{ width: 320, height: 640 }, { width: 1280, theme: 'dark' }]) {
        await site.open(`${address}${state}`, view);
        assert.ok((await sidewaysScroll(driver)) <= 0, `${address}${state}`);
        assert.deepEqual(await axe(driver), [], `${address}${state} ${view.width}`);
      }
    }
  }
});

test('after two touches in one breath, every picture is the one that the link opens with, in sight or not', async () => {
  const view = { width: 320, height: 640 };
  const pictures = () => driver.executeScript(`return [...document.querySelectorAll('canvas[data-chart]')].map((canvas) => [canvas.dataset.chart, canvas.toDataURL()])`);
  await site.open(`${VES}?year=2001`, view);
  await driver.sleep(500);
  await driver.executeAsyncScript(`const done = arguments[0];
    const touch = (key) => document.querySelector('table[data-by="section"] tr[data-key="' + key + '"] a').click();
    touch('S1');
    requestAnimationFrame(() => requestAnimationFrame(() => { touch('S1'); touch('S4'); done(); }));`);
  await driver.sleep(1000);
  const [address, after] = [await query(), await pictures()];
  assert.match(address, /section=S4/);
  await driver.get('about:blank');
  await site.open(`${VES}${address}`, view);
  await driver.sleep(500);
  const opened = await pictures();
  assert.ok(opened.length > 2);
  for (const [at, [chart, picture]] of opened.entries()) assert.deepEqual(after[at], [chart, picture], `${chart} is another one`);
});
