// What a first visit costs: every file that the server is asked for, raw and as brotli sends it, against the budget.
//   SITE=site node tools/size.mjs [es/villa-el-salvador/ …]
// Without a list: each page of a municipality, for somebody who has seen none before.
// The list comes from a real visit, so nothing can be forgotten in it.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { openSite, requests, ROOT } from '../tests/browser/harness.mjs';

// Brotli bytes of a first visit, by the page's last part. The overview is where people come first; the what-if page is
// asked for by those who want to compute, and brings exact arithmetic, two charts and a code for phones. The others bring the
// rows, or more than one view of them.
const BUDGET_BYTES = 300_000;
const BUDGETS_BYTES = { explore: 350_000, projects: 350_000, compare: 350_000, 'what-if': 410_000 };
const QUIET_MS = 1000;

const folder = path.resolve(ROOT, process.env.SITE ?? 'site');
// What a reader pays for later, once: programs in folders of their own, each with when it is fetched.
const LATER = { loader: 'where the packed form cannot be used', funder: 'once the proposals are opened' };
const chosen = process.argv.slice(2);
const addresses = chosen.length > 0 ? chosen : ['', ...Object.keys(BUDGETS_BYTES)].map((page) => `es/villa-el-salvador/${page && `${page}/`}`);

/** Visits once with an empty profile, and waits until the page has stopped asking for more: what the server was asked for. */
async function visit(address) {
  const site = await openSite(folder);
  try {
    const state = await site.open(address, { width: 320, height: 640 });
    if (state !== 'ready') throw new Error(`${address}: ${state}`);
    await site.line.quiet(QUIET_MS);
    // What the browser asked of others never came by the line.
    for (const file of await requests(site.driver)) {
      if (!file.startsWith(site.origin)) throw new Error(`the site may talk to nobody else: ${file}`);
    }
    return site.line.heard;
  } finally {
    await site.close();
  }
}

function measure({ name, status }) {
  if (status !== 200) throw new Error(`the page asks for a file that is not there: ${name} (${status})`);
  const local = path.join(folder, name === '' || name.endsWith('/') ? `${name}index.html` : name);
  const bytes = fs.readFileSync(local);
  const packed = zlib.brotliCompressSync(bytes, {
    params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  return { name: name || 'index.html', raw: bytes.length, brotli: packed.length };
}

const line = (raw, brotli, name) => console.log(`${String(raw).padStart(11)} ${String(brotli).padStart(11)}  ${name}`);
const number = (value) => value.toLocaleString('en');

/** Prints one visit; whether it is within the budget. */
async function say(address) {
  const heard = await visit(address);
  const [files, looks] = ['GET', 'HEAD'].map((method) => heard.filter((request) => request.method === method));
  // A file fetched twice is paid for twice.
  const sizes = files.map(measure);
  sizes.sort((a, b) => b.brotli - a.brotli || (a.name < b.name ? -1 : 1));
  const total = (key) => sizes.reduce((sum, size) => sum + size[key], 0);
  const budget = BUDGETS_BYTES[address.split('/').filter(Boolean).at(-1)] ?? BUDGET_BYTES;

  line('bytes', 'brotli 11', `first visit to ${address}`);
  for (const size of sizes) line(number(size.raw), number(size.brotli), size.name);
  line(number(total('raw')), number(total('brotli')), `total of ${sizes.length} files; budget ${number(budget)} as brotli`);
  const headers = looks.reduce((sum, { headerBytes }) => sum + headerBytes, 0);
  console.log(`and ${looks.length} HEAD requests afterwards, for the days of the data's files: ${number(headers)} bytes of headers, as HTTP/1.1\n`);
  const over = total('brotli') - budget;
  if (over > 0) console.error(`${address}: over the budget by ${number(over)} bytes`);
  return over <= 0;
}

for (const address of addresses) {
  if (!(await say(address))) process.exitCode = 1;
}
for (const [program, when] of Object.entries(LATER)) {
  const inside = fs.readdirSync(folder).find((name) => name.startsWith(`${program}-`));
  const sizes = fs.readdirSync(path.join(folder, inside)).map((name) => measure({ name: `${inside}/${name}`, status: 200 }));
  const total = (key) => sizes.reduce((sum, size) => sum + size[key], 0);
  line(number(total('raw')), number(total('brotli')), `${program}: ${when}`);
}
