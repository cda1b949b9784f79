// The report's sections on the site's own pages. Pure. Each says when it was measured: in BENCHMARKS.md they may be of another run
// than the rest.
import { median } from './figures.mjs';
import { digits, table, time, whole } from './markdown.mjs';

/** The headings, by which a section is found again in a report. */
export const HEADINGS = { allocation: '## Sharing out a fund', slider: '## Moving a slider', touch: '## From a touch to the new picture' };

const FRAME_MS = 1000 / 60;
const ms = (value) => (value === null ? '–' : time(value * 1e6));

function stamp({ when, commit }, isContended) {
  const said = `Measured ${when.slice(0, 16).replace('T', ' ')} UTC, commit ${commit ?? 'unknown'}.`;
  return isContended ? `${said} **Compilers were at work beside it: not final.**` : said;
}

/** What a recomputation takes, natively and in the browser beside plain JavaScript, and whose cells are exact. */
export function allocationBlocks(found) {
  const [first] = found.sessions;
  const rows = first.map(({ name, cells, engines }, at) => {
    const sessions = found.sessions.map((session) => session[at].engines);
    const middle = (engine) => median(sessions.map((session) => session[engine]?.median));
    const native = found.native.find(({ id }) => id === `allocation/${name}`);
    const [ours, exact, rough] = ['yupay', 'BigInt', 'Number'].map(middle);
    const off = ({ off, worst }) => (off === 0 ? '0' : `${whole(off)}, by ${digits(worst)} at most`);
    return [
      name, native ? time(native.ns) : '–', ms(ours), ms(exact), ms(rough), digits(exact / ours), digits(rough / ours), whole(cells),
      off(engines.yupay), off(engines.Number),
    ];
  });
  return [
    HEADINGS.allocation,
    'A full recomputation, every amount with its terms, as at each move of a slider: natively, in the browser by the site\'s arithmetic '
      + '(WebAssembly, built for speed as the other bench pages), and by the same arithmetic written plainly in JavaScript, with BigInt '
      + `(exact) and with Number (not). Medians of ${found.sessions.length} sessions in one run; what takes BigInt over half a second was `
      + 'done once. Cells are amounts, terms, floors and rounding; those of ours and of Number are held against BigInt\'s.',
    table(['', 'native', '**yupay**', 'BigInt', 'Number', 'BigInt ÷ yupay', 'Number ÷ yupay', 'cells', 'yupay off', 'Number off'], rows),
    stamp(found, found.isContended),
  ];
}

/** What became of the moves of a slider on a slow phone. */
export function sliderBlocks(found) {
  const of = (moves, key) => moves.map((move) => move[key]).filter(Number.isFinite).sort((a, b) => a - b);
  const rows = found.cases.map(({ scenarios, slower, by, moves }) => {
    const shown = of(moves, 'shownMs');
    const within = shown.filter((value) => value <= FRAME_MS).length;
    const middles = ['allMs', 'scriptMs', 'layoutMs', 'paintMs', 'restMs'].map((key) => digits(median(of(moves, key))));
    const who = by === 'page' ? '**yupay**' : 'shown again';
    const spread = [shown[0], median(shown), shown[Math.ceil(shown.length * 0.95) - 1], shown.at(-1)].map(digits);
    return [`${scenarios === 'one' ? '1 scenario' : '4 scenarios'}, ${slower} × slower, ${who}`, ...spread, `${within} of ${shown.length}`, ...middles];
  });
  return [
    HEADINGS.slider,
    'The what-if page of the finished site at 320 × 640 px and two device pixels to a CSS pixel, its main thread 4 and 6 times slower than '
      + 'this machine\'s; the projects closed. A finger moves the first slider, and the browser\'s trace tells, in ms from the `input` event: '
      + 'when the frame that it led to was on screen (least, median, 95 of 100, most; how many within a sixtieth of a second), when '
      + 'all that came of it was done, and how the main thread spent its time until that frame. There is no graphics chip: canvases are drawn by '
      + 'the slowed processor. *Shown again* is the same page with the same moves, where script that computes nothing writes recorded texts and '
      + 'pictures: what the browser needs for the showing alone.',
    table(['ms', 'least', 'median', '95 %', 'most', 'in a frame', 'all done', 'script', 'style, layout', 'paint', 'rest'], rows),
    stamp(found, found.cases.some(({ isContended }) => isContended)),
  ];
}

/** How soon each page shows what a touch asks for. */
export function touchBlocks(found) {
  const rows = found.cases.map(({ what, by, shownMs, atMost16 }) => {
    const all = [...Array(atMost16).fill(16), ...shownMs].sort((a, b) => a - b);
    const said = (value) => (value <= 16 ? '≤ 16' : digits(value));
    const spread = [all[0], median(all), all[Math.ceil(all.length * 0.95) - 1], all.at(-1)].map(said);
    return [`${what}, ${by === 'page' ? '**yupay**' : 'shown again'}`, ...spread, String(all.length)];
  });
  const [{ slower }] = found.cases;
  return [
    HEADINGS.touch,
    `The pages of the finished site at 320 × 640 px and two device pixels to a CSS pixel, the main thread ${slower} times slower than this `
      + 'machine\'s. A finger taps, there and back; ms from the touch to the painting that came next, as the browser tells it (Event Timing, '
      + 'steps of 8 ms, nothing under 16). *Shown again* is the same page where a few lines of script that compute nothing write the recorded '
      + 'HTML and pictures: what the browser needs for the showing alone.',
    table(['ms', 'least', 'median', '95 %', 'most', 'touches'], rows),
    stamp(found, found.cases.some(({ isContended }) => isContended)),
  ];
}

/** A report with some of the sections in place of those that stand under the same headings, or before `mark` where there are none. */
export function withSections(text, sections, mark) {
  return sections.reduce((report, blocks) => {
    const [heading] = blocks;
    const section = `${blocks.join('\n\n')}\n\n`;
    const start = report.indexOf(`${heading}\n`);
    if (start < 0) return report.replace(mark, () => `${section}${mark}`);
    const next = report.indexOf('\n## ', start + heading.length);
    return report.slice(0, start) + section + report.slice(next + 1);
  }, text);
}

/** A report's section under a heading, as blocks; null where there is none. */
export function sectionOf(text, heading) {
  const start = text?.indexOf(`${heading}\n`) ?? -1;
  if (start < 0) return null;
  const next = text.indexOf('\n## ', start + heading.length);
  return text.slice(start, next < 0 ? undefined : next).trim().split('\n\n');
}
