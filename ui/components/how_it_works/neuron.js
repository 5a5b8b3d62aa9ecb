// Step 1: a neuron of two inputs, and one of the shipped network that sees the whole image.

import { mounted } from "./mounted.js";
import { NeuronControls } from "./neuron_controls.js";
import { NeuronEquation } from "./neuron_equation.js";
import { NeuronImage } from "./neuron_image.js";
import { HALF, NeuronPlane } from "./neuron_plane.js";
import { div, stepFrame } from "./step.js";

const START = { neuron: { w1: 1.2, w2: 0.8, b: -1.2 }, activation: "sigmoid", point: [0.5, 2.2] };
const LIMITS = { w1: HALF, w2: HALF, b: 6 };

class Neuron {
  constructor(parentElement) {
    const frame = stepFrame(parentElement);
    Object.assign(this, { frame, state: START, pointed: null });
    this.equation = new NeuronEquation(this);
    this.plane = new NeuronPlane(this);
    this.controls = new NeuronControls(this, () => this.set(START));
    this.image = new NeuronImage(frame);
    frame.formula.append(this.equation.element);
    frame.widget.append(div("how-neuron", this.plane.element, this.controls.element), this.image.element);
    this.tellAll();
  }

  take({ words, images }) {
    this.frame.setWords(words);
    this.plane.show(); // the theme may be another
    this.image.take(images);
  }

  // What is shown is what is computed with: two decimals, so that one can check the sums.
  set(change) {
    const { neuron, activation, point } = { ...this.state, ...change };
    const rounded = Object.entries(neuron).map(([name, value]) =>
      [name, round(Math.min(LIMITS[name], Math.max(-LIMITS[name], value)))]);
    this.state = { neuron: Object.fromEntries(rounded), activation, point: point.map(round) };
    this.pointed = null;
    this.tellAll();
  }

  // Where the mouse is, to be seen as long as it is there; null for nowhere.
  point(place) {
    const at = place?.map(round) ?? null;
    if (String(at) === String(this.pointed)) return;
    this.pointed = at;
    this.equation.show();
    this.plane.showPoint();
  }

  tellAll() {
    this.equation.show();
    this.plane.show();
    this.controls.show();
    this.frame.terms.refresh();
  }
}

const round = (value) => Math.round(value * 100) / 100 || 0; // never -0

export default mounted((parentElement) => new Neuron(parentElement));
