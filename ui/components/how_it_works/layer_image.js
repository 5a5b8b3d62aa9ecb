// The first layer of the shipped network as one product: three images in rows, 784 weights in each
// of 128 rows, and an output for each image and neuron.

import { asPoint } from "./dragging.js";
import { layerSums, scaled } from "./layer_numbers.js";
import { format, isDark, largest, paintEnlarged, paintImage } from "./paint.js";
import { firstLayer } from "./shipped_layer.js";
import { legend, paintSigned } from "./signed_scale.js";
import { button, div, element } from "./step.js";
import { readPixels } from "./tensors.js";
import { named } from "./terms.js";

const SIDE = 28;

const count = (value) => value.toLocaleString("en-US");

export class LayerImage {
  constructor(frame) {
    Object.assign(this, { frame, rows: 1, at: [0, 0], pointed: null });
    this.strips = {
      x: new Strip("x", (at) => [Math.floor(at[1] * this.rows), this.where[1]], this),
      w: new Strip("w", (at) => [this.where[0], Math.floor(at[1] * this.layer.outputs)], this),
      y: new Strip("y", (at) => [Math.floor(at[1] * this.rows), Math.floor(at[0] * this.layer.outputs)], this),
    };
    this.legend = div("how-row");
    this.says = div("how-pointed how-numbers");
    this.counts = element("p", "how-numbers");
    this.choices = [
      [1, button("One image", "One row of 784 pixels", () => this.setRows(1))],
      [3, button("A batch of 3", "Three images, one after the other in the data, by the same weights",
        () => this.setRows(3))],
    ];
    this.small = div("how-small");
    this.body = div("how-layer-image", this.counts,
      div("how-row", ...this.choices.map(([, made]) => made), named("x", this.small)),
      ...Object.values(this.strips).map((strip) => strip.element), this.legend, this.says);
    this.failed = div("how-says");
    this.element = div("", element("h3", "", "The same for the image"), this.body, this.failed);
    this.element.hidden = this.body.hidden = true;
    this.tell = asPoint(this.strips.y.box, {
      name: "Output of the layer",
      x: { min: 0, max: 127, step: 1 }, y: { min: 0, max: 2, step: 1 },
      get: () => [this.at[1], this.rows - 1 - this.at[0]],
      set: (x, y) => this.keep([Math.max(0, this.rows - 1 - y), x]),
      words: () => (this.sums ? this.words(this.at) : ""), // before they are there: hidden
    });
  }

  get where() {
    return this.pointed ?? this.at;
  }

  // `images`: as ui/how/first_layer.py has it, or null without a network.
  async take(images) {
    this.element.hidden = images === null;
    if (images === null) return;
    try {
      this.layer = await firstLayer(images.weights);
    } catch (error) {
      console.warn(error);
      this.failed.textContent = "The weights could not be loaded. Please reload.";
      return;
    }
    this.failed.textContent = "";
    this.body.hidden = false;
    const all = readPixels(images.pixels);
    const { inputs, outputs } = this.layer;
    const other = images.pixels !== this.images?.pixels;
    Object.assign(this, { images, all });
    if (other) {
      this.sums = Array.from({ length: all.length / inputs }, (_, n) =>
        layerSums(this.layer, scaled(all.subarray(n * inputs, (n + 1) * inputs), images)));
      this.at = [0, this.sums[0].indexOf(Math.max(...this.sums[0]))];
    }
    this.strips.w.shape("W", `(${outputs}, ${inputs})`, "a row for each neuron, a column for each pixel");
    this.setRows(this.rows);
  }

  setRows(rows) {
    const { layer: { inputs, outputs }, strips, at } = this;
    Object.assign(this, { rows, at: [Math.min(at[0], rows - 1), at[1]], pointed: null });
    strips.x.shape("x", `(${rows}, ${inputs})`, "28 rows of pixels, one after the other");
    strips.y.shape("y", `(${rows}, ${outputs})`, "an output for each neuron");
    for (const [number, made] of this.choices) made.setAttribute("aria-pressed", number === rows);
    const all = `${rows > 1 ? `${rows} × ` : ""}${inputs} × ${outputs} = ${count(rows * inputs * outputs)}`;
    this.counts.textContent = rows === 1
      ? `From ${inputs} pixels to ${outputs} neurons: ${all} multiplications.`
      : `${rows} images are ${rows} rows: ${all} multiplications in one product, by the same weights.`;
    this.show();
  }

