// What both bench pages share: the kit's questions, put to the WebAssembly beside this file.
import init, * as engine from './yupay-bench.js';

const KEYS = ['section', 'dimension', 'status', 'year'];
const options = new URLSearchParams(location.search);
let names = [];

function interact({ year, status, section }) {
  const answer = engine.interact(year == null ? '' : String(year), status?.join('\n') ?? '', section?.join('\n') ?? '');
  const by = {};
  let at = 1;
  KEYS.forEach((key, place) => {
    const found = (by[key] = {});
    for (let left = Number(answer[at++]); left > 0; left--) {
      const name = names[place][Number(answer[at]) - 1];
      found[name] = [answer[at + 2], answer[at + 3], answer[at + 4], answer[at + 5], answer[at + 6]];
      at += 7;
    }
  });
  return { rows: Number(answer[0]), unit: 'cents', by };
}

function search(text) {
  const [rows, accrued] = engine.search(text);
  return { rows: Number(rows), accrued, unit: 'cents' };
}

// `load(engine, url, options)` does what differs between the pages.
export function offer(load) {
  const ready = init();
  window.__bench = {
    ready: () => ready,
    async load(url) {
      await ready;
      const rows = await load(engine, url, options);
      names = KEYS.map((_, place) => engine.values(place).split('\n'));
      return { rows };
    },
    interact,
    search,
    exactSum: () => ({ sum: engine.exact(), unit: 'cents', kind: 'integer cents' }),
  };
}
