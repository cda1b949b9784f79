// The page of works as a reader uses it: finding, narrowing, ordering, the board, the map, one work and its neighbours.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { By, Key } from 'selenium-webdriver';
import { axe, consoleErrors, csvRows, keptFiles, openSite, readTable, ROOT, settled, sidewaysScroll, siteWith, takenTable } from './harness.mjs';

const folder = siteWith(process.env.PACKED ?? 'whole');
const VES = 'es/villa-el-salvador/projects/';
const SJM = 'es/san-juan-de-miraflores/projects/';

let site;
let driver;
before(async () => {
  site = await openSite(folder);
  ({ driver } = site);
});
after(() => site?.close());

const find = (selector) => driver.findElement(By.css(selector));
const text = (selector) => driver.executeScript('return document.querySelector(arguments[0])?.innerText ?? ""', selector);
const all = (selector) => driver.executeScript('return [...document.querySelectorAll(arguments[0])].map((one) => one.innerText.trim())', selector);
const keys = (selector) => driver.executeScript('return [...document.querySelectorAll(arguments[0])].map((one) => one.dataset.key)', selector);
const query = async () => new URL(await driver.getCurrentUrl()).search;
const chips = () => driver.executeScript('return [...document.querySelectorAll(".chips .chip")].map((chip) => chip.dataset.key)');
const centimos = (amount) => BigInt((amount ?? '0').replace('.', ''));
const sum = (amounts) => amounts.reduce((left, right) => left + right, 0n);
/** Clicks as a reader does: where the thing is in sight. */
async function touch(selector) {
  const element = await find(selector);
  await driver.executeScript('arguments[0].scrollIntoView({ block: "center" })', element);
  await element.click();
}

/** The rows of a table of a package's folder. */
function csv(slug, table) {
  const [heads, ...cells] = csvRows(fs.readFileSync(path.join(ROOT, `data/${slug}/data/${table}.csv`), 'utf8'));
  return cells.map((values) => Object.fromEntries(heads.map((head, place) => [head, values[place]])));
}

const projects = csv('villa-el-salvador', 'projects');
const lines = csv('villa-el-salvador', 'budget');
const spent = (id) => sum(lines.filter((line) => line.project_id === id).map((line) => centimos(line.devengado || '0')));

test('a pasted link lists all works, a page at a time, with sums that are those of the files', async () => {
  assert.equal(await site.open(VES), 'ready');
  const { rows, total } = await readTable(driver, 'work');
  assert.equal(rows.length, 100);
  const tfoot = await driver.executeScript(`
    return Object.fromEntries([...document.querySelectorAll('#works tfoot tr')].map((row) => [row.dataset.total,
      [...row.querySelectorAll('td[data-stage]')].map((cell) => cell.querySelector('data')?.value ?? null)]));`);
  assert.ok(total);
  assert.equal(centimos(tfoot.page[0]), sum(rows.map((row) => centimos(row.cells.agreed))));
  assert.equal(centimos(tfoot.page[1]), sum(rows.map((row) => centimos(row.cells.accrued))));
  assert.equal(centimos(tfoot.all[0]), sum(projects.map((project) => centimos(project.agreed_amount || '0'))));
  assert.equal(centimos(tfoot.all[1]), sum(projects.map((project) => spent(project.project_id))));
  assert.match(await text('#works-title'), new RegExp(`^${projects.length} obras: se acordaron S/`));

  await touch('#page-after');
  assert.equal(await query(), '?page=2');
  const second = await readTable(driver, 'work');
  assert.equal(second.rows.length, projects.length - 100);
  await touch('#show-all');
  assert.equal(await query(), '?rows=all');
  const whole = await readTable(driver, 'work');
  assert.deepEqual(whole.rows.map((row) => row.key), [...rows, ...second.rows].map((row) => row.key));
});

