// Pictures of the pages as a reader sees them, whole height, at three widths, light and dark, into screenshots/.
//   SITE=site node tools/screenshots.mjs [es/villa-el-salvador/?year=all …]
// Without a list: the front page and the pages of each municipality, in both languages, in place of what was in the folder.
import fs from 'node:fs';
import path from 'node:path';
import { openSite, ROOT, sidewaysScroll } from '../tests/browser/harness.mjs';

const WIDTHS = [320, 768, 1280];
const THEMES = ['light', 'dark'];
const HEIGHTS = { 320: 640, 768: 1024, 1280: 800 };

const folder = path.resolve(ROOT, process.env.SITE ?? 'site');
const out = path.join(ROOT, 'screenshots');

function everyPage() {
  const slugs = JSON.parse(fs.readFileSync(path.join(folder, 'data/index.json'), 'utf8')).municipalities.map(({ slug }) => slug);
  return ['es', 'en'].flatMap((language) => ['', ...slugs.flatMap((slug) => [`${slug}/`, `${slug}/what-if/`])].map((rest) => `${language}/${rest}`));
}

const fileName = (page) => page.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || 'root';

/** Canvases are drawn a frame after the page is ready. */
const drawn = (driver) =>
  driver.executeAsyncScript(`const done = arguments[0];
    document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100))));`);

async function picture(driver, width) {
  const { cssContentSize } = await driver.sendAndGetDevToolsCommand('Page.getLayoutMetrics');
  const clip = { x: 0, y: 0, width: Math.max(width, cssContentSize.width), height: Math.ceil(cssContentSize.height), scale: 1 };
  const { data } = await driver.sendAndGetDevToolsCommand('Page.captureScreenshot', { format: 'png', captureBeyondViewport: true, clip });
  return Buffer.from(data, 'base64');
}

const chosen = process.argv.slice(2);
const pages = chosen.length > 0 ? chosen : everyPage();
// Pictures of pages that are no longer there would pass for what is.
if (chosen.length === 0) fs.rmSync(out, { recursive: true, force: true });
fs.mkdirSync(out, { recursive: true });
const site = await openSite(folder);
try {
  for (const page of pages) {
    for (const width of WIDTHS) {
      for (const theme of THEMES) {
        const state = await site.open(page, { width, height: HEIGHTS[width], theme });
        await drawn(site.driver);
        const name = `${fileName(page)}-${width}-${theme}.png`;
        fs.writeFileSync(path.join(out, name), await picture(site.driver, width));
        const extra = await sidewaysScroll(site.driver);
        console.log(`screenshots/${name}${state === 'ready' ? '' : `  ${state}`}${extra > 0 ? `  ${extra} px wider than its window` : ''}`);
      }
    }
  }
} finally {
  await site.close();
}
