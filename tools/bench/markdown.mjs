// Numbers and tables as the reports write them. Pure.

/** A number with as many digits as it deserves. */
export function digits(value) {
  if (value === null || value === undefined) return '–';
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString('en-US');
  if (size >= 100 || size === 0) return value.toFixed(0);
  if (size >= 10) return value.toFixed(1);
  return size >= 0.1 ? value.toFixed(2) : value.toFixed(3);
}

/** Nanoseconds in the unit that fits. */
export function time(ns) {
  const [unit, size] = [['s', 1e9], ['ms', 1e6], ['µs', 1e3]].find(([, size]) => ns >= size) ?? ['ns', 1];
  return `${digits(ns / size)} ${unit}`;
}

export const whole = (value) => value.toLocaleString('en-US');

export const table = (head, rows) => [
  `| ${head.join(' | ')} |`,
  `|${head.map((_, column) => (column === 0 ? '---' : '--:')).join('|')}|`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
].join('\n');
