// The what-if page of the finished site on a slow phone: a finger moves a slider, and the browser's own trace tells when the
// page has followed. Beside it, the same pictures shown by script that computes nothing (replay.js).
import fs from 'node:fs';
import path from 'node:path';
import { openSite, settled } from '../../tests/browser/harness.mjs';
import { CATEGORIES, moves } from './moves.mjs';
import { watch } from './quiet.mjs';
import { answer, BENCH, buildSite, SITE } from './say.mjs';

const PAGE = 'es/villa-el-salvador/what-if/';
const REPLAY = fs.readFileSync(new URL('replay.js', import.meta.url), 'utf8');
const PHONE = { width: 320, height: 640, deviceScaleFactor: 2, mobile: true };
/** The first scenario is the official rule; the last stays open, and has all three criteria. */
const PRESETS = { one: [], four: ['per-person', 'tax-turned-round', 'need-first'] };
const ROUND = 12; // places the finger goes through, there and back
const WARM = ROUND;
const MOVES = 60;
const REST_MS = 40;

/** What is measured: how many scenarios, how many times slower than this machine, and who moves the page. */
const CASES = [
  { scenarios: 'one', slower: 4, by: 'page' },
  { scenarios: 'one', slower: 4, by: 'replay' },
  { scenarios: 'four', slower: 4, by: 'page' },
  { scenarios: 'four', slower: 4, by: 'replay' },
  { scenarios: 'one', slower: 6, by: 'page' },
  { scenarios: 'four', slower: 6, by: 'page' },
];

/** One record a case, with every move's figures; builds the site first where it is older than what it is built from. */
export async function runSlider(quiet) {
  buildSite();
  const cases = [];
  for (const one of CASES) {
    const idleBefore = await quiet.wait();
    const watched = watch();
    const measured = await measure(one).finally(() => watched.stop());
    cases.push({ ...one, ...measured, idleBefore, ...watched.stop() });
  }
  return { when: new Date().toISOString(), commit: answer('git', ['rev-parse', '--short', 'HEAD']), cases };
}

async function measure({ scenarios, slower, by }) {
  const site = await openSite(SITE);
  try {
    const { driver } = site;
    const phone = await openPhone(driver, `${site.origin}${PAGE}`, PRESETS[scenarios]);
    const finger = await phone.finger();
    if (by === 'replay') await phone.record(finger);
    await phone.send('Emulation.setCPUThrottlingRate', { rate: slower });
    await finger.go(WARM);
    const trace = await startTrace(driver);
    await finger.go(MOVES);
    const events = await trace.stop();
    await phone.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await finger.lift();
    const found = moves(events);
    if (found.length < MOVES * 0.9) throw new Error(`only ${found.length} of ${MOVES} moves were seen`);
    fs.writeFileSync(path.join(BENCH, `slider-${scenarios}-${slower}-${by}.json`), JSON.stringify({ traceEvents: events }));
    return { moves: found, written: by === 'replay' ? await phone.written() : null };
  } finally {
    await site.close();
  }
}

/** The page on the phone, with scenarios made, everything that opens shut, and the first slider in the middle of the screen. */
async function openPhone(driver, address, presets) {
  const send = (command, words = {}) => driver.sendAndGetDevToolsCommand(command, words);
  await send('Emulation.setDeviceMetricsOverride', PHONE);
  await send('Emulation.setTouchEmulationEnabled', { enabled: true });
  await send('Performance.enable');
  await driver.get(address);
  if ((await settled(driver)) !== 'ready') throw new Error(`${address} says that it failed`);
  for (const preset of presets) {
    await driver.executeScript('document.querySelector(\'[data-do="copy"]\').click()');
    await driver.sleep(REST_MS);
    await driver.executeScript('document.querySelector(`[data-do="preset"][data-value="${arguments[0]}"]`).click()', preset);
    await driver.sleep(REST_MS);
  }
  await driver.executeScript(`for (const opened of document.querySelectorAll('main details[open]')) opened.open = false;
    document.getElementById('slider-0').scrollIntoView({ block: 'center' });
    window.scrolled = window.__replay = undefined; ${REPLAY}
    window.__replayed = window.__replay(document.getElementById('slider-0'), document.querySelector('.what-if'));`);
  await driver.sleep(500);
  return {
    send,
    finger: () => layFinger(driver, send),
    /** Records each place of a round, then lets the replay move the page. */
    async record(finger) {
      await finger.go(ROUND);
      for (let place = 0; place < ROUND; place += 1) {
        await finger.go(1);
        await driver.executeAsyncScript('const done = arguments[0]; window.__replayed.record().then(done)');
      }
      await driver.executeScript('window.__replayed.take()');
    },
    written: () => driver.executeScript('return window.__replayed.sizes()'),
  };
}

/** A finger on the first slider. */
async function layFinger(driver, send) {
  const box = await driver.executeScript('return document.getElementById("slider-0").getBoundingClientRect().toJSON()');
  let moved = 0;
  const touch = (type, share) => send('Input.dispatchTouchEvent', {
    type, touchPoints: share === null ? [] : [{ x: box.x + box.width * share, y: box.y + box.height / 2 }],
  });
  await touch('touchStart', 0.5);
  await driver.sleep(REST_MS);
  return {
    async go(times) {
      for (let time = 0; time < times; time += 1) {
        moved += 1;
        const place = Math.abs((moved % ROUND) - ROUND / 2) / (ROUND / 2);
        await touch('touchMove', 0.15 + 0.7 * place);
        await driver.sleep(REST_MS);
        // Answered once the page has time again.
        await send('Performance.getMetrics');
        await driver.sleep(REST_MS);
      }
    },
    lift: () => touch('touchEnd', null),
  };
}

/** Starts a trace; `stop()` resolves to its events. */
async function startTrace(driver) {
  const connection = await driver.createCDPConnection('page');
  const events = [];
  const ended = new Promise((resolve) => {
    // Selenium has no word for events of a domain it does not know.
    connection._wsConnection.on('message', (text) => {
      const { method, params } = JSON.parse(text);
      if (method === 'Tracing.dataCollected') for (const event of params.value) events.push(event);
      if (method === 'Tracing.tracingComplete') resolve();
    });
  });
  await connection.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: CATEGORIES, excludedCategories: ['*'] } });
  return {
    async stop() {
      await connection.send('Tracing.end', {});
      await ended;
      connection._wsConnection.close();
      return events;
    },
  };
}
