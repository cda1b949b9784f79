// Every page of the built site in a real browser: it draws itself, in its language, and troubles nobody.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { axe, consoleErrors, openSite, PAGES, requests, sidewaysScroll, siteWith } from './harness.mjs';

// As in overview.test.mjs: PACKED=removed, stale or cut.
const folder = siteWith(process.env.PACKED ?? 'whole');
const { municipalities } = JSON.parse(fs.readFileSync(path.join(folder, 'data/index.json'), 'utf8'));
const pages = ['es', 'en'].flatMap((language) => ['', ...municipalities.flatMap(({ slug }) => PAGES.map((page) => `${slug}/${page}`))].map((rest) => `${language}/${rest}`));

let site;
before(async () => {
  site = await openSite(folder);
});
after(() => site?.close());

for (const page of pages) {
  test(`${page} draws itself and talks to nobody but its own folder`, async () => {
    assert.equal(await site.open(page), 'ready');
    assert.equal(await site.driver.executeScript('return document.documentElement.lang'), page.slice(0, 2));
    for (const file of await requests(site.driver)) assert.ok(file.startsWith(site.origin), file);
    const errors = await consoleErrors(site.driver);
    // What is not there is asked for all the same, since nothing else says whether it is.
    assert.deepEqual(errors.filter((error) => process.env.PACKED !== 'removed' || !/(packed\.json|cube-\w+\.bin) .*404/.test(error)), []);
  });

  for (const theme of ['light', 'dark']) {
    test(`${page} at 320 px, ${theme}: no sideways scrolling, nothing for axe to find`, async () => {
      await site.open(page, { width: 320, height: 640, theme });
      assert.ok((await sidewaysScroll(site.driver)) <= 0);
      assert.deepEqual(await axe(site.driver), []);
    });
  }
}
