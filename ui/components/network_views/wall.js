// A layer as a wall of tiles, one for each neuron: shows what they say, and tells which one is
// pointed at, chosen, switched or opened, by mouse, finger or keys.

import { Arrangement } from "./arrangement.js";
import { isPlain } from "./arrow_keys.js";
import { css, format, inkOn, isDark, largest, signedColour, signedLegend } from "./paint.js";
import { fit, paintSigns, paintTiles, ring, tileBox } from "./tiles.js";

const LONG = 550; // milliseconds: a press that switches
const MOVED = 10; // pixels: no press any more

// `layer`: as neuron_layers.js has it. `words(unit)`: what a tile says, in a sentence. `on`: what is
// told, each with a tile: point (null: no longer), choose, switch, open; press, where a click is not to choose.
export class Wall {
  constructor(layer, words, on) {
    const arrangement = layer.outputs;
    const title = layer.last ? "Logits" : `${layer.title}: ${layer.units} ${layer.kind}s`;
    Object.assign(this, { arrangement, words, on, marked: null, pointed: null, off: new Set() });
    this.element = document.createElement("figure");
    this.element.className = "inside-wall";
    this.element.classList.toggle("inside-wall-big", arrangement.units > 256);
    this.element.innerHTML = `<figcaption></figcaption>
      <span><canvas tabindex="0" role="slider" aria-orientation="horizontal"></canvas>
      <canvas class="inside-labels" aria-hidden="true"></canvas></span><div></div>`;
    [this.caption, , this.legend] = this.element.children;
    [this.canvas, this.text] = this.element.querySelectorAll("canvas");
    this.caption.textContent = title;
    this.canvas.setAttribute("aria-label", `${title}. Arrow keys go from one to the next.`);
    this.canvas.setAttribute("aria-valuemin", 0);
    this.canvas.setAttribute("aria-valuemax", arrangement.units - 1);
    this.listen();
  }

  // `values`: of all tiles. `off`: those that are switched off. `marked`: the one that is looked at,
  // or null. `labels`: texts on the tiles, where there are some.
  show(values, off, marked, labels = null) {
    Object.assign(this, { values, off, marked, labels });
    if (marked !== null) this.last = marked;
    this.paint();
    const now = this.last ?? 0;
    this.canvas.setAttribute("aria-valuenow", now);
    this.canvas.setAttribute("aria-valuetext", this.words(now));
  }

  // Only what has changed: a drawing goes through all layers, and not all of them say something else.
  paint() {
    const { canvas, values, arrangement } = this;
    if (!values) return;
    const resized = fit(canvas, arrangement);
    const rest = [this.marked, [...this.off].join(), isDark(canvas)].join("|");
    if (!resized && rest === this.painted && same(values, this.paintedValues)) return;
    this.painted = rest;
    this.paintedValues = values.slice();
    const scale = largest(values);
    paintTiles(canvas, values, arrangement, scale);
    const legend = signedLegend(canvas, scale);
    if (legend !== this.shownLegend) this.legend.innerHTML = this.shownLegend = legend;
    const pen = canvas.getContext("2d");
    if (this.labels) this.write(scale);
    else paintSigns(canvas, values, arrangement, scale);
    for (const unit of this.off) cross(pen, this.box(unit));
    if (this.marked !== null) ring(pen, this.box(this.marked), Math.max(2, canvas.width / 120));
  }

  // Where lines meet a tile, in pixels of the screen: at the middle of its side, "left" or "right".
  edge(unit, side) {
    const { left, top, width } = this.canvas.getBoundingClientRect();
    const share = width / this.canvas.width;
    const [x, y, w, h] = this.box(unit);
    return [left + (side === "left" ? x : x + w) * share, top + (y + h / 2) * share];
  }

  box(unit) {
    const { columns, side } = this.arrangement;
    return tileBox(this.canvas, this.arrangement, unit % columns, Math.floor(unit / columns), side);
  }

