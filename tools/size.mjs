// What a first visit costs: every file that the browser asks for, raw and as brotli sends it, against the budget.
//   SITE=site node tools/size.mjs [es/villa-el-salvador/]
// The list comes from a real visit, so nothing can be forgotten in it.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { openSite, requests, ROOT } from '../tests/browser/harness.mjs';

const BUDGET_BYTES = 300_000;
const QUIET_MS = 1000;

const folder = path.resolve(ROOT, process.env.SITE ?? 'site');
const address = process.argv[2] ?? 'es/villa-el-salvador/';

/** Visits once, and waits until the page has stopped asking for more. */
async function visit() {
  const site = await openSite(folder);
  try {
    const state = await site.open(address, { width: 320, height: 640 });
    if (state !== 'ready') throw new Error(`${address}: ${state}`);
    let files = await requests(site.driver);
    for (let before = 0; before !== files.length; ) {
      before = files.length;
      await site.driver.sleep(QUIET_MS);
      files = await requests(site.driver);
    }
    return { files, origin: site.origin };
  } finally {
    await site.close();
  }
}

function measure(file, origin) {
  if (!file.startsWith(origin)) throw new Error(`the site may talk to nobody else: ${file}`);
  const name = decodeURIComponent(new URL(file).pathname.slice(1));
  const local = path.join(folder, name === '' || name.endsWith('/') ? `${name}index.html` : name);
  if (!fs.existsSync(local)) throw new Error(`the page asks for a file that is not there: ${name}`);
  const bytes = fs.readFileSync(local);
  const packed = zlib.brotliCompressSync(bytes, {
    params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  return { name: name || 'index.html', raw: bytes.length, brotli: packed.length };
}

const line = (raw, brotli, name) => console.log(`${String(raw).padStart(11)} ${String(brotli).padStart(11)}  ${name}`);
const number = (value) => value.toLocaleString('en');

const { files, origin } = await visit();
const sizes = [...new Set(files.map((file) => file.split('?')[0]))].map((file) => measure(file, origin));
sizes.sort((a, b) => b.brotli - a.brotli || (a.name < b.name ? -1 : 1));
const total = (key) => sizes.reduce((sum, size) => sum + size[key], 0);

line('bytes', 'brotli 11', `first visit to ${address}`);
for (const size of sizes) line(number(size.raw), number(size.brotli), size.name);
line(number(total('raw')), number(total('brotli')), `total of ${sizes.length} files; budget ${number(BUDGET_BYTES)} as brotli`);
if (total('brotli') > BUDGET_BYTES) {
  console.error(`over the budget by ${number(total('brotli') - BUDGET_BYTES)} bytes`);
  process.exitCode = 1;
}
