// dL/dw of all weights of a neuron as a square picture in which one is chosen, with mouse, finger or
// the arrow keys.

import { format, isDark, largest, paintSigned, signed, signedLegend } from "./paint.js";
import { readFloats, readPixels } from "./tensors.js";

const SIZE = 280; // of the canvas; at most so large on the page

const FAINT = 0.15;

const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// `choose` is called with the number of the weight.
export function createPicture(choose) {
  const figure = document.createElement("figure");
  figure.className = "backwards-picture";
  figure.innerHTML = `<div class="backwards-frame">
    <canvas width="${SIZE}" height="${SIZE}" tabindex="0" role="img"></canvas>
    <i class="backwards-cursor"></i></div>
    <div class="backwards-about"><figcaption></figcaption><div class="backwards-legend"></div>
    <p class="backwards-reading" role="status"></p>
    <p>Point at a weight to read it, click to follow it back to the loss.</p>
    <details><summary>As a table</summary></details></div>
    <div class="backwards-table"></div>`;
  const find = (selector) => figure.querySelector(selector);
  const picture = { figure, find, canvas: find("canvas"), cursor: 0 };
  const { canvas } = picture;
  const at = (event) => {
    const { left, top, width } = canvas.getBoundingClientRect();
    const { side, gradients } = picture;
    const [column, row] = [event.clientX - left, event.clientY - top].map((distance) =>
      Math.min(side - 1, Math.max(0, Math.floor((distance * side) / width))),
    );
    return row * side + column < gradients.length ? row * side + column : null;
  };
  canvas.addEventListener("pointermove", (event) => read(picture, at(event)));
  canvas.addEventListener("pointerleave", () => read(picture, picture.chosen));
  canvas.addEventListener("click", (event) => {
    const input = at(event);
    if (input === null) return;
    read(picture, input);
    choose(input);
  });
  canvas.addEventListener("keydown", (event) => {
    const { cursor, side, gradients } = picture;
    if (event.key === "Enter" || event.key === " ") choose(cursor);
    else if (MOVES[event.key]) {
      const [right, down] = MOVES[event.key];
      const column = (cursor % side) + right;
      const next = cursor + right + down * side;
      if (column >= 0 && column < side && next >= 0 && next < gradients.length) read(picture, next);
    } else return;
    event.preventDefault();
  });
  canvas.addEventListener("blur", () => read(picture, picture.chosen));
  find("details").addEventListener("toggle", () => fillTable(picture));
  return picture;
}

// `data`: title, gradients, side, names of the inputs, the chosen one, and the image below or null.
export function showPicture(picture, data) {
  const { gradients, side, names, chosen, title } = {
    ...data,
    gradients: readFloats(data.gradients),
  };
  const pixels = data.image === null ? null : readPixels(data.image);
  const scale = largest(gradients);
  Object.assign(picture, { gradients, side, names, chosen, pixels, scale });
  const { canvas, find } = picture;
  find("figcaption").textContent = title;
  const keys = "Arrow keys move, Enter chooses.";
  canvas.setAttribute("aria-label", `${title}, orange negative, blue positive. ${keys}`);
  paint(picture);
  read(picture, chosen);
  fillTable(picture);
}

function paint({ gradients, side, pixels, scale, canvas, find }) {
  if (!gradients || !canvas.isConnected) return;
  const whole = new Float32Array(side * side);
  whole.set(gradients);
  paintSigned(canvas, whole, scale, side);
  // The last row may have places that stand for no weight.
  const cell = SIZE / side;
  const context = canvas.getContext("2d");
  for (let place = gradients.length; place < side * side; place++) {
    context.clearRect((place % side) * cell, Math.floor(place / side) * cell, cell + 1, cell + 1);
  }
  // The image lies over it, so faint that the colours stay what they are.
  context.fillStyle = isDark(canvas) ? "#fff" : "#000";
  pixels?.forEach((ink, place) => {
    context.globalAlpha = FAINT * ink;
    context.fillRect((place % side) * cell, Math.floor(place / side) * cell, cell, cell);
  });
  context.globalAlpha = 1;
  find(".backwards-legend").innerHTML = signedLegend(canvas, scale);
}

function read(picture, input) {
  if (input === null) return;
  const { gradients, names, side, find } = picture;
  picture.cursor = input;
  const reading = `${names[input]}: ∂L/∂w = ${signed(gradients[input])}`;
  find(".backwards-reading").textContent = reading;
  const { style } = find(".backwards-cursor");
  style.left = `${(100 * (input % side)) / side}%`;
  style.top = `${(100 * Math.floor(input / side)) / side}%`;
  style.width = style.height = `${100 / side}%`;
}

// Only while it is open: it is as large as the picture.
function fillTable({ find, gradients, side, figure }) {
  const box = find(".backwards-table");
  if (!figure.querySelector("details").open) {
    box.replaceChildren();
    return;
  }
  const table = document.createElement("table");
  for (let start = 0; start < gradients.length; start += side) {
    const row = table.insertRow();
    const head = document.createElement("th");
    head.textContent = start;
    row.append(head);
    for (const value of gradients.slice(start, start + side)) {
      row.insertCell().textContent = format(value);
    }
  }
  box.replaceChildren(table);
}
