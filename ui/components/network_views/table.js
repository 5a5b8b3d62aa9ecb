// The strongest neurons of each layer as a table, for whoever sees no colours; made when opened.

import { strongest } from "./contributions.js";
import { saying } from "./wall.js";

const ROWS = 20; // of each layer

export class Table {
  constructor() {
    this.element = document.createElement("details");
    this.element.className = "inside-numbers";
    this.element.innerHTML = `<summary>As a table</summary><div tabindex="0" role="region"
      aria-label="The strongest neurons of each layer"></div>`;
    this.element.addEventListener("toggle", () => this.fill());
  }

  // `layers`: of neuron_layers.js. `outputs`: of all layers. `name(layer, unit)`.
  show(layers, outputs, name) {
    Object.assign(this, { layers, outputs, name });
    this.fill();
  }

  fill() {
    if (!this.element.open || !this.layers) return;
    const rows = this.layers.flatMap((layer) => this.strongest(layer).map((unit) =>
      [layer.title, this.name(layer, unit), saying(this.outputs[layer.end], layer.outputs, unit)]));
    const table = document.createElement("table");
    table.innerHTML = `<thead><tr><th>Layer</th><th>Neuron</th><th>Value</th></tr></thead>`;
    const body = table.createTBody();
    for (const texts of rows) {
      const row = body.insertRow();
      for (const text of texts) row.insertCell().textContent = text;
    }
    this.element.lastElementChild.replaceChildren(table);
  }

  strongest({ outputs: lie, end, units }) {
    const values = Array.from({ length: units }, () => 0);
    this.outputs[end].forEach((value, index) => {
      const [unit] = lie.parts(index);
      if (Math.abs(value) > Math.abs(values[unit])) values[unit] = value;
    });
    return strongest(values, ROWS);
  }
}
