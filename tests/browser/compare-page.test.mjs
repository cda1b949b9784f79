// The compare page as a reader uses it, each journey from a pasted link: years, sections, municipalities, prices, people,
// a year that is not over, the chain of a promise, Back, the keyboard, a narrow screen, both languages.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { By, Key } from 'selenium-webdriver';
import { axe, consoleErrors, keptFiles, openSite, ROOT, settled, sidewaysScroll, siteWith, takenTable } from './harness.mjs';

const folder = siteWith(process.env.PACKED ?? 'whole');
const VES = 'es/villa-el-salvador/compare/';
const SJM = 'es/san-juan-de-miraflores/compare/';

let site;
let driver;
let expected;
before(async () => {
  const data = ['villa-el-salvador', 'san-juan-de-miraflores'].map((slug) => `${ROOT}data/${slug}`);
  const apart = (...folders) => JSON.parse(execFileSync('python3', [`${ROOT}tests/independent/compare.py`, ...folders], { maxBuffer: 1 << 26, encoding: 'utf8' }));
  expected = { ves: apart(...data), sjm: apart(data[1]) };
  site = await openSite(folder);
  ({ driver } = site);
});
after(() => site?.close());

const find = (selector) => driver.findElement(By.css(selector));
const text = (selector) => driver.executeScript('return document.querySelector(arguments[0])?.innerText ?? ""', selector);
const query = async () => new URL(await driver.getCurrentUrl()).search;
const pick = async (picker, value) => (await find(`#${picker} option[value="${value}"]`)).click();

/** The table of differences: `{ S1: [a, b, difference, percent] }`, as exact figures; `-` for no rows, null for no data. */
const differences = () => driver.executeScript(`
  const exact = (cell) => cell?.querySelector('data')?.value ?? (cell?.innerText.trim() === '—' ? '-' : null);
  const row = (tr) => [exact(tr.querySelector('[data-side=a]')), exact(tr.querySelector('[data-side=b]')), tr.querySelector('[data-role=difference] data')?.value ?? null, tr.querySelector('[data-role=percent]')?.innerText.trim() ?? '—'];
  const table = document.querySelector('table[data-by=difference]');
  const rows = Object.fromEntries([...table.querySelectorAll('tbody tr')].map((tr) => [tr.dataset.key, row(tr)]));
  return { rows, total: row(table.querySelector('tfoot tr')) };`);

const question = (of, wanted) => of.differences.find((found) => Object.entries(wanted).every(([name, value]) => JSON.stringify(found[name]) === JSON.stringify(value)));

const number = (shown) => (shown === null || shown === '-' ? shown : Number(shown));
const percent = (shown) => (shown === '—' ? null : Number(shown.replace(/[+%,]/g, '')));

/** Holds the table on screen to what was worked out apart. */
async function checkTable(of, wanted) {
  const apart = question(of, wanted);
  assert.ok(apart, JSON.stringify(wanted));
  const found = await differences();
  assert.deepEqual(Object.keys(found.rows).sort(), Object.keys(apart.rows).sort());
  const pairs = [...Object.entries(found.rows).map(([key, row]) => [key, row, apart.rows[key]]), ['total', found.total, apart.total]];
  for (const [key, row, other] of pairs) {
    for (const at of [0, 1, 2]) assert.equal(number(row[at]), number(other[at]), `${JSON.stringify(wanted)} ${key} ${at}`);
    assert.equal(percent(row[3]), other[3] === null ? null : Number(other[3]), `${JSON.stringify(wanted)} ${key} percent`);
  }
}

const BASE = { basis: 'round', a: ['2000'], b: ['2001'], stage: 'accrued', key: 'section', measure: 'total' };

test('it opens with the two latest closed rounds, and says what is less and how much', async () => {
  await site.open(VES);
  await checkTable(expected.ves, BASE);
  assert.match(await text('h1'), /^Gastado \(devengado\): S\/\s[\d,]+\.\d\d menos en 2001 que en 2000\.$/);
  assert.equal(await driver.getTitle(), 'Comparar · Villa El Salvador · Yupay');
  assert.deepEqual(await consoleErrors(driver), []);
});

