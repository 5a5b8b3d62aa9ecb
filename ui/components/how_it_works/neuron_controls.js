// A neuron's weights and bias as sliders, and the choice of its activation.

import { HALF } from "./neuron_plane.js";
import { ACTIVATIONS } from "./neuron_activations.js";
import { button, div, element, range } from "./step.js";
import { named } from "./terms.js";

const two = (value) => value.toFixed(2).replace("-", "−");

export class NeuronControls {
  // `step`: as for NeuronPlane; `reset()`.
  constructor(step, reset) {
    this.step = step;
    const slider = (name, words, help, reach) => {
      const made = range({
        name: words, help, min: -reach, max: reach, step: 0.01, value: 0, words: two,
        act: (value) => step.set({ neuron: { ...step.state.neuron, [name]: value } }),
      });
      named(name, made.element);
      return [name, made];
    };
    this.sliders = [
      slider("w1", "Weight w₁", "How much the first input counts; it turns the line.", HALF),
      slider("w2", "Weight w₂", "How much the second input counts; it turns the line.", HALF),
      slider("b", "Bias b", "What is added to the sum; it moves the line.", 6),
    ];
    this.choices = Object.entries(ACTIVATIONS).map(([key, { title, says }]) =>
      [key, button(title, says, () => step.set({ activation: key }))]);
    const choice = div("how-row", ...this.choices.map(([, made]) => made));
    choice.setAttribute("role", "group");
    choice.setAttribute("aria-label", "Activation");
    this.element = div("how-controls", ...this.sliders.map(([, made]) => made.element),
      named("f", div("", element("div", "how-label", "Activation"), choice)),
      div("how-row", button("Reset", "The weights, the bias and the inputs as they were at first", reset)),
      element("p", "how-hint", "Drag the line, its ends, the arrow of the weights, the ring of the "
        + "inputs, or a number above. Click the plane to set the inputs."));
  }

  show() {
    const { neuron, activation } = this.step.state;
    for (const [name, { set }] of this.sliders) set(neuron[name]);
    for (const [key, made] of this.choices) made.setAttribute("aria-pressed", key === activation);
  }
}