test('the list is taken away whole, in its order, with its sums', async () => {
  const file = await keptFiles(driver);
  await site.open(`${VES}?year=all&sort=agreed`);
  const title = await text('#works-title');
  await touch('button[data-take="csv"]');
  const taken = takenTable(await file('villa-el-salvador-projects.csv'), 'Código');
  assert.equal(taken.title, title);
  assert.match(taken.before['Dirección'], /\/projects\/\?year=all&sort=agreed$/);
  assert.equal(taken.before['Datos al'], '30 de junio de 2003');
  const works = taken.rows.slice(0, -1).map((row) => Object.fromEntries(taken.heads.map((head, at) => [head, row[at]])));
  assert.equal(works.length, projects.length);
  assert.deepEqual(works.slice(0, 100).map((work) => work['Código']), await keys('#works tbody tr'));
  for (const work of works) {
    const published = projects.find((project) => project.project_id === work['Código']);
    assert.deepEqual([work.Obra, work.Ronda, work.Acordado], [published.title, published.fiscal_year, published.agreed_amount || 'sin dato']);
    assert.equal(centimos(work.Gastado.match(/\d/) ? work.Gastado : '0'), spent(work['Código']), work['Código']);
  }
  const total = Object.fromEntries(taken.heads.map((head, at) => [head, taken.rows.at(-1)[at]]));
  assert.equal(centimos(total.Acordado), sum(projects.map((project) => centimos(project.agreed_amount || '0'))));
  assert.match(await text('#taken'), /villa-el-salvador-projects\.csv/);
  assert.deepEqual(works.filter((work) => work['Sección'] === 'Todo el distrito').length, projects.filter((project) => project.scope === 'district').length);

  // Of one round in two currencies: its own day, a sum for each currency.
  await site.open(`${SJM}?year=2004`);
  await touch('button[data-take="csv"]');
  const round = takenTable(await file('san-juan-de-miraflores-projects.csv'), 'Código');
  const [currency, agreed] = ['Moneda', 'Acordado'].map((head) => round.heads.indexOf(head));
  const sums = round.rows.filter((row) => row[0] === 'Total').map((row) => [row[currency], row[agreed]]);
  const published = csv('san-juan-de-miraflores', 'projects').filter((project) => project.fiscal_year === '2004');
  const sumOf = (code) => sum(published.filter((project) => (project.currency || 'PEN') === code).map((project) => centimos(project.agreed_amount || '0')));
  assert.deepEqual(sums.map(([code, amount]) => [code, centimos(amount)]), ['PEN', 'USD'].map((code) => [code, sumOf(code)]));
  const ids = new Set(published.map((project) => project.project_id));
  const days = csv('san-juan-de-miraflores', 'budget').filter((line) => ids.has(line.project_id)).map((line) => line.as_of).sort();
  assert.equal(round.before['Datos al'], new Intl.DateTimeFormat('es', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(days.at(-1))));
});

test('bars follow the window down a long list on a phone, and none stands beside its row on paper', async () => {
  await site.open(VES, { width: 320, height: 640 });
  const ids = await keys('#works tbody tr');
  /** Whether there is anything on the canvas where a row's bar belongs. */
  const isDrawn = (id) => driver.executeScript(`
    const place = document.querySelector('#works tr[data-key="' + arguments[0] + '"] [data-bar]').getBoundingClientRect();
    const canvas = document.querySelector('canvas[data-chart="works"]');
    const ground = canvas.getBoundingClientRect();
    const ratio = canvas.width / ground.width;
    const [top, height] = [Math.round((place.bottom - 24 - ground.top) * ratio), Math.round(20 * ratio)];
    if (top < 0 || top + height > canvas.height) return false;
    return canvas.getContext('2d').getImageData(0, top, canvas.width, height).data.some((value, at) => at % 4 === 3 && value > 0);`, id);
  const canvasHeight = () => driver.executeScript(`return document.querySelector('canvas[data-chart="works"]').clientHeight`);
  for (const at of [0, 50, 99, 20, 0]) {
    const row = await find(`#works tr[data-key="${ids[at]}"]`);
    await driver.executeScript('arguments[0].scrollIntoView({ block: "center" })', row);
    await driver.wait(() => isDrawn(ids[at]), 3000, `no bar for row ${at + 1}`);
    assert.ok((await canvasHeight()) <= 3 * 640, `a canvas of ${await canvasHeight()} px`);
  }
  // On paper rows move to the next sheet, and the canvas could not follow them.
  await driver.sendDevToolsCommand('Emulation.setEmulatedMedia', { media: 'print' });
  assert.equal(await driver.executeScript(`return getComputedStyle(document.querySelector('canvas[data-chart="works"]')).display`), 'none');
  await driver.sendDevToolsCommand('Emulation.setEmulatedMedia', { media: '' });
});

