// tools/site.py and tools/serve.py: packages good and bad, and a site that works under any path.
// A stand-in of a few lines plays the part of what Trunk builds, so these run without it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { makeSite, openSite, requests, ROOT, serve, temporaryFolder } from './harness.mjs';

const SHELL = `<!doctype html>
<html class="x" lang="qu"><head><meta charset="utf-8"><title>old</title><link rel="icon" href="data:,"><link rel="stylesheet" href="./look.css">
<script type="module">import start from './yupay-site-0123abcd.js'; start();</script>
<link rel="modulepreload" href="./yupay-site-0123abcd.js" crossorigin="anonymous"></head>
<body><!-- yupay:page --></body></html>`;
const APP = `export default async () => {
  const { municipalities } = await (await fetch('data/index.json')).json();
  document.body.append(municipalities.map(({ slug }) => slug).join(' '));
  document.body.dataset.state = 'ready';
  document.body.dataset.program = import.meta.url.split('/').pop();
};`;

const work = temporaryFolder('assembly');
const at = (...steps) => path.join(work, ...steps);
const read = (...steps) => fs.readFileSync(at(...steps), 'utf8');

function write(name, text) {
  fs.mkdirSync(path.dirname(at(name)), { recursive: true });
  fs.writeFileSync(at(name), text);
}

function descriptor(name, value) {
  write(`${name}/datapackage.json`, typeof value === 'string' ? value : JSON.stringify(value));
}

/** Runs the maker and hands back its status and words, whatever they are. */
function make(data, ...more) {
  const args = ['tools/site.py', '--dist', at('dist'), '--data', ...data, '--out', at('out'), ...more];
  return spawnSync('python3', args, { cwd: ROOT, encoding: 'utf8' });
}

before(() => {
  write('dist/index.html', SHELL);
  write('dist/yupay-site-0123abcd.js', APP);
  for (const page of ['explore', 'projects', 'compare', 'what-if']) {
    write(`dist/yupay-${page}.js`, `${APP}// of ${page}`);
    write(`dist/yupay-${page}_bg.wasm`, 'wasm');
    write(`dist/pages/${page}.css`, `.${page}{}`);
  }
  write('dist/look.css', 'body{margin:0}');
  descriptor('good/alto', {
    title: 'Distrito  "Alto" <uno>',
    description: 'Lo que\npasó',
    countryCode: 'PE',
    yupay: { demonstration: true, description_en: 'What happened' },
    resources: [{ name: 'processes', path: './data/processes.csv', dialect: { delimiter: ';' } }],
  });
  write('good/alto/data/processes.csv', '\uFEFFfiscal_year;currency\n2001;PEN\n2000;PEN\n2001;PEN\nmañana;PEN\n');
  write('good/alto/notes.txt', 'named by no resource');
  descriptor('good/bajo', {});
});

after(() => fs.rmSync(work, { recursive: true, force: true }));

test('lists packages in the order given, with what their descriptors say', () => {
  const { status, stderr } = make([at('good/bajo'), at('good')]);
  assert.equal(status, 0, stderr);
  assert.deepEqual(JSON.parse(read('out/data/index.json')), {
    municipalities: [
      { slug: 'bajo', title: 'bajo', description: '', description_en: '', country: '', demonstration: false, years: [] },
      { slug: 'alto', title: 'Distrito "Alto" <uno>', description: 'Lo que pasó', description_en: 'What happened', country: 'PE', demonstration: true, years: [2000, 2001] },
    ],
  });
  assert.ok(fs.existsSync(at('out/data/alto/data/processes.csv')));
  assert.ok(!fs.existsSync(at('out/data/alto/notes.txt')), 'only what a resource names is published');
});

test('each page has its language, its title and the way to the root', () => {
  make([at('good')]);
  const page = read('out/en/alto/index.html');
  const head = '<meta charset="utf-8"><base href="../../"><title>Distrito "Alto" &lt;uno&gt; · Yupay</title><meta name="description" content="What happened">';
  assert.ok(page.includes(head), page);
  assert.ok(page.includes('<html lang="en" class="x">'), page);
  assert.ok(!page.includes('<title>old</title>'), page);
  assert.match(read('out/index.html'), /<html lang="es"[^]*<base href="\.\/"><title>Yupay<\/title>/);
  assert.match(read('out/es/index.html'), /<html lang="es"[^]*<base href="\.\.\/">/);
  assert.match(read('out/en/index.html'), /<html lang="en"[^]*<base href="\.\.\/">/);
  const whatIf = '<base href="../../../"><title>What if · Distrito "Alto" &lt;uno&gt; · Yupay</title><meta name="description" content="What each section would get by another rule, and why: Distrito &quot;Alto&quot; &lt;uno&gt;.">';
  assert.ok(read('out/en/alto/what-if/index.html').includes(whatIf));
});

