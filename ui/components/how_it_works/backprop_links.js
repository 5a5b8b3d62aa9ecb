// The links of a chain below each other: each with its rule, its numbers and its value, or with a
// blank to fill in.

import {
  derivative, linkRule, spoken, symbol, termsOf, value, written,
} from "./backprop_symbols.js";
import { row, sup, text } from "./formula.js";
import { button, div, element } from "./step.js";
import { named } from "./terms.js";

const WHAT = {
  error: "how the error changes with the output",
  activation: "the slope of the sigmoid",
  through: "the weight on the way",
  sum: "the ways through both outputs, added",
  net: "what the weight is multiplied by",
  product: "the gradient: the product of the factors",
  update: "a step against the gradient",
};

export class Links {
  // `answer(link, number)`: a blank was filled in; `reveal(link)`: its value is asked for.
  constructor({ answer, reveal }) {
    this.element = element("ol", "how-bp-links");
    Object.assign(this, { answer, reveal, lines: [], made: "" });
  }

  // `scene`: { numbers, values, predicting, now: the key of the link that was computed last,
  // isKnown(link), answers: what was said to each, by its key }.
  show(links, scene) {
    const made = JSON.stringify(links.map(({ key }) => key));
    if (made !== this.made) {
      this.made = made;
      this.lines = links.map(() => new Line(this));
      this.element.replaceChildren(...this.lines.map((line) => line.element));
    }
    const known = (link) =>
      named(termsOf(link), scene.isKnown(link) ? value(link.value) : row(text("?")));
    this.lines.forEach((line, k) => line.show(links[k], links, scene, known));
  }
}

// What the link is the value of; the new weight is written w⁺.
function leftSide(link) {
  if (link.kind !== "update") return derivative(link);
  return named(termsOf(link), row(sup(symbol(link.weight), text("+"))));
}

class Line {
  constructor({ answer, reveal }) {
    this.formula = element("span", "how-bp-rule");
    this.input = element("input", "how-bp-blank how-numbers");
    Object.assign(this.input, { type: "text", autocomplete: "off",
      spellcheck: false, title: "Fill in the value, to three digits" });
    this.input.addEventListener("change", () => answer(this.link, this.input.value));
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.enter(answer);
    });
    this.help = button("Show", "Show this value; it then doesn't count as yours",
      () => reveal(this.link));
    this.blank = element("span", "how-bp-fill", this.input, this.help);
    this.verdict = div("how-bp-verdict");
    this.verdict.setAttribute("role", "status");
    this.what = div("how-bp-what");
    this.element = element("li", "", this.what, this.formula, this.blank, this.verdict);
  }

  // Where the answer was right, the next blank is the one to fill in.
  enter(answer) {
    answer(this.link, this.input.value);
    if (!this.blank.hidden) return;
    const blanks = [...this.element.parentElement.querySelectorAll("input")];
    blanks.slice(blanks.indexOf(this.input)).find((input) => input.offsetParent)?.focus();
  }

  show(link, links, scene, known) {
    const isKnown = scene.isKnown(link);
    this.link = link;
    this.element.hidden = !isKnown && !scene.predicting;
    this.element.classList.toggle("is-now", link.key === scene.now);
    this.what.textContent = link.kind === "net" && link.from === null
      ? "a bias is added as it is" : WHAT[link.kind];
    this.formula.replaceChildren(...this.written(link, links, scene, known, isKnown));
    this.blank.hidden = isKnown;
    this.showVerdict(scene.answers.get(link.key));
    this.input.setAttribute("aria-label", spoken(leftSide(link)));
  }

  // The formula in parts, between which the line may be broken.
  written(link, links, { numbers, values }, known, isKnown) {
    const left = leftSide(link);
    if (!isKnown) return [written(left, "=")];
    const { symbols, numbers: put } = linkRule(link, links, numbers, values, known);
    const result = named(termsOf(link), value(link.value, true));
    const [first, ...others] = [symbols, put, [result]].filter((side) => side.length);
    return [written(left, "=", ...first), ...others.map((side) => written("=", ...side))];
  }

  showVerdict(said) {
    const words = said ? said.words : "";
    if (this.verdict.textContent !== words) this.verdict.textContent = words;
    this.verdict.classList.toggle("is-right", said?.state === "right");
    this.input.setAttribute("aria-invalid", said?.state === "wrong");
    if (this.input !== document.activeElement && this.input.value !== (said?.text ?? "")) {
      this.input.value = said?.text ?? "";
    }
  }
}
