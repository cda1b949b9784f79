// The what-if page as its tests speak of it: what is touched, and what is read.
import fs from 'node:fs';
import path from 'node:path';
import { By, Key } from 'selenium-webdriver';
import { openSite, ROOT, yupay } from './harness.mjs';

export const VES = 'es/villa-el-salvador/';
export const WHAT_IF = `${VES}what-if/`;
export const ROUND = `${WHAT_IF}?year=2000`;

/** A screen reader is told, and the address follows, this long after the last touch; and a little more. */
export const PAUSE_MS = 700;

const LOCATION = `const target = document.querySelector(arguments[0]); target.scrollIntoView({ block: 'center' });
  const { left, top, width, height } = target.getBoundingClientRect(); return { left, top, width, height };`;

/** A browser on the built site, with the words of these tests. */
export async function openWhatIf(folder = path.resolve(ROOT, process.env.SITE ?? 'site')) {
  const site = await openSite(folder);
  const { driver } = site;
  const run = (script, ...args) => driver.executeScript(script, ...args);
  const page = {
    site,
    driver,
    run,
    find: (selector) => driver.findElement(By.css(selector)),
    count: (selector) => run('return document.querySelectorAll(arguments[0]).length', selector),
    text: (selector) => run('return document.querySelector(arguments[0])?.innerText.trim() ?? ""', selector),
    value: (selector) => run('return document.querySelector(arguments[0])?.value ?? null', selector),
    texts: (selector) => run('return [...document.querySelectorAll(arguments[0])].map((found) => found.innerText.trim())', selector),
    exists: (selector) => run('return Boolean(document.querySelector(arguments[0]))', selector),
    focused: () => run('return document.activeElement.id || document.activeElement.dataset.do + document.activeElement.dataset.at'),
    address: async () => (await driver.getCurrentUrl()).slice(site.origin.length),

    /** Touches what does something: `press('preset', { value: 'equal' })`. */
    async press(does, { at, value } = {}) {
      const part = (name, wanted) => (wanted === undefined ? '' : `[data-${name}="${wanted}"]`);
      const selector = `[data-do="${does}"]${part('at', at)}${part('value', value)}`;
      await page.unfold(selector);
      await page.show(selector);
      await page.find(selector).click();
    },
    /** Opens what an element is folded away in. */
    unfold: (selector) => run('for (let up = document.querySelector(arguments[0])?.parentElement; up; up = up.parentElement) if (up.localName === "details") up.open = true', selector),
    /** Brings into the middle of the screen. */
    show: (selector) => run('document.querySelector(arguments[0])?.scrollIntoView({ block: "center" })', selector),
    /** Types into a box in place of what stands there, and leaves it. */
    async type(id, text) {
      await page.unfold(`#${id}`);
      await page.show(`#${id}`);
      const box = await page.find(`#${id}`);
      await box.click();
      await box.sendKeys(Key.chord(Key.CONTROL, 'a'), text === '' ? Key.DELETE : text, Key.TAB);
    },
    async choose(id, value) {
      await page.unfold(`#${id}`);
      await page.find(`#${id} option[value="${value}"]`).click();
    },
    /**
     * Takes hold of a slider and carries it through these percents, each as near as the screen has points for it, or up to where it
     * stops; lets go at the last unless told otherwise.
     */
    async drag(at, percents, { letGo = true, stop = 100, seen = () => {} } = {}) {
      const { left, top, width, height } = await run(LOCATION, `#slider-${at}`);
      const y = Math.round(top + height / 2);
      const value = async () => Number(await page.value(`#slider-${at}`));
      // The thumb is 24 px wide, and its middle runs between half a thumb from either end.
      let x = Math.round(left + 12 + ((width - 24) * (await value())) / 100);
      // Told to the browser itself: between two of WebDriver's own commands Chromium does not go on dragging.
      const hand = (type, buttons) => driver.sendDevToolsCommand('Input.dispatchMouseEvent', { type, x, y, buttons, button: 'left', clickCount: 1 });
      await hand('mouseMoved', 0);
      await hand('mousePressed', 1);
      for (const percent of percents) {
        for (let [step, last] = [0, 0]; ; step += 1) {
          const missing = ((Math.min(percent, stop) - (await value())) * (width - 24)) / 100;
          if (missing === 0 || (width < 200 && Math.abs(missing) < 2.5 && Math.sign(missing) === -last)) break;
          if (step > 30) throw new Error(`slider ${at} stands at ${await value()} and not at ${percent}`);
          last = Math.sign(missing);
          x += Math.round(missing) || last;
          await hand('mouseMoved', 1);
          await page.frame();
        }
        if (percent > stop) {
          x += 40;
          await hand('mouseMoved', 1);
          await page.frame();
        }
        await seen(percent);
      }
      page.letGo = () => hand('mouseReleased', 0);
      if (letGo) await page.letGo();
    },
    /** The browser has shown what was touched. */
    frame: () => driver.executeAsyncScript('const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))'),

    /** What the table gives each section, in céntimos. */
    amounts: () => run(`return [...document.querySelectorAll('table[data-by="what-if"] tbody td[data-stage="amount"] data')]
      .map((cell) => Number(cell.value.replace('.', '')))`),
    /** The cells of a table, row by row: the céntimos of what is an amount, the words of what is not. */
    table: (by, part = 'tbody') => run(`return [...document.querySelectorAll('table[data-by="' + arguments[0] + '"] ' + arguments[1] + ' tr')].map((row) =>
      [...row.querySelectorAll('td')].map((cell) => { const data = cell.querySelector('data'); return data ? Number(data.value.replace('.', '')) : cell.innerText.trim(); }))`, by, part),
    /** The weights as boxes have them, and whether sliders and words agree. */
    async weights() {
      const rows = await run(`return [...document.querySelectorAll('.weights > li')].map((row) => {
        const [slider, box] = row.querySelectorAll('input');
        return { id: row.dataset.criterion, box: box.value, slider: slider.value, said: slider.getAttribute('aria-valuetext') };
      })`);
      for (const { id, box, slider, said } of rows) {
        if (Math.abs(Number(box) - Number(slider)) > 0.5 || said !== `${box}%`) throw new Error(`${id}: box ${box}, slider ${slider}, said ${said}`);
      }
      return rows.map(({ box }) => box);
    },
    /** What the weights on screen total, in hundredths of a percent. */
    total: async () => (await page.weights()).reduce((sum, weight) => sum + Math.round(Number(weight) * 100), 0),
    /** The link to what is on screen, once the address has followed. */
    async link() {
      await driver.sleep(PAUSE_MS);
      return page.address();
    },
    /** What the link holds after the #. */
    async state() {
      return new URLSearchParams((await page.link()).split('#')[1] ?? '');
    },
  };
  return page;
}

