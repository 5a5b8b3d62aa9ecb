// dL/dw of all weights of a neuron as a picture in which one is chosen, with mouse, finger or the
// arrow keys.

import { Arrangement } from "./arrangement.js";
import { format, isDark, signed } from "./paint.js";
import { Picture } from "./picture.js";
import { readFloats, readPixels } from "./tensors.js";

const FAINT = 0.15;

export class GradientPicture {
  // `choose` is called with the number of the weight.
  constructor(choose) {
    this.element = document.createElement("div");
    this.element.className = "backwards-picture";
    this.element.innerHTML = `<div class="backwards-frame"></div>
      <div class="backwards-about"><p class="backwards-reading" role="status"></p>
      <p class="backwards-silent"></p>
      <p>Point at a weight to read it, click to follow it back to the loss.</p>
      <details><summary>As a table</summary></details></div>
      <div class="backwards-table" tabindex="0" role="region"
        aria-label="The gradients of all weights of the neuron"></div>`;
    const read = (input) => this.read(input);
    this.picture = new Picture("", {
      point: (input) => read(input ?? this.chosen),
      move: read,
      choose,
      open: choose,
    });
    this.find(".backwards-frame").append(this.picture.element);
    this.find("details").addEventListener("toggle", () => this.fillTable());
  }

  find(selector) {
    return this.element.querySelector(selector);
  }

  // `data`: title, gradients, side, names of the inputs, the chosen one, the image below or null, and
  // why all gradients are 0, or null.
  show({ title, gradients, side, names, chosen, image, silent }) {
    const values = readFloats(gradients);
    const pixels = image === null ? null : readPixels(image);
    const arrangement = values.length === side ** 2
      ? new Arrangement(1, { side })
      : new Arrangement(values.length, { columns: side });
    Object.assign(this, { values, side, names, chosen, pixels, arrangement });
    this.picture.title = title;
    const why = this.find(".backwards-silent");
    why.textContent = silent ?? "";
    why.hidden = silent === null;
    this.read(chosen);
    this.fillTable();
  }

  read(input) {
    const { values, names, arrangement, picture, pixels } = this;
    const words = (k) => `${names[k]}: ∂L/∂w = ${signed(values[k])}`;
    const over = pixels && ((canvas) => lay(canvas, pixels, arrangement));
    picture.show(values, arrangement, input, words, { over });
    this.find(".backwards-reading").textContent = words(input);
  }

  // Only while it is open: it is as large as the picture.
  fillTable() {
    const { values, side } = this;
    const box = this.find(".backwards-table");
    if (!this.find("details").open) {
      box.replaceChildren();
      return;
    }
    const table = document.createElement("table");
    for (let start = 0; start < values.length; start += side) {
      const row = table.insertRow();
      const head = document.createElement("th");
      head.textContent = start;
      row.append(head);
      for (const value of values.slice(start, start + side)) {
        row.insertCell().textContent = format(value);
      }
    }
    box.replaceChildren(table);
  }
}

// The image over it, so faint that the colours stay what they are.
function lay(canvas, pixels, { side }) {
  const cell = canvas.width / side;
  const pen = canvas.getContext("2d");
  pen.fillStyle = isDark(canvas) ? "#fff" : "#000";
  pixels.forEach((ink, place) => {
    pen.globalAlpha = FAINT * ink;
    pen.fillRect((place % side) * cell, Math.floor(place / side) * cell, cell, cell);
  });
  pen.globalAlpha = 1;
}
