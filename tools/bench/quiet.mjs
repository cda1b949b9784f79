// Whether the machine has time for a measurement: waits a little for quiet, and notes who worked beside it.
// Read from /proc; where there is none, nothing is waited for and nothing noted.
import fs from 'node:fs';

const LOOK_MS = 1000;
const QUIET_SHARE = 0.9;
const CONTENDED_SHARE = 0.03; // of the looks
const COMPILERS = /^(rustc|cc1|cc1plus|ld|lld|rust-lld|wasm-opt|clang.*|cargo-.*)$/;

const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

function cpu() {
  try {
    const ticks = fs.readFileSync('/proc/stat', 'utf8').split('\n')[0].trim().split(/\s+/).slice(1, 9).map(Number);
    return { idle: ticks[3] + ticks[4], all: ticks.reduce((sum, x) => sum + x, 0) };
  } catch {
    return null;
  }
}

function isCompiling() {
  const isAtWork = (pid) => {
    try {
      const [, command, state] = /\((.*)\) (\S)/.exec(fs.readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
      return state === 'R' && COMPILERS.test(command);
    } catch {
      return false; // it ended while we looked
    }
  };
  return cpu() !== null && fs.readdirSync('/proc').some((name) => /^\d+$/.test(name) && isAtWork(name));
}

/** A stock of patience: each wait takes from it at most a minute, and once it is gone nobody waits any more. */
export function patience(totalMs) {
  let leftMs = totalMs;
  return {
    /** Waits for quiet; resolves to the share of the processors that was idle last, to three digits, or null. */
    async wait() {
      const begin = Date.now();
      for (;;) {
        const before = cpu();
        if (!before) return null;
        await sleep(LOOK_MS);
        const after = cpu();
        const share = Number(((after.idle - before.idle) / (after.all - before.all)).toFixed(3));
        if (share > QUIET_SHARE && !isCompiling()) return share;
        leftMs -= LOOK_MS;
        if (leftMs <= 0 || Date.now() - begin > 60_000) return share;
      }
    },
  };
}

/** Looks every second until `stop()`, which tells how often a compiler was at work, and whether that was too often. */
export function watch() {
  let [looks, compiling] = [0, 0];
  const timer = setInterval(() => {
    looks += 1;
    if (isCompiling()) compiling += 1;
  }, LOOK_MS);
  return {
    stop() {
      clearInterval(timer);
      return { compilers: `${compiling}/${looks}`, isContended: compiling > looks * CONTENDED_SHARE };
    },
  };
}
