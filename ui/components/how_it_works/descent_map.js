// What becomes of SGD with each learning rate and each momentum, as a map to choose from.

import { movedOn, newHandle } from "./descent_handle.js";
import { mixed, packed } from "./descent_look.js";
import { CONVERGES, DIVERGES, fastest, limit, OSCILLATES, outcome } from "./descent_stability.js";
import { format, paintEnlarged } from "./paint.js";
import { change, pathThrough, Plane, svg } from "./plane.js";
import { div, element } from "./step.js";
import { named } from "./terms.js";

// As powers of ten, and the range of the sliders too.
export const RATES = { min: -3, max: 0.5, step: 0.01 };
export const MOMENTA = { min: 0, max: 0.99, step: 0.01 };

const [COLUMNS, ROWS] = [105, 66];
const FRAME = 4; // milliseconds of work in one frame: pointing and dragging stay smooth

// Three digits are enough.
export const rateAt = (power) => Number((10 ** power).toPrecision(3));

// The learning rate and the momentum at a place of the map.
function setting(power, momentum) {
  const within = (value, { min, max }) => Math.min(max, Math.max(min, value));
  return [rateAt(within(power, RATES)), Number(within(momentum, MOMENTA).toFixed(2))];
}

export class DescentMap {
  // `choose(rate, momentum)`: somebody has chosen these.
  constructor(choose) {
    this.choose = choose;
    this.plane = new Plane({ title: "What becomes of each learning rate and momentum",
      x: { ...RATES, name: "learning rate", ticks: [-3, -2, -1, 0], words: (power) => 10 ** power },
      y: { ...MOMENTA, name: "momentum", ticks: [0, 0.25, 0.5, 0.75] }, height: 300 });
    this.limit = named("limit", svg("path", { class: "descent-limit" }));
    this.best = svg("path", { class: "descent-best" });
    this.handle = named("lr m", newHandle());
    this.plane.curves.append(this.limit, this.best);
    this.plane.handles.append(this.handle);
    this.said = div("descent-said");
    this.about = div("descent-said");
    this.legend = div("descent-legend");
    this.element = div("", this.plane.element, this.legend, this.said, this.about);
    this.listen();
  }

  listen() {
    const { plane } = this;
    plane.svg.addEventListener("pointermove", (event) => {
      if (event.pointerType !== "touch") this.say(...setting(...plane.at(event)));
    });
    plane.svg.addEventListener("pointerleave", () => this.say(this.shown.rate, this.shown.momentum));
    this.tell = movedOn(plane, this.handle, {
      name: "Learning rate and momentum", x: { ...RATES, step: 0.02 }, y: MOMENTA,
      get: () => (this.shown ? [Math.log10(this.shown.rate), this.shown.momentum] : [0, 0]),
      set: (power, momentum) => this.choose(...setting(power, momentum)),
      words: (power, momentum) => (this.shown ? this.wordsOf(...setting(power, momentum)) : ""),
    });
  }

  // `shown`: { surface, start, rate, momentum, theme }; the map is painted anew where another
  // landscape or start asks for it, or other colours do.
  draw(shown) {
    this.shown = shown;
    const { surface, start, rate, momentum, theme } = shown;
    const asked = [surface.title, theme.key, surface.isQuadratic ? "" : start].join();
    if (asked !== this.painted) {
      this.painted = asked;
      this.paint(theme);
      this.mark(surface, theme);
    }
    const [x, y] = [this.plane.x(Math.log10(rate)), this.plane.y(momentum)];
    change(this.handle, { transform: `translate(${x} ${y})` });
    this.tell();
    this.say(rate, momentum);
  }

  wordsOf(rate, momentum) {
    const { surface, start } = this.shown;
    const { outcome: what, factor } = outcome(surface, start, rate, momentum);
    const words = `Learning rate ${format(rate)}, momentum ${format(momentum)}: ${what}`;
    if (factor === Infinity) return `${words}.`;
    return surface.isQuadratic
      ? `${words}; in the end the distance changes by × ${format(factor)} a step.`
      : `${words}; the root of the loss changes by × ${format(factor)} a step on average.`;
  }

