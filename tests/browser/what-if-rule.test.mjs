// A rule in the reader's hands: presets, sliders by finger, key and tap, boxes, floors, and what cannot be.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { By, Key } from 'selenium-webdriver';
import { consoleErrors, rulesAnswered } from './harness.mjs';
import { commanded, expected, openWhatIf, PAUSE_MS, ROUND } from './what-if-page.mjs';

let page;
before(async () => {
  page = await openWhatIf();
});
after(() => page?.site.close());
beforeEach(async () => {
  // A fragment alone would not load the page anew.
  await page.driver.get('about:blank');
  assert.equal(await page.site.open(ROUND), 'ready');
});

const PRESETS = {
  official: 'counts_30_20_50',
  equal: 'equal',
  'per-person': 'population_only',
  'needs-only': 'needs_only',
  'need-first': 'needs_first_30_50_20',
  'tax-turned-round': 'inverse_tax_30_20_50',
};

test('the official rule and every preset give what was computed elsewhere, to the céntimo', async () => {
  assert.deepEqual(await page.amounts(), expected('counts_30_20_50'));
  for (const [preset, rule] of Object.entries(PRESETS)) {
    await page.press('preset', { value: preset });
    assert.deepEqual(await page.amounts(), expected(rule), preset);
    assert.equal(await page.total(), 10_000);
    assert.deepEqual(await page.run('return [...document.querySelectorAll(".presets [aria-pressed=true]")].map((one) => one.dataset.value)'), [preset]);
  }
  assert.match(await page.text('h1'), /¿Y si pesaran los hogares que no están al día\?/);
  assert.match(await page.text('#need-sentence'), /59\.79%.*regla oficial reciben el 40\.19%.*recibirían el 51\.58%/);
  assert.deepEqual(await consoleErrors(page.driver), []);
});

test('a slider is dragged: the others make room, the table follows, and it is one step back', async () => {
  await page.drag(0, [40, 50, 60]);
  assert.deepEqual(await page.weights(), ['60', '11.43', '28.57']);
  assert.deepEqual(await page.amounts(), commanded(['--weights', 'population=60,people_without_basic_services=11.43,households_up_to_date_with_tax=28.57']));
  assert.equal(await page.text('h1'), '¿Y si «Habitantes» pesara 60%?');
  await page.press('undo');
  assert.deepEqual(await page.weights(), ['30', '20', '50']);
  assert.deepEqual(await page.amounts(), expected('counts_30_20_50'));
  await page.press('redo');
  assert.deepEqual(await page.weights(), ['60', '11.43', '28.57']);
});

test('a finger that goes to the end and comes back finds the others as they were', async () => {
  await page.drag(0, [70, 100, 70, 30]);
  assert.deepEqual(await page.weights(), ['30', '20', '50']);
  // Nothing was changed, so there is nothing to take back.
  assert.equal(await page.find('[data-do="undo"]').getAttribute('aria-disabled'), 'true');
  await page.drag(0, [100, 45]);
  assert.deepEqual(await page.weights(), ['45', '15.71', '39.29']);
  await page.press('undo');
  assert.deepEqual(await page.weights(), ['30', '20', '50']);
});

