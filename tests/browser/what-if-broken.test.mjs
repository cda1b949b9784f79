// The what-if page of packages that lack what it computes from: it names the cell, and the rest works.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { axe, consoleErrors, makeSite, ROOT, sidewaysScroll } from './harness.mjs';
import { expected, openWhatIf } from './what-if-page.mjs';

const WHOLE = path.join(ROOT, 'data/villa-el-salvador');

function replace(file, from, to) {
  const before = fs.readFileSync(file, 'utf8');
  assert.ok(before.includes(from), `${from} in ${file}`);
  fs.writeFileSync(file, before.replace(from, to));
}

/** A package without one of its files, the descriptor knowing nothing of it. */
function without(at, name) {
  fs.rmSync(at(`data/${name}.csv`));
  const descriptor = JSON.parse(fs.readFileSync(at('datapackage.json'), 'utf8'));
  descriptor.resources = descriptor.resources.filter((resource) => resource.path !== `data/${name}.csv`);
  fs.writeFileSync(at('datapackage.json'), JSON.stringify(descriptor));
}

const CELL = /criterio «(needs|people_without_basic_services)»: a Sección 3 \(S3\) le falta la cifra «people_without_basic_services»/;

/** Each case: what is done to the package, what its page says at once, and what a touch makes of it. */
const CASES = {
  'missing-cell': {
    edit: (at) => replace(at('data/section_figures.csv'), '2000,S3,47000,14100,', '2000,S3,47000,,'),
    async check(page) {
      assert.match(await page.text('#refused'), CELL);
      assert.match(await page.text('#published'), CELL);
      assert.equal(await page.text('#need-sentence'), '');
      // Without that criterion everything is there but the sentence on the need.
      await page.press('preset', { value: 'per-person' });
      assert.deepEqual(await page.amounts(), expected('population_only'));
      assert.match(await page.text('#need-sentence'), /No hay datos de personas sin servicios/);
      assert.equal(await page.exists('.need'), false);
      // A slider gives the criterion weight again: the reason is back, and one tap takes it away.
      await page.press('more', { at: 1 });
      assert.match(await page.text('#refused'), CELL);
      await page.find('#refused [data-do="undo"]').click();
      assert.deepEqual(await page.amounts(), expected('population_only'));
    },
  },
  'no-rule': {
    edit: (at) => without(at, 'allocation_rule'),
    async check(page) {
      assert.equal(await page.text('h1'), '¿Y si a todas las secciones les tocara lo mismo?');
      assert.deepEqual(await page.amounts(), expected('equal'));
      assert.match(await page.text('#published'), /no se publicó una regla o un fondo/);
      assert.deepEqual(await page.run('return [...document.querySelectorAll(".presets button")].map((one) => one.dataset.value)'), ['equal', 'per-person', 'needs-only', 'need-first']);
      // What was published is still what everything is set against.
      assert.match(await page.text('#need-sentence'), /oficial reciben el 40\.19%.*recibirían el 50%/);
      await page.press('preset', { value: 'need-first' });
      assert.deepEqual(await page.amounts(), expected('needs_first_30_50_20'));
    },
  },
  'no-figures': {
    edit: (at) => without(at, 'section_figures'),
    async check(page) {
      assert.match(await page.text('#refused'), /las cifras por sección no tienen la columna «population»/);
      await page.press('preset', { value: 'equal' });
      assert.deepEqual(await page.amounts(), expected('equal'));
      await page.show('table[data-by="what-if"] tbody td[data-stage="person"]');
      assert.match(await page.text('table[data-by="what-if"] tbody td[data-stage="person"]'), /sin dato/);
    },
  },
  'other-amounts': {
    edit: (at) => replace(at('data/allocations.csv'), '2000,S4,249280.87', '2000,S4,249280.86'),
    async check(page) {
      assert.match(await page.text('#published'), /1 monto publicado no es el que da la regla/);
      await page.unfold('table[data-by="published"]');
      assert.deepEqual((await page.table('published'))[3], [24_928_086, 24_928_087]);
      assert.deepEqual(await page.texts('table[data-by="published"] .tag'), ['difiere']);
      assert.deepEqual(await page.amounts(), expected('counts_30_20_50'));
      await page.show('table[data-by="what-if"] tbody tr:nth-child(4)');
      assert.match(await page.text('table[data-by="what-if"] tbody tr:nth-child(4) td[data-stage="change"]'), /\+S\/\s0\.01/);
    },
  },
  'missing-amount': {
    edit: (at) => replace(at('data/allocations.csv'), '2000,S4,249280.87,illustrative\n', ''),
    async check(page) {
      await page.unfold('table[data-by="published"]');
      assert.deepEqual((await page.table('published'))[3], ['sin dato', 24_928_087]);
      assert.deepEqual(await page.amounts(), expected('counts_30_20_50'));
    },
  },
  'no-investment': {
    edit: (at) => replace(at('data/processes.csv'), '2000,PEN,5714285.71,2000000.00', '2000,PEN,,2000000.00'),
    async check(page) {
      assert.match(await page.text('.fund p'), /^S\/\s2,000,000\.00, como se publicó\.$/);
      assert.deepEqual(await page.amounts(), expected('counts_30_20_50'));
      await page.type('share', '35');
      assert.match(await page.text('#share-fault'), /Escriba primero el presupuesto de inversión/);
      await page.type('investment', '1,000,000');
      assert.equal(await page.text('#share-fault'), '');
      assert.match(await page.text('.fund p'), /el 100% del presupuesto de inversión, que es de S\/\s1,000,000\.00/);
    },
  },
  'no-fund': {
    edit(at) {
      replace(at('data/processes.csv'), '2000,PEN,5714285.71,2000000.00', '2000,PEN,,');
      const descriptor = JSON.parse(fs.readFileSync(at('datapackage.json'), 'utf8'));
      const { fields } = descriptor.resources.find(({ name }) => name === 'processes').schema;
      delete fields.find(({ name }) => name === 'participatory_fund').constraints;
      fs.writeFileSync(at('datapackage.json'), JSON.stringify(descriptor));
    },
    async check(page) {
      assert.match(await page.text('.fund p'), /no se publicó el fondo: escriba uno/);
      assert.match(await page.text('#need-sentence'), /No hay dinero que repartir/);
      assert.match(await page.text('#published'), /no se publicó una regla o un fondo/);
      await page.type('fund', '2000000');
      assert.deepEqual(await page.amounts(), expected('counts_30_20_50'));
    },
  },
  'round-put-aside': {
    // The package itself asks for the fund, so that a round without one is put aside.
    edit: (at) => replace(at('data/processes.csv'), '2000,PEN,5714285.71,2000000.00', '2000,PEN,,'),
    async check(page) {
      assert.match(await page.text('#link-notice'), /La ronda de 2000 no está en estos datos; se muestra la de 2003\./);
      assert.equal(await page.value('#year'), '2003');
      assert.equal((await page.amounts()).length, 8);
    },
  },
  'zero-households': {
    edit: (at) => replace(at('data/section_figures.csv'), '2000,S2,52000,13000,13000,7800,', '2000,S2,52000,13000,0,7800,'),
    async check(page) {
      assert.deepEqual(await page.amounts(), expected('counts_30_20_50'));
      await page.choose('form-2', 'rate');
      assert.match(await page.text('#refused'), /en Sección 2 \(S2\), «households» es 0 y no hay proporción/);
      await page.choose('form-2', 'count');
      await page.choose('direction-2', 'inverse');
      assert.match(await page.text('#refused'), /en Sección 2 \(S2\), «households_up_to_date_with_tax» es 7,800 y pasa de «households», que es 0/);
    },
  },
  'no-rounds': {
    edit: (at) => without(at, 'processes'),
    async check(page) {
      assert.match(await page.text('h1'), /no hay con qué calcular otro reparto/);
      assert.match(await page.text('main'), /Hacen falta las tablas/);
    },
  },
};

