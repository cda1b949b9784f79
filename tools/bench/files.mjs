// Real files from ../shared/data through the command: import, check, show; time and memory of each.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { BENCH, cargoMetadata, ROOT, run, say } from './say.mjs';

const DATA = path.join(ROOT, '../shared/data');
const FOLDER = path.join(BENCH, 'files');
const GATESHEAD = 'uk-council-spending/gateshead_spending_lines_by_category.csv';
const YEARS = [2015, 2016, 2017, 2018, 2019];
const ROUNDS = 3;

const PACKAGES = [
  { name: 'gateshead', sources: () => [unpacked(`${GATESHEAD}.xz`)], show: ['--by', 'fiscal_year', '--by', 'dimension', '--stage', 'paid'] },
  {
    name: 'madrid',
    sources: () => YEARS.map((year) => there(`madrid-civio/${year}/ejecucion_gastos.csv.gz`)),
    show: ['--by', 'fiscal_year', '--by', 'section', '--stage', 'all'],
  },
];

// Node tells nobody how much memory a child took.
const MEASURE = `
import json, os, sys, time
begin = time.monotonic()
silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=silent)
_, status, usage = os.wait4(child, 0)
print(json.dumps({"code": os.waitstatus_to_exitcode(status), "ms": (time.monotonic() - begin) * 1000, "peakKiB": usage.ru_maxrss}))
`;

/** The path of a file that must be there. */
function there(name) {
  const file = path.join(DATA, name);
  if (!fs.existsSync(file)) throw new Error(`falta ../shared/data/${name} · ../shared/data/${name} is missing`);
  return file;
}

/** A file without its .xz, unpacked once. */
function unpacked(name) {
  const packed = there(name);
  const plain = path.join(FOLDER, path.basename(name, '.xz'));
  if (!fs.existsSync(plain)) {
    const half = fs.openSync(`${plain}.half`, 'w');
    const { status, error } = spawnSync('xz', ['-dc', packed], { stdio: ['ignore', half, 'inherit'] });
    fs.closeSync(half);
    if (status !== 0) throw new Error(`xz: ${error?.message ?? status}`);
    fs.renameSync(`${plain}.half`, plain);
  }
  return plain;
}

/** Runs a command three times: the least of its times, the most of its memory. */
function measure(command, args) {
  const rounds = Array.from({ length: ROUNDS }, () =>
    JSON.parse(execFileSync('python3', ['-c', MEASURE, command, ...args], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })));
  return { ms: Math.min(...rounds.map(({ ms }) => ms)), peakMiB: Math.max(...rounds.map(({ peakKiB }) => peakKiB)) / 1024, code: rounds[0].code };
}

/** One record a package: its bytes, and each command's time and memory. A code of 1 says that rows were set aside. */
export function runFiles() {
  run('cargo', ['build', '--locked', '--release', '--bin', 'yupay']);
  const yupay = path.join(cargoMetadata().target_directory, 'release/yupay');
  fs.mkdirSync(FOLDER, { recursive: true });
  return PACKAGES.map(({ name, sources, show }) => {
    say(name);
    const files = sources();
    const out = path.join(FOLDER, name);
    const steps = {
      import: ['import', '--map', `examples/import/${name}.toml`, ...files, '--out', out],
      check: ['check', out],
      show: ['show', out, ...show],
    };
    const bytes = files.reduce((sum, file) => sum + fs.statSync(file).size, 0);
    const commands = Object.entries(steps).map(([step, words]) => ({ step, ...measure(yupay, words) }));
    const failed = commands.find(({ code }) => ![0, 1].includes(code));
    if (failed) throw new Error(`yupay ${failed.step} ${name} ended with ${failed.code}`);
    return { name, bytes, commands };
  });
}
