// From a touch to the new picture, on every page of the finished site, on a slow phone: a finger taps what the page offers, and the
// browser tells when the next painting was on screen (Event Timing, in steps of 8 ms). Beside it, the same two pictures shown in
// turn by a few lines of script that compute nothing: what the browser needs for the showing alone.
import { openSite, settled } from '../../tests/browser/harness.mjs';
import { watch } from './quiet.mjs';
import { answer, buildSite, SITE } from './say.mjs';

const PHONE = { width: 320, height: 640, deviceScaleFactor: 2, mobile: true };
const SLOWER = 4;
const WARM = 4;
const TOUCHES = 24;
const REST_MS = 160;

/** Each touch leads to a view and, the next time, back from it. */
const VES = 'es/villa-el-salvador/';
const SECTION = 'table[data-by="section"] tbody tr:nth-child(2) a';
export const TOUCHES_OF = [
  { what: 'overview, a section chosen', at: `${VES}?year=2001`, touch: SECTION, back: SECTION },
  {
    what: 'explore, down into a section', at: `${VES}explore/?year=2001&rows=section&columns=dimension`,
    touch: 'table[data-by="explore"] tbody tr:nth-child(2) th a', back: '.crumbs a[data-view]',
  },
  {
    what: 'explore, tiles for bars', at: `${VES}explore/?year=2001&rows=section&columns=dimension&picture=treemap`,
    touch: 'a[data-picture="stacked"]', back: 'a[data-picture="treemap"]',
  },
  { what: 'works, the other 100 by turning the order round', at: `${VES}projects/`, touch: '#turn', back: '#turn' },
  {
    what: 'compare, a section alone', at: `${VES}compare/?a=2000&b=2001&rows=section`,
    touch: '#differences tbody tr:nth-child(2) th a', back: '.chip[data-key="section"]',
  },
];

/** In the page: entries of clicks as they come, and what stands on it now, to be shown again. */
const LISTEN = `window.__clicks = [];
new PerformanceObserver((list) => window.__clicks.push(...list.getEntries().filter(({ name }) => name === 'click').map(({ duration }) => duration)))
  .observe({ type: 'event', durationThreshold: 16 });
window.__picture = () => ({
  html: document.getElementById('main').innerHTML,
  canvases: [...document.querySelectorAll('#main canvas')].map((canvas) => {
    const copy = new OffscreenCanvas(Math.max(1, canvas.width), Math.max(1, canvas.height));
    copy.getContext('2d').drawImage(canvas, 0, 0);
    return [canvas.width, canvas.height, copy];
  }),
});
window.__show = ({ html, canvases }) => {
  document.getElementById('main').innerHTML = html;
  document.querySelectorAll('#main canvas').forEach((canvas, at) => {
    const [width, height, copy] = canvases[at];
    [canvas.width, canvas.height] = [width, height];
    if (width && height) canvas.getContext('2d').drawImage(copy, 0, 0);
  });
};`;

/** One record a case and who shows it, with the time of every touch. */
export async function runTouch(quiet) {
  buildSite();
  const cases = [];
  for (const one of TOUCHES_OF) {
    for (const by of ['page', 'replay']) {
      const idleBefore = await quiet.wait();
      const watched = watch();
      const measured = await measure(one, by).finally(() => watched.stop());
      cases.push({ what: one.what, slower: SLOWER, by, ...measured, idleBefore, ...watched.stop() });
    }
  }
  return { when: new Date().toISOString(), commit: answer('git', ['rev-parse', '--short', 'HEAD']), cases };
}

async function measure({ what, at, touch, back }, by) {
  const site = await openSite(SITE);
  try {
    const { driver } = site;
    const send = (command, words = {}) => driver.sendAndGetDevToolsCommand(command, words);
    await send('Emulation.setDeviceMetricsOverride', PHONE);
    await send('Emulation.setTouchEmulationEnabled', { enabled: true });
    await driver.get(`${site.origin}${at}`);
    if ((await settled(driver)) !== 'ready') throw new Error(`${at} says that it failed`);
    await driver.executeScript(LISTEN);
    const tap = async (selector) => {
      // Where a finger would have brought it: in sight, and clear of what sticks to the window's edges.
      const box = await driver.executeScript(`const found = document.querySelector(arguments[0]);
        if (!found) return null; found.scrollIntoView({ block: 'center' }); return found.getBoundingClientRect().toJSON();`, selector);
      if (!box) throw new Error(`${what}: nothing to touch at ${selector}`);
      await driver.sleep(REST_MS);
      const point = { x: box.x + Math.min(box.width / 2, 40), y: box.y + Math.min(box.height / 2, 12) };
      await send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] });
      await send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
      await driver.sleep(REST_MS);
      await send('Performance.getMetrics');
      await driver.sleep(REST_MS);
    };
    await send('Performance.enable');
    const before = await driver.executeScript('window.__first = window.__picture(); return window.__first.html');
    await tap(touch);
    const after = await driver.executeScript('window.__second = window.__picture(); return window.__second.html');
    if (before === after) throw new Error(`${what}: touching changes nothing`);
    if (by === 'replay') {
      await driver.executeScript(`let shown = window.__second;
        document.addEventListener('click', (event) => {
          event.stopImmediatePropagation(); event.preventDefault();
          shown = shown === window.__first ? window.__second : window.__first;
          window.__show(shown);
        }, true);`);
    }
    await send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    let isAfter = true;
    const go = async (times) => {
      for (let time = 0; time < times; time += 1) {
        await tap(isAfter ? back : touch);
        isAfter = !isAfter;
      }
    };
    await go(WARM);
    await driver.executeScript('window.__clicks.length = 0');
    await go(TOUCHES);
    const shownMs = await driver.executeScript('return window.__clicks');
    if (shownMs.length > TOUCHES) throw new Error(`${what}: ${shownMs.length} clicks for ${TOUCHES} touches`);
    // What was quicker than the least that browsers tell is not told.
    return { shownMs, atMost16: TOUCHES - shownMs.length };
  } finally {
    await site.close();
  }
}
