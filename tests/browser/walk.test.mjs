// docs/a-walk-through-2001.md says nothing that the site does not show: each line's link is opened, and each figure in bold looked for there.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { openSite, ROOT, siteWith } from './harness.mjs';

const folder = siteWith(process.env.PACKED ?? 'whole');

/** The walk's statements: what is in bold in each, and where it leads. */
const statements = fs
  .readFileSync(`${ROOT}docs/a-walk-through-2001.md`, 'utf8')
  .split(/\n(?=- )/)
  .filter((part) => part.startsWith('- '))
  .map((part) => {
    const item = part.replace(/\n\n[\s\S]*$/, '').replace(/\s+/g, ' ');
    return {
      item,
      figures: [...item.matchAll(/\*\*([^*]+)\*\*/g)].map(([, bold]) => bold),
      links: [...item.matchAll(/\]\(\.\.\/site\/([^)]+)\)/g)].map(([, link]) => link),
    };
  });

let site;
before(async () => {
  site = await openSite(folder);
});
after(() => site?.close());

test('every figure of the walk is read off the page it leads to', async () => {
  assert.ok(statements.length >= 10 && statements.every(({ figures, links }) => figures.length > 0 && links.length === 1));
  for (const { item, figures, links } of statements) {
    assert.equal(await site.open(links[0]), 'ready', links[0]);
    assert.equal(await site.driver.executeScript('return document.querySelector("#ignored")?.innerText ?? ""'), '', links[0]);
    await site.driver.executeScript('for (const one of document.querySelectorAll("details")) one.open = true');
    const shown = (await site.driver.executeScript('return document.body.innerText')).replace(/\s+/g, ' ');
    for (const figure of figures) assert.ok(shown.includes(figure), `${figure} is not on ${links[0]}: ${item}`);
  }
});