let page;
before(async () => {
  const folder = makeSite(['data']);
  for (const [slug, { edit }] of Object.entries(CASES)) {
    const copy = path.join(folder, 'data', slug);
    fs.cpSync(WHOLE, copy, { recursive: true });
    edit((file) => path.join(copy, file));
    // The page's own files are the same for every municipality.
    fs.cpSync(path.join(folder, 'es/villa-el-salvador'), path.join(folder, 'es', slug), { recursive: true });
  }
  page = await openWhatIf(folder);
});
after(() => page?.site.close());

for (const [slug, { check }] of Object.entries(CASES)) {
  test(`${slug}: the page says what is missing, and the rest works`, async () => {
    await consoleErrors(page.driver);
    for (const width of [1280, 320]) {
      assert.equal(await page.site.open(`es/${slug}/what-if/?year=2000`, { width, height: 800 }), 'ready');
      assert.ok((await sidewaysScroll(page.driver)) <= 0);
      assert.deepEqual(await axe(page.driver), []);
    }
    await check(page);
    await page.site.emulate({});
    assert.ok((await sidewaysScroll(page.driver)) <= 0);
    assert.deepEqual(await axe(page.driver), []);
    assert.deepEqual((await consoleErrors(page.driver)).filter((error) => !/404/.test(error)), []);
  });
}
