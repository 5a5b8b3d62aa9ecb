// An image, changed with a strength that one slides: by a trick and by noise as large, what is read
// then, and what other models say to it.

import { Arrangement } from "./arrangement.js";
import { bars } from "./bars.js";
import { Frames } from "./frames.js";
import { mounted } from "./mounted.js";
import { paintImage, percent, signedLegend } from "./paint.js";
import { readFloats, readPixels } from "./tensors.js";
import { paintSigns, paintTiles } from "./tiles.js";

const PIXELS = 784;
const MAP = new Arrangement(1, { side: 28 });
const SIZE = 280; // of a canvas
const EVERY = 100; // milliseconds, while it plays
const SIDES = ["trick", "noise"];

export default mounted(create);

function create(parentElement) {
  const box = document.createElement("div");
  box.className = "inside-trick";
  const canvas = `<canvas width="${SIZE}" height="${SIZE}" role="img"></canvas>`;
  box.innerHTML = `<p class="inside-trick-legend"></p>
    <div class="inside-trick-sides">${SIDES.map(() => `<section><h4></h4>
      <div class="inside-trick-images"><figure><figcaption>Image</figcaption>${canvas}</figure>
      <figure><figcaption>Difference</figcaption>${canvas}</figure></div>
      <p></p><table></table></section>`).join("")}</div>
    <div class="inside-trick-models" tabindex="0" role="region"
    aria-label="What other models read"><table></table></div>`;
  parentElement.appendChild(box);
  const find = (selector) => box.querySelector(selector);
  const view = { models: find(".inside-trick-models table"), legend: find(".inside-trick-legend") };
  view.sides = [...box.querySelectorAll("section")].map(parts);
  view.frames = new Frames({
    show: (k) => show(view, k),
    words: (k) => `${view.data.strengths[k].toFixed(2)}, ${view.data.shades[k]}`,
    send: (at) => view.setTriggerValue("placed", { at, of: view.data.id }),
    every: EVERY,
  });
  box.prepend(view.frames.element);
  view.take = (data, setTriggerValue) => take(view, data, setTriggerValue);
  view.forget = () => view.frames.end();
  return view;
}

function parts(section) {
  const [image, difference] = section.querySelectorAll("canvas");
  const [title, said, table] = ["h4", "p", "table"].map((name) => section.querySelector(name));
  return { image, difference, title, said, table };
}

function take(view, data, setTriggerValue) {
  Object.assign(view, { data, setTriggerValue });
  view.original = readPixels(data.image);
  SIDES.forEach((name, side) => {
    const { title, images, probabilities } = data[name];
    const found = view.sides[side];
    found.title.textContent = found.name = title;
    Object.assign(found, { images: readPixels(images), probabilities: readFloats(probabilities) });
  });
  build(view);
  const legend = signedLegend(view.legend, data.strengths.at(-1));
  view.legend.innerHTML = `${legend} <small>Difference: − darker, + brighter than the image.</small>`;
  view.frames.take({
    id: data.id,
    count: data.strengths.length,
    at: data.at,
    start: data.start,
    label: "Strength",
    help: "How far each pixel may be from the image; from black to white is 1.",
  });
}

function show(view, k) {
  const { data, original } = view;
  const classes = data.labels.length;
  for (const side of view.sides) {
    const image = side.images.subarray(PIXELS * k, PIXELS * (k + 1));
    const read = side.probabilities.subarray(classes * k, classes * (k + 1));
    const at = `with strength ${data.strengths[k].toFixed(2)}`;
    paintImage(side.image, image);
    side.image.setAttribute("aria-label", `${side.name}: the image ${at}`);
    const difference = image.map((ink, i) => ink - original[i]);
    paintTiles(side.difference, difference, MAP, data.strengths.at(-1));
    paintSigns(side.difference, difference, MAP, data.strengths.at(-1), SIZE / 1.5);
    side.difference.setAttribute("aria-label", `${side.name}: what has changed ${at}`);
    const best = largestPlace(read);
    const text = `Read as ${data.labels[best]}, ${percent(read[best])}`;
    side.said.textContent = reached(data, best) ? `${text}: tricked` : text;
    side.said.classList.toggle("inside-trick-reached", reached(data, best));
    bars(side.table, data.labels, side.probabilities.subarray(0, classes), read,
      "without a change");
  }
  view.cells.forEach(([atFirst, trick, noise], row) => {
    const { trick: read, noise: readNoise } = data.others[row];
    atFirst.textContent = saying(data, read, 0);
    tell(trick, data, read, k);
    tell(noise, data, readNoise, k);
  });
}

const largestPlace = (values) => values.indexOf(Math.max(...values));

// As `Goal.reached` of nn/explain/adversarial.py.
const reached = ({ answer, target }, read) => (target === null ? read !== answer : read === target);

const saying = ({ labels }, { answers, sure }, k) => `${labels[answers[k]]}, ${percent(sure[k])}`;

// Of another model it is no trick where it would have said the same without a change.
function tell(cell, data, read, k) {
  const is = read.answers[k] !== read.answers[0] && (
    data.target === null || read.answers[k] === data.target);
  cell.textContent = saying(data, read, k) + (is ? ": falls for it" : "");
  cell.classList.toggle("inside-trick-reached", is);
}

function build(view) {
  const { others } = view.data;
  view.models.hidden = !others.length;
  view.models.innerHTML = `<caption>The same images, shown to the other models that ship with the
    project</caption>
    <tr><th scope="col">Model</th><th scope="col">The image</th><th scope="col">The trick</th>
    <th scope="col">The noise</th></tr>`;
  view.cells = others.map(({ name }) => {
    const row = view.models.insertRow();
    row.innerHTML = `<th scope="row"></th><td></td><td></td><td></td>`;
    row.cells[0].textContent = name;
    return [...row.cells].slice(1);
  });
}
