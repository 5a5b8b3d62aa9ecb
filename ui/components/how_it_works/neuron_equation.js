// The formula of a neuron, and under it the same with its numbers, which can be dragged.

import { brackets, formula, frac, row, sub, sup } from "./formula.js";
import { HALF } from "./neuron_plane.js";
import { ACTIVATIONS } from "./neuron_activations.js";
import { distance, length, sumAt } from "./neuron_line.js";
import { scrubbed } from "./scrubbed.js";
import { div, element } from "./step.js";
import { named } from "./terms.js";

const minus = (text) => text.replace("-", "−");
const two = (value) => minus(value.toFixed(2));
const exact = (value) => minus(String(Number(value.toFixed(4)))); // of products of two decimals

export class NeuronEquation {
  // `step`: as for NeuronPlane.
  constructor(step) {
    this.step = step;
    this.formula = div("how-formulas");
    const inNeuron = (name) => ({
      get: () => step.state.neuron[name],
      set: (value) => step.set({ neuron: { ...step.state.neuron, [name]: value } }),
    });
    const inPoint = (k) => ({
      get: () => this.point[k],
      set: (value) => step.set({ point: this.point.with(k, value) }),
    });
    const number = (name, words, reach, step, of) => {
      const made = scrubbed({ name: words, min: -reach, max: reach, step, shown: two, words: two, ...of });
      return { ...made, element: named(name, made.element) };
    };
    const parts = {
      w1: number("w1", "Weight 1", HALF, 0.05, inNeuron("w1")),
      x1: number("x1", "Input 1", HALF, 0.05, inPoint(0)),
      w2: number("w2", "Weight 2", HALF, 0.05, inNeuron("w2")),
      x2: number("x2", "Input 2", HALF, 0.05, inPoint(1)),
      b: number("b", "Bias", 6, 0.05, inNeuron("b")),
    };
    this.tellers = Object.values(parts).map(({ tell }) => tell);
    this.z = named("z", element("b"));
    this.bent = named("f", element("span"));
    this.a = named("a", element("b"));
    this.away = named("d", element("span"));
    const [w1, x1, w2, x2, b] = Object.values(parts).map((part) => part.element);
    const sum = named("z", element("span", "how-sum", w1, " × ", x1, " + ", w2, " × ", x2, " + ", b));
    this.element = div("", this.formula, div("how-live how-numbers",
      div("", "z = ", sum, " = ", this.z), div("", "a = ", this.bent, " = ", this.a), div("", this.away)));
  }

  get point() {
    return this.step.pointed ?? this.step.state.point;
  }

  show() {
    const { neuron, activation } = this.step.state;
    if (this.shown !== activation) {
      this.shown = activation;
      this.formula.replaceChildren(...written(activation));
      this.step.frame.terms.refresh();
    }
    for (const tell of this.tellers) tell();
    const z = sumAt(neuron, this.point);
    this.z.textContent = exact(z);
    this.bent.replaceChildren(...BENT[activation](z));
    this.a.textContent = exact(ACTIVATIONS[activation].f(z));
    const size = length(neuron);
    this.away.textContent = size === 0 ? "no line: both weights are 0"
      : `distance of the line from 0: −b/|w| = ${exact(-neuron.b || 0)} / ${exact(size)} = ${exact(distance(neuron) || 0)}`;
  }
}

// What the activation does, with a number in it.
const BENT = {
  identity: (z) => [exact(z)],
  relu: (z) => [`max(0, ${exact(z)})`],
  sigmoid: (z) => ["1 / (1 + e", element("sup", "", exact(-z || 0)), ")"],
  tanh: (z) => [`tanh(${exact(z)})`],
};

const zSymbol = () => named("z", row("z"));

const FUNCTIONS = {
  identity: () => zSymbol(),
  relu: () => row("max", brackets(0, ",", zSymbol())),
  sigmoid: () => frac(1, row(1, "+", sup("e", row("−", zSymbol())))),
  tanh: () => row("tanh", brackets(zSymbol())),
};

function written(activation) {
  const weighed = (k) => row(named(`w${k}`, sub("w", k)), named(`x${k}`, sub("x", k)));
  const sum = named("z", row(weighed(1), "+", weighed(2), "+", named("b", row("b"))));
  return [
    formula("z equals w 1 times x 1 plus w 2 times x 2 plus b", zSymbol(), "=", sum),
    formula(`a, the output, equals ${SPOKEN[activation]}`,
      named("a", row("a")), "=", named("f", FUNCTIONS[activation]())),
  ];
}

const SPOKEN = {
  identity: "z",
  relu: "the larger one of 0 and z",
  sigmoid: "1 over 1 plus e to the power of minus z",
  tanh: "the hyperbolic tangent of z",
};
