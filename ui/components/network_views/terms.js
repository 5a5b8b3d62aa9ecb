// The sum of a neuron as a table: its largest terms, the rest as one, the bias, and z.

import { format, signed } from "./paint.js";
import { NAMED } from "./neuron_numbers.js";
import { signColour } from "./tiles.js";

export class Terms {
  // `on`: what is told with the index of a term: point (null: no longer), choose, open.
  constructor(on) {
    this.element = document.createElement("table");
    this.element.className = "inside-terms";
    this.element.innerHTML = `<caption>Its sum, the largest terms first
      <small>Each bar begins where the one above ends.</small></caption><thead>
      <tr><th scope="col">From</th><th scope="col">input × weight</th>
      <th scope="col" colspan="2">= term</th></tr></thead>
      <tbody>${row().repeat(NAMED)}</tbody><tbody>${row().repeat(2)}</tbody>
      <tfoot>${row()}</tfoot>`;
    this.rows = [...this.element.querySelectorAll("tbody tr, tfoot tr")];
    this.rows.slice(0, NAMED).forEach((element, k) => {
      element.addEventListener("pointerenter", (event) => {
        if (event.pointerType !== "touch") on.point(this.named[k] ?? null);
      });
      element.addEventListener("pointerleave", () => on.point(null));
      element.addEventListener("click", (event) => {
        const term = this.named[k];
        if (term === undefined) return;
        if (event.target.closest("button")) on.open(term);
        else on.choose(term);
      });
    });
  }

  // `numbers`: of neuron_numbers.js. `name(k)`: of a term. `marked`: the one that is pointed at.
  // `opens`: whether a term comes from a neuron that can be opened.
  show(numbers, name, marked, opens) {
    const { named, products, inputs, weights, rest, bias, z } = numbers;
    this.named = named;
    // Each bar begins where the one above it ends, the last one is the whole.
    const values = [...named.map((k) => products[k]), rest, bias];
    const sums = values.reduce((so, value) => [...so, so.at(-1) + value], [0]);
    const [low, high] = [Math.min(...sums, z), Math.max(...sums, z)];
    const all = high - low || 1;
    this.element.style.setProperty("--zero", `${(-100 * low) / all}%`);
    const fill = (k, texts, value, from) =>
      this.fill(this.rows[k], texts, value, (from - low) / all, value / all);
    for (let k = 0; k < NAMED; k++) {
      const term = named[k];
      this.rows[k].hidden = term === undefined;
      this.rows[k].classList.toggle("inside-lit", term !== undefined && term === marked);
      if (term === undefined) continue;
      const factors = `${format(inputs[term])} × ${format(weights[term])}`;
      fill(k, [name(term), factors, opens], products[term], sums[k]);
    }
    const others = products.length - named.length;
    this.rows[NAMED].classList.toggle("inside-lit", marked !== null && !named.includes(marked));
    fill(NAMED, [`the other ${others.toLocaleString("en")} together`, ""], rest, sums.at(-3));
    fill(NAMED + 1, ["bias", ""], bias, sums.at(-2));
    fill(NAMED + 2, ["z", ""], z, 0);
  }

  // `from`, `share`: where its bar begins and how far it goes, of the whole width.
  fill(element, [name, factors, opens = false], value, from, share) {
    const [first, second, third, bar] = element.children;
    if (opens) {
      if (!first.firstElementChild) {
        first.innerHTML = `<button type="button" title="Goes to where this term comes from."></button>`;
      }
      put(first.firstElementChild, name);
    } else {
      put(first, name);
    }
    put(second, factors);
    put(third, signed(value));
    bar.style.setProperty("--from", `${100 * Math.min(from, from + share)}%`);
    bar.style.setProperty("--share", `${100 * Math.abs(share)}%`);
    bar.style.setProperty("--colour", signColour(this.element, value < 0 ? -1 : 1));
  }
}

// Write a text where it is another one: the browser lays the page out anew even for the same.
export function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

const row = () => `<tr><th scope="row"></th><td></td><td></td><td aria-hidden="true"></td></tr>`;
