// A product of small matrices with all its numbers: x at the left, Wᵀ above, and where a row of x
// and a column of Wᵀ meet, an output.

import { multiplications, outputs } from "./layer_numbers.js";
import { css, inkOn, isDark, signedColour } from "./paint.js";
import { scrubbed } from "./scrubbed.js";
import { button, div, element } from "./step.js";
import { named } from "./terms.js";

const START = {
  x: [[0.5, 1, -1, 2], [1, 0, 0.5, -1], [-1.5, 2, 1, 0]],
  weight: [[1, -0.5, 0, 0.5], [0.5, 1, -1, 0], [-1, 0, 0.5, 1]],
  bias: [0.5, -1, 0],
};
const MOST = 3; // of an input or weight, on both sides of 0
const FULL = 6; // the value with the full colour

const one = (value) => value.toFixed(1).replace("-", "−");
const two = (value) => String(Number(value.toFixed(2))).replace("-", "−");
const inBrackets = (value) => (value < 0 ? `(${one(value)})` : one(value));
const below = (number) => "₁₂₃₄"[number];

export class LayerProduct {
  constructor(frame) {
    Object.assign(this, { frame, rows: 1, at: [0, 0], pointed: null, ...structuredClone(START) });
    this.box = div("how-matrices how-numbers");
    this.says = div("how-terms-of how-numbers");
    this.counts = div("how-hint");
    this.choices = [
      [1, button("One image", "One row of inputs", () => this.setRows(1))],
      [3, button("A batch of 3", "Three rows of inputs, the same weights", () => this.setRows(3))],
    ];
    const reset = button("Reset", "All numbers as they were at first", () => {
      Object.assign(this, structuredClone(START));
      this.build();
    });
    this.element = div("how-layer",
      div("how-row", ...this.choices.map(([, made]) => made), reset), this.box, this.says, this.counts);
    this.build();
  }

  setRows(rows) {
    Object.assign(this, { rows, at: [0, this.at[1]] });
    this.build();
  }

  // The matrices, as large as they are now.
  build() {
    const { rows, weight, bias } = this;
    const [ins, outs] = [weight[0].length, weight.length];
    this.tellers = [];
    this.cells = { x: [], w: [], b: [], y: [] };
    const inputs = this.matrix("x", "x", `(${rows}, ${ins})`, ins);
    const weights = this.matrix("w", "Wᵀ", `(${ins}, ${outs})`, outs);
    const biases = this.matrix("b", "b", `(${outs},)`, outs);
    const results = this.matrix("y", "y", `(${rows}, ${outs})`, outs);
    for (let n = 0; n < rows; n++) {
      for (let i = 0; i < ins; i++) {
        this.add(inputs, "x", this.number(this.x[n], i, `Input ${i + 1} of row ${n + 1}`), { n, i });
      }
      for (let j = 0; j < outs; j++) this.add(results, "y", this.output(n, j), { n, j });
    }
    for (let i = 0; i < ins; i++) {
      for (let j = 0; j < outs; j++) {
        this.add(weights, "w", this.number(weight[j], i, `Weight ${i + 1} of neuron ${j + 1}`), { i, j });
      }
    }
    for (let j = 0; j < outs; j++) {
      this.add(biases, "b", this.number(bias, j, `Bias of neuron ${j + 1}`), { j });
    }
    const note = div("how-corner-note", "PyTorch keeps W as ",
      named("w", element("span", "", `(out, in) = (${outs}, ${ins})`)), ": a row for each neuron. Turned, "
      + "as here, each is a column.");
    this.box.replaceChildren(note, weights.element, element("span"), biases.element,
      inputs.element, results.element);
    for (const [count, made] of this.choices) made.setAttribute("aria-pressed", count === rows);
    this.counts.textContent = `${rows} × ${ins} × ${outs} = ${multiplications(rows, weight)} `
      + "multiplications. Drag a number of x, W or b.";
    this.show();
    this.frame.terms.refresh();
  }

  // A matrix with its name and its shape.
  matrix(name, title, shape, columns) {
    const grid = div("how-cells");
    grid.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
    const caption = div("how-shape", element("b", "", title), ` ${shape}`);
    return { grid, element: named(name, div(`how-matrix how-matrix-${name}`, caption, grid)) };
  }

  add({ grid }, name, cell, place) {
    cell.classList.add("how-cell");
    this.cells[name].push({ cell, ...place });
    grid.append(cell);
  }

  number(values, k, name) {
    const made = scrubbed({
      name, min: -MOST, max: MOST, step: 0.1, shown: one, words: one,
      get: () => values[k],
      set: (value) => {
        values[k] = Math.round(value * 10) / 10 || 0;
        this.show();
      },
    });
    this.tellers.push(made.tell);
    return made.element;
  }

  output(n, j) {
    const cell = element("button", "how-output");
    cell.type = "button";
    const point = (place) => {
      this.pointed = place;
      this.mark();
    };
    cell.addEventListener("pointerenter", ({ pointerType }) => pointerType !== "touch" && point([n, j]));
    cell.addEventListener("pointerleave", () => point(null));
    const keep = () => {
      this.at = [n, j];
      this.mark();
    };
    cell.addEventListener("focus", keep);
    cell.addEventListener("click", keep);
    return cell;
  }

  show() {
    for (const tell of this.tellers) tell();
    const { x, rows, weight, bias } = this;
    this.y = outputs(x.slice(0, rows), weight, bias);
    const dark = isDark(this.element);
    const paint = (cell, value) => {
      const colour = signedColour(value / FULL, dark);
      Object.assign(cell.style, { backgroundColor: css(colour), color: inkOn(colour) });
    };
    for (const { cell, n, i } of this.cells.x) paint(cell, x[n][i]);
    for (const { cell, i, j } of this.cells.w) paint(cell, weight[j][i]);
    for (const { cell, j } of this.cells.b) paint(cell, bias[j]);
    for (const { cell, n, j } of this.cells.y) {
      cell.textContent = two(this.y[n][j]);
      cell.setAttribute("aria-label", `Output of neuron ${j + 1} for row ${n + 1}: ${two(this.y[n][j])}`);
      paint(cell, this.y[n][j]);
    }
    this.mark();
  }

  // The row and the column of the output that is looked at, and its sum.
  mark() {
    const [n, j] = this.pointed ?? this.at;
    const within = { x: (at) => at.n === n, w: (at) => at.j === j, b: (at) => at.j === j,
      y: (at) => at.n === n && at.j === j };
    for (const [name, cells] of Object.entries(this.cells)) {
      for (const at of cells) at.cell.classList.toggle("is-at", within[name](at));
    }
    const name = this.rows === 1 ? `y${below(j)}` : `y of row ${n + 1}, neuron ${j + 1}`;
    const products = this.x[n].map((value, i) => element("span", "",
      named("x", element("span", "", inBrackets(value))), "·",
      named("w", element("span", "", inBrackets(this.weight[j][i]))), " + "));
    const values = this.x[n].map((value, i) => two(value * this.weight[j][i]));
    this.says.replaceChildren(
      div("", `${name} = `, ...products, named("b", element("span", "", inBrackets(this.bias[j])))),
      div("", "= ", [...values, one(this.bias[j])].join(" + ").replaceAll("+ −", "− "), " = ",
        named("y", element("b", "", two(this.y[n][j])))));
    this.frame.terms.refresh();
  }
}
