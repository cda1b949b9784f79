// Words to whoever runs the bench, and commands run for it.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const BENCH = path.join(ROOT, 'target/bench');
export const SITE = process.env.SITE ?? 'site';

// The project's own tools before any of the system's, as in the Makefile.
const own = ['.tools/bin', 'node_modules/.bin'].map((folder) => path.join(ROOT, folder));
process.env.PATH = [...own, process.env.PATH].join(path.delimiter);

export const say = (text) => console.log(`-- ${text}`);
export const clock = () => new Date().toTimeString().slice(0, 8);

/** Runs a command in the project's folder with its output shown; throws when it fails. */
export function run(command, args, { env = {}, cwd = ROOT } = {}) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit', env: { ...process.env, ...env } });
  if (error) throw new Error(`${command}: ${error.message}`);
  if (status !== 0) throw new Error(`${command} ${args.slice(0, 3).join(' ')} … ended with ${status}`);
}

/** First line a command prints; null where there is no such command. */
export function answer(command, args) {
  const { status, stdout } = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8' });
  return status === 0 ? stdout.trim().split('\n')[0] : null;
}

/** What Cargo says of the project: its targets, and where it builds. */
export function cargoMetadata() {
  const words = ['metadata', '--locked', '--no-deps', '--format-version', '1'];
  return JSON.parse(execFileSync('cargo', words, { cwd: ROOT, maxBuffer: 1 << 26 }));
}

/** Builds the site where it is older than what it is built from. */
export function buildSite() {
  const built = path.join(ROOT, SITE, 'index.html');
  const sources = ['src', 'public', 'data', 'tools/site.py', 'index.html', 'Cargo.lock'].flatMap((name) => files(path.join(ROOT, name)));
  const newest = Math.max(...sources.map((file) => fs.statSync(file).mtimeMs));
  if (fs.existsSync(built) && fs.statSync(built).mtimeMs >= newest) return;
  say('el sitio se construye antes · the site is built first');
  run('make', ['--no-print-directory', 'site', `SITE=${SITE}`]);
}

function files(name) {
  if (!fs.statSync(name).isDirectory()) return [name];
  const entries = fs.readdirSync(name, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => path.join(entry.parentPath, entry.name));
}

const children = new Set();

/** Resolves to how a child ended, once all it wrote was read. */
async function end(child) {
  children.add(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(signal ?? code));
  }).finally(() => children.delete(child));
}

/** Runs a command with its results shown and its chatter (stderr) in a file. */
export async function runLogged(command, args, log) {
  const file = fs.openSync(log, 'w');
  const ended = await end(spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'inherit', file] })).finally(() => fs.closeSync(file));
  if (ended !== 0) throw new Error(`${command} ${args[0]} ended with ${ended}: ${path.relative(ROOT, log)}`);
}

/** Runs a node script to its end and returns the JSON of its last line, or throws. Ended with us, or after `limitMs`. */
export async function nodeJson(script, args, { cwd, limitMs }) {
  const child = spawn(process.execPath, [script, ...args], { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  const overdue = setTimeout(() => child.kill('SIGTERM'), limitMs);
  let text = '';
  child.stdout.on('data', (data) => { text += data; });
  const ended = await end(child).finally(() => clearTimeout(overdue));
  const last = text.trim().split('\n').at(-1);
  if (ended !== 0 || !last) throw new Error(`${path.basename(script)} ended with ${ended}`);
  return JSON.parse(last);
}

/** Ends what was started here, by its process id. */
export function endChildren() {
  for (const child of children) child.kill('SIGTERM');
}
