// What the step is steered with, and what it says of its state.

import { BIASES, WEIGHTS } from "./backprop_numbers.js";
import { fill, numberField } from "./backprop_picture.js";
import { titleOf } from "./backprop_reading.js";
import { button, div, element, range } from "./step.js";

const MANY = 10_000;
const SHOWN = 4; // so many of the errors that came one after the other
const ARTICLE = "https://mattmazur.com/2015/03/17/a-step-by-step-backpropagation-example/";

export class Controls {
  // `step`: the one of backprop.js, whose methods are called.
  constructor(step) {
    this.step = step;
    this.problems = new Map();
    this.problem = div("how-bp-problem");
    this.problem.setAttribute("role", "alert");
    this.history = div("how-bp-history how-numbers");
    this.history.setAttribute("role", "status");
    this.makeAbove();
    this.makeWalk();
    this.makeUpdate();
    this.makeProgress();
    this.compared = compared();
  }

  makeAbove() {
    const { step } = this;
    this.select = element("select", "how-bp-select");
    this.select.addEventListener("change", () => step.choose(this.select.value));
    const label = element("label", "how-bp-label", "Weight", this.select);
    label.title = "The weight whose gradient is computed; pressing an edge chooses it too";
    this.predict = button("Predict", "Fill the factors in yourself, and be told what is wrong",
      () => step.setPredicting(!step.predicting));
    this.above = div("how-row", label, this.predict);
  }

  makeWalk() {
    const { step } = this;
    this.slider = range({
      name: "Step", help: "How much of it has been computed", min: 0, max: 1, step: 1, value: 0,
      words: (value) => `${value} of ${this.slider?.input.max ?? 1}`,
      act: (value) => step.walkTo(value),
    });
    this.walk = div("how-bp-walk", div("how-row",
      button("Forwards", "Compute the next value; after the last one from the beginning",
        () => step.walkForwards()),
      button("Backwards", "Compute the next factor of this weight's gradient",
        () => step.walkBackwards())), this.slider.element);
  }

  makeUpdate() {
    const { step } = this;
    this.rate = numberField("rate", titleOf("rate"),
      (name, text) => step.edit(name, text), (name) => step.leave(name));
    const rate = element("label", "how-bp-label", "Learning rate η", this.rate);
    this.biases = Object.assign(element("input"), { type: "checkbox" });
    this.biases.addEventListener("change", () => step.setBiasesToo(this.biases.checked));
    const biases = element("label", "how-bp-label", this.biases, "Biases too");
    biases.title = "Change the biases as well; the published example leaves them";
    this.update = div("how-row", rate, biases,
      button("Update", "Change all weights by one step against their gradients", () => step.update(1)),
      button(`${MANY.toLocaleString("en")} updates`, "The same as often as the published example",
        () => step.update(MANY)),
      button("Reset", "The published numbers again", () => step.reset()));
  }

  makeProgress() {
    this.solved = element("span");
    this.solved.setAttribute("role", "status");
    this.forget = button("Forget", "Empty all blanks, and forget which weights were done",
      () => this.step.forgetAnswers());
    this.progress = div("how-row", this.solved, this.forget);
  }

  // --- numbers that can't be used

  // `problem`: what is wrong with the number of this name; undefined if nothing is.
  tell(name, field, problem) {
    field.setAttribute("aria-invalid", problem !== undefined);
    if (problem === undefined) this.problems.delete(name);
    else this.problems.set(name, problem);
    this.problem.textContent = [...this.problems.values()].join(" ");
  }

  isWrong(name) {
    return this.problems.has(name);
  }

  forgetProblems(fields) {
    for (const name of [...this.problems.keys()]) this.tell(name, fields[name] ?? this.rate, undefined);
  }

  // --- what is seen

  show(step, forwards, backwards) {
    const { predicting, biasesToo, chosen, numbers, answers } = this.step;
    const names = (biasesToo ? [...WEIGHTS, ...BIASES] : WEIGHTS).map(({ name }) => name);
    if (this.select.options.length !== names.length) {
      this.select.replaceChildren(...names.map((name) =>
        Object.assign(element("option", "", name.replace("b_", "bias of ")), { value: name })));
    }
    this.select.value = chosen;
    this.predict.setAttribute("aria-pressed", predicting);
    this.walk.hidden = predicting;
    this.slider.input.max = forwards + backwards;
    this.slider.set(step);
    fill(this.rate, numbers.rate);
    this.progress.hidden = !predicting;
    const { solved } = answers;
    this.solved.textContent = solved.length
      ? `Done without help: ${solved.join(", ")} (${solved.length} of ${WEIGHTS.length}).`
      : "Fill in the blanks; three digits are enough. Weights done without help are kept in this"
        + " browser only.";
    this.showErrors();
  }

  showErrors() {
    const { errors } = this.step;
    // With all zeros, as it is printed elsewhere.
    const digits = (error) => String(Number(error.toPrecision(6)));
    const said = errors.slice(-SHOWN).map(({ updates, error }) =>
      `${digits(error)}${updates ? ` after ${times(updates)}` : ""}`);
    this.history.textContent = `The error E: ${errors.length > SHOWN ? "… → " : ""}${said.join(" → ")}`;
  }
}

const times = (count) => `${count.toLocaleString("en")} update${count === 1 ? "" : "s"}`;

function compared() {
  const link = Object.assign(element("a", "", "Matt Mazur's worked example"),
    { href: ARTICLE, target: "_blank", rel: "noopener" });
  const words = element("p", "", "The numbers are those of ", link, ", and all results agree with the"
    + " published ones, except for a slip in its program: it uses the new w5 to w8 for the gradients"
    + " of w1 to w4, while its text takes the old ones, as it has to be. So it prints 0.291027924 as"
    + " the error after one update; that is 0.291027774. After 10,000 updates it prints the outputs"
    + " 0.015912196 and 0.984065734, which are an error of 0.0000350848, and as the error 0.0000351085;"
    + " with the old weights it is 0.0000351019.");
  const summary = element("summary", "", "Compared with the published numbers");
  return element("details", "how-bp-fold", summary, words);
}
