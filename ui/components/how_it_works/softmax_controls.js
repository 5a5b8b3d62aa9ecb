// What can be done in one go, the choice of the true class, and the temperature.

import { percent } from "./paint.js";
import { short } from "./softmax_written.js";
import { button, div, element, range } from "./step.js";
import { named } from "./terms.js";

const TEMPERATURES = { min: -1, max: 1, step: 0.01 }; // powers of ten
const LARGE = 800;

export class SoftmaxControls {
  // `acts`: image(), equal(), add(amount), descend(), label(k), temperature(T).
  constructor(acts) {
    this.image = button("", "The logits that the network gives for the image above", acts.image);
    this.says = element("p", "softmax-says how-numbers");
    this.says.setAttribute("role", "status");
    this.buttons = div("", div("how-row", this.image,
      button("All equal", "All logits 0", acts.equal),
      button("Add 3 to all", "See what changes, and what does not", () => acts.add(3)),
      button(`Add ${LARGE} to all`, "Too much for a power of e", () => acts.add(LARGE)),
      button("One step", "Gradient descent with learning rate 1: z ← z − gradient", acts.descend)),
    this.says);
    this.choices = Array.from({ length: 10 }, (_, k) =>
      button(String(k), `Say that the true class is ${k}`, () => acts.label(k)));
    const choices = div("softmax-choices", ...this.choices);
    choices.setAttribute("role", "group");
    choices.setAttribute("aria-label", "True class");
    this.classes = named("y", div("", element("div", "softmax-heading", "True class"), choices));
    this.slider = range({ ...TEMPERATURES, name: "Temperature T", value: 0,
      help: "Each logit is divided by it first", words: () => short(this.shown?.temperature ?? 1, 3),
      act: (power) => acts.temperature(Number((10 ** power).toPrecision(3))) });
    this.meaning = element("p", "how-says how-numbers");
    const one = button("T = 1", "As the network is trained", () => acts.temperature(1));
    this.own = button("", "What this model's logits are divided by where its probabilities are read",
      () => acts.temperature(this.measured));
    this.about = element("p", "how-hint", "The model's own was measured on images that it had not "
      + "learned from: with it the model is as sure as it is right, and no answer changes.");
    this.temperature = named("T", div("", this.slider.element, this.meaning,
      div("how-row", one, this.own), this.about));
  }

  // `name`: whose logits the first button brings; `measured`: the network's temperature or null.
  take({ name, measured }) {
    this.image.textContent = name;
    this.measured = measured;
    this.own.hidden = this.about.hidden = measured === null;
    if (measured !== null) this.own.textContent = `The model's own: ${short(measured, 3)}`;
  }

  show(shown) {
    this.shown = shown;
    const { label, temperature, probabilities } = shown;
    for (const [k, choice] of this.choices.entries()) choice.setAttribute("aria-pressed", k === label);
    this.slider.set(Math.log10(temperature));
    const text = meaningOf(temperature, Math.max(...probabilities));
    if (this.meaning.textContent !== text) this.meaning.textContent = text;
  }

  say(words) {
    if (this.says.textContent !== words) this.says.textContent = words;
  }
}

function meaningOf(temperature, most) {
  const sure = `The most probable class has ${percent(most)}.`;
  if (temperature === 1) return `z / 1 is z: softmax as it is. ${sure}`;
  return temperature < 1
    ? `z / T is farther from 0 than z, and each difference is larger: the winner takes all. ${sure}`
    : `z / T is nearer to 0 than z, and each difference is smaller: towards 10 % for each class. ${sure}`;
}
