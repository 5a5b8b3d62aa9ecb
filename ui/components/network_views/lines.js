// Lines from neurons to others: the stronger, the thicker; what pushes up in blue and unbroken, what
// pulls down in orange and dashed.

import { signColour } from "./tiles.js";

const THICKEST = 5;

export class Lines {
  constructor(box) {
    this.box = box; // its element with a position of its own, which the lines lie over
    this.svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    this.svg.setAttribute("class", "inside-lines");
    this.svg.setAttribute("aria-hidden", "true");
    box.append(this.svg);
  }

  // [{from: [x, y], to: [x, y], value}, ...], places on the screen.
  show(lines) {
    const { left, top } = this.box.getBoundingClientRect();
    const most = Math.max(...lines.map(({ value }) => Math.abs(value)), 1e-12);
    const colours = { [-1]: signColour(this.box, -1), 1: signColour(this.box, 1) };
    const drawn = lines.map(({ from, to, value }) => {
      const share = Math.abs(value) / most;
      const [x1, y1, x2, y2] = [from[0] - left, from[1] - top, to[0] - left, to[1] - top];
      const bend = (x2 - x1) / 3;
      const path = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
      const dashes = value < 0 ? ' stroke-dasharray="7 5"' : "";
      return `<path d="${path}" stroke="${colours[Math.sign(value)]}"
        stroke-width="${1 + (THICKEST - 1) * share}"${dashes}/>`;
    });
    const text = drawn.join("");
    if (text === this.shown) return;
    this.svg.innerHTML = this.shown = text;
  }
}