test('a page of its own program is the overview with the programs exchanged, held to the digests of its own', () => {
  const [shell, digest] = [read('dist/index.html'), (name) => `sha384-${createHash('sha384').update(fs.readFileSync(at('out', name))).digest('base64')}`];
  const preloads = '<link rel="modulepreload" href="./yupay-site-0123abcd.js" integrity="sha384-js"><link rel="preload" href="./yupay-site-0123abcd_bg.wasm" as="fetch" integrity="sha384-wasm">';
  write('dist/index.html', shell.replace('href="./look.css"', 'href="./look.css" integrity="sha384-look"').replace('</head>', `${preloads}</head>`));
  const programs = (page) => [...new Set(read('out', page).match(/yupay-(site|what-if)[-0-9a-z]*(_bg\.wasm|\.js)/g))].sort();
  const digests = (page) => [...read('out', page).matchAll(/ integrity="([^"]+)"/g)].map(([, value]) => value);
  try {
    assert.equal(make([at('good')]).status, 0);
    assert.deepEqual(programs('en/alto/index.html'), ['yupay-site-0123abcd.js', 'yupay-site-0123abcd_bg.wasm']);
    assert.deepEqual(digests('en/alto/index.html'), ['sha384-look', 'sha384-js', 'sha384-wasm']);
    const [script, wasm] = programs('en/alto/what-if/index.html');
    assert.match(`${script} ${wasm}`, /^(yupay-what-if-[0-9a-f]{16})\.js \1_bg\.wasm$/);
    assert.deepEqual(digests('en/alto/what-if/index.html'), ['sha384-look', digest(script), digest(wasm)]);
    assert.deepEqual(programs('es/bajo/what-if/index.html'), [script, wasm]);

    write('dist/yupay-what-if_bg.wasm', 'another');
    make([at('good')]);
    assert.notEqual(programs('en/alto/what-if/index.html')[0], script, 'its address changes with its content');
    fs.rmSync(at('dist/yupay-what-if_bg.wasm'));
    const { status, stderr } = make([at('good')]);
    assert.equal(status, 1);
    assert.match(stderr, /^error: .*yupay-what-if_bg\.wasm/m);
  } finally {
    write('dist/index.html', shell);
    write('dist/yupay-what-if_bg.wasm', 'wasm');
  }
});

test('a style sheet of a page is linked by that page alone, after the one that all share', () => {
  make([at('good')]);
  const sheets = (page) => [...read('out', page).matchAll(/<link rel="stylesheet" href="([^"]+)">/g)].map(([, file]) => file);
  const [shared, own] = sheets('es/bajo/explore/index.html');
  assert.equal(shared, './look.css');
  assert.match(own, /^explore-[0-9a-f]{16}\.css$/);
  assert.equal(read('out', own), '.explore{}');
  for (const page of ['index.html', 'es/bajo/index.html', 'es/bajo/what-if/index.html']) assert.deepEqual(sheets(page), ['./look.css']);
  assert.ok(!fs.existsSync(at('out/pages')));
});

