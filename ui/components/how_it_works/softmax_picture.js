// Ten classes in columns: logits that are dragged, their exponentials, their probabilities, and the
// gradient. What belongs to class k carries the name "k<k>".

import { asSlider, dragged } from "./dragging.js";
import { change, svg } from "./plane.js";
import { logitAxis } from "./softmax_axes.js";
import { classTerm, share, short, slope, tenth } from "./softmax_written.js";
import { named } from "./terms.js";

const WIDTH = 400;
const HEIGHT = 528;
const LEFT = 35;
const COLUMN = (WIDTH - LEFT) / 10;
const BAR = 22;
const Z = { top: 66, bottom: 206, numbers: 220 }; // arrows find room above it
const E = { title: 244, top: 256, bottom: 336, numbers: 350 };
const P = { title: 374, top: 386, bottom: 466, numbers: 480 };
const G = { title: 504, numbers: 521 };
const ARROW = 28; // pixels for a gradient of 1, and at most
const TOUCH = 44;
export const FARTHEST = 1000;
const STEP = 0.5; // of the keyboard
const NEAR = 0.1; // of an axis: a tick that is nearer to 0 than this is left out

const middle = (k) => LEFT + (k + 0.5) * COLUMN;

export class SoftmaxPicture {
  // `acts`: set(k, logit); settled(), after the last of such changes for now.
  constructor(acts) {
    this.acts = acts;
    this.svg = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", class: "softmax-picture",
      "aria-label": "Logits, exponentials, probabilities and gradient of ten classes" });
    this.titles = {
      z: title("z", 14, "Logits z: drag them"), e: title("e", E.title, ""),
      p: title("p", P.title, "Probabilities p"), g: title("g", G.title, ""),
    };
    const lines = () => svg("g", { class: "how-grid", "aria-hidden": "true" });
    this.axes = { z: lines(), e: lines(), p: lines() };
    grid(this.axes.p, P, [[0, "0"], [1, "1"]], 0, 1);
    this.columns = Array.from({ length: 10 }, (_, k) => this.column(k));
    this.svg.append(...Object.values(this.axes), ...Object.values(this.titles),
      ...this.columns.map(({ group }) => group));
  }

  column(k) {
    const x = middle(k);
    const rect = (className) => svg("rect", { x: x - BAR / 2, width: BAR, class: className });
    const number = (y) => svg("text", { x, y, "text-anchor": "middle", class: "softmax-number" });
    const band = svg("rect", { x: x - COLUMN / 2, width: COLUMN, y: 20, height: HEIGHT - 20,
      class: "softmax-band" });
    const digit = svg("text", { x, y: 34, "text-anchor": "middle", class: "softmax-digit" }, String(k));
    const parts = {
      k, digit, z: rect("softmax-bar softmax-z"), e: rect("softmax-bar softmax-e"), p: rect("softmax-bar softmax-p"),
      target: svg("rect", { x: x - BAR / 2 - 3, width: BAR + 6, y: P.top, height: P.bottom - P.top,
        class: "softmax-target" }),
      zNumber: number(Z.numbers), eNumber: number(E.numbers), pNumber: number(P.numbers),
      gNumber: named("g", number(G.numbers)),
      knob: svg("rect", { x: x - 13, width: 26, height: 10, rx: 5, class: "softmax-knob" }),
      touch: svg("rect", { x: x - COLUMN / 2, width: COLUMN, height: TOUCH, class: "softmax-touch" }),
      arrow: named("g", svg("path", { class: "softmax-arrow" })),
    };
    named("y", parts.target);
    const grip = svg("g", {}, parts.touch, parts.z, parts.knob);
    this.makeHandle(grip, k, parts);
    parts.group = named(classTerm(k), svg("g", { class: "softmax-column" }, band, digit, grip,
      parts.arrow, parts.e, parts.target, parts.p, parts.zNumber, parts.eNumber, parts.pNumber, parts.gNumber));
    return parts;
  }

  makeHandle(grip, k, parts) {
    const get = () => this.shown?.logits[k] ?? 0;
    parts.tell = asSlider(grip, { name: `Logit of class ${k}`, min: -FARTHEST, max: FARTHEST,
      step: STEP, get, words: (value) => this.words(k, value),
      set: (value) => {
        this.acts.set(k, value);
        this.acts.settled();
      } });
    let from;
    dragged(grip, {
      start: (event) => (from = { value: get(), at: this.logitAt(event) }),
      move: (event) => {
        const { min, max } = this.axis;
        const [tenths, value] = [max - min > 100 ? 1 : 10, from.value + this.logitAt(event) - from.at];
        this.acts.set(k, Math.min(max, Math.max(min, Math.round(value * tenths) / tenths)));
      },
      end: () => this.acts.settled(),
    });
  }

  words(k, value) {
    if (!this.shown) return String(value);
    return `${tenth(value)}, probability ${share(this.shown.probabilities[k])}`;
  }

  logitAt({ clientY }) {
    const box = this.svg.getBoundingClientRect();
    const y = ((clientY - box.top) / box.height) * HEIGHT;
    const { min, max } = this.axis;
    return min + ((Z.bottom - y) / (Z.bottom - Z.top)) * (max - min);
  }

  // Let the axis of the logits reach as far as these.
  fit(logits) {
    const axis = logitAxis(logits);
    if (axis.min === this.axis?.min && axis.max === this.axis.max) return;
    this.axis = axis;
    const ticks = [axis.min, 0, axis.max]
      .filter((value) => value === 0 || Math.abs(value) > NEAR * (axis.max - axis.min))
      .map((value) => [value, String(value).replace("-", "−")]);
    grid(this.axes.z, Z, ticks, axis.min, axis.max);
  }

  // `shown`: { logits, label, temperature, terms, top (of the terms' axis), probabilities, gradient }.
  draw(shown) {
    const { temperature, terms, top } = this.shown = shown;
    const by = temperature === 1 ? "" : ` / ${short(temperature, 3)}`;
    write(this.titles.e, by ? `Exponentials of z${by}` : "Exponentials eᶻ");
    write(this.titles.g, by ? `Gradient (p − y)${by}` : "Gradient p − y");
    const end = short(Math.max(...terms) === Infinity ? Infinity : top);
    if (this.end !== end) grid(this.axes.e, E, [[0, "0"], [top, end]], 0, top);
    this.end = end;
    for (const parts of this.columns) this.drawColumn(parts, shown);
  }

  drawColumn(parts, { logits, label, terms, top, probabilities, gradient }) {
    const { k } = parts;
    const { min, max } = this.axis;
    const zero = Z.bottom + (min / (max - min)) * (Z.bottom - Z.top);
    const y = Z.bottom - ((logits[k] - min) / (max - min)) * (Z.bottom - Z.top);
    change(parts.z, { y: Math.min(y, zero), height: Math.abs(y - zero) });
    change(parts.knob, { y: y - 5 });
    change(parts.touch, { y: y - TOUCH / 2 });
    upright(parts.e, E, terms[k] / top);
    upright(parts.p, P, probabilities[k]);
    change(parts.arrow, { d: arrow(middle(k), y, gradient[k]) });
    parts.group.classList.toggle("is-true", k === label);
    parts.target.style.display = k === label ? "" : "none";
    write(parts.zNumber, tenth(logits[k]));
    write(parts.eNumber, short(terms[k]));
    write(parts.pNumber, share(probabilities[k]));
    write(parts.gNumber, slope(gradient[k]));
    parts.tell();
  }
}

