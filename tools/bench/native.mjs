// The native benches: runs them, and gathers what criterion has saved.
import fs from 'node:fs';
import path from 'node:path';
import { watch } from './quiet.mjs';
import { BENCH, cargoMetadata, run, runLogged } from './say.mjs';

/** Builds and runs each `[[bench]]` of Cargo.toml, or one of them; resolves to their records, and who was at work beside them. */
export async function runNative(quiet, only = null) {
  const { packages, target_directory: built } = cargoMetadata();
  const targets = packages.flatMap((found) => found.targets).filter(({ kind }) => kind.includes('bench'));
  const benches = targets.filter(({ name }) => only === null || name === only);
  const words = ['bench', '--locked', ...benches.flatMap(({ name }) => ['--bench', name])];
  run('cargo', [...words, '--no-run']);
  const idleBefore = await quiet.wait();
  const watched = watch();
  const begin = Date.now();
  const log = path.join(BENCH, 'native.log');
  await runLogged('cargo', [...words, '--', '--noplot', '--quiet'], log).finally(() => watched.stop());
  return { benches: gather(path.join(built, 'criterion'), begin), idleBefore, ...watched.stop() };
}

/** Records of benches measured since a moment, by name. Older folders are of benches that no longer exist. */
export function gather(folder, since = 0) {
  const records = [];
  const walk = (here) => {
    for (const entry of fs.readdirSync(here, { withFileTypes: true })) {
      const inner = path.join(here, entry.name);
      if (!entry.isDirectory()) continue;
      if (entry.name !== 'new') walk(inner);
      else if (fs.statSync(path.join(inner, 'estimates.json')).mtimeMs >= since) records.push(record(inner));
    }
  };
  if (fs.existsSync(folder)) walk(folder);
  return records.sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
}

function record(folder) {
  const read = (name) => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
  const { full_id: id, throughput } = read('benchmark.json');
  const estimates = read('estimates.json');
  // The slope where the samples had different numbers of rounds; criterion shows the same.
  const { point_estimate: ns, confidence_interval: range } = estimates.slope ?? estimates.mean;
  const [[unit, amount] = []] = Object.entries(throughput ?? {});
  const perSecond = unit ? amount / (ns / 1e9) : null;
  return { id, ns, lowNs: range.lower_bound, highNs: range.upper_bound, unit: unit ?? null, perSecond };
}