test('publishes a broken package and no file that is not its own', () => {
  write('secret.csv', 'secret');
  descriptor('bad/torcido', {
    resources: [
      { path: '../../secret.csv' }, { path: at('secret.csv') }, { path: ['link.csv', 'gone.csv'] }, { path: '.hidden' },
      { path: 'https://example.org/a.csv' }, { path: 7 }, { path: 'x'.repeat(5000) }, 'no', null,
    ],
  });
  write('bad/torcido/.hidden', 'hidden');
  fs.symlinkSync(at('secret.csv'), at('bad/torcido/link.csv'));
  descriptor('bad/ilegible', '{"title": ');
  descriptor('bad/raro', '{"title": "medio \\ud800", "resources": [{"path": "\\ud800.csv"}, {"name": "processes", "path": "p.csv"}]}');
  write('bad/raro/p.csv', Buffer.from([0xff, 0xfe, 0x00]));
  const { status, stderr } = make([at('bad')]);
  assert.equal(status, 0, stderr);
  for (const said of ['../../secret.csv', 'link.csv', 'gone.csv', '.hidden', 'https://example.org/a.csv', 'ilegible/datapackage.json']) {
    assert.ok(stderr.includes(said), `${said} not in ${stderr}`);
  }
  const published = fs.readdirSync(at('out/data'), { recursive: true }).filter((name) => fs.statSync(at('out/data', name)).isFile());
  assert.deepEqual(published.sort(), [
    'ilegible/datapackage.json', 'index.json', 'raro/datapackage.json', 'raro/p.csv', 'torcido/datapackage.json',
  ]);
  assert.equal(read('out/data/ilegible/datapackage.json'), '{"title": ');
  assert.equal(JSON.parse(read('out/data/index.json')).municipalities[0].title, 'ilegible');
});

test('packs each package, and goes on without where that fails', () => {
  write('packer', `#!/usr/bin/env python3
import json, pathlib, sys
command, package, option, out = sys.argv[1:]
assert (command, option) == ("pack", "--out"), sys.argv
if package.endswith("bajo"):
    print("no se puede", file=sys.stderr)
    sys.exit(2)
pathlib.Path(out, "cube-0123456789abcdef.bin").write_bytes(b"cube")
pathlib.Path(out, "packed.json").write_text(json.dumps({"cube": {"name": "cube-0123456789abcdef.bin"}}))
sys.exit(1 if package.endswith("alto") else 0)
`);
  fs.chmodSync(at('packer'), 0o755);
  const { status, stderr } = make([at('good')], '--yupay', at('packer'));
  assert.equal(status, 0, stderr);
  assert.match(stderr, /bajo: .*not packed: no se puede/);
  assert.ok(!stderr.includes('alto:'), 'a package with problems is packed all the same');
  assert.ok(fs.existsSync(at('out/data/alto/packed.json')));
  const early = (page) => [...read(page).matchAll(/<link rel="preload" as="fetch" crossorigin href="([^"]+)">/g)].map(([, file]) => file);
  assert.deepEqual(early('out/en/alto/index.html'), [
    'text/en.json', 'data/alto/packed.json', 'data/alto/datapackage.json', 'data/alto/cube-0123456789abcdef.bin',
  ]);
  assert.deepEqual(early('out/en/alto/what-if/index.html'), [
    'text/en.json', 'text/what-if.en.json', 'data/alto/packed.json', 'data/alto/datapackage.json', 'data/alto/cube-0123456789abcdef.bin',
  ]);
  assert.deepEqual(early('out/es/bajo/index.html'), ['text/es.json']);
  assert.deepEqual(early('out/es/index.html'), []);
});

test('the worker has a folder named after its content, which every page names', () => {
  const named = () => {
    make([at('good')]);
    const names = ['index.html', 'es/index.html', 'en/alto/index.html'].map((page) => /<meta name="yupay-loader" content="([^"]+)">/.exec(read('out', page))?.[1]);
    assert.equal(new Set(names).size, 1, names.join());
    return names[0];
  };
  assert.equal(named(), undefined);
  write('dist/yupay-loader.js', 'one');
  write('dist/yupay-loader_bg.wasm', 'wasm');
  try {
    const first = named();
    assert.match(first, /^loader-[0-9a-f]{16}\/start\.js$/);
    assert.deepEqual(fs.readdirSync(path.dirname(at('out', first))).sort(), ['start.js', 'yupay-loader.js', 'yupay-loader_bg.wasm']);
    assert.ok(!fs.existsSync(at('out/yupay-loader.js')));
    assert.equal(named(), first);
    write('dist/yupay-loader.js', 'two');
    assert.notEqual(named(), first);
  } finally {
    ['.js', '_bg.wasm'].forEach((end) => fs.rmSync(at(`dist/yupay-loader${end}`)));
  }
});