test('words are found without case and accents while they are written, and Back takes them away', async () => {
  await site.open(VES);
  const box = await find('#q');
  await box.sendKeys('GRUPO 4');
  await driver.wait(async () => (await query()) === '?q=GRUPO+4', 4000);
  assert.equal(await driver.executeScript('return document.activeElement.id'), 'q');
  const places = csv('villa-el-salvador', 'neighbourhoods');
  const name = (project) => `${project.title} ${places.find((place) => place.neighbourhood_id === project.neighbourhood_id)?.name ?? ''}`.toLowerCase();
  const expected = projects.filter((project) => name(project).includes('grupo 4')).map((project) => project.project_id);
  assert.deepEqual((await keys('#works tbody tr')).sort(), expected.sort());
  assert.deepEqual(await chips(), ['q']);
  await driver.navigate().back();
  assert.equal(await query(), '');
  assert.equal(await box.getAttribute('value'), '');
  await box.sendKeys('vía', Key.ENTER);
  assert.equal(await query(), '?q=v%C3%ADa');
  const accented = await keys('#works tbody tr');
  await site.open(`${VES}?q=VIA`);
  assert.deepEqual(await keys('#works tbody tr'), accented);
  await site.open(`${VES}?q=zzzz`);
  assert.match(await text('h1'), /^Ninguna obra/);
  await touch('.chips a[data-key="q"]');
  assert.equal(await query(), '');
});

test('filters count what they would leave, several values stand together, and chips take them back', async () => {
  await site.open(VES);
  const counts = () => driver.executeScript(`
    return Object.fromEntries([...document.querySelectorAll('[data-facet="section"] li')].map((item) => [item.dataset.key, Number(item.querySelector('.count').textContent)]));`);
  const inSection = (section) => projects.filter((project) => (project.section_id || (project.scope === 'district' ? 'district' : '-')) === section).length;
  const before = await counts();
  for (const [section, count] of Object.entries(before)) assert.equal(count, inSection(section), section);
  await touch('[data-facet="section"] li[data-key="S3"] a');
  assert.equal(await query(), '?section=S3');
  assert.equal((await keys('#works tbody tr')).length, before.S3);
  assert.deepEqual(await counts(), before, 'its own choice is left out');
  await touch('[data-facet="section"] li[data-key="S1"] a');
  assert.equal((await keys('#works tbody tr')).length, before.S1 + before.S3);
  await touch('[data-facet="status"] li[data-key="completion"] a');
  assert.equal(await query(), '?section=S3&section=S1&status=completion');
  const expected = projects.filter((project) => ['S1', 'S3'].includes(project.section_id) && project.status === 'completion');
  assert.deepEqual((await keys('#works tbody tr')).sort(), expected.map((project) => project.project_id).sort());
  await touch('.chips a[data-key="section"]');
  assert.equal(await query(), '?section=S1&status=completion');
  await touch('.chips a[data-key="all"]');
  assert.equal(await query(), '');
});

test('a round is the year of the link, as on every page', async () => {
  await site.open(`${VES}?year=2001`);
  assert.deepEqual(await chips(), ['round']);
  const expected = projects.filter((project) => project.fiscal_year === '2001').length;
  assert.match(await text('#works-title'), new RegExp(`^${expected} obras de `));
  await touch('.chips a[data-key="round"]');
  assert.equal(await query(), '');
});

test('a column orders the list, once more turns it round, and the picker says so', async () => {
  await site.open(`${VES}?rows=all`);
  await touch('a[data-sort="agreed"]');
  assert.equal(await query(), '?rows=all&sort=agreed');
  const agreed = async () => (await readTable(driver, 'work')).rows.map((row) => row.cells.agreed).filter(Boolean).map(centimos);
  const down = await agreed();
  assert.ok(down.every((amount, at) => at === 0 || down[at - 1] >= amount));
  assert.equal(await driver.executeScript('return document.querySelector("th[aria-sort]").getAttribute("aria-sort")'), 'descending');
  await touch('a[data-sort="agreed"]');
  const up = await agreed();
  assert.ok(up.every((amount, at) => at === 0 || up[at - 1] <= amount));
  assert.equal(await driver.executeScript('return document.querySelector("#sort").value'), 'agreed');
  await find('#sort option[value="title"]').click();
  assert.equal(await query(), '?rows=all&sort=title');
  const names = await all('#works tbody th a');
  const folded = names.map((name) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase());
  assert.deepEqual(folded, [...folded].sort());
});

