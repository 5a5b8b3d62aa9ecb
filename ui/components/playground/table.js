// All weights and biases of a network as a table, behind its picture.

import { fixed } from "./numbers.js";
import { biasIndex, isOutput, layerCount, neuronName, sourceName, weightIndex } from "./parameters.js";
import { store } from "./store.js";

const EVERY = 500; // milliseconds between two looks at numbers that change

export class NumbersTable {
  constructor(element, index) {
    this.index = index;
    element.innerHTML = `<summary>All weights and biases</summary>
      <div tabindex="0" role="region" aria-label="All weights and biases"></div>`;
    this.element = element;
    this.box = element.lastElementChild;
    this.drawnAt = -Infinity;
    element.addEventListener("toggle", () => {
      this.drawnAt = -Infinity;
      if (element.open) this.draw(this.titles);
      else this.box.replaceChildren();
    });
  }

  draw(titles) {
    this.titles = titles;
    if (!this.element.open || !titles) return;
    const wait = this.drawnAt + EVERY - performance.now();
    clearTimeout(this.later);
    if (wait > 0) {
      this.later = setTimeout(() => this.draw(titles), wait);
      return;
    }
    this.drawnAt = performance.now();
    const arm = store.arms[this.index];
    if (!arm) return;
    if (this.shape !== arm.shape || !this.box.firstChild) this.make(arm);
    this.cells.forEach(({ cell, index }) => {
      const text = fixed(arm.weights[index], 4) + (arm.locked.has(index) ? " (locked)" : "");
      if (cell.textContent !== text) cell.textContent = text;
    });
  }

  make({ shape }) {
    this.shape = shape;
    this.cells = [];
    const tables = Array.from({ length: layerCount(shape) }, (_, layer) => this.layer(shape, layer));
    this.box.replaceChildren(...tables);
  }

  layer(shape, layer) {
    const [rows, columns] = [shape.widths[layer], shape.widths[layer + 1]];
    const table = document.createElement("table");
    const above = isOutput(shape, layer) ? "the output" : `layer ${layer + 1}`;
    table.createCaption().textContent = `To ${above}`;
    const head = table.createTHead().insertRow();
    head.append(header("from", "col"));
    for (let j = 0; j < columns; j++) head.append(header(neuronName(shape, layer, j), "col"));
    const body = table.createTBody();
    for (let i = 0; i <= rows; i++) {
      const row = body.insertRow();
      row.append(header(i < rows ? sourceName(shape, this.titles, layer, i) : "bias", "row"));
      for (let j = 0; j < columns; j++) {
        const index = i < rows ? weightIndex(shape, layer, i, j) : biasIndex(shape, layer, j);
        this.cells.push({ cell: row.insertCell(), index });
      }
    }
    return table;
  }
}

function header(text, scope) {
  const cell = document.createElement("th");
  cell.textContent = text;
  cell.scope = scope;
  return cell;
}
