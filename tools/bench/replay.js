// In the page: what it shows at each place of a slider is recorded, and then written again by a few lines of script that compute
// nothing. What such a move takes is what the browser needs to show it, whoever computed it.
window.__replay = (slider, root) => {
  const states = new Map();
  const steps = new Map();
  let shown = null;

  async function record() {
    const elements = [...root.querySelectorAll('*')].filter((element) => element !== slider && !element.closest('[role="status"]'));
    const texts = new Map(elements.flatMap((element) => [...element.childNodes].filter(({ nodeType }) => nodeType === 3)).map((node) => [node, node.data]));
    const attributes = new Map(elements.filter(({ localName }) => localName !== 'canvas').map((element) =>
      [element, new Map([...element.attributes].map(({ name, value }) => [name, value]))]));
    const values = new Map(elements.filter(({ localName }) => localName === 'input').map((input) => [input, input.value]));
    const canvases = new Map();
    for (const canvas of root.querySelectorAll('canvas')) canvases.set(canvas, { picture: await createImageBitmap(canvas), text: canvas.toDataURL() });
    states.set(slider.value, { texts, attributes, values, canvases });
  }

  /** What differs between two places, as functions that write it; `drawn` in the frame, as the page draws its canvases. */
  function step(from, to) {
    const [written, drawn] = [[], []];
    for (const [node, text] of to.texts) if (from.texts.get(node) !== text) written.push(() => { node.data = text; });
    for (const [input, value] of to.values) if (from.values.get(input) !== value) written.push(() => { input.value = value; });
    for (const [element, attributes] of to.attributes) {
      for (const [name, value] of attributes) {
        if (from.attributes.get(element)?.get(name) !== value) written.push(() => element.setAttribute(name, value));
      }
    }
    for (const [canvas, { picture, text }] of to.canvases) {
      if (from.canvases.get(canvas)?.text === text) continue;
      drawn.push(() => {
        const context = canvas.getContext('2d');
        context.clearRect(0, 0, canvas.width, canvas.height);
        context.drawImage(picture, 0, 0);
      });
    }
    return { written, drawn };
  }

  function show(place) {
    if (!states.has(place) || place === shown) return;
    const key = `${shown} ${place}`;
    if (!steps.has(key)) steps.set(key, step(states.get(shown), states.get(place)));
    const { written, drawn } = steps.get(key);
    for (const write of written) write();
    requestAnimationFrame(() => { for (const draw of drawn) draw(); });
    shown = place;
  }

  return {
    record,
    /** From here on the page hears no more of the slider. */
    take() {
      shown = slider.value;
      addEventListener('input', (event) => {
        event.stopImmediatePropagation();
        show(slider.value);
      }, { capture: true });
    },
    /** Places of the slider, and how much is written and drawn from one to the next. */
    places: () => [...states.keys()],
    sizes: () => [...steps.values()].map(({ written, drawn }) => [written.length, drawn.length]),
  };
};
