// Sharing out a fund: the site's arithmetic in a page of its own, beside the same written plainly in JavaScript, and natively.
import path from 'node:path';
import { openSite } from '../../tests/browser/harness.mjs';
import { runNative } from './native.mjs';
import { buildModules } from './page.mjs';
import { watch } from './quiet.mjs';
import { answer, BENCH } from './say.mjs';

const FOLDER = path.join(BENCH, 'allocation');
const PAGE_MS = 120_000;

/** Each session a browser of its own; `native` are the native benches of the same run, where there are any yet. */
export async function runAllocation(quiet, sessions, native) {
  const modules = buildModules(['bench-allocation'], FOLDER, /^allocation\.(html|js)$/);
  const own = native ?? (await runNative(quiet, 'allocation'));
  const idleBefore = await quiet.wait();
  const watched = watch();
  const found = [];
  try {
    for (let session = 0; session < sessions; session += 1) found.push(await measure(slow(found[0])));
  } finally {
    watched.stop();
  }
  const { isContended, compilers } = watched.stop();
  return {
    when: new Date().toISOString(), commit: answer('git', ['rev-parse', '--short', 'HEAD']), modules, sessions: found,
    native: own.benches.filter(({ id }) => id.startsWith('allocation/')), idleBefore, compilers,
    isContended: isContended || own.isContended,
  };
}

/** The rounds that take BigInt seconds: once says enough. */
const slow = (session) => session?.filter(({ engines }) => engines.BigInt.n === 1).map(({ name }) => name) ?? [];

async function measure(leftOut) {
  const site = await openSite(FOLDER);
  try {
    const { driver } = site;
    await driver.manage().setTimeouts({ script: PAGE_MS });
    await driver.get(`${site.origin}allocation.html`);
    const found = await driver.executeAsyncScript(
      `const [leftOut, done] = arguments;
       const ask = () => (window.__allocation ? window.__allocation(leftOut).then(done, (error) => done({ error: String(error) })) : setTimeout(ask, 25));
       ask();`,
      leftOut,
    );
    if (found.error) throw new Error(found.error);
    return found;
  } finally {
    await site.close();
  }
}
