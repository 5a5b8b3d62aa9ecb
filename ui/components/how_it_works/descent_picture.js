// The landscape with the four paths on it; the start can be dragged.

import { paintContours } from "./descent_contours.js";
import { movedOn, newHandle } from "./descent_handle.js";
import { DASHES, NAMES } from "./descent_look.js";
import { RULES } from "./descent_optimizers.js";
import { pointAt } from "./descent_path.js";
import { format } from "./paint.js";
import { change, pathThrough, Plane, svg } from "./plane.js";
import { named } from "./terms.js";

const SIDE = 390;
const NEAR = 16; // so many pixels around a point belong to it
const LABEL = 15; // from one name to the next below
const MOST_DOTS = 120;
const KEYS = 80; // arrow keys from side to side

const ticksOf = ({ min, max }) => Array.from({ length: max - min + 1 }, (_, k) => min + k);

export class DescentPicture {
  // `acts`: start(x, y): the start is moved there; look(name, step): somebody points at this step
  // of a path; away(): no longer; stay(name, step): they have tapped it.
  constructor(acts) {
    this.acts = acts;
    const axis = { min: -2, max: 2, ticks: [-2, -1, 0, 1, 2] };
    this.plane = new Plane({ title: "The loss over two weights, and the paths of four optimizers",
      x: { ...axis, name: "w₁" }, y: { ...axis, name: "w₂" }, width: SIDE + 10, height: SIDE + 10 });
    this.paths = new Map(NAMES.map((name) => [name, this.newPath(name)]));
    this.gradient = named("g", svg("path", { class: "descent-arrow" }));
    this.step = named("step", svg("path", { class: "descent-arrow descent-step" }));
    this.ring = svg("circle", { r: 7, class: "descent-ring" });
    this.plane.curves.append(this.ring, this.gradient, this.step);
    this.handle = named("start", newHandle());
    this.plane.handles.append(this.handle);
    this.listen();
  }

  newPath(name) {
    const style = `stroke: var(--how-path-${name})`;
    const parts = {
      line: svg("path", { class: "descent-path", style, "stroke-dasharray": DASHES[name] }),
      dots: svg("path", { class: "descent-dots", style }),
      end: svg("circle", { r: 5, class: "descent-end", style: `fill: var(--how-path-${name})` }),
      label: svg("text", { class: "descent-name", style: `--colour: var(--how-path-${name})` },
        RULES[name].title),
    };
    this.plane.curves.append(named(name, parts.line), named(name, parts.dots), named(name, parts.end));
    this.plane.handles.append(named(name, parts.label));
    return parts;
  }

  listen() {
    const { plane } = this;
    this.limits = { x: {}, y: {} }; // the landscape's, see setSurface
    this.shown = { start: [0, 0] };
    this.tell = movedOn(plane, this.handle, {
      name: "Start", ...this.limits,
      get: () => this.shown.start, set: (x, y) => this.acts.start(x, y),
      words: (x, y) => `first weight ${format(x)}, second weight ${format(y)}`,
    }, (event) => this.isTapped(event));
    plane.svg.addEventListener("pointermove", (event) => {
      if (event.pointerType === "touch" || event.buttons) return;
      const near = this.nearest(event);
      if (near) this.acts.look(...near);
      else this.acts.away();
    });
    plane.svg.addEventListener("pointerleave", () => this.acts.away());
  }

  // A finger can't point: it taps at a step.
  isTapped(event) {
    const near = event.pointerType === "touch" && this.nearest(event);
    if (near) this.acts.stay(...near);
    return Boolean(near);
  }

  // Another landscape: its contours are painted once, and again when the theme has changed.
  setSurface(surface, theme) {
    const { plane } = this;
    const axis = (own, name) => ({ ...own, name, ticks: ticksOf(own) });
    plane.setAxes({ x: axis(surface.x, "w₁"), y: axis(surface.y, "w₂") });
    paintContours(plane.canvas, surface, theme);
    for (const own of ["x", "y"]) {
      const { min, max } = surface[own];
      Object.assign(this.limits[own], { min, max, step: (max - min) / KEYS });
    }
  }

