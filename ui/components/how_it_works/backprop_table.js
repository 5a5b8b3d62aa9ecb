// All weights in a table: value, gradient, and what an update makes of it.

import { BIASES, WEIGHTS, forward, gradients, updated } from "./backprop_numbers.js";
import { shown } from "./backprop_reading.js";
import { symbol, written } from "./backprop_symbols.js";
import { partial, sup } from "./formula.js";
import { div, element } from "./step.js";
import { named } from "./terms.js";

export class WeightTable {
  // `opened`: called when it is to be shown.
  constructor(opened) {
    this.body = element("tbody");
    const heads = [["Weight"], ["Value"], ["Gradient ", written(partial("E", "w"))],
      ["After the update ", written(sup("w", "+"))]];
    const head = element("tr", "", ...heads.map((words) => element("th", "", ...words)));
    for (const cell of head.children) cell.scope = "col";
    const table = element("table", "how-numbers", element("thead", "", head), this.body);
    this.element = element("details", "how-bp-fold", element("summary", "", "All weights"),
      div("how-bp-scroll", table));
    this.element.addEventListener("toggle", opened);
  }

  // `extra(name)`: another name that a weight's line goes by.
  show(numbers, biasesToo, extra) {
    if (!this.element.open) return;
    const gradient = gradients(numbers, forward(numbers));
    const next = updated(numbers, biasesToo);
    const rows = (biasesToo ? [...WEIGHTS, ...BIASES] : WEIGHTS).map(({ name }) => {
      const head = element("th", "", written(symbol(name)));
      head.scope = "row";
      const cells = [numbers, gradient, next].map((of) => element("td", "", shown(of[name])));
      return named(extra(name), element("tr", "", head, ...cells));
    });
    this.body.replaceChildren(...rows);
  }
}