test('a pasted link compares any years by round or fiscal year, at any stage', async () => {
  for (const [link, of, wanted] of [
    ['?a=2001&b=2000', 'ves', { a: ['2001'], b: ['2000'] }],
    ['?a=2000-2001&b=2003&stage=agreed&rows=dimension', 'ves', { a: ['2000', '2001'], b: ['2003'], stage: 'agreed', key: 'dimension' }],
    ['?years=fiscal&a=2000&b=2002&stage=pim&rows=function', 'ves', { basis: 'fiscal', a: ['2000'], b: ['2002'], stage: 'pim', key: 'function' }],
    ['?years=fiscal&a=2001&b=2002&rows=status', 'ves', { basis: 'fiscal', a: ['2001'], b: ['2002'], key: 'status' }],
  ]) {
    await site.open(`${VES}${link}`);
    await checkTable(expected[of], { ...BASE, ...wanted });
  }
});

test('prices, people and shares are those worked out apart, with base and year named', async () => {
  await site.open(`${VES}?years=fiscal&a=2000&b=2001&real=2000`);
  await checkTable(expected.ves, { ...BASE, basis: 'fiscal', real: '2000' });
  assert.match(await text('#notes'), /precios de 2000/);
  await site.open(`${VES}?a=2000&b=2001&per=person`);
  await checkTable(expected.ves, { ...BASE, measure: 'person' });
  assert.match(await text('#notes'), /2000 se divide entre la población de 2000; 2001, entre la de 2001/);
  await site.open(`${VES}?a=2000&b=2001&share=total&rows=dimension`);
  await checkTable(expected.ves, { ...BASE, key: 'dimension', measure: 'share' });
  // A round's money was spent in the years after it too: each year's by its own index.
  await site.open(`${VES}?a=2000&b=2001&real=2022`);
  await checkTable(expected.ves, { ...BASE, real: '2022' });
});

test('the table of differences is taken away with what it is of, and with its reasons', async () => {
  const file = await keptFiles(driver);
  await site.open(`${SJM}?years=fiscal&a=2004&b=2005&rows=dimension`);
  const [title, shown] = [await text('h1'), await differences()];
  await (await find('button[data-take="csv"]')).click();
  const taken = takenTable(await file('san-juan-de-miraflores-compare-dimension-accrued.csv'), 'Dimensión');
  assert.equal(taken.title, title);
  assert.match(taken.before['Dirección'], /\/compare\/\?/);
  const cells = (row) => row.slice(0, 3).map((cell) => (cell === '-' ? '' : (cell ?? '')));
  // The driver keeps no order of an object's names.
  assert.deepEqual(taken.rows.slice(0, -1).map((row) => row.slice(1, 4)).sort(), Object.values(shown.rows).map(cells).sort());
  assert.deepEqual(taken.rows.at(-1).slice(1, 4), cells(shown.total));
  assert.match(taken.rows.find(([name]) => name === 'Urbana').at(-1), /se dividió/);
  assert.equal(taken.heads.length, taken.rows[0].length);
  assert.ok(taken.said.some((line) => /mismos meses/.test(line[0])), 'that both sides are of the same months');

  // Both sources, each with its day, and how the sides are to be read.
  await site.open(`${VES}?with=san-juan-de-miraflores&rows=dimension`);
  await driver.wait(async () => (await driver.findElements(By.css('button[data-take="csv"]'))).length > 0, 5000);
  await (await find('button[data-take="csv"]')).click();
  const both = takenTable(await file('villa-el-salvador-compare-dimension-accrued.csv'), 'Dimensión');
  const named = (name) => both.said.filter(([first]) => first === name).map(([, value]) => value);
  assert.deepEqual(named('Datos').map((data) => data.split(',')[0]), ['Villa El Salvador', 'San Juan de Miraflores']);
  assert.equal(named('Datos al').length, 2);
  assert.ok(both.said.some((line) => /solo las obras del acta/.test(line[0])), 'that only works of the act are compared');
});

test('two stages stand side by side, and their difference is no sum', async () => {
  await site.open(`${VES}?a=2001&b=2001&stage=agreed&stage_b=accrued`);
  const { total } = await differences();
  const chain = expected.ves.chains['2001'].whole;
  assert.deepEqual(total.slice(0, 3), [chain.links.agreed.amount, chain.links.spent.amount, `-${chain.lost}`]);
  assert.match(await text('h1'), /^De acordado en 2001 a gastado \(devengado\) en 2001: S\/\s1,182,535\.40 menos\.$/);
});