test('the board has a column a state, whose counts and sums are the list', async () => {
  await site.open(`${VES}?section=S2`);
  const listed = (await keys('#works tbody tr')).length;
  const total = await driver.executeScript('return document.querySelector("#works tfoot tr:last-child td[data-stage] data").value');
  await touch('a[data-form="board"]');
  assert.equal(await query(), '?section=S2&view=board');
  const columns = await driver.executeScript(`
    return [...document.querySelectorAll('.column')].map((column) => ({
      key: column.dataset.key, count: parseInt(column.querySelector('.count').textContent, 10),
      cards: column.querySelectorAll('li').length, agreed: column.querySelector('[data-stage="agreed"] data')?.value ?? '0' }));`);
  assert.equal(columns.reduce((all, column) => all + column.count, 0), listed);
  assert.equal(sum(columns.map((column) => centimos(column.agreed))), centimos(total));
  assert.ok(columns.every((column) => column.cards === Math.min(column.count, 8)));
  const [first] = columns;
  await touch(`.column[data-key="${first.key}"] a.more`);
  assert.equal(await query(), `?section=S2&status=${first.key}`);
  assert.equal((await keys('#works tbody tr')).length, first.count);
  await driver.navigate().back();
  assert.equal(await query(), '?section=S2&view=board');
});

/** How many different colours a canvas shows. */
const colours = (chart) => driver.executeScript(`
  const canvas = document.querySelector('canvas[data-chart="' + arguments[0] + '"]');
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  const seen = new Set();
  for (let at = 0; at < pixels.length; at += 4) if (pixels[at + 3]) seen.add(pixels[at] << 16 | pixels[at + 1] << 8 | pixels[at + 2]);
  return seen.size;`, chart);

test('the map is drawn, says in a table what it shows, and a section on it narrows the list', async () => {
  await site.open(`${VES}?view=map`);
  await driver.wait(async () => !(await text('.places .notes')).includes('Se trae'), 5000);
  await driver.sleep(300);
  assert.ok((await colours('map')) > 2);
  const { rows, total } = await readTable(driver, 'section');
  assert.equal(rows.filter((row) => /^S\d$/.test(row.key)).length, 8);
  assert.equal(sum(rows.map((row) => centimos(row.cells.agreed))), centimos(total.cells.agreed));
  assert.equal(centimos(total.cells.agreed), sum(projects.map((project) => centimos(project.agreed_amount || '0'))));
  await touch('table[data-by="section"] tr[data-key="S4"] a');
  assert.equal(await query(), '?section=S4&view=map');
  assert.deepEqual(await chips(), ['section']);
  await touch('table[data-by="section"] tr[data-key="S4"] a');
  assert.equal(await query(), '?view=map');
  // A finger on the ground itself, until one lies in a section.
  const ground = await find('[data-map]');
  await driver.executeScript('arguments[0].scrollIntoView({ block: "center" })', ground);
  await driver.actions().move({ origin: ground, x: 0, y: -60 }).click().perform();
  assert.match(await query(), /section=S\d|project=/);
});

test('a package without outlines has tiles, and says which file is needed', async () => {
  await site.open(`${SJM}?view=map`);
  await driver.sleep(300);
  assert.ok((await colours('map')) > 2);
  const { rows } = await readTable(driver, 'section');
  assert.ok(rows.length > 0);
});

test('the page of a work has its road, and leads to its neighbours and back to where one was', async () => {
  await site.open(`${VES}?section=S1&sort=title`);
  const order = await keys('#works tbody tr');
  const [first, second] = order;
  await touch(`[id="work-${first}"]`);
  assert.equal(await query(), `?section=S1&sort=title&project=${first}`);
  const project = projects.find((one) => one.project_id === first);
  assert.equal(await text('#work-title'), project.title);
  assert.match(await text('.around .muted'), new RegExp(`^1 de ${order.length}$`));
  const accrued = await driver.executeScript(`
    return [...document.querySelectorAll('table[data-by="road"] tr[data-key="accrued"][data-year] td[data-role="amount"] data')].map((data) => data.value);`);
  assert.equal(sum(accrued.map(centimos)), spent(first));
  await driver.sleep(300);
  assert.ok((await colours('road')) > 1);
  await touch('.around a[rel="next"]');
  assert.equal(await query(), `?section=S1&sort=title&project=${second}`);
  assert.equal(await driver.executeScript('return document.activeElement.id'), 'work-title');
  await touch('.around a[rel="prev"]');
  await touch('.around a.back');
  assert.equal(await query(), '?section=S1&sort=title');
  await driver.wait(async () => (await driver.executeScript('return document.activeElement.id')) === `work-${first}`, 2000);
  await driver.navigate().back();
  assert.match(await query(), new RegExp(`project=${first}$`));
});

