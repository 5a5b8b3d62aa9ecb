// The loss -ln p over the probability of the true class, and where the image is on it.

import { change, pathThrough, Plane, svg } from "./plane.js";
import { fineShare, short } from "./softmax_written.js";
import { div } from "./step.js";
import { named } from "./terms.js";

const TOP = 6;
const X = { min: 0, max: 1, name: "p of the true class", ticks: [0, 0.25, 0.5, 0.75, 1] };
const Y = { min: 0, max: TOP, name: "loss", ticks: [0, 1, 2, 3, 4, 5, 6] };
const POINTS = 200;

export class LossCurve {
  constructor() {
    this.plane = new Plane({ title: "The loss, −ln p", x: X, y: Y, width: 270, height: 270 });
    const curve = Array.from({ length: POINTS + 1 }, (_, i) => {
      const p = Math.exp(-TOP * (1 - i / POINTS)); // as many points where it is steep
      return [this.plane.x(p), this.plane.y(-Math.log(p))];
    });
    this.to = svg("path", { class: "softmax-to" });
    this.point = named("loss", svg("circle", { r: 6, class: "softmax-point" }));
    this.plane.curves.append(this.to,
      named("loss", svg("path", { d: pathThrough(curve), class: "softmax-curve" })));
    this.plane.handles.append(this.point);
    this.says = named("loss", div("softmax-said how-numbers"));
    this.element = div("softmax-loss", this.plane.element, this.says);
  }

  draw(probability, loss) {
    const { plane } = this;
    const [x, y] = [plane.x(probability), plane.y(Math.min(loss, TOP))];
    change(this.to, { d: `M${plane.left} ${y}H${x}V${plane.bottom}` });
    change(this.point, { cx: x, cy: y });
    const above = loss > TOP ? ", above the picture" : "";
    const p = fineShare(probability, -Math.expm1(-loss));
    const text = `L = −ln ${p.includes(" ") ? `(${p})` : p} = ${short(loss, 4)}${above}`;
    if (this.says.textContent !== text) this.says.textContent = text;
  }
}