/** Where ../shared stands beside the checkout, results that somebody else computed with exact fractions. */
const oracle = path.join(ROOT, '../shared/oracles/allocation.json');
const computed = fs.existsSync(oracle) ? JSON.parse(fs.readFileSync(oracle, 'utf8')).results : null;
if (!computed) console.log('../shared no está junto al proyecto: se compara con el comando · not beside the checkout: compared with the command');

const TYPED = {
  counts_30_20_50: [],
  needs_first_30_50_20: ['--weights', 'population=30,people_without_basic_services=50,households_up_to_date_with_tax=20'],
  inverse_tax_30_20_50: ['--weights', 'population=30,people_without_basic_services=20,households_up_to_date_with_tax:inverse=50'],
  equal: ['--weights', 'equal=100'],
  population_only: ['--weights', 'population=100'],
  needs_only: ['--weights', 'people_without_basic_services=100'],
  floor_100k_then_weights: ['--flat-floor', '100000.00'],
  minimum_200k_waterfill: ['--minimum', '200000.00'],
};

/** What a rule of the oracle gives the sections of Villa El Salvador in 2000, in céntimos. */
export function expected(rule) {
  return computed ? computed[rule] : commanded(TYPED[rule]);
}

/** What the command gives, in céntimos. */
export function commanded(args, folder = 'data/villa-el-salvador', year = '2000') {
  return yupay('allocate', folder, '--year', year, ...args).sections.map((section) => section.amount_minor);
}
