// The plane of a neuron's two inputs, coloured by its output; its line, its weights and a point of
// it can be dragged.

import { asPoint, asSlider, dragged } from "./dragging.js";
import { ACTIVATIONS } from "./neuron_activations.js";
import { direction, distance, foot, length, moved, segment, sumAt, turned } from "./neuron_line.js";
import { css, inkOn, isDark, signedColour } from "./paint.js";
import { change, pathThrough, Plane, svg } from "./plane.js";
import { legend, paintSigned } from "./signed_scale.js";
import { div } from "./step.js";
import { named } from "./terms.js";

export const HALF = 3; // the plane reaches from -HALF to HALF
const FINE = 90; // places across that the picture computes
const ENDS = 2.7; // how far out the ends of the line are
const SNAP = 0.22; // so close to a sample the mouse is at it
const SAMPLES = [[-2, 1.4], [-1.2, -1.6], [0.5, 2.2], [1.5, 0.5], [2.2, -1.8]];
const DEGREES = 180 / Math.PI;

export class NeuronPlane {
  // `step`: { state: { neuron, activation, point }, pointed, set(change), point(place or null) }.
  constructor(step) {
    this.step = step;
    const axis = (name) => ({ min: -HALF, max: HALF, name, ticks: [-3, -2, -1, 0, 1, 2, 3] });
    const plane = new Plane({
      title: "The neuron's output for two inputs", x: axis("input x₁"), y: axis("input x₂"),
    });
    this.plane = plane;
    Object.assign(plane.canvas, { width: FINE, height: FINE });
    this.legend = div("how-row");
    this.says = div("how-says");
    this.element = div("", plane.element, this.legend, this.says);
    this.makeLine();
    this.makeWeights();
    this.makePoints();
    this.listen();
  }

  makeLine() {
    const { curves, handles } = this.plane;
    this.line = named("line", svg("line", { class: "how-line" }));
    this.gap = named("d b", svg("path", { class: "how-gap" }));
    this.corner = svg("path", { class: "how-corner" });
    curves.append(this.line, this.gap, this.corner);
    this.grip = named("line b", svg("line", { class: "how-grip" }));
    const { step } = this;
    let from;
    dragged(this.grip, {
      start: (event) => (from = { at: this.plane.at(event), neuron: step.state.neuron }),
      move: (event) => {
        const [x, y] = this.plane.at(event);
        step.set({ neuron: moved(from.neuron, x - from.at[0], y - from.at[1]) });
      },
    });
    this.tellers = [asSlider(this.grip, {
      name: "The line, moved by the bias", min: -6, max: 6, step: 0.1,
      get: () => step.state.neuron.b,
      set: (b) => step.set({ neuron: { ...step.state.neuron, b } }),
      words: (b) => `bias ${b.toFixed(2)}`,
    })];
    handles.append(this.grip);
    this.ends = [-1, 1].map((end) => this.makeEnd(end));
    handles.append(...this.ends);
  }

  makeEnd(end) {
    const { step } = this;
    const handle = named("line w1 w2", svg("g", { class: "how-handle" },
      svg("circle", { r: 20, class: "how-reach" }), svg("circle", { r: 7 })));
    let from;
    dragged(handle, {
      start: () => (from = step.state.neuron),
      move: (event) => step.set({ neuron: turned(from, this.plane.at(event), end) }),
    });
    const angle = ({ w1, w2 }) => Math.round(Math.atan2(w2, w1) * DEGREES);
    this.tellers.push(asSlider(handle, {
      name: `${end < 0 ? "First" : "Second"} end of the line, turned by the weights`,
      min: -180, max: 180, step: 5,
      get: () => angle(step.state.neuron),
      set: (degrees) => {
        const { neuron } = step.state;
        const size = length(neuron);
        const [w1, w2] = [Math.cos(degrees / DEGREES), Math.sin(degrees / DEGREES)];
        step.set({ neuron: { ...neuron, w1: size * w1, w2: size * w2 } });
      },
      words: (degrees) => `the weights point to ${degrees}°`,
    }));
    return handle;
  }