test('during a drag the slider keeps pointer and place, the page says nothing, and after it says it once', async () => {
  // Everything that may move in the question above the slider is on screen.
  for (const width of [320, 1280]) {
    await page.site.emulate({ width, height: 640 });
    await page.driver.get('about:blank');
    await page.site.open(ROUND, { width, height: 640 });
    await page.run(`window.heard = []; window.slider = document.getElementById('slider-1');
      new MutationObserver((all) => heard.push(...all)).observe(document.getElementById('announced'), { childList: true, characterData: true, subtree: true });
      // Without what browsers do to keep the place of what is in sight, and some do not.
      document.documentElement.style.overflowAnchor = 'none';`);
    const place = () => page.run('const { top } = slider.getBoundingClientRect(); return [Math.round(top), slider.isConnected, document.activeElement === slider, heard.length]');
    let before;
    const percents = [30, 35, 36, 40, 45, 50, 55, 60];
    await page.drag(1, percents, {
      letGo: false,
      async seen(percent) {
        before ??= [(await place())[0], true, true, 0];
        assert.deepEqual(await place(), before, `${width} px at ${percent}%`);
        assert.equal(await page.total(), 10_000);
        // A hand may rest for longer than the page waits for more.
        if (percent === 36) await page.driver.sleep(PAUSE_MS);
      },
    });
    await page.letGo();
    await page.driver.sleep(PAUSE_MS);
    assert.match(await page.text('#announced'), /^A las peor servidas: [\d.]+% del fondo \(oficial: 40\.19%\)\. Más gana Sección \d: \+S\/.*Más pierde Sección 1: -S\//);
    assert.ok((await page.run('return heard.length')) <= 2, 'said once');
  }
  await page.site.emulate({});
});

test('arrow keys move a slider a percent at a time, Home and End all the way, and keep the focus', async () => {
  await page.run('document.getElementById("slider-2").focus()');
  await page.driver.actions().sendKeys(Key.ARROW_RIGHT, Key.ARROW_RIGHT, Key.ARROW_LEFT).perform();
  assert.equal((await page.weights())[2], '51');
  assert.equal(await page.focused(), 'slider-2');
  await page.driver.actions().sendKeys(Key.END).perform();
  assert.deepEqual(await page.weights(), ['0', '0', '100']);
  await page.driver.actions().sendKeys(Key.HOME).perform();
  assert.deepEqual(await page.weights(), ['50', '50', '0']);
  // Outside a box, the usual keys take back and take again.
  await page.driver.actions().keyDown(Key.CONTROL).sendKeys('zzz').keyUp(Key.CONTROL).perform();
  assert.equal((await page.weights())[2], '52');
  await page.driver.actions().keyDown(Key.CONTROL).sendKeys('y').keyUp(Key.CONTROL).perform();
  assert.equal((await page.weights())[2], '51');
  await page.driver.actions().keyDown(Key.CONTROL).keyDown(Key.SHIFT).sendKeys('z').keyUp(Key.SHIFT).keyUp(Key.CONTROL).perform();
  assert.deepEqual(await page.weights(), ['0', '0', '100']);
  assert.equal(await page.focused(), 'slider-2');
});

test('taps alone do all that dragging does', async () => {
  for (let tap = 0; tap < 5; tap += 1) await page.press('more', { at: 1 });
  assert.deepEqual(await page.weights(), ['28.13', '25', '46.87']);
  await page.press('less', { at: 1 });
  assert.equal((await page.weights())[1], '24');
  assert.equal(await page.total(), 10_000);
  for (let tap = 0; tap < 6; tap += 1) await page.press('undo');
  assert.deepEqual(await page.weights(), ['30', '20', '50']);
  // Nothing further back: the button stays where the finger and the focus are.
  await page.press('undo');
  assert.equal(await page.focused(), 'undoundefined');
  assert.deepEqual(await page.amounts(), expected('counts_30_20_50'));
});

test('a weight is typed, with two decimals; what is no weight stays in its box with a message', async () => {
  await page.type('weight-0', '33.33');
  assert.deepEqual(await page.weights(), ['33.33', '19.05', '47.62']);
  assert.deepEqual(await page.amounts(), commanded(['--weights', 'population=33.33,people_without_basic_services=19.05,households_up_to_date_with_tax=47.62']));
  const before = await page.amounts();
  for (const nonsense of ['101', '-5', '33.333', 'mucho', '']) {
    await page.type('weight-0', nonsense);
    assert.equal(await page.text('#weight-0-fault'), `«${nonsense}» no es un porcentaje de 0 a 100 con dos decimales como máximo. Quedó el que estaba.`);
    assert.equal(await page.value('#weight-0'), nonsense, 'the box keeps what was typed');
    assert.equal(await page.find('#weight-0').getAttribute('aria-invalid'), 'true');
    assert.deepEqual(await page.amounts(), before, nonsense);
  }
  // What can be read again is, and the message goes; what was refused is not left standing anywhere.
  await page.press('more', { at: 1 });
  assert.equal(await page.text('#weight-0-fault'), '');
  assert.match(await page.value('#weight-0'), /^32\.\d+$/);
  assert.equal(await page.total(), 10_000);
});

test('a lock holds its weight while others move, says what is left, and lets go', async () => {
  await page.press('lock', { at: 1 });
  assert.equal(await page.find('.lock[data-at="1"]').getAttribute('aria-pressed'), 'true');
  assert.ok(await page.run('return document.getElementById("slider-1").disabled'));
  await page.drag(0, [60, 95], { stop: 80 });
  assert.deepEqual(await page.weights(), ['80', '20', '0']);
  await page.type('weight-0', '90');
  assert.deepEqual(await page.weights(), ['80', '20', '0']);
  assert.match(await page.text('#weight-0-fault'), /quedó en 80%/);
  // With all others held there is nothing to move.
  await page.press('lock', { at: 2 });
  assert.ok(await page.run('return document.getElementById("slider-0").disabled'));
  await page.press('lock', { at: 2 });
  await page.press('lock', { at: 1 });
  await page.press('less', { at: 0 });
  assert.equal(await page.total(), 10_000);
  assert.notEqual((await page.weights())[1], '20');
});

test('a measure is counted as a rate, or turned round', async () => {
  await page.choose('direction-2', 'inverse');
  assert.deepEqual(await page.amounts(), expected('inverse_tax_30_20_50'));
  assert.match(await page.text('[data-criterion="tax"] label'), /al revés$/);
  assert.match(await page.text('[data-criterion="tax"] summary'), /lo que falta: hogares menos hogares al día/);
  await page.choose('direction-2', 'direct');
  await page.choose('form-1', 'rate');
  assert.deepEqual(await page.amounts(), commanded(['--weights', 'population=30,people_without_basic_services:rate=20,households_up_to_date_with_tax=50']));
  assert.equal(await page.text('h1'), '¿Y si «Personas sin servicios básicos» se contara de otra manera?');
  // Nobody is a part of the inhabitants' number: there is no rate to choose.
  assert.equal(await page.exists('#form-0'), false);
});

test('criteria are added and taken away, and the weights go on totalling 100', async () => {
  await page.press('add-criterion', { value: 'households' });
  assert.deepEqual(await page.weights(), ['30', '20', '50', '0']);
  await page.driver.wait(async () => (await page.focused()) === 'slider-3', 2000);
  assert.deepEqual(await page.amounts(), expected('counts_30_20_50'));
  await page.type('weight-3', '20');
  assert.deepEqual(await page.weights(), ['24', '16', '40', '20']);
  assert.deepEqual(await page.amounts(), commanded(['--weights', 'population=24,people_without_basic_services=16,households_up_to_date_with_tax=40,households=20']));
  await page.press('remove-criterion', { at: 2 });
  assert.deepEqual(await page.weights(), ['40', '26.67', '33.33']);
  await page.driver.wait(async () => (await page.focused()) === 'lock2', 2000);
  await page.press('remove-criterion', { at: 1 });
  await page.press('remove-criterion', { at: 0 });
  // The last one weighs everything, and cannot be taken away.
  assert.deepEqual(await page.weights(), ['100']);
  assert.equal(await page.exists('[data-do="remove-criterion"]'), false);
  await page.press('preset', { value: 'official' });
  assert.deepEqual(await page.weights(), ['30', '20', '50']);
});

test('the fund is a share, another budget, or typed as it is', async () => {
  assert.match(await page.text('.fund p'), /S\/\s2,000,000\.00: el 35% del presupuesto de inversión, que es de S\/\s5,714,285\.71/);
  await page.type('share', '40');
  assert.deepEqual(await page.amounts(), commanded(['--fund', '2285714.28']));
  assert.match(await page.text('.fund p'), /no es el oficial/);
  assert.equal(await page.text('h1'), '¿Y si el fondo fuera otro?');
  await page.type('investment', '10,000,000');
  assert.equal(await page.value('#investment'), '10,000,000.00');
  assert.deepEqual(await page.amounts(), commanded(['--fund', '4000000.00']));
  await page.type('fund', '1000000.01');
  assert.deepEqual(await page.amounts(), commanded(['--fund', '1000000.01']));
  assert.equal(await page.value('#investment'), '');
  await page.type('fund', '0');
  assert.equal(await page.text('#need-sentence'), 'No hay dinero que repartir entre las secciones.');
  await page.press('undo');
  assert.deepEqual(await page.amounts(), commanded(['--fund', '1000000.01']));
});

test('a flat floor, a minimum, a cap and a share set aside', async () => {
  await page.choose('floor-kind', 'flat');
  await page.type('floor', '100,000');
  assert.deepEqual(await page.amounts(), expected('floor_100k_then_weights'));
  assert.equal(await page.text('h1'), '¿Y si cada sección empezara con S/ 100,000.00?'.replace(' 1', '\u00a01'));
  await page.choose('floor-kind', 'minimum');
  await page.type('floor', '200000');
  assert.deepEqual(await page.amounts(), expected('minimum_200k_waterfill'));
  assert.deepEqual(await page.texts('[data-by="what-if"] tbody .tag'), ['mínimo', 'mínimo']);
  await page.type('cap', '300000');
  assert.deepEqual(await page.amounts(), commanded(['--minimum', '200000.00', '--cap', '300000.00']));
  assert.deepEqual(await page.texts('[data-by="what-if"] tbody .tag'), ['tope', 'tope', 'mínimo', 'mínimo']);
  await page.type('set-aside', '2.5');
  assert.deepEqual(await page.amounts(), commanded(['--minimum', '200000.00', '--cap', '300000.00', '--set-aside', '2.5']));
  assert.match(await page.text('[data-by="what-if"] tfoot'), /Obras de todo el distrito\s+S\/\s50,000\.00/);
  await page.type('cap', '');
  await page.type('set-aside', '0');
  await page.choose('floor-kind', 'none');
  assert.deepEqual(await page.amounts(), expected('counts_30_20_50'));
  // What was opened does not close under the hand.
  assert.ok(await page.run('return document.querySelector(".limits").open'));
});

test('what cannot be is refused where it is typed, and the last result stays', async () => {
  await page.choose('floor-kind', 'minimum');
  await page.type('floor', '200000');
  const before = expected('minimum_200k_waterfill');
  const impossible = [
    ['floor', '250,000.01', /un piso de S\/\s250,000\.01 para cada una de las 8 secciones es más que los S\/\s2,000,000\.00/],
    ['cap', '199999.99', /un piso de S\/\s200,000\.00 pasa del tope de S\/\s199,999\.99/],
    ['cap', '240000', /con un tope de S\/\s240,000\.00 las secciones solo pueden recibir S\/\s1,920,000\.00/],
    ['fund', '1500000', /un piso de S\/\s200,000\.00 para cada una/],
    ['set-aside', '90', /un piso de S\/\s200,000\.00 para cada una/],
    ['set-aside', '101', /no es un porcentaje/],
    ['share', 'la mitad', /«la mitad» no es un porcentaje/],
    ['fund', '-5', /no puede ser negativo/],
    ['fund', '1,00,0', /no se puede leer como monto/],
    ['fund', '10000000000000.01', /más de lo que esta página calcula/],
    ['cap', '12.345', /no se puede leer como monto/],
    ['investment', '', /no se puede leer como monto/],
  ];
  for (const [box, typed, said] of impossible) {
    await page.type(box, typed);
    assert.match(await page.text(`#${box}-fault`), said, `${box} ${typed}`);
    assert.equal(await page.value(`#${box}`), typed, 'the box keeps what was typed');
    assert.equal(await page.find(`#${box}`).getAttribute('aria-invalid'), 'true');
    assert.deepEqual(await page.amounts(), before, `${box} ${typed}`);
  }
  // Messages stay with their boxes until these are mended, one by one, or everything is another rule's.
  await page.type('cap', '');
  assert.equal(await page.text('#cap-fault'), '');
  assert.notEqual(await page.text('#fund-fault'), '');
  await page.press('preset', { value: 'equal' });
  assert.deepEqual(await page.texts('.fault'), (await page.texts('.fault')).map(() => ''));
  await page.driver.wait(async () => (await page.value('#fund')) === '2,000,000.00', 2000);
  assert.equal(await page.value('#set-aside'), '0');
  assert.deepEqual(await page.amounts(), expected('equal'));
});

test('each amount is explained in terms that add up to it, and the focus goes there and back', async () => {
  const parsed = (text) => [...text.matchAll(/([+-]?)S\/\s([\d,]+\.\d\d)/g)].map(([, sign, digits]) => (sign === '-' ? -1 : 1) * Number(digits.replaceAll(/[,.]/g, '')));
  for (const preset of ['official', 'tax-turned-round']) {
    await page.press('preset', { value: preset });
    if (preset === 'tax-turned-round') {
      await page.choose('floor-kind', 'minimum');
      await page.type('floor', '240000');
    }
    const amounts = await page.amounts();
    for (const [at, amount] of amounts.entries()) {
      await page.press('explain', { at });
      await page.driver.wait(async () => (await page.focused()) === 'explain', 2000);
      // The last amount of a sentence is the part it speaks of.
      const parts = (await page.texts('#explain ol li')).map((said) => parsed(said).at(-1));
      assert.equal(parts.reduce((sum, part) => sum + part, 0), amount, `${preset} ${at}: ${parts}`);
      assert.equal(parsed(await page.text('#explain strong'))[0], amount);
    }
    await page.find('#explain [data-do="explain"]').click();
    await page.driver.wait(async () => (await page.focused()) === `explain${amounts.length - 1}`, 2000);
    assert.equal(await page.exists('#explain'), false);
  }
});

test('a point of the plot opens its section', async () => {
  const plot = await page.find('.scatter');
  await page.run('arguments[0].scrollIntoView({ block: "center" })', plot);
  const { width, height } = await plot.getRect();
  for (let [x, y] = [20, 60]; y < height && !(await page.exists('#explain')); y += 12) {
    for (x = 60; x < width && !(await page.exists('#explain')); x += 12) await page.driver.actions().move({ origin: plot, x: Math.round(x - width / 2), y: Math.round(y - height / 2) }).click().perform();
  }
  assert.match(await page.text('#explain-heading'), /^Cómo se calcula: Sección \d$/);
});

test('the parts of every amount add up, row by row and column by column', async () => {
  await page.type('weight-1', '33.33');
  await page.choose('floor-kind', 'minimum');
  await page.type('floor', '215,000');
  const rows = await page.table('parts');
  const [total] = await page.table('parts', 'tfoot');
  assert.deepEqual(rows.map((row) => row.at(-1)), await page.amounts());
  for (const row of [...rows, total]) assert.equal(row.slice(0, -1).reduce((sum, part) => sum + part, 0), row.at(-1));
  for (const column of total.keys()) assert.equal(rows.reduce((sum, row) => sum + row[column], 0), total[column], `column ${column}`);
  assert.equal(total.at(-1), 200_000_000);
  // As many heads as columns: floors have one now.
  assert.equal(await page.count('[data-by="parts"] thead th'), total.length + 1);
});

test('what is published stands beside what the rule gives, whatever is tried out', async () => {
  await page.press('preset', { value: 'equal' });
  assert.match(await page.text('#published'), /Los montos publicados son, al céntimo, los que da la regla\./);
  await page.unfold('table[data-by="published"]');
  const rows = await page.table('published');
  assert.deepEqual(rows.map(([published]) => published), commanded([]));
  assert.ok(rows.every(([published, computed]) => published === computed));
});

test('the plot and the bars are drawn, and again when the window changes, also those that came later', async () => {
  const canvases = () => page.run(`return Object.fromEntries([...document.querySelectorAll('canvas[data-chart]')].map((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return [canvas.dataset.chart, [canvas.width === canvas.parentElement.clientWidth, data.some((value) => value > 0)]];
  }))`);
  await page.press('copy');
  for (const width of [1280, 700, 320]) {
    await page.site.emulate({ width });
    await page.driver.sleep(300);
    const found = await canvases();
    assert.deepEqual(Object.keys(found).sort(), ['compare', 'legend', 'need', 'results']);
    for (const [chart, state] of Object.entries(found)) assert.deepEqual(state, [true, true], `${chart} at ${width}`);
  }
  await page.site.emulate({});
});

test('after a weight was dragged, every picture is the one that the link opens with, in sight or not', async () => {
  const pictures = () => page.run(`return [...document.querySelectorAll('canvas[data-chart]')].map((canvas) => [canvas.dataset.chart, canvas.toDataURL()])`);
  for (const width of [320, 1280]) {
    await page.site.emulate({ width, height: 640 });
    const before = new Map(await pictures());
    await page.drag(0, [40, 50, width === 320 ? 60 : 70]);
    const link = await page.link();
    const after = await pictures();
    for (const [chart, picture] of after) if (chart !== 'legend') assert.notEqual(picture, before.get(chart), `${chart} at ${width} has changed`);
    await page.driver.get('about:blank');
    assert.equal(await page.site.open(link, { width, height: 640 }), 'ready');
    await page.frame();
    assert.deepEqual(after, await pictures(), `as opened at ${width}`);
  }
  await page.site.emulate({});
});

test('another round is another board, and Back brings the first one again', async () => {
  await page.press('preset', { value: 'need-first' });
  await page.choose('year', '2001');
  assert.match(await page.text('h1'), /en 2001, y por qué/);
  assert.deepEqual(await page.amounts(), commanded([], 'data/villa-el-salvador', '2001'));
  await page.driver.navigate().back();
  await page.driver.wait(async () => /necesidad pesara la mitad/.test(await page.text('h1')), 2000);
  assert.deepEqual(await page.amounts(), expected('needs_first_30_50_20'));
  assert.equal(await page.value('#year'), '2000');
  await page.driver.navigate().forward();
  await page.driver.wait(async () => /en 2001, y por qué/.test(await page.text('h1')), 2000);
});

test('every control says what it is, and none is smaller than a fingertip', async () => {
  await page.press('copy');
  await page.run('for (const details of document.querySelectorAll(".what-if details")) details.open = true');
  await rulesAnswered(page.driver);
  const small = await page.run(`return [...document.querySelectorAll('.what-if :is(button, input, select, summary)')]
    .map((found) => [found.dataset.do ?? found.localName, found.getBoundingClientRect()])
    .filter(([, { width, height }]) => width > 0 && (width < 24 || height < 24)).map(([what, { width, height }]) => what + ' ' + Math.round(width) + 'x' + Math.round(height))`);
  assert.deepEqual(small, []);
  for (const input of await page.driver.findElements(By.css('.what-if :is(input, select, button)'))) {
    assert.notEqual(await input.getAccessibleName(), '', await input.getAttribute('outerHTML'));
  }
});

test('whatever has the focus is in sight, on a narrow screen too', async () => {
  await page.site.emulate({ width: 320, height: 640 });
  await page.run('for (const details of document.querySelectorAll(".controls details")) details.open = true; document.getElementById("name").focus()');
  const hidden = [];
  for (let [at, where] = [0, '']; at < 60 && where !== 'results'; at += 1) {
    await page.driver.actions().sendKeys(Key.TAB).perform();
    where = await page.run(`const focused = document.activeElement;
      if (focused.closest('.results')) return 'results';
      const { left, top, right, bottom } = focused.getBoundingClientRect();
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      return focused.contains(document.elementFromPoint(x, y)) && bottom <= innerHeight && top >= 0 ? '' : focused.id || focused.outerHTML.slice(0, 80);`);
    if (where && where !== 'results') hidden.push(where);
  }
  await page.site.emulate({});
  assert.deepEqual(hidden, []);
});
