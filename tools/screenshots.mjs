// Pictures of the pages as a reader sees them, whole height, at three widths, light and dark, into screenshots/.
//   SITE=site node tools/screenshots.mjs [es/villa-el-salvador/?year=all …]
// Without a list: the front page and the pages of each municipality, in both languages, and what readers make of them,
// in place of what was in the folder.
import fs from 'node:fs';
import path from 'node:path';
import { openSite, PAGES, ROOT, sidewaysScroll } from '../tests/browser/harness.mjs';

const WIDTHS = [320, 768, 1280];
const THEMES = ['light', 'dark'];
const HEIGHTS = { 320: 640, 768: 1024, 1280: 800 };

const folder = path.resolve(ROOT, process.env.SITE ?? 'site');
const out = path.join(ROOT, 'screenshots');

function everyPage() {
  const slugs = JSON.parse(fs.readFileSync(path.join(folder, 'data/index.json'), 'utf8')).municipalities.map(({ slug }) => slug);
  return ['es', 'en'].flatMap((language) => ['', ...slugs.flatMap((slug) => PAGES.map((page) => `${slug}/${page}`))].map((rest) => `${language}/${rest}`));
}

const WHAT_IF = 'es/villa-el-salvador/what-if/?year=2000';
const FUND = 's=f:571428571*35';
const OFFICIAL = 'c:population,30;c:needs=people_without_basic_services,20;c:tax=households_up_to_date_with_tax,50';
const NEED_FIRST = 'c:population,30;c:needs=people_without_basic_services,50;c:tax=households_up_to_date_with_tax,20';
const TURNED = 'c:population,33.33;c:needs=people_without_basic_services,33.33,rate;c:tax=households_up_to_date_with_tax,33.34,inverse';
const TABLE = 'table[data-by="what-if"]';

const VES = 'es/villa-el-salvador/';
const SJM = 'es/san-juan-de-miraflores/';
/** States of the other pages. */
const VIEWS = {
  'explore-tiles': `${VES}explore/?year=2001&rows=dimension&columns=section&picture=treemap`,
  'explore-bars': `${VES}explore/?year=all&rows=section&columns=round&picture=bars`,
  'explore-stacked': `${VES}explore/?year=2001&rows=section&columns=status&picture=stacked&stage=agreed`,
  'explore-matrix': `${VES}explore/?year=2001&rows=section&columns=dimension&picture=matrix&per=person`,
  'explore-real-share': `${SJM}explore/?years=fiscal&year=all&rows=dimension&columns=fiscal_year&real=2004`,
  'explore-cell': `${VES}explore/?year=2001&rows=section&columns=dimension&cell=S3~urban`,
  'explore-search': `${VES}explore/?year=all&rows=status&q=parque`,
  'projects-board': `${VES}projects/?view=board&year=2001`,
  'projects-map': `${VES}projects/?view=map&year=2001`,
  'projects-tiles': `${SJM}projects/?view=map`,
  'projects-narrowed': `${VES}projects/?section=S3&status=completion&status=cancelled&sort=agreed`,
  'projects-one': `${VES}projects/?project=V00-005`,
  'projects-one-in-dollars': `${SJM}projects/?section=district&project=M04-D01`,
  'projects-none': `${VES}projects/?project=nothing`,
  'compare-real-person': `${VES}compare/?a=2000&b=2001&rows=section&real=2000&per=person`,
  'compare-sections': `${VES}compare/?by=section&a=S1&b=S2&year=2001&rows=dimension`,
  'compare-municipalities': `${VES}compare/?with=san-juan-de-miraflores&rows=dimension`,
  'compare-partial': `${SJM}compare/?years=fiscal&a=2004&b=2005&rows=dimension`,
  'compare-in-vain': `${VES}compare/?a=1999&rows=nonsense&mode=7`,
};