const title = (name, y, words) => named(name, svg("text", { x: 0, y, class: "softmax-title" }, words));

// Lines across all columns at these [value, text].
function grid(group, { top, bottom }, ticks, min, max) {
  group.replaceChildren(...ticks.flatMap(([value, text]) => {
    const y = bottom - ((value - min) / (max - min)) * (bottom - top);
    return [svg("line", { x1: LEFT, x2: WIDTH, y1: y, y2: y, class: value === 0 ? "how-zero" : "" }),
      svg("text", { x: LEFT - 5, y: y + 4, "text-anchor": "end" }, text)];
  }));
}

function upright(bar, { top, bottom }, part) {
  const height = Math.min(1, Math.max(0, part)) * (bottom - top);
  change(bar, { y: bottom - height, height });
}

// From the end of a bar, up where the gradient is above 0; none where it would be too short to see.
function arrow(x, y, value) {
  const length = Math.min(ARROW, Math.abs(value) * ARROW);
  if (length < 1) return "";
  const to = y - Math.sign(value) * (length + 5);
  const back = to + Math.sign(value) * Math.min(6, length);
  return `M${x} ${y}V${to}M${x - 5} ${back}L${x} ${to}L${x + 5} ${back}`;
}

function write(element, words) {
  if (element.textContent !== words) element.textContent = words;
}
