// The picture of Home comes alive: one draws over its digit, and what the network makes of that is
// drawn as the picture has it. Its weights come when a pen comes near.

import { asImage, PEN } from "./handwriting.js";
import { mounted } from "./mounted.js";
import { Network } from "./network.js";
import { answers, lines, neurons, withoutDigit } from "./picture_parts.js";

const SVG = "http://www.w3.org/2000/svg";
const BOARD = { x: 6, y: 8, side: 260 }; // in the picture
const PAD = 280; // as PEN and `asImage` have it

export default mounted((parentElement) => new Picture(parentElement));

class Picture {
  constructor(parentElement) {
    this.svg = parentElement.querySelector("svg");
    this.clearButton = parentElement.querySelector("button");
    this.before = this.svg.innerHTML; // the 3 that it comes with
    this.strokes = [];
    // Not in the picture: of SVG Chromium does not ask whether a finger may scroll the page there.
    this.board = parentElement.querySelector(".pad");
    this.ink = document.createElementNS(SVG, "path");
    const { x, y, side } = BOARD;
    set(this.ink, { class: "ink", "stroke-width": (PEN * side) / PAD,
      transform: `translate(${x} ${y}) scale(${side / PAD})` });
    this.listen();
    this.svg.append(this.ink);
  }

  // `data`: the weights, as `network_bytes` makes them, or nothing before they are asked for.
  take(data, setTriggerValue) {
    this.ask = () => {
      if (!this.asked) setTriggerValue("wanted", true);
      this.asked = true;
    };
    if (!data?.length || this.network) return;
    this.network = new Network(data);
    if (this.strokes.length) this.follow();
  }

  listen() {
    const { board } = this;
    const place = ({ clientX, clientY }) => {
      const { left, top, width, height } = board.getBoundingClientRect();
      return [((clientX - left) * PAD) / width, ((clientY - top) * PAD) / height];
    };
    let pen = null;
    board.addEventListener("pointerenter", () => this.ask());
    board.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || pen !== null) return;
      event.preventDefault();
      this.ask();
      pen = event.pointerId;
      board.setPointerCapture(pen);
      this.strokes.push([place(event)]);
      this.follow();
    });
    board.addEventListener("pointermove", (event) => {
      if (event.pointerId !== pen) return;
      this.strokes.at(-1).push(place(event));
      this.followSoon();
    });
    const lift = (event) => {
      if (event.pointerId === pen) pen = null;
    };
    board.addEventListener("pointerup", lift);
    board.addEventListener("pointercancel", lift);
    this.clearButton.addEventListener("click", () => this.clear());
  }

  // At most once a frame: a pen sends more than one can see.
  followSoon() {
    this.waiting ??= requestAnimationFrame(() => this.follow());
  }

  follow() {
    cancelAnimationFrame(this.waiting);
    this.waiting = null;
    const { svg, strokes, network } = this;
    if (!strokes.length) return;
    this.clearButton.disabled = false;
    this.ink.setAttribute("d", strokes.map(pathOf).join(""));
    withoutDigit(svg);
    if (!network) return;
    const pixels = asImage(strokes);
    const outputs = network.run(pixels);
    const probabilities = network.probabilities(outputs.at(-1));
    lines(svg, network, pixels, outputs, probabilities);
    neurons(svg, outputs);
    answers(svg, probabilities);
  }

  clear() {
    this.strokes = [];
    this.clearButton.disabled = true;
    this.svg.innerHTML = this.before;
    this.ink.setAttribute("d", "");
    this.svg.append(this.ink);
  }
}

// A dot is a line to where one is.
const pathOf = (stroke) => `M${(stroke.length > 1 ? stroke : [...stroke, ...stroke])
  .map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`;

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}
