// The formulas of the step, and one class's probability written out with its numbers.

import { formula, frac, partial, row, sub, sum, sup } from "./formula.js";
import { classTerm, fineShare, short } from "./softmax_written.js";
import { div, element } from "./step.js";
import { named } from "./terms.js";

const z = (index) => named("z", sub("z", index));
const p = (index) => named("p", sub("p", index));
const power = (index) => named("e", sup("e", z(index)));

export function softmaxFormulas() {
  return div("how-formulas",
    formula("p k equals e to the z k, divided by the sum over j of e to the z j",
      p("k"), "=", frac(power("k"), row(sum("j"), power("j")))),
    formula("the loss L equals minus the logarithm of p of the true class",
      named("loss", row("L")), "=", "−", "ln", p("true")),
    formula("the gradient of L at z k equals p k minus y k; y is 1 at the true class, else 0",
      named("g", partial("L", z("k"))), "=", p("k"), "−", named("y", sub("y", "k"))));
}

export class WrittenTerm {
  constructor() {
    this.quotient = div("how-numbers");
    this.terms = Array.from({ length: 10 }, (_, k) => named(classTerm(k), element("span")));
    this.total = element("span");
    const sum = div("how-numbers", "sum = ",
      ...this.terms.flatMap((term, k) => (k ? [" + ", term] : [term])), this.total);
    this.element = div("softmax-written", this.quotient, sum);
  }

  // Write out the probability of class k; `scaled`: the logits by the temperature.
  draw(k, { scaled, terms, sum, probabilities }) {
    const name = named(classTerm(k), element("b", "", "p", element("sub", "", String(k))));
    const isNumber = Number.isFinite(terms[k] / sum);
    const rest = probabilities.reduce((sofar, p, j) => (j === k ? sofar : sofar + p), 0);
    const share = fineShare(probabilities[k], rest);
    const gives = isNumber ? share : `no number; with the largest logit taken off first: ${share}`;
    this.quotient.replaceChildren(name, " = ", ...powerOf(scaled[k]), " / sum = ",
      `${short(terms[k], 5)} / ${short(sum, 5)} = ${gives}`);
    scaled.forEach((value, j) => this.terms[j].replaceChildren(...powerOf(value)));
    this.total.textContent = ` = ${short(sum, 5)}`;
  }
}

const powerOf = (value) => ["e", element("sup", "", short(value, 4))];