test('sections stand against sections, and municipality against municipality', async () => {
  await site.open(`${VES}?by=section&year=2001&a=S1&b=S2&b=S3`);
  await checkTable(expected.ves, { by: 'section', year: '2001', a: ['S1'], b: ['S2', 'S3'], measure: 'total' });
  await site.open(`${VES}?with=san-juan-de-miraflores&a=2001&b=2004`);
  await driver.wait(async () => (await text('table[data-by=difference] tfoot')) !== '', 10_000);
  await checkTable(expected.ves, { with: 'san-juan-de-miraflores', a: ['2001'], b: ['2004'], key: 'dimension', measure: 'total' });
  assert.match(await text('h1'), /San Juan de Miraflores, 2004/);
  await site.open(`${VES}?with=nowhere`);
  await driver.wait(async () => /No se pudieron traer/.test(await text('#notes')), 10_000);
  assert.match(await text('#chain h2'), /2001/);
});

test('a year that is not over is marked and not ranked, or set against the same months', async () => {
  await site.open(`${VES}?a=2001&b=2003`);
  assert.match(await text('h1'), /2003 \(hasta junio\)/);
  const { rows } = await differences();
  assert.ok(Object.values(rows).every((row) => row[3] === '—'));
  assert.match(await text('table[data-by=difference] tbody [data-role=why]'), /incompleto: 2003/);
  await site.open(`${SJM}?years=fiscal&a=2004&b=2005&rows=dimension`);
  await checkTable(expected.sjm, { basis: 'fiscal', a: ['2004'], b: ['2005'], stage: 'accrued', key: 'dimension', measure: 'total' });
  assert.match(await text('#notes'), /de enero a marzo/);
  assert.match(await text('table[data-by=difference] tr[data-key=productive] [data-role=why]'), /cambió de nombre/);
  assert.match(await text('table[data-by=difference] tr[data-key=services] [data-role=why]'), /no se puede comparar/);
});

/** The chain on screen: amounts and works by step, and what each section lost. */
const chainOnScreen = () => driver.executeScript(`
  const steps = Object.fromEntries([...document.querySelectorAll('.steps li')].map((li) => [li.dataset.step, {
    amount: li.querySelector('[data-role=amount] data')?.value ?? null,
    gap: li.querySelector('[data-role=gap] data')?.value ?? null,
    works: li.querySelector('.works')?.innerText.match(/\\d+/)?.[0] ?? null,
  }]));
  const lost = Object.fromEntries([...document.querySelectorAll('table[data-by=chain-section] tbody tr')].map((tr) => [tr.dataset.key, tr.querySelector('[data-role=lost] data')?.value ?? null]));
  return { steps, lost };`);

test('the promise chain of each round says what was worked out apart, step by step and by section', async () => {
  for (const [page, of, rounds] of [[VES, 'ves', ['2000', '2001', '2003']], [SJM, 'sjm', ['2004', '2005']]]) {
    for (const round of rounds) {
      await site.open(`${page}?year=${round}`);
      const { steps, lost } = await chainOnScreen();
      const apart = expected[of].chains[round];
      for (const [step, { amount, gap, works }] of Object.entries(apart.whole.links)) {
        assert.deepEqual([steps[step].amount, steps[step].gap, steps[step].works], [amount, gap, works === null ? null : String(works)], `${round} ${step}`);
      }
      for (const [section, { lost: amount }] of Object.entries(apart.sections)) assert.equal(lost[section], amount, `${round} ${section}`);
    }
  }
  await site.open(`${VES}?year=2001`);
  const named = (await text('#losers')).match(/Sección \d/g);
  assert.deepEqual(named, expected.ves.chains['2001'].losers.slice(0, 3).map((id) => `Sección ${id.slice(1)}`));
});

