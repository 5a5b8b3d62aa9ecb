// The curves of the trainings, and going back along them.

import { Colours } from "./colours.js";
import { layoutOf, paintCurves } from "./curve_paint.js";
import { tableOf } from "./curve_table.js";
import { button, element, penOf } from "./elements.js";
import { noteElement, showNote } from "./note.js";
import { fixed } from "./numbers.js";
import { isRewound, play, rewind, stay } from "./player.js";
import { listen, store } from "./store.js";

const HEIGHT = 230; // pixels
const EVERY = 90; // milliseconds between two drawings while it plays
const KEY_REST = 300; // after a key
const DRAG = 6; // pixels that a finger moves before it drags
const LINES = ["#2F7FC1", "#D5661B"]; // of the networks, unless the theme has others

let isLog = false;

// Put them into an element; returns how to end it.
export function mountCurves(place) {
  const canvas = element("canvas", "pg-curve");
  const legend = element("div", "pg-curve-legend");
  const log = button("", "Log", "Losses on a logarithmic axis.", () => {
    isLog = !isLog;
    draw(true);
  });
  const head = element("div", "pg-curve-head", [legend, log]);
  // Below the curves: above them it would move them from under the hand that goes back.
  const note = noteElement();
  const root = element("div", "pg-curves", [head, canvas, note]);
  const table = tableOf();
  place.append(root, table.element);

  canvas.tabIndex = 0;
  canvas.setAttribute("role", "slider");
  canvas.setAttribute("aria-label", "Moment of the training");
  canvas.title = "Drag along the curves, or use the arrow keys, to go back to any moment.";

  let drawnAt = -Infinity;
  let layout = null;

  const draw = (now = false) => {
    root.hidden = table.element.hidden = store.hidden.has("curves");
    if (!store.ready || root.hidden || !canvas.clientWidth) return;
    if (!now && store.playing && performance.now() - drawnAt < EVERY) return;
    drawnAt = performance.now();
    log.setAttribute("aria-pressed", String(isLog));
    const width = canvas.clientWidth;
    layout = layoutOf(store.arms, width, HEIGHT, isLog);
    const colours = coloursOf(canvas);
    paintCurves(penOf(canvas, width, HEIGHT), layout, store.arms, colours, width, HEIGHT);
    showLegend(legend, colours);
    showNote(note, ...noteOf());
    if (!store.playing) {
      tell(canvas, layout);
      table.show();
    }
  };

  const epochAt = (event) => {
    const { left } = canvas.getBoundingClientRect();
    const share = (event.clientX - left - layout.x0) / (layout.x1 - layout.x0);
    return layout.epochs * Math.min(1, Math.max(0, share));
  };
  const isFree = () => store.ready && layout && !store.locked.has("curves");
  let held = null; // the pointer that drags: {id, x, moves}

  canvas.addEventListener("pointerdown", (event) => {
    if (!isFree() || event.button !== 0) return;
    // A finger may be about to scroll the page: it drags once it moves along, or taps.
    held = { id: event.pointerId, x: event.clientX, moves: event.pointerType !== "touch" };
    canvas.setPointerCapture(held.id);
    canvas.focus({ preventScroll: true });
    if (held.moves) rewind(epochAt(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerId !== held?.id) return;
    held.moves ||= Math.abs(event.clientX - held.x) > DRAG;
    if (held.moves) rewind(epochAt(event));
  });
  canvas.addEventListener("pointerup", (event) => {
    if (event.pointerId !== held?.id) return;
    held = null;
    rewind(epochAt(event));
    stay();
  });
  canvas.addEventListener("pointercancel", (event) => {
    if (event.pointerId !== held?.id) return;
    if (held.moves) stay();
    held = null;
  });

  let rest;
  canvas.addEventListener("keydown", (event) => {
    const to = isFree() ? momentBy(event.key) : null;
    if (!to) return;
    event.preventDefault();
    rewind(to.epoch);
    clearTimeout(rest);
    rest = setTimeout(() => {
      if (!store.playing) stay(); // one may have gone on by now
    }, KEY_REST);
  });

  const stop = listen(() => draw());
  const observer = new ResizeObserver(() => draw(true));
  observer.observe(canvas);
  draw(true);
  return () => {
    stop();
    observer.disconnect();
    clearTimeout(rest);
  };
}

const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };

// The moment that a key leads to from the one on screen.
function momentBy(key) {
  const [{ history, snapshot }] = store.arms;
  const { moments } = history;
  if (key === "Home") return moments[0];
  if (key === "End") return moments.at(-1);
  if (!(key in STEPS)) return null;
  const here = moments.findLastIndex(({ step }) => step <= snapshot.step);
  return moments[Math.min(moments.length - 1, Math.max(0, here + STEPS[key]))];
}

// What to do about it that what is on screen is not the newest.
function noteOf() {
  if (store.playing || !isRewound()) return [""];
  const help = "Train on from this moment; the curve that was stays in grey.";
  return [
    "You look back.",
    ["Go on from here", help, play],
    ["To the newest", "Show the newest moment again.", () => (rewind(Infinity), stay())],
  ];
}

let kept = {};

function coloursOf(element) {
  const key = Colours.key(element);
  if (kept.key !== key) {
    const style = getComputedStyle(element);
    const read = (name) => style.getPropertyValue(`--st-${name}`).trim();
    const arms = read("chart-categorical-colors").split(",");
    kept = {
      key,
      text: read("text-color"),
      border: read("border-color"),
      font: read("font"),
      grey: style.colorScheme.includes("dark") ? "#7B8490" : "#9A9A94",
      arms: arms.length > 1 ? arms : LINES,
    };
  }
  return kept;
}

function showLegend(legend, { arms, grey }) {
  const isTested = store.arms.some(({ snapshot }) => snapshot.testLoss !== null);
  const isLeft = store.arms.some(({ history }) => history.branches.length);
  const entries = store.arms.flatMap(({ shape }, k) => {
    const of = store.arms.length > 1 ? `${shape.title}, ` : "";
    const tested = isTested ? [[`${of}test`, arms[k], "solid"]] : [];
    return [[`${of}training`, arms[k], "dashed"], ...tested];
  });
  if (isLeft) entries.push(["before", grey, "solid"]);
  const key = entries.join();
  if (legend.dataset.key === key) return;
  legend.dataset.key = key;
  legend.replaceChildren(
    ...entries.map(([text, colour, style]) => {
      const mark = element("i");
      mark.style.borderTop = `2px ${style} ${colour}`;
      return element("span", "", [mark, text]);
    }),
  );
}

// What a screen reader says of the slider.
function tell(canvas, { epochs }) {
  const [{ snapshot, history }] = store.arms;
  const last = history.last?.epoch ?? epochs;
  const losses = store.arms.map(({ snapshot: { trainLoss } }) => fixed(trainLoss ?? NaN, 3));
  const says = {
    "aria-valuemin": "0",
    "aria-valuemax": fixed(last, 2),
    "aria-valuenow": fixed(snapshot.epoch, 2),
    "aria-valuetext": `Epoch ${fixed(snapshot.epoch, 1)}, training loss ${losses.join(" and ")}`,
  };
  for (const [name, value] of Object.entries(says)) {
    if (canvas.getAttribute(name) !== value) canvas.setAttribute(name, value);
  }
}
