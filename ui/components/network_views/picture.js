// Numbers as a picture, in which one points at one of them by mouse, finger or arrow keys.

import { arrowStep, isPlain } from "./arrow_keys.js";
import { largest, signedLegend } from "./paint.js";
import { fit, paintSigns, paintTiles, ring, tileBox } from "./tiles.js";

// `on`: what is told, each with the index of a number: point (null: no longer), move (with the arrow
// keys), choose, open.
export class Picture {
  constructor(title, on) {
    this.on = on;
    this.element = document.createElement("figure");
    this.element.className = "inside-picture";
    this.element.innerHTML = `<figcaption></figcaption>
      <canvas tabindex="0" role="slider" aria-valuemin="0"></canvas><div></div>`;
    [this.caption, this.canvas, this.legend] = this.element.children;
    this.title = title;
    this.listen();
  }

  set title(title) {
    if (title === this.caption.textContent) return;
    this.caption.textContent = title;
    this.canvas.setAttribute("aria-label", `${title}. Arrow keys go from one to the next.`);
  }

  // `values` lie as `arrangement` says; `marked`: the index of the one that is pointed at, or null.
  // `words(index)`: what there is to say of one. `paint`: for other colours than those with a sign;
  // `over`: what lies over the colours and below the signs. `shown`: as for `fit` of tiles.js.
  show(values, arrangement, marked, words, { paint = null, over = null, shown } = {}) {
    Object.assign(this, { arrangement, marked, length: values.length });
    const { canvas } = this;
    fit(canvas, arrangement, shown);
    if (paint) {
      paint(canvas, values);
    } else {
      const scale = largest(values);
      paintTiles(canvas, values, arrangement, scale);
      over?.(canvas);
      paintSigns(canvas, values, arrangement, scale, shown);
      const legend = signedLegend(canvas, scale);
      if (legend !== this.shownLegend) this.legend.innerHTML = this.shownLegend = legend;
    }
    if (marked !== null) {
      const box = tileBox(canvas, arrangement, ...arrangement.position(marked), 1);
      ring(canvas.getContext("2d"), box, Math.max(2, canvas.width / 120));
    }
    canvas.setAttribute("aria-valuemax", values.length - 1);
    canvas.setAttribute("aria-valuenow", marked ?? 0);
    canvas.setAttribute("aria-valuetext", words(marked ?? 0));
  }

  listen() {
    const { canvas, on } = this;
    canvas.addEventListener("pointermove", (event) => {
      if (event.pointerType !== "touch") on.point(this.at(event));
    });
    canvas.addEventListener("pointerleave", () => on.point(null));
    canvas.addEventListener("blur", () => on.point(null));
    canvas.addEventListener("click", (event) => {
      const index = this.at(event);
      if (index !== null) on.choose(index);
    });
    canvas.addEventListener("keydown", (event) => {
      if (!isPlain(event)) return;
      const step = arrowStep(event);
      if (step) {
        const [x, y] = this.arrangement.position(this.marked ?? 0);
        const to = this.arrangement.indexAt(x + step[0], y + step[1]);
        if (to !== null) on.move(to);
      } else if (["Enter", " "].includes(event.key) && this.marked !== null) {
        on.open(this.marked);
      } else {
        return;
      }
      event.preventDefault();
    });
  }

  at(event) {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    const { arrangement } = this;
    const x = Math.floor(((event.clientX - left) / width) * arrangement.width);
    const y = Math.floor(((event.clientY - top) / height) * arrangement.height);
    return arrangement.indexAt(x, y);
  }
}