  makeWeights() {
    const { curves, handles } = this.plane;
    const { step } = this;
    this.shares = ["w1", "w2"].map((name) => named(name, svg("line", { class: "how-share" })));
    this.arrow = named("w1 w2", svg("path", { class: "how-arrow" }));
    curves.append(...this.shares, this.arrow);
    this.tip = named("w1 w2", svg("g", { class: "how-handle how-tip" },
      svg("circle", { r: 20, class: "how-reach" }), svg("rect", { x: -5, y: -5, width: 10, height: 10 })));
    dragged(this.tip, {
      move: (event) => {
        const [w1, w2] = this.plane.at(event);
        step.set({ neuron: { ...step.state.neuron, w1, w2 } });
      },
    });
    const along = { min: -HALF, max: HALF, step: 0.1 };
    this.tellers.push(asPoint(this.tip, {
      name: "The weights", x: along, y: along,
      get: () => [step.state.neuron.w1, step.state.neuron.w2],
      set: (w1, w2) => step.set({ neuron: { ...step.state.neuron, w1, w2 } }),
      words: (w1, w2) => `w1 ${w1.toFixed(2)}, w2 ${w2.toFixed(2)}`,
    }));
    handles.append(this.tip);
  }

  makePoints() {
    const { curves, handles } = this.plane;
    const { step } = this;
    this.samples = SAMPLES.map(([x, y]) => {
      const dot = svg("circle", { r: 5, cx: this.plane.x(x), cy: this.plane.y(y), class: "how-sample" });
      const value = svg("text", { x: this.plane.x(x), y: this.plane.y(y) - 9, "text-anchor": "middle",
        class: "how-value" });
      curves.append(dot, value);
      return { dot, value };
    });
    this.down = named("x1", svg("line", { class: "how-share" }));
    this.across = named("x2", svg("line", { class: "how-share" }));
    curves.append(this.down, this.across);
    this.said = named("a", svg("text", { "text-anchor": "middle", class: "how-value how-said" }));
    this.ring = named("x1 x2", svg("g", { class: "how-handle how-ring" },
      svg("circle", { r: 20, class: "how-reach" }), svg("circle", { r: 8 })));
    const along = { min: -HALF, max: HALF, step: 0.1 };
    const within = (v) => Math.min(HALF, Math.max(-HALF, v));
    dragged(this.ring, {
      move: (event) => step.set({ point: this.snapped(this.plane.at(event)).map(within) }),
    });
    this.tellers.push(asPoint(this.ring, {
      name: "The inputs", x: along, y: along,
      get: () => step.state.point,
      set: (x1, x2) => step.set({ point: [x1, x2] }),
      words: (x1, x2) => `x1 ${x1.toFixed(2)}, x2 ${x2.toFixed(2)}: output ${this.output([x1, x2]).toFixed(2)}`,
    }));
    handles.append(this.ring, this.said);
  }

  // The mouse shows the value wherever it is; a click or tap keeps the place.
  listen() {
    const { svg: picture } = this.plane;
    const place = (event) => {
      const at = this.plane.at(event);
      return at.every((v) => Math.abs(v) <= HALF) ? this.snapped(at) : null;
    };
    picture.addEventListener("pointermove", (event) => {
      if (event.pointerType !== "touch" && event.buttons === 0) this.step.point(place(event));
    });
    picture.addEventListener("pointerleave", () => this.step.point(null));
    picture.addEventListener("click", (event) => {
      if (event.target.closest('[role="slider"]')) return;
      const at = place(event);
      if (at) this.step.set({ point: at });
    });
  }

  snapped([x, y]) {
    return SAMPLES.find(([a, b]) => Math.hypot(a - x, b - y) < SNAP) ?? [x, y];
  }

  output(point) {
    const { neuron, activation } = this.step.state;
    return ACTIVATIONS[activation].f(sumAt(neuron, point));
  }

  show() {
    this.paint();
    this.showLine();
    this.showPoint();
    for (const tell of this.tellers) tell();
  }

  paint() {
    const { state: { activation } } = this.step;
    const [low, high] = ACTIVATIONS[activation].range;
    const dark = isDark(this.element);
    const places = Array.from({ length: FINE }, (_, k) => ((k + 0.5) / FINE - 0.5) * 2 * HALF);
    const values = new Float64Array(FINE * FINE);
    places.forEach((x2, row) => places.forEach((x1, column) => {
      values[row * FINE + column] = this.output([x1, -x2]);
    }));
    paintSigned(this.plane.canvas, values, FINE, FINE, high, dark);
    const written = (v) => (Math.abs(v) > 1 ? `${v < 0 ? "≤ −" : v > 0 ? "≥ " : ""}${Math.abs(v)}`
      : String(v).replace("-", "−"));
    this.legend.replaceChildren(named("a", legend("output a", low, high, high, dark, written)));
    SAMPLES.forEach((sample, k) => {
      const { dot, value } = this.samples[k];
      const output = this.output(sample);
      const colour = signedColour(output / high, dark);
      dot.style.fill = css(colour);
      dot.style.stroke = inkOn(colour);
      value.textContent = output.toFixed(1).replace("-", "−");
    });
  }

