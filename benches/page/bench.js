// What both bench pages share: the kit's questions, put to a WebAssembly beside this file.
const KEYS = ['section', 'dimension', 'status', 'year'];
const options = new URLSearchParams(location.search);
let names = [];
let engine;
let rows = Promise.resolve();

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

async function search(text) {
  await rows;
  const [found, accrued] = engine.search(text);
  return { rows: Number(found), accrued, unit: 'cents' };
}

async function info() {
  await rows;
  return { heldBytes: engine.held_bytes() };
}

// `load(url, options, later)` does what differs between the pages, and resolves to the number of rows once there is
// an answer to `interact`; it hands `later` the promise of what only `search` waits for.
export function offer(module, load) {
  engine = module;
  const ready = engine.default();
  window.__bench = {
    ready: () => ready,
    async load(url) {
      await ready;
      // Rows on their way belong to what is replaced.
      await rows;
      rows = Promise.resolve();
      const count = await load(url, options, (promise) => { rows = promise; });
      names = KEYS.map((_, place) => engine.values(place).split('\n'));
      // The view a page opens with; a browser compiles what it runs the first time it runs it.
      interact({});
      return { rows: count };
    },
    interact,
    search,
    info,
    exactSum: () => ({ sum: engine.exact(), unit: 'cents', kind: 'integer cents' }),
  };
}
