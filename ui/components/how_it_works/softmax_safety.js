// What becomes of the same logits in numbers of a computer: as the formula has it, and as nn does it.

import { exponentials, naiveSoftmax, softmax, total, withoutLargest } from "./softmax_numbers.js";
import { short } from "./softmax_written.js";
import { div, element } from "./step.js";

const HEADINGS = ["", "largest term", "sum", "p of the true class"];

export class SafetyTable {
  constructor() {
    this.rows = element("tbody");
    const heads = HEADINGS.map((words) => element("th", "", words));
    this.line = element("code");
    this.says = element("p", "how-says");
    this.element = div("softmax-safety", element("h3", "", "Large logits"),
      element("p", "", "Drag a logit to 100, or to 800: a power of e is soon too large for a number. "
        + "The same shift that changes nothing helps: nn takes the largest logit off first. ", this.line),
      element("table", "how-numbers", element("thead", "", element("tr", "", ...heads)), this.rows),
      this.says);
  }

  setLine(text) {
    this.line.textContent = text;
  }

  draw(scaled, label) {
    const plain = naiveSoftmax(scaled);
    const single = naiveSoftmax(scaled.map(Math.fround), Math.fround);
    const safe = exponentials(withoutLargest(scaled));
    const ours = { terms: safe, sum: total(safe), probabilities: softmax(scaled) };
    const rows = [["eᶻ, 64 bits", plain], ["eᶻ, 32 bits", single], ["as nn does it", ours]];
    this.rows.replaceChildren(...rows.map(([name, { terms, sum, probabilities }]) => {
      const values = [Math.max(...terms), sum, probabilities[label]];
      const cells = values.map((value) =>
        element("td", Number.isFinite(value) ? "" : "is-wrong", raw(value)));
      const head = element("th", "", name);
      head.scope = "row";
      return element("tr", "", head, ...cells);
    }));
    const text = wordsOf(plain, single);
    if (this.says.textContent !== text) this.says.textContent = text;
  }
}

// As Python and JavaScript print them.
const raw = (value) => (Number.isFinite(value) ? short(value, 5) : String(value));

function wordsOf(plain, single) {
  const isBroken = ({ probabilities }) => probabilities.some(Number.isNaN);
  if (isBroken(plain)) {
    return plain.sum === 0 ? "All terms are too small: 0 / 0 is not a number (NaN)."
      : "Infinity / Infinity is not a number (NaN): a training would be over.";
  }
  return isBroken(single) ? "In 32 bits, in which nn computes, it is too late already." : "All three agree.";
}