  showLine() {
    const { plane, step: { state: { neuron } } } = this;
    const ends = segment(neuron, ENDS);
    for (const part of [this.line, this.grip, ...this.ends]) part.style.display = ends ? "" : "none";
    const size = length(neuron);
    this.says.textContent = ends ? ""
      : size === 0 ? "Both weights are 0: there is no line, the output is the same everywhere."
        : "The line is outside the picture.";
    if (ends) {
      const [[x1, y1], [x2, y2]] = segment(neuron, HALF);
      const lie = { x1: plane.x(x1), y1: plane.y(y1), x2: plane.x(x2), y2: plane.y(y2) };
      change(this.line, lie);
      change(this.grip, lie);
      this.ends.forEach((end, k) => put(end, plane, ends[k]));
    }
    const { w1, w2 } = neuron;
    this.arrow.setAttribute("d", arrowPath(pixels(plane, [0, 0]), pixels(plane, [w1, w2])));
    put(this.tip, plane, [w1, w2]);
    stretch(this.shares[0], plane, [0, 0], [w1, 0]);
    stretch(this.shares[1], plane, [w1, 0], [w1, w2]);
    const shown = size > 0 && Math.abs(distance(neuron)) > 0.05;
    this.gap.setAttribute("d", shown ? this.gapPath(neuron) : "");
    this.corner.setAttribute("d", ends ? this.cornerPath(neuron) : "");
  }

  // From 0 to the line, beside the arrow.
  gapPath(neuron) {
    const beside = direction(neuron).map((v) => -0.16 * v);
    const move = ([x, y], far) => [x + far * beside[0], y + far * beside[1]];
    const [zero, end] = [[0, 0], foot(neuron)];
    const bar = (place) => pathThrough([0, 2].map((far) => pixels(this.plane, move(place, far))));
    return bar(zero) + pathThrough([zero, end].map((at) => pixels(this.plane, move(at, 1)))) + bar(end);
  }

  // The right angle between the line and the weights.
  cornerPath(neuron) {
    const side = 0.2;
    const [fx, fy] = foot(neuron);
    const [tx, ty] = direction(neuron);
    const [nx, ny] = [ty, -tx];
    return pathThrough([[side, 0], [side, side], [0, side]].map(([t, n]) =>
      pixels(this.plane, [fx + t * tx + n * nx, fy + t * ty + n * ny])));
  }

  showPoint() {
    const { plane, step } = this;
    put(this.ring, plane, step.state.point);
    const at = step.pointed ?? step.state.point;
    stretch(this.down, plane, [at[0], 0], at);
    stretch(this.across, plane, [0, at[1]], at);
    const [x, y] = pixels(plane, at);
    const inside = Math.min(plane.right - 30, Math.max(plane.left + 30, x));
    change(this.said, { x: inside, y: y < plane.top + 30 ? y + 26 : y - 14 });
    SAMPLES.forEach((sample, k) => {
      this.samples[k].value.style.display = String(sample) === String(at) ? "none" : "";
    });
    this.said.textContent = `a = ${this.output(at).toFixed(2).replace("-", "−")}`;
  }
}

const pixels = (plane, [x, y]) => [plane.x(x), plane.y(y)];

const put = (element, plane, at) =>
  element.setAttribute("transform", `translate(${pixels(plane, at).map((v) => v.toFixed(2)).join(" ")})`);

function stretch(line, plane, from, to) {
  const [[x1, y1], [x2, y2]] = [pixels(plane, from), pixels(plane, to)];
  change(line, { x1, y1, x2, y2 });
}

function arrowPath([x1, y1], [x2, y2]) {
  const size = Math.hypot(x2 - x1, y2 - y1);
  if (size < 1) return "";
  const [ux, uy] = [(x2 - x1) / size, (y2 - y1) / size];
  const wing = (side) => [x2 - 16 * ux - side * 6 * uy, y2 - 16 * uy + side * 6 * ux];
  return pathThrough([[x1, y1], [x2, y2]]) + pathThrough([wing(1), [x2, y2], wing(-1)]);
}
