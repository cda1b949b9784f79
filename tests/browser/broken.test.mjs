// What a reader sees when files are missing, cut short, replaced by web pages, full of problems, or out of reach.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { axe, cut, makeSite, openSite, ROOT, settled, sidewaysScroll } from './harness.mjs';

const WHOLE = path.join(ROOT, 'data/villa-el-salvador');
const PAGE = '<!doctype html><html><body>404</body></html>\n';

/** Each case: a folder, what is done to it, the state its page ends in, and what the page must say. */
const CASES = [
  { slug: 'missing-budget', edit: (at) => fs.rmSync(at('data/budget.csv')), state: 'ready', says: [/Hay \d+ problemas? en los archivos/, /no hay datos de lo gastado|prometieron/] },
  { slug: 'html-budget', edit: (at) => fs.writeFileSync(at('data/budget.csv'), PAGE), state: 'ready', says: [/problemas? en los archivos/] },
  { slug: 'cut-projects', edit: (at) => cut(at('data/projects.csv'), 0.6), state: 'ready', says: [/problemas? en los archivos/, /De cada/] },
  { slug: 'no-projects', edit: (at) => ['projects', 'budget'].forEach((name) => fs.rmSync(at(`data/${name}.csv`))), state: 'ready', says: [/no hay proyectos ni gasto/, /Totales oficiales/] },
  { slug: 'bad-numbers', edit: (at) => replaceAll(at('data/budget.csv'), /(\d)\.(\d\d),/g, '$1,$2,'), state: 'ready', says: [/filas no se pudieron usar/, /data\/budget\.csv: \d+ filas fuera; .*devengado/] },
  { slug: 'no-descriptor', edit: (at) => fs.rmSync(at('datapackage.json')), state: 'failed', says: [/No se pueden mostrar los datos/, /404/] },
  { slug: 'html-descriptor', edit: (at) => fs.writeFileSync(at('datapackage.json'), PAGE), state: 'failed', says: [/incompleto o no es el que debería/] },
  { slug: 'cut-descriptor', edit: (at) => cut(at('datapackage.json'), 0.5), state: 'failed', says: [/incompleto o no es el que debería/] },
];

function replaceAll(file, from, to) {
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replaceAll(from, to));
}

let site;
before(async () => {
  const folder = makeSite(['data']);
  for (const { slug, edit } of CASES) {
    const copy = path.join(folder, 'data', slug);
    fs.cpSync(WHOLE, copy, { recursive: true });
    edit((file) => path.join(copy, file));
    // The page's own file is the same for every municipality.
    fs.cpSync(path.join(folder, 'es/villa-el-salvador'), path.join(folder, 'es', slug), { recursive: true });
  }
  site = await openSite(folder);
});
after(() => site?.close());

const text = () => site.driver.executeScript('return document.body.innerText');

for (const { slug, state, says } of CASES) {
  test(`${slug}: the page says what happened and what still holds`, async () => {
    for (const width of [1280, 320]) {
      assert.equal(await site.open(`es/${slug}/`, { width }), state);
      for (const words of says) assert.match(await text(), words);
      assert.ok((await sidewaysScroll(site.driver)) <= 0);
      assert.deepEqual(await axe(site.driver), []);
    }
  });
}

test('the other municipalities are whole beside them', async () => {
  assert.equal(await site.open('es/san-juan-de-miraflores/'), 'ready');
  assert.match(await text(), /De cada S\/\s100 prometidos en 2004/);
});

test('a list of problems gives each its file, row and column, and what to type', async () => {
  await site.open('es/bad-numbers/');
  await site.driver.executeScript('document.querySelector("#problems details").open = true');
  assert.match(await text(), /data\/budget\.csv fila \d+/);
});

test('one file out of reach leaves the rest on the page', async () => {
  site.line.refuse(/budget\.csv$/);
  try {
    assert.equal(await site.open('es/villa-el-salvador/'), 'ready');
    assert.match(await text(), /problemas? en los archivos/);
    assert.match(await text(), /Por dimensión de desarrollo/);
    assert.match(await text(), /Totales oficiales/);
  } finally {
    site.line.release();
  }
});

/** What becomes of the worker's files: each ends in a message, and none in waiting. */
const WORKERS = {
  'the program gone': (folder) => fs.rmSync(path.join(folder, 'yupay-loader_bg.wasm')),
  'the program cut short': (folder) => cut(path.join(folder, 'yupay-loader_bg.wasm'), 0.5),
  'its start gone': (folder) => fs.rmSync(path.join(folder, 'start.js')),
  'its script a web page': (folder) => fs.writeFileSync(path.join(folder, 'yupay-loader.js'), PAGE),
};

for (const [what, change] of Object.entries(WORKERS)) {
  test(`without the worker (${what}) the page says so, in both languages`, async () => {
    const folder = makeSite(['data/villa-el-salvador']);
    const [worker] = fs.readdirSync(folder).filter((name) => name.startsWith('loader-'));
    change(path.join(folder, worker));
    const without = await openSite(folder);
    try {
      for (const [language, words] of [['es', /El programa que lee los archivos de datos/], ['en', /The program that reads the data files/]]) {
        assert.equal(await without.open(`${language}/villa-el-salvador/`, { width: 320 }), 'failed');
        assert.match(await without.driver.executeScript('return document.body.innerText'), words);
        assert.deepEqual(await axe(without.driver), []);
      }
    } finally {
      await without.close();
    }
  });
}

test('on a slow line the page says it is loading, and then shows itself', async () => {
  const { driver, origin } = site;
  await driver.sendDevToolsCommand('Network.enable', {});
  const line = (latency) => driver.sendDevToolsCommand('Network.emulateNetworkConditions', { offline: false, latency, downloadThroughput: -1, uploadThroughput: -1 });
  await line(700);
  try {
    // Not `get`, which waits for the page to have loaded.
    await driver.executeScript('location.href = arguments[0]', new URL('es/san-juan-de-miraflores/', origin).href);
    const until = Date.now() + 20_000;
    let said = '';
    while (!/Cargando los datos…/.test(said) && Date.now() < until) said = await text().catch(() => '');
    assert.match(said, /Cargando los datos…/);
    assert.deepEqual(await axe(driver), []);
    assert.equal(await settled(driver), 'ready');
  } finally {
    await line(0);
  }
});
