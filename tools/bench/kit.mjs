// Our copy of the kit in target/bench/kit: ../shared is read-only, and its data and node_modules belong to no repository.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { answer, BENCH, nodeJson, ROOT, run, say } from './say.mjs';

const SHARED = path.join(ROOT, '../shared/bench');
const KIT = path.join(BENCH, 'kit');
const RUN_LIMIT_MS = 20 * 60_000;
export const DATA = path.join(KIT, 'data');
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

export const isKitThere = () => fs.existsSync(path.join(SHARED, 'run.mjs'));
export const csvFile = (rows) => path.join(DATA, `lines-${rows}.csv`);

/** Copies what differs, installs its packages when its lock file is new, and writes the data sets that are missing. */
export async function prepareKit(rows) {
  copy(SHARED, KIT);
  const lock = path.join(KIT, 'package-lock.json');
  const stamp = path.join(KIT, 'node_modules/.yupay-lock');
  if (!fs.existsSync(stamp) || !fs.readFileSync(stamp).equals(fs.readFileSync(lock))) {
    say('paquetes del banco de medida (npm): se descargan una vez · packages of the kit: downloaded once');
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: KIT });
    fs.copyFileSync(lock, stamp);
  }
  const { ensure } = await kitModule('gen.mjs');
  for (const count of rows) ensure(count, DATA);
}

function copy(from, to) {
  fs.mkdirSync(to, { recursive: true });
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    // What a run of the kit leaves behind there is its own.
    if (['node_modules', 'data', 'dist', 'build'].includes(entry.name)) continue;
    if (entry.isDirectory()) copy(source, target);
    else {
      const content = fs.readFileSync(source);
      // Written anew and not copied: a copy would be as read-only as the original.
      if (!fs.existsSync(target) || !fs.readFileSync(target).equals(content)) fs.writeFileSync(target, content);
    }
  }
}

const kitModule = (name) => import(pathToFileURL(path.join(KIT, name)));

/** One run of the kit's driver: of one of its engines, or of a page in a folder. */
export function runKit({ args, rows, phase, page }, pageFolder) {
  const served = page ? ['--dir', pageFolder] : [];
  const words = [...args, ...served, '--rows', String(rows), '--phases', phase, '--chromium', CHROMIUM];
  return nodeJson(path.join(KIT, 'run.mjs'), words, { cwd: KIT, limitMs: RUN_LIMIT_MS });
}

/** What this machine could do at best. */
export const runLimits = (rows) =>
  nodeJson(path.join(KIT, 'limits/limits.mjs'), ['--rows', rows.join()], { cwd: KIT, limitMs: RUN_LIMIT_MS });

/** Compresses files as the kit's server would on their first request, which must not fall into a measurement. */
export async function compressAhead(files) {
  const { compressed } = await kitModule('serve.mjs');
  for (const file of files) compressed(file);
}

/** The machine in the kit's words. */
export async function machine() {
  const { packageVersions } = await kitModule('build.mjs').catch(() => ({ packageVersions: () => ({}) }));
  return {
    cpu: os.cpus()[0]?.model ?? 'unknown processor',
    cores: os.cpus().length,
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    kernel: os.release(),
    node: process.version,
    chromium: answer(CHROMIUM, ['--version']),
    rustc: answer('rustc', ['--version']),
    packages: packageVersions(),
  };
}
