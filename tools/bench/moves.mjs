// From a browser's trace to what became of each move of a slider. Pure.
//
// A move begins with its `input` event. Its frame is the first one after that in which the page handed something over to be
// drawn, and it is shown once the browser says so; all that came of the move is done with the last frame before the next move
// that the page's script had a part in. Script, style and layout, and painting are the main thread up to the end of the first.

/** What has to be in the trace. */
export const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'cc', 'benchmark', 'input'];

/** Later than this, what the page does is not the move's: the address follows and a screen reader is told. */
const FOLLOWS_US = 350_000;

const LAYOUT = ['UpdateLayoutTree', 'Layout'];
const PAINT = ['PrePaint', 'Paint', 'Layerize', 'Commit'];
const SCRIPT = ['FunctionCall', 'FireAnimationFrame', 'RunMicrotasks', 'TimerFire'];

const end = ({ ts, dur }) => ts + dur;
const isInput = ({ name, args }) => name === 'EventDispatch' && args?.data?.type === 'input';

/** `[{ shownMs, allMs, scriptMs, layoutMs, paintMs, restMs }]`, a record a move; `shownMs` is null where the browser never said. */
export function moves(events) {
  const first = events.find(isInput);
  if (!first) return [];
  const main = ofThread(events, first);
  const inputs = main.filter(isInput);
  const frames = drawnFrames(main);
  const latencies = touches(events);
  return inputs.flatMap(({ ts }, at) => {
    // A frame begins before the inputs that it takes along.
    const own = frames.filter((frame) => end(frame) > ts && end(frame) <= (inputs[at + 1]?.ts ?? Infinity))
      .filter((frame, place) => place === 0 || end(frame) <= ts + FOLLOWS_US);
    if (own.length === 0) return [];
    const frameEnd = end(own[0]);
    const lastEnd = end(own.findLast((frame, place) => place === 0 || covered(main, SCRIPT, end(own[place - 1]), end(frame)) > 0));
    const within = (names) => covered(main, names, ts, frameEnd);
    const [layoutMs, paintMs, workMs] = [within(LAYOUT), within(PAINT), within([...LAYOUT, ...PAINT, ...SCRIPT])];
    const latency = latencies.find((touch) => touch.handledAt <= ts && ts < touch.shownAt);
    return [{
      shownMs: latency ? (latency.shownAt - ts) / 1000 : null,
      frameMs: (frameEnd - ts) / 1000,
      allMs: (lastEnd - ts) / 1000,
      scriptMs: workMs - layoutMs - paintMs,
      layoutMs,
      paintMs,
      restMs: (frameEnd - ts) / 1000 - workMs,
    }];
  });
}

/** Of the thread of an event, what takes time, but for what the browser's driver has it evaluate between two moves. */
function ofThread(events, { pid, tid }) {
  const timed = events.filter((event) => event.ph === 'X' && event.pid === pid && event.tid === tid).sort((a, b) => a.ts - b.ts);
  let evaluatedUntil = -Infinity;
  return timed.filter((event) => {
    if (event.name === 'EvaluateScript') evaluatedUntil = Math.max(evaluatedUntil, end(event));
    return event.ts >= evaluatedUntil;
  });
}

/** The main thread's frames that were handed over; those with nothing new are given up. */
function drawnFrames(main) {
  const givenUp = main.filter(({ name }) => name === 'MainFrameAborted');
  const frames = main.filter(({ name }) => name === 'ProxyMain::BeginMainFrame');
  return frames.filter((frame) => !givenUp.some(({ ts }) => frame.ts <= ts && ts <= end(frame)));
}

/** Milliseconds between two moments that fall into events of these names; where they lie in one another, once. */
function covered(main, names, from, to) {
  let [total, reached] = [0, from];
  for (const event of main) {
    if (event.ts >= to) break;
    if (!names.includes(event.name)) continue;
    const [begin, until] = [Math.max(event.ts, reached), Math.min(end(event), to)];
    if (until > begin) [total, reached] = [total + until - begin, until];
  }
  return total / 1000;
}

/** Of each touch that moved: when the page began to handle it, and when the frame it led to was on screen. */
function touches(events) {
  const found = [];
  const open = new Map();
  for (const event of events.filter(({ ph }) => ph === 'b' || ph === 'e').sort((a, b) => a.ts - b.ts)) {
    const key = `${event.pid} ${event.id2?.local ?? event.id}`;
    if (event.ph === 'b' && event.name === 'EventLatency') {
      open.set(key, { isTouch: event.args.event_latency?.event_type === 'TOUCH_MOVED', handledAt: null });
    } else if (event.ph === 'b' && event.name === 'RendererMainProcessing' && open.has(key)) {
      open.get(key).handledAt = event.ts;
    } else if (event.ph === 'b' && event.name === 'SubmitCompositorFrameToPresentationCompositorFrame' && open.has(key)) {
      open.get(key).isDrawn = true;
    } else if (event.ph === 'e' && event.name === 'EventLatency' && open.has(key)) {
      const { isTouch, handledAt, isDrawn } = open.get(key);
      if (isTouch && isDrawn && handledAt !== null) found.push({ handledAt, shownAt: event.ts });
      open.delete(key);
    }
  }
  return found;
}