  show() {
    const { strips: { x, w, y }, layer, sums, rows, all } = this;
    const dark = isDark(this.element);
    x.size(layer.inputs, rows, 12);
    paintEnlarged(x.canvas, layer.inputs, rows, (packed) => {
      for (let k = 0; k < packed.length; k++) packed[k] = 0xff000000 | (0x010101 * Math.round(255 * all[k]));
    });
    this.small.replaceChildren(...Array.from({ length: rows }, (_, n) =>
      picture(all.subarray(n * layer.inputs, (n + 1) * layer.inputs), n)));
    w.size(layer.inputs, layer.outputs, 1);
    const [most, mostSum] = [largest(layer.weight) / 2, Math.max(...sums.map(largest))];
    paintSigned(w.canvas, layer.weight, layer.inputs, layer.outputs, most, dark);
    y.size(layer.outputs, rows, 12);
    paintSigned(y.canvas, sums.slice(0, rows).flatMap((row) => [...row]), layer.outputs, rows, mostSum, dark);
    this.legend.replaceChildren(
      named("w", legend("weight", -most, most, most, dark, (v) => `${v < 0 ? "≤ " : "≥ "}${format(v)}`)),
      named("y", legend("output", -mostSum, mostSum, mostSum, dark, format)));
    this.mark();
    this.tell();
  }

  keep(at) {
    this.at = at;
    this.mark();
    this.tell();
  }

  // Where the mouse is; null for nowhere.
  point(at) {
    if (String(at) === String(this.pointed)) return;
    this.pointed = at;
    this.mark();
  }

  mark() {
    const { strips: { x, w, y }, rows, layer, where: [n, j] } = this;
    x.mark(0, 1, n, rows);
    w.mark(0, 1, j, layer.outputs);
    y.mark(j, layer.outputs, n, rows);
    this.says.textContent = this.words([n, j]);
  }

  words([n, j]) {
    const which = this.rows === 1 ? "the image" : `image ${n}`;
    return `Counted from 0: neuron ${j} for ${which}, row ${n} of x times row ${j} of W, the sum of `
      + `${this.layer.inputs} products and a bias, is ${format(this.sums[n][j])}`;
  }
}

function picture(pixels, n) {
  const canvas = Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE });
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `Image ${n}`);
  paintImage(canvas, pixels);
  return canvas;
}

// A matrix as a picture over the whole width.
class Strip {
  // `toPlace`: which output [row, neuron] belongs to a place of it, in [0, 1]; `owner` is told where
  // the mouse is, point(output or null), and what was chosen, keep(output).
  constructor(name, toPlace, owner) {
    this.canvas = document.createElement("canvas");
    this.marker = element("i", "how-strip-mark");
    this.box = div("how-strip", this.canvas, this.marker);
    this.caption = div("how-shape");
    this.element = named(name, div("", this.caption, this.box));
    this.canvas.setAttribute("role", "img");
    const at = ({ clientX, clientY }) => {
      const { left, top, width, height } = this.box.getBoundingClientRect();
      return toPlace([(clientX - left) / width, (clientY - top) / height].map((share) =>
        Math.min(0.9999, Math.max(0, share))));
    };
    this.box.addEventListener("pointermove", (event) => {
      if (event.pointerType === "touch") owner.keep(at(event));
      else owner.point(at(event));
    });
    this.box.addEventListener("pointerleave", () => owner.point(null));
    this.box.addEventListener("click", (event) => owner.keep(at(event)));
  }

  shape(title, shape, words) {
    this.caption.replaceChildren(element("b", "", title), ` ${shape}: ${words}`);
    this.canvas.setAttribute("aria-label", `${title} ${shape}`);
  }

  // So many values, each so high on the screen.
  size(columns, rows, high) {
    Object.assign(this.canvas, { width: columns, height: rows });
    this.box.style.height = `${rows * high}px`;
  }

  mark(column, columns, row, rows) {
    Object.assign(this.marker.style, {
      left: `${(100 * column) / columns}%`, width: `${100 / columns}%`,
      top: `${(100 * row) / rows}%`, height: `${100 / rows}%`,
    });
  }
}