test('pickers write the address, Back undoes a step at a time, and the focus stays', async () => {
  await site.open(VES);
  await pick('a', '2003');
  assert.equal(await query(), '?a=2003');
  await pick('rows', 'dimension');
  await pick('amounts', 'share');
  assert.equal(new URLSearchParams(await query()).get('share'), 'total');
  const heading = await text('#differences h2');
  await driver.navigate().back();
  assert.equal(new URLSearchParams(await query()).get('share'), null);
  await driver.navigate().forward();
  assert.equal(await text('#differences h2'), heading);
  await driver.navigate().back();
  await driver.navigate().back();
  await driver.navigate().back();
  assert.equal(await query(), '');
  await checkTable(expected.ves, BASE);
  // By the keyboard alone: a picker by its arrow, a row by its link.
  await driver.executeScript('document.querySelector("#stage").focus()');
  await driver.actions().sendKeys(Key.ARROW_DOWN).perform();
  await driver.wait(async () => (await query()) !== '', 3000);
  assert.equal(await driver.executeScript('return document.activeElement.id'), 'stage');
  await driver.executeScript('document.querySelector("table[data-by=difference] tr[data-key=S3] th a").focus()');
  await driver.actions().sendKeys(Key.ENTER).perform();
  assert.equal(new URLSearchParams(await query()).get('section'), 'S3');
  await find('.chips a[data-key="section"]').click();
  assert.equal(new URLSearchParams(await query()).get('section'), null);
});

test('several years are joined by touch, and the view opens again from its link', async () => {
  await site.open(`${VES}?a=2000&b=2003&stage=agreed`);
  await driver.executeScript('document.querySelector(".side[data-side=a] details").open = true');
  await find('.side[data-side="a"] a[href*="a=2001"]').click();
  assert.deepEqual(new URLSearchParams(await query()).getAll('a'), ['2000', '2001']);
  await checkTable(expected.ves, { ...BASE, a: ['2000', '2001'], b: ['2003'], stage: 'agreed' });
  const [address, table] = [await driver.getCurrentUrl(), await text('table[data-by=difference]')];
  const first = await driver.getWindowHandle();
  await driver.switchTo().newWindow('window');
  await driver.get(address);
  await settled(driver);
  assert.equal(await text('table[data-by=difference]'), table);
  await driver.close();
  await driver.switchTo().window(first);
});

test('what a link says in vain is named, and the rest is shown', async () => {
  await site.open(`${VES}?a=1999&rows=moon&stage=bogus&nonsense=7&b=2001`);
  for (const said of ['a=1999', 'rows=moon', 'stage=bogus', 'nonsense=7']) assert.ok((await text('#ignored')).includes(said), said);
  await checkTable(expected.ves, BASE);
});

/** How many different colours a canvas shows. */
const COLOURS = `const canvas = document.querySelector('canvas[data-chart="' + arguments[0] + '"]');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const colours = new Set();
  for (let at = 0; at < data.length; at += 4) if (data[at + 3]) colours.add(data[at] << 16 | data[at + 1] << 8 | data[at + 2]);
  return colours.size;`;

test('every picture is drawn, and its table stands beside it', async () => {
  for (const link of ['', '?share=total&rows=dimension', '?by=section&a=S1&b=S2', '?a=2001&b=2003']) {
    await site.open(`${VES}${link}`, { width: 800 });
    await driver.sleep(400);
    for (const chart of ['slope', 'trend', 'chain']) assert.ok((await driver.executeScript(COLOURS, chart)) > 0, `${link} ${chart}`);
    for (const table of ['difference', 'trend', 'chain-section', 'chain-round']) assert.ok(await find(`table[data-by="${table}"]`), table);
  }
});

test('no state scrolls sideways at 320 px, and axe finds nothing in any, in both languages', async () => {
  const states = ['', '?a=2001&b=2003', '?per=person&years=fiscal&a=2000&b=2001', '?share=total&rows=dimension', '?by=section&a=S1&b=S2', '?real=2022', '?a=1999', '?with=san-juan-de-miraflores', '?theme=dark&section=S3'];
  for (const state of states) {
    for (const [address, view] of [[VES, { width: 320, height: 640 }], [VES.replace('es/', 'en/'), { width: 1280, theme: 'dark' }]]) {
      await site.open(`${address}${state}`, view);
      await driver.executeScript('for (const one of document.querySelectorAll("details")) one.open = true');
      assert.ok((await sidewaysScroll(driver)) <= 0, `${address}${state}`);
      assert.deepEqual(await axe(driver), [], `${address}${state} ${view.width}`);
    }
  }
  await site.open(VES.replace('es/', 'en/'));
  assert.match(await text('h1'), /^Spent \(accrued\): S\/\s[\d,]+\.\d\d less in 2001 than in 2000\.$/);
});