  say(rate, momentum) {
    const words = this.wordsOf(rate, momentum);
    if (this.said.textContent !== words) this.said.textContent = words;
  }

  // The limit where it is known, the fastest setting, and what the colours mean.
  mark({ curvatures, isQuadratic }, theme) {
    const { plane } = this;
    const steepest = Math.max(...curvatures);
    const points = Array.from({ length: 34 }, (_, k) => (MOMENTA.max * k) / 33).map((momentum) =>
      [plane.x(Math.log10(limit(momentum, steepest))), plane.y(momentum)]);
    change(this.limit, { d: pathThrough(points), "stroke-dasharray": isQuadratic ? "none" : "6 4" });
    const best = fastest(curvatures);
    const [x, y] = [plane.x(Math.log10(best.rate)), plane.y(best.momentum)];
    this.best.style.display = isQuadratic ? "" : "none";
    change(this.best, { d: `M${x - 7} ${y}h14M${x} ${y - 7}v14M${x - 5} ${y - 5}l10 10m0 -10l-10 10` });
    this.legend.replaceChildren(...[CONVERGES, OSCILLATES, DIVERGES].map((what) => {
      const patch = element("i");
      patch.style.background = `rgb(${theme.outcomes[what].join(" ")})`;
      return element("span", "", patch, what);
    }), element("span", "", "stronger colour: in fewer steps"));
    const where = isQuadratic ? "The line" : "The dashed line, known near the minimum only";
    const most = named("limit", element("span", "how-numbers",
      `2 (1 + m) / λ with the largest curvature λ = ${format(steepest)}`));
    const fewest = isQuadratic
      ? ` Fewest steps (✳): ${format(best.rate)} with momentum ${format(best.momentum)}.` : "";
    this.about.replaceChildren(`${where}: `, most, ` is the limit; without momentum ${
      format(limit(0, steepest))}.`, fewest);
  }

  // Paint it, a few rows in each frame, spread over the whole map at first.
  paint(theme) {
    const { surface, start } = this.shown;
    const { canvas } = this.plane;
    [canvas.width, canvas.height] = [COLUMNS * 4, ROWS * 4];
    this.pixels ??= new Uint32Array(COLUMNS * ROWS);
    const rows = spread(ROWS);
    const job = (this.job = {});
    const work = () => {
      if (job !== this.job) return; // another one has begun
      const end = performance.now() + FRAME;
      do this.paintRow(rows.shift(), surface, start, theme);
      while (rows.length && performance.now() < end);
      paintEnlarged(canvas, COLUMNS, ROWS, (packed) => packed.set(this.pixels));
      if (rows.length) requestAnimationFrame(work);
    };
    work();
  }

  paintRow(row, surface, start, theme) {
    const momentum = MOMENTA.max * (1 - (row + 0.5) / ROWS);
    for (let column = 0; column < COLUMNS; column++) {
      const power = RATES.min + ((column + 0.5) / COLUMNS) * (RATES.max - RATES.min);
      const { outcome: what, factor } = outcome(surface, start, 10 ** power, momentum);
      const colour = mixed(theme.background, theme.outcomes[what], strength(what, factor));
      this.pixels[row * COLUMNS + column] = packed(colour);
    }
  }
}

// By how many steps it takes until the distance is a tenth: from 1 to 1000.
function strength(what, factor) {
  if (what === DIVERGES) return 0.6;
  const steps = Math.LN10 / -Math.log(Math.min(factor, 0.9999));
  return 1 - 0.8 * Math.min(1, Math.max(0, Math.log10(steps) / 3));
}

// 0 to count - 1, each 16th first, then those between.
function spread(count) {
  const order = [];
  for (const offset of [0, 8, 4, 12, 2, 6, 10, 14, 1, 3, 5, 7, 9, 11, 13, 15]) {
    for (let row = offset; row < count; row += 16) order.push(row);
  }
  return order;
}