/** States of the what-if page: where each is, what is touched there, and whether it is looked at on paper too. */
const STATES = {
  'need-first': { at: `#${FUND};${NEED_FIRST}`, paper: true },
  'tax-turned-round-explained': { at: `#${FUND};${OFFICIAL},inverse`, touch: [`${TABLE} [data-do="explain"][data-at="5"]`] },
  'four-scenarios': { at: `#${[`${OFFICIAL}`, NEED_FIRST, 'e:equal,100', `${TURNED};min:20000000;aside:10;n:La+propuesta+de+la+asamblea+de+agosto`].map((rule) => `${FUND};${rule}`).join('&')}&open=4` },
  'all-open': { at: `#${FUND};${OFFICIAL};flat:5000000`, touch: ['.what-if details:not([open]) > summary'] },
  refused: { at: `#${FUND};${OFFICIAL};min:99999999999&s=garbage&sort=up&d=0&v=0.9` },
  sheet: { at: `#${FUND};${TURNED};min:20000000;cap:30000000;aside:10`, touch: ['[data-do="sheet"]'], paper: true },
};

const fileName = (page) => page.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || 'root';

/** Canvases are drawn a frame after the page is ready, and those out of sight once it is calm. */
const drawn = (driver) =>
  driver.executeAsyncScript(`const done = arguments[0];
    document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 400))));`);

/** The whole page, in a window as tall as it is: beyond its window a browser may leave a canvas or rows out, and what sticks to the window's foot stands in the middle. */
async function picture(site, view) {
  const { cssContentSize } = await site.driver.sendAndGetDevToolsCommand('Page.getLayoutMetrics');
  const [width, height] = [Math.max(view.width, cssContentSize.width), Math.ceil(cssContentSize.height)];
  await site.emulate({ ...view, height });
  await drawn(site.driver);
  const { data } = await site.driver.sendAndGetDevToolsCommand('Page.captureScreenshot', { format: 'png', clip: { x: 0, y: 0, width, height, scale: 1 } });
  return Buffer.from(data, 'base64');
}

/** Touches everything a selector finds. */
const touchAll = (driver, selector) => driver.executeScript('for (const found of document.querySelectorAll(arguments[0])) found.click()', selector);

const chosen = process.argv.slice(2);
const pages = (chosen.length > 0 ? chosen : everyPage()).map((page) => ({ page, name: fileName(page), touch: [], paper: false }));
if (chosen.length === 0) {
  pages.push(...Object.entries(VIEWS).map(([name, page]) => ({ page, name, touch: [], paper: false })));
  pages.push(...Object.entries(STATES).map(([name, { at, touch = [], paper = false }]) => ({ page: `${WHAT_IF}${at}`, name: `what-if-${name}`, touch, paper })));
}
// Pictures of pages that are no longer there would pass for what is.
if (chosen.length === 0) fs.rmSync(out, { recursive: true, force: true });
fs.mkdirSync(out, { recursive: true });
const site = await openSite(folder);
try {
  for (const { page, name, touch, paper } of pages) {
    for (const width of WIDTHS) {
      for (const theme of THEMES) {
        // A place on a page would not load it anew.
        await site.driver.get('about:blank');
        const state = await site.open(page, { width, height: HEIGHTS[width], theme });
        for (const selector of touch) await touchAll(site.driver, selector);
        await drawn(site.driver);
        const file = `${name}-${width}-${theme}.png`;
        fs.writeFileSync(path.join(out, file), await picture(site, { width, height: HEIGHTS[width], theme }));
        const extra = await sidewaysScroll(site.driver);
        console.log(`screenshots/${file}${state === 'ready' ? '' : `  ${state}`}${extra > 0 ? `  ${extra} px wider than its window` : ''}`);
      }
    }
    if (paper) {
      const { data } = await site.driver.sendAndGetDevToolsCommand('Page.printToPDF', { preferCSSPageSize: true });
      fs.writeFileSync(path.join(out, `${name}.pdf`), Buffer.from(data, 'base64'));
      console.log(`screenshots/${name}.pdf`);
    }
  }
} finally {
  await site.close();
}
