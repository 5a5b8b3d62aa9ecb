// A small plot in SVG: axes, a grid, places for curves and handles, and a canvas under all of it for
// what is painted point by point.

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = { left: 40, right: 10, top: 10, bottom: 40 };

// An SVG element with attributes and children (elements or text).
export function svg(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  change(made, attributes);
  made.append(...children);
  return made;
}

// Set attributes.
export function change(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

export class Plane {
  // `x`, `y`: { min, max, name, ticks: [numbers], words(tick) if it is not the number that stands
  // there }; `width`, `height`: of the whole picture in its own pixels, which shrink where there is
  // less room; `title`: for screen readers.
  constructor({ title, x, y, width = 360, height = 360 }) {
    Object.assign(this, { xAxis: x, yAxis: y, width, height });
    this.right = width - MARGIN.right;
    this.bottom = height - MARGIN.bottom;
    this.left = MARGIN.left;
    this.top = MARGIN.top;
    this.svg = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": title });
    this.canvas = document.createElement("canvas");
    this.element = document.createElement("div");
    this.element.className = "how-plane";
    this.element.style.maxWidth = `${width}px`;
    const percent = (value, whole) => `${(100 * value) / whole}%`;
    Object.assign(this.canvas.style, {
      left: percent(this.left, width), top: percent(this.top, height),
      width: percent(this.right - this.left, width), height: percent(this.bottom - this.top, height),
    });
    this.grid = svg("g", { class: "how-grid", "aria-hidden": "true" });
    this.curves = svg("g"); // what belongs under the handles; it ends at the axes
    this.handles = svg("g");
    const clip = `how-clip-${Math.random().toString(36).slice(2)}`;
    const area = svg("rect", { x: this.left, y: this.top,
      width: this.right - this.left, height: this.bottom - this.top });
    this.curves.setAttribute("clip-path", `url(#${clip})`);
    const edge = svg("defs", {}, svg("clipPath", { id: clip }, area));
    this.svg.append(edge, this.grid, this.curves, this.handles);
    this.element.append(this.canvas, this.svg);
    this.drawGrid();
  }

  x(value) {
    const { min, max } = this.xAxis;
    return this.left + ((value - min) / (max - min)) * (this.right - this.left);
  }

  y(value) {
    const { min, max } = this.yAxis;
    return this.bottom - ((value - min) / (max - min)) * (this.bottom - this.top);
  }

  // The values where the mouse or finger is; beside the axes too.
  at({ clientX, clientY }) {
    const box = this.svg.getBoundingClientRect();
    const x = ((clientX - box.left) / box.width) * this.width;
    const y = ((clientY - box.top) / box.height) * this.height;
    const { xAxis, yAxis } = this;
    return [
      xAxis.min + ((x - this.left) / (this.right - this.left)) * (xAxis.max - xAxis.min),
      yAxis.min + ((this.bottom - y) / (this.bottom - this.top)) * (yAxis.max - yAxis.min),
    ];
  }

  // Other axes: draws the grid anew; curves and handles are the caller's.
  setAxes({ x = this.xAxis, y = this.yAxis }) {
    Object.assign(this, { xAxis: x, yAxis: y });
    this.drawGrid();
  }

  drawGrid() {
    const { left, right, top, bottom, xAxis, yAxis } = this;
    const parts = [svg("rect", { x: left, y: top, width: right - left, height: bottom - top })];
    for (const value of xAxis.ticks) {
      const x = this.x(value);
      parts.push(line(x, top, x, bottom, value === 0),
        svg("text", { x, y: bottom + 15, "text-anchor": "middle" }, (xAxis.words ?? written)(value)));
    }
    for (const value of yAxis.ticks) {
      const y = this.y(value);
      parts.push(line(left, y, right, y, value === 0),
        svg("text", { x: left - 6, y: y + 4, "text-anchor": "end" }, (yAxis.words ?? written)(value)));
    }
    parts.push(svg("text", { x: (left + right) / 2, y: bottom + 33, "text-anchor": "middle" },
      xAxis.name));
    parts.push(svg("text", { "text-anchor": "middle",
      transform: `translate(11 ${(top + bottom) / 2}) rotate(-90)` }, yAxis.name));
    this.grid.replaceChildren(...parts);
  }
}

const line = (x1, y1, x2, y2, isZero) =>
  svg("line", { x1, y1, x2, y2, class: isZero ? "how-zero" : "" });

const written = (value) => String(value).replace("-", "−");

// The text of an SVG path through points [[x, y], ...] in pixels.
export const pathThrough = (points) =>
  points.map(([x, y], k) => `${k ? "L" : "M"}${x.toFixed(2)} ${y.toFixed(2)}`).join("");
