// A patch over the image, and the answer beside it, which the browser computes for each place.

import { arrowStep } from "./arrow_keys.js";
import { bars } from "./bars.js";
import { mounted } from "./mounted.js";
import { paintImage } from "./paint.js";
import { current, listen, outputs } from "./stage.js";
import { readFloats, readPixels } from "./tensors.js";
import { Told } from "./told.js";

const SIDE = 28;
const SIZE = 280; // of the canvas
const REST = 600; // milliseconds after a key: the address takes the place up
const COLOURS = { black: 0, grey: 0.5 };

export default mounted(create);

function take(view, data, setTriggerValue) {
  Object.assign(view, { data, setTriggerValue });
  view.shown = readPixels(data.image);
  view.occlusion = readFloats(data.occlusion);
  const isOther = view.image !== data.image;
  if (isOther) view.told.drop();
  if (!view.told.isAnswer(data.place) && (isOther || view.heard !== data.place)) {
    view.told.drop();
    // Where the address has it; without that it begins, on each image, where it takes most.
    const most = view.occlusion.indexOf(Math.max(...view.occlusion));
    if (!view.dragged) view.place = data.place ?? most;
    view.toldPlace = data.place;
  }
  Object.assign(view, { image: data.image, heard: data.place });
  show(view);
}

function create(parentElement) {
  const box = document.createElement("div");
  box.className = "inside-patch";
  box.innerHTML = `
    <canvas width="${SIZE}" height="${SIZE}" tabindex="0" role="img"
    aria-label="The image, with a patch on it"></canvas>
    <div class="inside-patch-answer"><p class="inside-patch-lost" aria-live="polite"></p>
    <p class="inside-patch-map"></p><table></table></div>`;
  parentElement.appendChild(box);
  const find = (selector) => box.querySelector(selector);
  const view = { find, canvas: find("canvas"), dragged: false };
  view.told = new Told({
    rest: REST,
    send: () => send(view),
    back: () => (view.heard = undefined),
  });
  view.take = (data, setTriggerValue) => take(view, data, setTriggerValue);
  const stop = listen(() => show(view));
  view.forget = () => {
    stop();
    view.told.end();
  };
  listenToHand(view);
  return view;
}

function listenToHand(view) {
  const { canvas } = view;
  const follow = (event) => {
    const { left, top, width } = canvas.getBoundingClientRect();
    const along = (at) => Math.floor((at * SIDE) / width);
    goTo(view, along(event.clientY - top), along(event.clientX - left));
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    view.dragged = true;
    follow(event);
  });
  canvas.addEventListener("pointermove", (event) => view.dragged && follow(event));
  const letGo = () => {
    if (view.dragged) view.told.now();
    view.dragged = false;
  };
  canvas.addEventListener("pointerup", letGo);
  canvas.addEventListener("pointercancel", letGo);
  canvas.addEventListener("keydown", (event) => {
    const step = arrowStep(event);
    if (!step) return;
    event.preventDefault();
    goTo(view, Math.floor(view.place / SIDE) + step[1], (view.place % SIDE) + step[0]);
    view.told.wait();
  });
  view.told.tellOnLeaving(canvas);
}

// The address takes up where the patch came to rest.
function send(view) {
  const { place } = view;
  if (view.toldPlace === place) return undefined;
  view.toldPlace = place;
  view.setTriggerValue("placed", { place, image: view.data.image_key });
  return place;
}

function goTo(view, row, column) {
  const inside = (at) => Math.min(SIDE - 1, Math.max(0, at));
  const place = SIDE * inside(row) + inside(column);
  if (place === view.place) return;
  view.place = place;
  show(view);
}

function show(view) {
  const { network, image } = current();
  if (!network || !image || !view.data) return; // the weights are on their way
  const { canvas, data, find, place } = view;
  const hidden = covered(image, place, data);
  paintImage(canvas, hidden);
  frame(canvas, place, data.size);
  const before = outputs().at(-1);
  const after = network.run(hidden).at(-1);
  const [whole, left] = [subject(before, data), subject(after, data)];
  find(".inside-patch-lost").textContent =
    `${data.subject}: ${fixed(whole)} → ${fixed(left)}, change ${signed(left - whole)}`;
  find(".inside-patch-map").textContent = image.every((ink, i) => ink === view.shown[i])
    ? `Map of occlusion at its middle: ${signed(view.occlusion[place])}`
    : "The map of occlusion follows when the pen is lifted.";
  const where = `row ${Math.floor(place / SIDE)}, column ${place % SIDE}`;
  canvas.setAttribute(
    "aria-label",
    `The image with a ${data.fill} patch of ${data.size} by ${data.size} pixels, its middle in ` +
      `${where}. Drag it, or move it with the arrow keys.`,
  );
  bars(find("table"), network.labels, network.probabilities(before), network.probabilities(after),
    "without the patch");
}

// What nn/explain/attribution.py lays over the image.
function covered(image, place, { size, fill }) {
  const hidden = image.slice();
  const [row, column, half] = [Math.floor(place / SIDE), place % SIDE, (size - 1) / 2];
  for (let i = Math.max(0, row - half); i <= Math.min(SIDE - 1, row + half); i++) {
    for (let j = Math.max(0, column - half); j <= Math.min(SIDE - 1, column + half); j++) {
      hidden[SIDE * i + j] = COLOURS[fill];
    }
  }
  return hidden;
}

// The number that is explained.
function subject(logits, { target, contrast }) {
  return logits[target] - (contrast === null ? 0 : logits[contrast]);
}

function frame(canvas, place, size) {
  const cell = SIZE / SIDE;
  const corner = (at) => (at - (size - 1) / 2) * cell;
  const [x, y] = [corner(place % SIDE), corner(Math.floor(place / SIDE))];
  const pen = canvas.getContext("2d");
  for (const [colour, width] of [["#000", 5], ["#FFD21F", 2.5]]) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.strokeRect(x, y, size * cell, size * cell);
  }
}

const fixed = (value) => value.toFixed(2).replace("-", "−");
const signed = (value) => (value > 0 ? `+${fixed(value)}` : fixed(value));