  // Over the lines between the walls, with a rim that keeps these off.
  write(scale) {
    const { labels, values, canvas, text: over } = this;
    Object.assign(over, { width: canvas.width, height: canvas.height });
    const pen = over.getContext("2d");
    labels.forEach((label, unit) => {
      const [x, y, width, height] = this.box(unit);
      const colour = signedColour(values[unit] / scale, isDark(canvas));
      pen.fillStyle = inkOn(colour);
      pen.strokeStyle = css(colour);
      pen.lineWidth = height / 8;
      pen.lineJoin = "round";
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      const write = (text, size, down) => {
        pen.font = `600 ${height * size}px sans-serif`;
        const place = [text, x + width / 2, y + height * down, width * 0.9];
        pen.strokeText(...place);
        pen.fillText(...place);
      };
      write(label, label.length > 2 ? 0.22 : 0.4, 0.4);
      write(values[unit] < 0 ? "−" : "+", 0.25, 0.78);
    });
  }

  listen() {
    const { canvas, on } = this;
    canvas.addEventListener("pointermove", (event) => {
      if (this.press && far(this.press, event)) this.release();
      if (event.pointerType !== "touch") on.point(this.at(event));
    });
    canvas.addEventListener("pointerleave", () => {
      this.release();
      on.point(null);
    });
    canvas.addEventListener("pointerdown", (event) => {
      const unit = this.at(event);
      if (event.button !== 0 || unit === null) return;
      this.press = { unit, x: event.clientX, y: event.clientY };
      this.press.timer = setTimeout(() => {
        this.release();
        on.choose(unit);
        on.switch(unit);
      }, LONG);
    });
    canvas.addEventListener("pointerup", () => {
      const { press } = this;
      this.release();
      if (press) (on.press ?? on.choose)(press.unit);
    });
    canvas.addEventListener("pointercancel", () => this.release());
    // A long press of a finger would open the browser's menu.
    canvas.addEventListener("contextmenu", (event) => event.pointerType === "touch"
      && event.preventDefault());
    canvas.addEventListener("keydown", (event) => this.key(event));
    canvas.addEventListener("focus", () => {
      if (canvas.matches(":focus-visible") && this.marked === null) on.point(this.last ?? 0);
    });
    canvas.addEventListener("blur", () => on.point(null));
  }

  key(event) {
    if (!isPlain(event)) return;
    const { units, columns } = this.arrangement;
    const now = this.last ?? 0;
    const to = Arrangement.step(event.key, now, units, columns);
    if (to !== null) this.on.choose(to);
    else if (event.key === " ") this.on.switch(now);
    else if (event.key === "Enter") this.on.open(now);
    else return;
    event.preventDefault();
  }

  release() {
    clearTimeout(this.press?.timer);
    this.press = null;
  }

  at(event) {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    const { arrangement } = this;
    const x = Math.floor(((event.clientX - left) / width) * arrangement.width);
    const y = Math.floor(((event.clientY - top) / height) * arrangement.height);
    return arrangement.unitAt(x, y);
  }
}

// What one tile of a wall says, as text; `places` values for each.
export function saying(values, arrangement, unit) {
  if (arrangement.side === 1) return format(values[arrangement.index(unit)]);
  let most = 0;
  for (let place = 0; place < arrangement.side ** 2; place++) {
    const value = values[arrangement.index(unit, place)];
    if (Math.abs(value) > Math.abs(most)) most = value;
  }
  return `${format(most)} at the most`;
}

function cross(pen, [x, y, width, height]) {
  const pad = width / 5;
  pen.beginPath();
  pen.moveTo(x + pad, y + pad);
  pen.lineTo(x + width - pad, y + height - pad);
  pen.moveTo(x + width - pad, y + pad);
  pen.lineTo(x + pad, y + height - pad);
  for (const [colour, thickness] of [["#FFFFFF", 4], ["#B00020", 2]]) {
    pen.strokeStyle = colour;
    pen.lineWidth = (thickness * Math.max(12, Math.min(width, 40))) / 16;
    pen.stroke();
  }
}

const far = ({ x, y }, event) => Math.hypot(event.clientX - x, event.clientY - y) > MOVED;

const same = (a, b) => b && a.length === b.length && a.every((value, k) => value === b[k]);
