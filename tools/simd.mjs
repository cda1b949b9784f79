// Whether the site's WebAssembly has the vector instructions its hot loops are written for: a changed flag or optimiser
// would lose them in silence, and with them most of the speed.
//   SITE=site node tools/simd.mjs
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const folder = path.resolve(ROOT, process.env.SITE ?? 'site');

// By file: what must be there, and what for.
const NEEDED = {
  'yupay-site': {
    'i8x16.swizzle': 'rows kept by the codes of a filter',
    'i8x16.bitmask': 'sixteen answers as bits',
    'i8x16.eq': 'first and last byte of a searched text',
    'i16x8.mul': 'numbers of cells',
  },
  'yupay-explore': {
    'i8x16.swizzle': 'rows kept by the codes of a filter',
    'i8x16.eq': 'first and last byte of a searched text',
    'i16x8.mul': 'numbers of cells',
  },
  'yupay-projects': {
    'i8x16.swizzle': 'rows kept by the codes of a filter',
    'i8x16.eq': 'first and last byte of a searched text',
  },
  'yupay-compare': {
    'i16x8.mul': 'numbers of cells',
  },
  'yupay-what-if': {
    'i16x8.mul': 'numbers of cells',
  },
  'yupay-loader': {
    'i8x16.bitmask': 'sixteen answers as bits',
    'i8x16.eq': 'ends of cells and lines in a CSV file',
    'i16x8.mul': 'numbers of cells',
  },
  // Exact fractions of any size: nothing in it goes sixteen at a time.
  'yupay-funder': {},
};

/** How often each instruction stands in a file. */
function instructions(file) {
  const text = execFileSync('wasm-dis', [file, '-o', '-'], { encoding: 'utf8', maxBuffer: 1 << 30 });
  const counts = new Map();
  for (const [name] of text.matchAll(/\b[if](?:8x16|16x8|32x4|64x2)\.\w+/g)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

process.env.PATH = `${path.join(ROOT, 'node_modules/.bin')}${path.delimiter}${process.env.PATH}`;
// The worker's program lies in a folder of its own.
const files = fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.wasm'));
for (const [program, needed] of Object.entries(NEEDED)) {
  const name = files.find((file) => path.basename(file).startsWith(program));
  if (!name) {
    console.error(`${program}: no such .wasm in ${folder}`);
    process.exitCode = 1;
    continue;
  }
  const counts = instructions(path.join(folder, name));
  for (const [instruction, purpose] of Object.entries(needed)) {
    const count = counts.get(instruction) ?? 0;
    console.log(`${String(count).padStart(5)}  ${instruction.padEnd(14)} ${program}: ${purpose}`);
    if (count === 0) process.exitCode = 1;
  }
}
if (process.exitCode) console.error('vector instructions are missing: see .cargo/config.toml and data-wasm-opt-params in index.html');
