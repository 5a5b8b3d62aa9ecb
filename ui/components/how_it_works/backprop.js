// Step 5, backpropagation: a network of two inputs, two hidden neurons and two outputs, forwards
// value by value, backwards factor by factor, for any numbers.

import { Answers } from "./backprop_answers.js";
import { chain } from "./backprop_chain.js";
import { Controls } from "./backprop_controls.js";
import { Links } from "./backprop_links.js";
import { PUBLISHED, forward, updatedOften } from "./backprop_numbers.js";
import { Picture } from "./backprop_picture.js";
import { read, shown, titleOf } from "./backprop_reading.js";
import { chainFormula, forwardRule, symbol, value, written } from "./backprop_symbols.js";
import { WeightTable } from "./backprop_table.js";
import { mounted } from "./mounted.js";
import { div, stepFrame } from "./step.js";
import { named } from "./terms.js";

export default mounted((parentElement) => {
  const step = new Backpropagation(stepFrame(parentElement));
  return { take: ({ words }) => step.setWords(words) };
});

class Backpropagation {
  constructor(frame) {
    this.frame = frame;
    this.answers = new Answers();
    this.begin();
    this.chosen = "w5";
    this.biasesToo = false;
    this.predicting = false;
    this.controls = new Controls(this);
    this.picture = new Picture({
      edit: (name, text) => this.edit(name, text),
      left: (name) => this.leave(name),
      choose: (name) => this.choose(name),
    });
    this.links = new Links({
      answer: (link, text) => this.answer(link, text), reveal: (link) => this.reveal(link),
    });
    this.table = new WeightTable(() => this.show());
    this.now = div("how-bp-now");
    const { above, problem, walk, update, history, progress, compared } = this.controls;
    frame.widget.append(above, this.picture.element, problem, walk, this.now, this.links.element,
      progress, update, history, this.table.element, compared);
    this.walkTo(Infinity);
  }

  setWords(words) {
    this.frame.setWords(words);
    this.show();
  }

  begin() {
    this.numbers = { ...PUBLISHED };
    this.errors = [{ updates: 0, error: forward(this.numbers).E }];
    this.answers.forget();
  }

  reset() {
    this.begin();
    this.controls.forgetProblems(this.picture.inputs);
    this.walkTo(Infinity);
  }

  // --- the numbers

  edit(name, text) {
    const { value, problem } = read(name, titleOf(name), text);
    this.controls.tell(name, this.fieldOf(name), problem);
    if (problem === undefined && value !== this.numbers[name]) {
      this.setNumbers({ ...this.numbers, [name]: value }, 0);
    } else this.show();
  }

  // A field was left: it says the number that is in use, unless it is marked as wrong.
  leave(name) {
    if (!this.controls.isWrong(name)) this.fieldOf(name).value = shown(this.numbers[name]);
  }

  fieldOf(name) {
    return name === "rate" ? this.controls.rate : this.picture.inputs[name];
  }

  update(count) {
    this.setNumbers(updatedOften(this.numbers, this.biasesToo, count), count);
  }

  // `updates`: how many have led there; 0 where somebody has typed them, and a count begins.
  setNumbers(numbers, updates) {
    this.numbers = numbers;
    const error = forward(numbers).E;
    const before = this.errors.at(-1);
    if (updates) this.errors.push({ updates: before.updates + updates, error });
    else this.errors = [{ updates: 0, error }];
    this.answers.forget();
    this.show();
  }

  setBiasesToo(biasesToo) {
    this.biasesToo = biasesToo;
    if (!biasesToo && this.chosen.startsWith("b")) this.chosen = "w5";
    this.show();
  }

  // --- which weight, and how far

  choose(name) {
    this.chosen = name;
    if (this.step > this.forwards) this.step = Infinity;
    this.walkTo(this.step);
  }

  get forwards() {
    return Object.keys(forward(this.numbers)).length;
  }

  get steps() {
    return this.forwards + chain(this.numbers, this.chosen).length;
  }

  walkTo(step) {
    this.step = Math.max(0, Math.min(step, this.steps));
    this.show();
  }

  // The next value forwards; after the last one from the beginning.
  walkForwards() {
    this.walkTo(this.step >= this.forwards ? 1 : this.step + 1);
  }

  // The next factor backwards; what lies before is computed at once.
  walkBackwards() {
    const isBefore = this.step < this.forwards || this.step >= this.steps;
    this.walkTo((isBefore ? this.forwards : this.step) + 1);
  }

  // --- predict

  setPredicting(predicting) {
    this.predicting = predicting;
    this.walkTo(Infinity);
  }

  answer(link, text) {
    this.answers.answer(link, text);
    this.answers.solve(chain(this.numbers, this.chosen), this.chosen);
    this.show();
  }

  reveal(link) {
    this.answers.reveal(link);
    this.show();
  }

  forgetAnswers() {
    this.answers.forgetAll();
    this.show();
  }

  // --- what is seen

  show() {
    const { numbers, chosen, predicting, answers, frame } = this;
    const values = forward(numbers);
    const order = Object.keys(values);
    const links = chain(numbers, chosen);
    const step = Math.min(this.step, order.length + links.length);
    const places = new Map(links.map(({ key }, k) => [key, order.length + k]));
    const isKnown = (link) => (predicting ? answers.isKnown(link) : places.get(link.key) < step);
    const isAll = step === order.length + links.length;
    const now = isAll ? null : order[step - 1] ?? links[step - 1 - order.length]?.key ?? null;
    this.picture.showNumbers(numbers);
    this.picture.showValues(values, new Set(order.slice(0, step)), now);
    this.picture.showChain(links, chosen, isKnown);
    frame.formula.replaceChildren(chainFormula(links));
    this.links.show(links, { numbers, values, predicting, isKnown, now, answers: answers.said });
    this.showNow(step, order, values, isAll);
    this.table.element.hidden = predicting;
    const terms = (name) => (name === chosen ? `${name} weight` : name);
    this.table.show(numbers, this.biasesToo, terms);
    this.controls.show(step, order.length, links.length);
    // The word for the factors stands for those of this weight.
    const factors = links.filter(({ kind }) => !["product", "update"].includes(kind));
    for (const word of frame.words.querySelectorAll('[data-term^="factor"]')) {
      named(["factor", ...factors.map(({ key }) => key)].join(" "), word);
    }
    frame.terms.refresh();
  }

  showNow(step, order, values, isAll) {
    const name = order[step - 1];
    this.now.hidden = this.predicting || (isAll && step > 0);
    if (this.now.hidden) return;
    if (step === 0 || name === undefined) {
      this.now.replaceChildren(step === 0 ? "Nothing is computed yet: press Forwards."
        : `Backwards, ${step - order.length} of ${this.steps - order.length}:`);
      return;
    }
    const rule = forwardRule(name, this.numbers, values);
    this.now.replaceChildren(
      `Forwards, ${step} of ${order.length}:`,
      written(symbol(name), "=", ...rule.symbols),
      written("=", ...rule.numbers, "=", named(name, value(values[name], true))),
    );
  }
}