test('a worker of one page is named by that page alone', () => {
  ['.js', '_bg.wasm'].forEach((end) => write(`dist/yupay-funder${end}`, 'funder'));
  try {
    make([at('good')]);
    const named = (page) => /<meta name="yupay-funder" content="([^"]+)">/.exec(read('out', page))?.[1];
    const address = named('en/alto/what-if/index.html');
    assert.match(address, /^funder-[0-9a-f]{16}\/start\.js$/);
    assert.equal(named('es/alto/what-if/index.html'), address);
    assert.match(read('out', address), /importScripts\('yupay-funder\.js'\)/);
    for (const page of ['index.html', 'es/index.html', 'en/alto/index.html']) assert.equal(named(page), undefined);
  } finally {
    ['.js', '_bg.wasm'].forEach((end) => fs.rmSync(at(`dist/yupay-funder${end}`)));
  }
});

test('refuses what it cannot publish, and leaves the site as it was', () => {
  make([at('good')]);
  const kept = read('out/data/index.json');
  descriptor('other/alto', {});
  descriptor('names/con espacio', {});
  for (const data of [[at('good'), at('other')], [at('names')], [at('nowhere')], [at('dist')]]) {
    const { status, stderr } = make(data);
    assert.equal(status, 1, data.join(' '));
    assert.match(stderr, /^error: /m);
  }
  assert.equal(read('out/data/index.json'), kept);
  assert.deepEqual(fs.readdirSync(work).filter((name) => name.startsWith('out.')), [], 'nothing half done is left');
  write('precious/work.txt', 'mine');
  const over = spawnSync('python3', ['tools/site.py', '--dist', at('dist'), '--data', at('good'), '--out', at('precious')], { cwd: ROOT });
  assert.equal(over.status, 1);
  assert.equal(read('precious/work.txt'), 'mine');
});

test('puts a page written beforehand in its place', () => {
  write('pages/es/alto.html', '<main>Ya escrito</main>');
  write('pages/es/alto/what-if.html', '<main>También</main>');
  const { status, stderr } = make([at('good/alto')], '--prerender', at('pages'));
  assert.equal(status, 0, stderr);
  assert.ok(read('out/es/alto/index.html').includes('<body><main>Ya escrito</main></body>'));
  assert.ok(read('out/es/alto/what-if/index.html').includes('<body><main>También</main></body>'));
  assert.ok(read('out/en/alto/index.html').includes('<!-- yupay:page -->'));
  assert.ok(stderr.includes('en/alto.html'), stderr);
});

test('serves files as a plain host does', async () => {
  make([at('good')], '--base', 'some/where');
  const server = await serve(at('out'));
  try {
    const get = (address) => fetch(new URL(address, server.origin), { redirect: 'manual' });
    const csv = await get('data/alto/data/processes.csv');
    assert.equal(csv.headers.get('content-type'), 'text/csv; charset=utf-8');
    assert.equal(csv.headers.get('cache-control'), 'no-cache');
    fs.writeFileSync(at('out/data/alto/cube-0123456789abcdef.bin'), 'cube');
    const packed = await get('data/alto/cube-0123456789abcdef.bin');
    assert.equal(packed.headers.get('content-type'), 'application/octet-stream');
    assert.ok(packed.headers.get('last-modified'), 'by which a page knows files that are newer');
    assert.equal((await get('data/index.json')).headers.get('content-type'), 'application/json');
    assert.equal((await get('es')).status, 301);
    assert.equal((await get('data/alto/')).status, 404, 'no listings');
    const lost = await get('es/nada/de/nada');
    assert.equal(lost.status, 404);
    assert.match(await lost.text(), /href="\/some\/where\/"[^]*href="\/some\/where\/en\/"/);
  } finally {
    server.close();
  }
});

test('works at the root of a host and under any path', async () => {
  makeSite([at('good')], { dist: at('dist'), out: at('host/some/where') });
  const site = await openSite(at('host'));
  try {
    for (const page of ['', 'es/', 'en/alto/', 'es/bajo/index.html', 'en/alto/what-if/']) {
      assert.equal(await site.open(`some/where/${page}`, { width: 320, height: 640 }), 'ready', page);
      const program = await site.driver.executeScript('return document.body.dataset.program');
      assert.match(program, page.includes('what-if') ? /^yupay-what-if-/ : /^yupay-site-/);
      assert.equal(await site.driver.executeScript('return document.body.innerText.trim()'), 'alto bajo');
      for (const file of await requests(site.driver)) assert.ok(file.startsWith(`${site.origin}some/where/`), file);
    }
    assert.equal(await site.driver.executeScript('return window.innerWidth'), 320);
  } finally {
    await site.close();
  }
});
