// Our bench pages in target/bench/page, and the packed form of each data set under its packed/.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { PAGES } from './plan.mjs';
import { compressAhead, csvFile, DATA } from './kit.mjs';
import { BENCH, cargoMetadata, ROOT, run, say } from './say.mjs';

export const PAGE = path.join(BENCH, 'page');
const PACKED = path.join(PAGE, 'packed');
const MODULES = ['bench-csv', 'bench-pack'];
const SOURCES = path.join(ROOT, 'benches/page');
const BROTLI_MOST_BYTES = 20e6; // the best compression takes seconds a megabyte

/** Builds the kit's pages. Throws where one is not written yet, or does not build. */
export function buildPage() {
  const missing = PAGES.map(({ page }) => page.split('?')[0]).find((name) => !fs.existsSync(path.join(SOURCES, name)));
  if (missing) throw new Error(`falta benches/page/${missing} · benches/page/${missing} is missing`);
  fs.mkdirSync(PAGE, { recursive: true });
  for (const name of fs.readdirSync(PAGE)) if (name !== 'packed') fs.rmSync(path.join(PAGE, name), { recursive: true });
  return { modules: buildModules(MODULES, PAGE, /^(csv|pack|bench)\.(html|js)$/) };
}

/** Builds WebAssembly modules into a folder, and copies the sources beside them that a pattern names. */
export function buildModules(names, folder, served) {
  const chosen = ['--no-default-features', '--features', 'bench-page', ...names.flatMap((name) => ['--bin', name])];
  run('cargo', ['build', '--locked', '--profile', 'bench-page', '--target', 'wasm32-unknown-unknown', ...chosen], {
    env: { CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS: '-C target-feature=+simd128' },
  });
  fs.mkdirSync(folder, { recursive: true });
  for (const name of fs.readdirSync(SOURCES).filter((name) => served.test(name))) fs.copyFileSync(path.join(SOURCES, name), path.join(folder, name));
  return names.map((name) => {
    const built = path.join(cargoMetadata().target_directory, `wasm32-unknown-unknown/bench-page/${name}.wasm`);
    run('wasm-bindgen', ['--target', 'web', '--no-typescript', '--out-dir', folder, '--out-name', name, built]);
    const wasm = path.join(folder, `${name}_bg.wasm`);
    run('wasm-opt', ['-O3', ...wasmFeatures(), wasm, '-o', wasm]);
    return { name, wasmBytes: fs.statSync(wasm).size, simdInstructions: simdInstructions(wasm) };
  });
}

/** Those the site is built with, and SIMD. */
function wasmFeatures() {
  const [, flags] = /data-wasm-opt-params="([^"]*)"/.exec(fs.readFileSync(path.join(ROOT, 'index.html'), 'utf8')) ?? [];
  return [...new Set([...(flags ?? '').split(/\s+/).filter(Boolean), '--enable-simd'])];
}

/** How many instructions work on 128 bits at once: none means that the loops were not vectorised. */
function simdInstructions(wasm) {
  const text = execFileSync(path.join(ROOT, 'node_modules/.bin/wasm-dis'), [wasm], { encoding: 'utf8', maxBuffer: 1 << 30 });
  return text.match(/\b(v128|[if]\d+x\d+)\.[a-z]/g)?.length ?? 0;
}

/** Makes the packed form of each data set. */
export function packData(rows) {
  for (const count of rows) {
    const folder = path.join(PACKED, String(count));
    // Names hold a hash of the content: what an older form left behind would be counted with the new one.
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    const chosen = ['--release', '--no-default-features', '--features', 'bench-page', '--bin', 'yupay-bench-pack'];
    run('cargo', ['run', '--locked', '--quiet', ...chosen, '--', csvFile(count), folder]);
  }
  // Also beside the CSV, where the kit's server sends files as they are, as it does the CSV: /data/packed/N/.
  const beside = path.join(DATA, 'packed');
  fs.rmSync(beside, { recursive: true, force: true });
  fs.symlinkSync(path.relative(DATA, PACKED), beside);
}

/** What the packed form and the CSV weigh under the same compressions. */
export function weigh(rows) {
  return rows.map((count) => {
    const folder = path.join(PACKED, String(count));
    const names = fs.existsSync(folder) ? fs.readdirSync(folder).sort() : [];
    const packed = names.map((name) => ({ file: name, ...weight(path.join(folder, name)) }));
    return { rows: count, csv: weight(csvFile(count)), packed };
  });
}

function weight(file) {
  const bytes = fs.readFileSync(file);
  const brotli = () => zlib.brotliCompressSync(bytes, {
    params: {
      [zlib.constants.BROTLI_PARAM_QUALITY]: 11,
      [zlib.constants.BROTLI_PARAM_LGWIN]: 24,
      [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  }).length;
  const gzip = zlib.gzipSync(bytes, { level: 9 }).length;
  return { raw: bytes.length, gzip, brotli: bytes.length <= BROTLI_MOST_BYTES ? brotli() : null };
}

/** Compresses what the server will send compressed: the page, and its packed files if it fetched them from under /app/. */
export async function compressPage(fetched) {
  const files = fs.readdirSync(PAGE, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const isPacked = (entry) => entry.parentPath.startsWith(PACKED);
  const isSent = fetched.some((file) => file.startsWith('/app/packed/'));
  if (isSent) say('la forma empaquetada se comprime una vez · the packed form is compressed once');
  await compressAhead(files.filter((entry) => isSent || !isPacked(entry)).map((entry) => path.join(entry.parentPath, entry.name)));
}
