// The what-if page as a reader comes to it and leaves it: its place among the pages, and what its address carries along.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { By, Key } from 'selenium-webdriver';
import { axe, consoleErrors, openSite, requests, ROOT, settled, sidewaysScroll } from './harness.mjs';

const VES = 'es/villa-el-salvador/';
const WHAT_IF = `${VES}what-if/`;

let site;
let driver;
before(async () => {
  site = await openSite(path.resolve(ROOT, process.env.SITE ?? 'site'));
  ({ driver } = site);
});
after(() => site?.close());

const find = (selector) => driver.findElement(By.css(selector));
const text = (selector) => driver.executeScript('return document.querySelector(arguments[0])?.innerText ?? ""', selector);
const address = async () => (await driver.getCurrentUrl()).slice(site.origin.length);
const current = () => text('header .pages a[aria-current="page"]');

test('draws itself with its own program and no other', async () => {
  await driver.get('about:blank');
  await consoleErrors(driver);
  assert.equal(await site.open(WHAT_IF), 'ready');
  assert.deepEqual(await consoleErrors(driver), []);
  assert.equal(await driver.getTitle(), '¿Y si…? · Villa El Salvador · Yupay');
  assert.notEqual(await text('main h1'), '');
  assert.match(await text('#notice'), /^Datos ilustrativos/);
  assert.equal(await current(), '¿Y si…?');
  const programs = (await requests(driver)).filter((file) => file.endsWith('.wasm')).map((file) => path.basename(file));
  assert.equal(programs.length, 1, programs.join());
  assert.match(programs[0], /^yupay-what-if-/);
});

test('the title in the file is the one the page gives itself', async () => {
  for (const page of [WHAT_IF, WHAT_IF.replace('es', 'en'), VES]) {
    const written = await (await fetch(new URL(page, site.origin))).text();
    await site.open(page);
    assert.equal(await driver.getTitle(), /<title>([^<]*)<\/title>/.exec(written)[1]);
  }
});

test('the navigation leads from page to page and keeps the round', async () => {
  await site.open(`${VES}?year=2000&section=S3`);
  assert.equal(await current(), 'Resumen');
  await find('header .pages a[href*="what-if"]').click();
  assert.equal(await settled(driver), 'ready');
  assert.equal(await address(), `${WHAT_IF}?year=2000`);
  assert.equal(await current(), '¿Y si…?');
  await find('header .pages a:not([aria-current])').click();
  assert.equal(await settled(driver), 'ready');
  assert.equal(await address(), `${VES}?year=2000`);
  assert.equal(await current(), 'Resumen');
});

test('what stands after the # goes along to the other language and other colours, and Back brings it back', async () => {
  const state = '#any:thing;n:S%C3%AD%3F';
  await site.open(`${WHAT_IF}?year=2000${state}`);
  await find('#theme').click();
  assert.equal(await address(), `${WHAT_IF}?year=2000&theme=dark${state}`);
  await find('header a[hreflang="en"]').click();
  assert.equal(await settled(driver), 'ready');
  assert.equal(await address(), `${WHAT_IF.replace('es', 'en')}?year=2000&theme=dark${state}`);
  assert.equal(await current(), 'What if');
  await driver.navigate().back();
  await settled(driver);
  await driver.navigate().back();
  assert.equal(await address(), `${WHAT_IF}?year=2000${state}`);
  // Typed by hand, another state replaces it on the spot.
  await driver.executeScript('location.hash = "#other"');
  await driver.wait(async () => (await find('header a[hreflang="en"]').getAttribute('href')).endsWith('#other'), 2000);
});

test('places on the page are reached without losing what stands after the #', async () => {
  await site.open(`${WHAT_IF}#any`);
  await driver.actions().sendKeys(Key.TAB, Key.ENTER).perform();
  const focused = () => driver.executeScript('return document.activeElement.id');
  assert.equal(await focused(), 'main');
  await find('#notice a').click();
  assert.equal(await focused(), 'provenance');
  assert.ok(await driver.executeScript('return document.getElementById("provenance").getBoundingClientRect().top < innerHeight'));
  assert.equal(await address(), `${WHAT_IF}#any`);

  // Where it is a place, it goes on being one.
  await site.open(VES);
  await find('#notice a').click();
  assert.equal(await address(), `${VES}#provenance`);
  assert.equal(new URL(await find('header a[hreflang="en"]').getAttribute('href')).hash, '');
});

/** What a reader may have before them: where it is, and what is opened there. */
const EVERYTHING_OPEN = `for (const details of document.querySelectorAll('.what-if details')) details.open = true;
  document.querySelector('[data-by="what-if"] [data-do="explain"]')?.click();
  document.querySelector('[data-do="sheet"]').click();`;
const FOUR = ['c:population,100;n:' + 'Ñ'.repeat(80), 'e:equal,100', 'c:needs=people_without_basic_services,50,rate;c:tax=households_up_to_date_with_tax,50,inverse;min:10000000', 'c:population,100;min:9999999999'];
const STATES = {
  '': '',
  '?year=2000': EVERYTHING_OPEN,
  '?year=1999': '',
  '#nonsense=1&s=garbage&open=7': EVERYTHING_OPEN,
  [`?year=2000#d=0&v=1&${FOUR.map((scenario) => `s=f:200000000;${scenario}`).join('&')}&open=3`]: EVERYTHING_OPEN,
  [`?year=2000#${FOUR.map((scenario) => `s=f:200000000;${scenario}`).join('&')}&open=4`]: EVERYTHING_OPEN,
};

for (const language of ['es', 'en']) {
  for (const view of [{ width: 320, height: 640 }, { width: 320, height: 640, theme: 'dark' }, { width: 1280 }, { width: 1280, theme: 'dark' }]) {
    test(`${language}, ${view.width} px, ${view.theme ?? 'light'}: no state scrolls sideways, axe finds nothing, and the console is empty`, async () => {
      await consoleErrors(driver);
      for (const [state, open] of Object.entries(STATES)) {
        for (const slug of ['villa-el-salvador', 'san-juan-de-miraflores']) {
          const address = `${language}/${slug}/what-if/${state}`;
          await driver.get('about:blank');
          await site.open(address, view);
          await driver.executeScript(open);
          await driver.sleep(100);
          assert.ok((await sidewaysScroll(driver)) <= 0, address);
          assert.deepEqual(await axe(driver), [], address);
        }
      }
      assert.deepEqual(await consoleErrors(driver), []);
    });
  }
}
