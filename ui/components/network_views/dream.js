// A dream, step by step: the image, what is read in it, and the nearest real one beside it.

import { bars } from "./bars.js";
import { Frames } from "./frames.js";
import { mounted } from "./mounted.js";
import { format, paintImage } from "./paint.js";
import { readFloats, readPixels } from "./tensors.js";

const PIXELS = 784;
const SIZE = 280; // of a canvas
const EVERY = 40; // milliseconds, while it plays

export default mounted(create);

function create(parentElement) {
  const box = document.createElement("div");
  box.className = "inside-dream";
  const canvas = `<canvas width="${SIZE}" height="${SIZE}" role="img"></canvas>`;
  box.innerHTML = `<div class="inside-dream-parts">
    <figure><figcaption>The dream</figcaption>${canvas}<p></p></figure>
    <figure><figcaption>The nearest test image</figcaption>${canvas}<p></p>
    <button type="button" class="inside-button">Look into it</button></figure>
    <table></table></div>`;
  parentElement.appendChild(box);
  const find = (selector) => box.querySelector(selector);
  const [dream, real] = [...box.querySelectorAll("figure")].map((figure) => ({
    figure, canvas: figure.querySelector("canvas"), words: figure.querySelector("p"),
  }));
  const view = { dream, real, table: find("table") };
  const button = find("button");
  button.title = "Makes it the image of the page.";
  button.addEventListener("click", () => {
    const { numbers, which } = view.data.real;
    view.setTriggerValue("chosen", { number: numbers[which[view.frames.k]] });
  });
  view.frames = new Frames({
    show: (k) => show(view, k),
    words: (k) => `${k} of ${view.values.length - 1}`,
    send: (at) => view.setTriggerValue("placed", { at, of: view.data.id }),
    every: EVERY,
  });
  box.prepend(view.frames.element);
  view.take = (data, setTriggerValue) => take(view, data, setTriggerValue);
  view.forget = () => view.frames.end();
  return view;
}

function take(view, data, setTriggerValue) {
  Object.assign(view, { data, setTriggerValue });
  view.images = readPixels(data.images);
  view.values = readFloats(data.values);
  view.probabilities = readFloats(data.probabilities);
  view.real.figure.hidden = !data.real;
  if (data.real) {
    view.realImages = readPixels(data.real.images);
    view.distances = readFloats(data.real.distances);
    view.realValues = readFloats(data.real.values);
  }
  view.frames.take({
    id: data.id,
    count: view.values.length,
    at: data.at,
    start: data.start,
    label: "Step",
    help: "How far the dream is: from its start, uphill, to its end.",
  });
}

const tile = (images, k) => images.subarray(PIXELS * k, PIXELS * (k + 1));

function show(view, k) {
  const { data, dream, real } = view;
  const { labels, subject } = data;
  paintImage(dream.canvas, tile(view.images, k));
  dream.canvas.setAttribute("aria-label", `The dream at step ${k}`);
  const sentence = `${subject}: ${format(view.values[k])}`;
  dream.words.textContent = sentence[0].toUpperCase() + sentence.slice(1);
  const read = view.probabilities.subarray(labels.length * k, labels.length * (k + 1));
  bars(view.table, labels, null, read);
  if (!data.real) return;
  const place = data.real.which[k];
  const name = `test image ${data.real.numbers[place].toLocaleString("en")}`;
  paintImage(real.canvas, tile(view.realImages, place));
  const label = labels[data.real.classes[place]];
  real.canvas.setAttribute("aria-label", `The nearest real image: ${name}, a ${label}`);
  real.words.textContent = `${label}, ${name}, at a distance of ${format(view.distances[k])}; `
    + `${subject}: ${format(view.realValues[k])}`;
}