test('a work shows its rows as the files have them, and writes to the municipality alone', async () => {
  const at = projects.findIndex((project) => project.project_id === 'V00-002');
  await site.open(`${VES}?project=V00-002`);
  assert.match(await text('[data-file="projects"]'), new RegExp(`projects\\.csv, fila ${at + 2}$`));
  const numbers = await all('table[data-by="lines"] tbody th');
  const expected = lines.flatMap((line, place) => (line.project_id === 'V00-002' ? [String(place + 2)] : []));
  assert.deepEqual(numbers, expected);
  const contact = await driver.executeScript('return document.querySelector("#contact")?.getAttribute("href") ?? ""');
  assert.match(contact, /^mailto:[^?]+\?subject=Obra%20V00-002/);
  assert.ok(decodeURIComponent(contact).includes('project=V00-002'));
  const links = await driver.executeScript('return [...document.querySelectorAll("main a[href]")].map((link) => link.protocol)');
  assert.ok(links.every((protocol) => ['http:', 'https:', 'mailto:'].includes(protocol)), links.join());
});

test('an unknown work says so and leads back, and unknown values are named', async () => {
  await site.open(`${VES}?project=V99-999&section=S2`);
  assert.match(await text('#work-title'), /V99-999/);
  await touch('.back a');
  assert.equal(await query(), '?section=S2');
  await site.open(`${VES}?view=globe&section=S99&sort=price&page=2`);
  const ignored = await text('#ignored');
  for (const pair of ['view=globe', 'section=S99', 'sort=price']) assert.ok(ignored.includes(pair), ignored);
  assert.equal((await keys('#works tbody tr')).length, projects.length - 100);
});

test('the keyboard finds, goes from work to work, opens one and comes back', async () => {
  await site.open(`${VES}?section=S2`);
  await driver.executeScript('document.querySelector("#works tbody a").focus()');
  await driver.actions().sendKeys(Key.ARROW_DOWN, Key.ARROW_DOWN).perform();
  const focused = await driver.executeScript('return document.activeElement.closest("tr").dataset.key');
  assert.equal(focused, (await keys('#works tbody tr'))[2]);
  await driver.actions().sendKeys(Key.ENTER).perform();
  assert.match(await query(), new RegExp(`project=${focused}$`));
  await driver.wait(async () => (await driver.executeScript('return document.activeElement.id')) === 'work-title', 2000);
});

test('both languages say the same amounts, and every amount has its exact value', async () => {
  const amounts = () => driver.executeScript('return [...document.querySelectorAll("main data")].map((data) => data.value)');
  const bare = () => driver.executeScript(`
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) if (/S\\/\\s?\\d/.test(node.data) && !node.parentElement.closest('data')) found.push(node.data);
    return found;`);
  for (const state of ['?section=S3', '?view=board', '?view=map', '?project=V01-002']) {
    await site.open(`${VES}${state}`);
    const es = await amounts();
    assert.deepEqual(await bare(), [], state);
    await site.open(`${VES.replace('es/', 'en/')}${state}`);
    assert.deepEqual(await amounts(), es, state);
    assert.deepEqual(await bare(), [], state);
    assert.equal(await driver.executeScript('return document.documentElement.lang'), 'en');
  }
});

test('no state scrolls sideways at 320 px, axe finds nothing in any, and the browser complains of none', async () => {
  await consoleErrors(driver);
  for (const state of ['', '?section=S3&status=completion', '?view=board', '?view=map&section=S2', '?project=V01-002', '?project=nothing', '?q=zzzz', '?list=outside&view=board', '?rows=all&theme=dark']) {
    for (const address of [VES, SJM]) {
      for (const view of [{ width: 320, height: 640 }, { width: 1280, theme: 'dark' }]) {
        await site.open(`${address}${state}`, view);
        assert.ok((await sidewaysScroll(driver)) <= 0, `${address}${state} ${view.width}`);
        assert.deepEqual(await axe(driver), [], `${address}${state} ${view.width}`);
      }
    }
  }
  assert.deepEqual(await consoleErrors(driver), []);
});