  // `shown`: { start, steps, paths: { name: path }, hidden: Set, looked: { name, step } }.
  draw(shown) {
    this.shown = shown;
    const labels = [];
    for (const [name, parts] of this.paths) {
      const isHidden = shown.hidden.has(name);
      for (const part of Object.values(parts)) part.style.display = isHidden ? "none" : "";
      if (!isHidden) labels.push(this.drawPath(parts, shown.paths[name], shown.steps));
    }
    this.place(labels);
    const [x, y] = this.pixels(shown.start);
    change(this.handle, { transform: `translate(${x} ${y})` });
    this.tell();
    this.drawLooked(shown);
  }

  drawPath(parts, path, steps) {
    const points = path.points.slice(0, Math.floor(steps) + 1).map((point) => this.pixels(point));
    const end = this.pixels(pointAt(path, steps));
    change(parts.line, { d: pathThrough([...points, end]) });
    const dots = path.points.length > MOST_DOTS ? [] : points;
    change(parts.dots, { d: dots.map(([x, y]) => `M${x.toFixed(1)} ${y.toFixed(1)}h0`).join("") });
    change(parts.end, { cx: end[0], cy: end[1] });
    return { label: parts.label, end };
  }

  // The names beside the ends, below each other where they would lie on one another.
  place(labels) {
    const { plane } = this;
    const within = (value, from, to) => Math.min(to, Math.max(from, value));
    labels.sort((a, b) => a.end[1] - b.end[1]);
    let free = plane.top + 12;
    labels.forEach(({ label, end }, k) => {
      const x = within(end[0], plane.left, plane.right);
      const atRight = x > plane.right - 90;
      const below = (labels.length - 1 - k) * LABEL;
      const y = within(Math.max(end[1] + 4, free), plane.top + 12, plane.bottom - 6 - below);
      free = y + LABEL;
      change(label, { x: x + (atRight ? -12 : 12), y, "text-anchor": atRight ? "end" : "start" });
    });
  }

  drawLooked({ paths, hidden, looked: { name, step } }) {
    const { points, gradients } = paths[name];
    const isThere = !hidden.has(name) && step < points.length;
    for (const part of [this.ring, this.gradient, this.step]) {
      part.style.display = isThere ? "" : "none";
    }
    if (!isThere) return;
    const [x, y] = this.pixels(points[step]);
    change(this.ring, { cx: x, cy: y });
    const next = points[step + 1];
    change(this.step, { d: next ? arrow([x, y], this.pixels(next)) : "" });
    change(this.gradient, { d: arrow([x, y], this.uphill([x, y], gradients[step])) });
  }

  // Where the gradient's arrow ends: longer for larger ones, but not as many times.
  uphill([x, y], [gx, gy]) {
    const size = Math.hypot(gx, gy);
    if (size < 1e-9) return [x, y];
    const length = 18 + (62 * size) / (1 + size);
    return [x + (length * gx) / size, y - (length * gy) / size];
  }

  pixels([x, y]) {
    const { plane } = this;
    const far = 1e5; // what lies beyond is not seen, and too large for some browsers
    const kept = (value) => Math.min(far, Math.max(-far, value));
    return [kept(plane.x(x)), kept(plane.y(y))];
  }

  // [name, step] of the path's point that the mouse is at; null where there is none.
  nearest(event) {
    const { paths, hidden, steps } = this.shown;
    const at = this.pixels(this.plane.at(event));
    let [best, distance] = [null, NEAR];
    for (const name of NAMES.filter((one) => !hidden.has(one))) {
      const { points } = paths[name];
      for (let step = 0; step < points.length && step <= steps; step++) {
        const [x, y] = this.pixels(points[step]);
        const away = Math.hypot(x - at[0], y - at[1]);
        if (away < distance) [best, distance] = [[name, step], away];
      }
    }
    return best;
  }
}

// The text of a path from one place to another, with a head of two lines.
function arrow([x1, y1], [x2, y2]) {
  const length = Math.hypot(x2 - x1, y2 - y1);
  if (length < 1) return "";
  const head = Math.min(9, length / 2);
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const side = (sign) => [x2 - head * (ux + sign * 0.55 * uy), y2 - head * (uy - sign * 0.55 * ux)];
  return pathThrough([[x1, y1], [x2, y2], side(1)]) + pathThrough([[x2, y2], side(-1)]);
}
