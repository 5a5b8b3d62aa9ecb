// The loss at each step, a line for each path.

import { DASHES, NAMES } from "./descent_look.js";
import { change, pathThrough, Plane, svg } from "./plane.js";
import { named } from "./terms.js";

const FLOOR = -8; // a loss of 10^-8 and less lies on the axis
const TOP = 2;
const POWERS = { "-8": "10⁻⁸", "-6": "10⁻⁶", "-4": "10⁻⁴", "-2": "0.01", 0: "1", 2: "100" };
const Y = { min: FLOOR, max: TOP, name: "loss", ticks: [-8, -6, -4, -2, 0, 2],
  words: (power) => POWERS[power] };

export class DescentChart {
  // `acts`: look(name, step), away(): as in descent_picture.js; goTo(step): show the paths until
  // there.
  constructor(acts) {
    this.plane = new Plane({ title: "The loss at each step", x: xAxis(100), y: Y, height: 300 });
    this.lines = new Map(NAMES.map((name) => [name, named(`${name} loss`,
      svg("path", { class: "descent-path", "stroke-dasharray": DASHES[name],
        style: `stroke: var(--how-path-${name})` }))]));
    this.now = svg("line", { class: "descent-now" });
    this.ring = svg("circle", { r: 6, class: "descent-ring" });
    this.plane.curves.append(this.now, ...this.lines.values(), this.ring);
    const { svg: picture } = this.plane;
    picture.addEventListener("pointermove", (event) => {
      if (event.pointerType !== "touch") acts.look(...this.nearest(event));
    });
    picture.addEventListener("pointerleave", () => acts.away());
    picture.addEventListener("click", (event) => acts.goTo(this.stepAt(event)));
  }

  setSurface({ steps }) {
    this.plane.setAxes({ x: xAxis(steps) });
  }

  draw(shown) {
    this.shown = shown;
    const { plane } = this;
    for (const [name, line] of this.lines) {
      line.style.display = shown.hidden.has(name) ? "none" : "";
      const losses = shown.paths[name].losses.slice(0, Math.floor(shown.steps) + 1);
      change(line, { d: pathThrough(losses.map((loss, step) => this.pixels(step, loss))) });
    }
    const x = plane.x(shown.steps);
    change(this.now, { x1: x, x2: x, y1: plane.top, y2: plane.bottom });
    const { name, step } = shown.looked;
    const loss = shown.paths[name].losses[step];
    this.ring.style.display = loss === undefined || shown.hidden.has(name) ? "none" : "";
    if (loss !== undefined) {
      const [cx, cy] = this.pixels(step, loss);
      change(this.ring, { cx, cy });
    }
  }

  pixels(step, loss) {
    const power = Math.max(FLOOR, Math.log10(loss));
    return [this.plane.x(step), this.plane.y(Math.min(power, TOP + 5))];
  }

  stepAt(event) {
    const { min, max } = this.plane.xAxis;
    return Math.min(max, Math.max(min, Math.round(this.plane.at(event)[0])));
  }

  // [name, step]: the step that the mouse is over, of the path that is nearest there.
  nearest(event) {
    const { paths, hidden, steps, looked } = this.shown;
    const [, power] = this.plane.at(event);
    const step = Math.min(this.stepAt(event), Math.floor(steps));
    const away = (name) =>
      Math.abs(Math.max(FLOOR, Math.log10(paths[name].losses[step])) - power);
    const there = NAMES.filter((name) => !hidden.has(name) && step < paths[name].losses.length);
    if (!there.length) return [looked.name, looked.step];
    return [there.reduce((best, name) => (away(name) < away(best) ? name : best)), step];
  }
}

const xAxis = (steps) => ({ min: 0, max: steps, name: "step",
  ticks: Array.from({ length: 6 }, (_, k) => (k * steps) / 5) });
