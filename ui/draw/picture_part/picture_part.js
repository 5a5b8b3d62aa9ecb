// The visitor's picture, on which a rectangle says which part of it to read. See __init__.py.
//
// A rectangle is [left, top, right, bottom] in shares of the picture's width and height.

import { dragged } from "./dragging.js";
import { layTags } from "./tags.js";

const LEAST = 12; // pixels: what is smaller was a tap
const STEP = 0.02; // of the picture's side, for a key; with Alt a quarter of it
const REST = 600; // milliseconds after the last key
const MIDDLE = [0.25, 0.25, 0.75, 0.75]; // what the keyboard begins with
const HINT =
  "Draw a rectangle around what to read. With keys: arrows move it, with Shift they make it larger " +
  "or smaller, Escape takes it away.";

const views = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const place = parentElement.querySelector(".part");
  const view = views.get(place) ?? create(place);
  views.set(place, view);
  view.send = (part) => setTriggerValue("chosen", part);
  if (view.image.src !== data.source) view.image.src = data.source;
  view.picture.style.width = data.width;
  view.picture.style.aspectRatio = data.ratio;
  view.picture.style.setProperty("--part-mark", data.colours[0]);
  view.picture.style.setProperty("--part-text", data.colours[1]);
  view.marks.replaceChildren(...data.marks.map(mark), ...data.leftOut.map(leftOut));
  layTags(view.marks);
  if (!view.isBusy) show(view, data.part);
}

function create(place) {
  const view = { part: null, isBusy: false, later: undefined };
  view.image = Object.assign(document.createElement("img"), { alt: "" });
  view.marks = box("part-marks");
  view.chosen = box("part-chosen");
  view.picture = document.createElement("div");
  view.picture.className = "part-picture";
  view.picture.tabIndex = 0;
  view.picture.setAttribute("role", "application");
  view.picture.setAttribute("aria-roledescription", "picture with a rectangle");
  view.picture.append(view.image, view.marks, view.chosen);
  const hint = Object.assign(document.createElement("p"), { className: "part-hint", id: "part-hint" });
  hint.textContent = HINT;
  view.picture.setAttribute("aria-describedby", hint.id);
  place.replaceChildren(view.picture, hint);
  listen(view);
  return view;
}

function listen(view) {
  let start;
  dragged(view.picture, {
    start: (event) => {
      view.before = view.part;
      start = at(view, event);
    },
    move: (event) => {
      view.isBusy = true;
      show(view, between(start, at(view, event)));
    },
    end: (event) => {
      if (!view.isBusy) return;
      view.isBusy = false;
      const { width, height } = view.picture.getBoundingClientRect();
      const [left, top, right, bottom] = view.part;
      const isTap = (right - left) * width < LEAST || (bottom - top) * height < LEAST;
      if (isTap || event.type === "pointercancel") return show(view, view.before);
      view.send(view.part);
    },
  });
  view.picture.addEventListener("keydown", (event) => {
    const part = moved(view.part, event);
    if (part === undefined) return;
    event.preventDefault();
    view.isBusy = true;
    show(view, part);
    clearTimeout(view.later);
    view.later = setTimeout(() => {
      view.isBusy = false;
      view.send(view.part);
    }, REST);
  });
}

// The rectangle after a key; undefined for a key that does nothing.
export function moved(part, { key, shiftKey, altKey }) {
  if (key === "Escape") return part ? null : undefined;
  const along = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  if (!along) return undefined;
  if (!part) return MIDDLE;
  const by = along.map((direction) => direction * STEP * (altKey ? 0.25 : 1));
  const [left, top, right, bottom] = part;
  if (shiftKey) {
    const end = [right + by[0], bottom + by[1]];
    return [left, top, within(end[0], left + STEP, 1), within(end[1], top + STEP, 1)];
  }
  const x = within(by[0], -left, 1 - right);
  const y = within(by[1], -top, 1 - bottom);
  return [left + x, top + y, right + x, bottom + y];
}

function at(view, event) {
  const { left, top, width, height } = view.picture.getBoundingClientRect();
  return [
    within((event.clientX - left) / width, 0, 1),
    within((event.clientY - top) / height, 0, 1),
  ];
}

function between([x, y], [toX, toY]) {
  return [Math.min(x, toX), Math.min(y, toY), Math.max(x, toX), Math.max(y, toY)];
}

function show(view, part) {
  view.part = part;
  view.chosen.hidden = !part;
  if (part) lay(view.chosen, part);
  const percent = (share) => `${Math.round(100 * share)} %`;
  view.picture.setAttribute(
    "aria-label",
    part
      ? `Your picture. Read is the part from ${percent(part[0])} to ${percent(part[2])} across, ` +
          `${percent(part[1])} to ${percent(part[3])} down.`
      : "Your picture. All of it is read.",
  );
}

function mark([left, top, right, bottom, text]) {
  const element = box("part-mark");
  lay(element, [left, top, right, bottom]);
  element.append(Object.assign(document.createElement("span"), { textContent: text }));
  return element;
}

function leftOut(edges) {
  const element = box("part-mark part-left-out");
  lay(element, edges);
  return element;
}

function box(className) {
  const element = Object.assign(document.createElement("div"), { className });
  element.setAttribute("aria-hidden", "true");
  return element;
}

function lay(element, [left, top, right, bottom]) {
  const percent = (share) => `${100 * share}%`;
  element.style.left = percent(left);
  element.style.top = percent(top);
  element.style.width = percent(right - left);
  element.style.height = percent(bottom - top);
}

function within(value, least, most) {
  return Math.min(most, Math.max(least, value));
}
