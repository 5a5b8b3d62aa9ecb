// Step 3, softmax and cross-entropy: ten logits to be dragged, and all that follows from them.

import { mounted } from "./mounted.js";
import { topFor } from "./softmax_axes.js";
import { LossCurve } from "./softmax_loss.js";
import { crossEntropy, divided, exponentials, logitGradient, softmax, total } from "./softmax_numbers.js";
import { FARTHEST, SoftmaxPicture } from "./softmax_picture.js";
import { SafetyTable } from "./softmax_safety.js";
import { playShift } from "./softmax_shift.js";
import { softmaxFormulas, WrittenTerm } from "./softmax_term.js";
import { SoftmaxControls } from "./softmax_controls.js";
import { short } from "./softmax_written.js";
import { div, stepFrame } from "./step.js";

const EQUAL = Array(10).fill(0);
const CLASS = /^k(\d)$/;

class Softmax {
  constructor(parentElement) {
    this.frame = stepFrame(parentElement, (lit) => this.point(lit));
    this.state = { logits: EQUAL, label: 0, temperature: 1 };
    this.stop = () => {};
    this.picture = new SoftmaxPicture({
      set: (k, logit) => this.set({ logits: this.state.logits.with(k, logit) }),
      settled: () => this.fit(),
    });
    this.picture.fit(EQUAL);
    this.curve = new LossCurve();
    this.written = new WrittenTerm();
    this.safety = new SafetyTable();
    this.controls = new SoftmaxControls({
      image: () => this.jump(this.logits),
      equal: () => this.jump(EQUAL),
      add: (amount) => this.add(amount),
      descend: () => this.descend(),
      label: (label) => this.set({ label }),
      temperature: (temperature) => this.set({ temperature }),
    });
    this.frame.formula.append(softmaxFormulas());
    const { controls } = this;
    this.frame.widget.append(controls.buttons,
      div("softmax-main", this.picture.svg, div("softmax-side", controls.classes, this.curve.element,
        this.written.element)),
      controls.temperature, this.safety.element);
  }

  take(sent) {
    const { words, logits, label, line } = sent;
    const image = JSON.stringify([logits, label]);
    this.frame.setWords(words);
    this.safety.setLine(line);
    this.logits = logits;
    this.controls.take(sent);
    if (image === this.image) return; // what the visitor has made of it stays
    this.image = image;
    this.state.label = label;
    this.jump(logits);
  }

  // Other logits as a whole.
  jump(logits) {
    this.set({ logits });
    this.fit();
  }

  // Let the axis of the logits be as long as they need it.
  fit() {
    this.picture.fit(this.state.logits);
    this.draw();
  }

  // What a visitor changes. While a bar is dragged, the axes stay: its exponential is seen to grow.
  set(changed) {
    this.stop();
    this.controls.say("");
    Object.assign(this.state, changed);
    this.compute();
    this.top = topFor(this.shown.terms, this.top);
    this.draw();
  }

  compute() {
    const { logits, label, temperature } = this.state;
    const scaled = divided(logits, temperature);
    const terms = exponentials(scaled);
    this.shown = { logits, label, temperature, scaled, terms, sum: total(terms),
      probabilities: softmax(scaled), gradient: logitGradient(logits, label, temperature),
      loss: crossEntropy(scaled, label) };
  }

  draw() {
    const { shown, top } = this;
    this.picture.draw({ ...shown, top });
    this.curve.draw(shown.probabilities[shown.label], shown.loss);
    this.safety.draw(shown.scaled, shown.label);
    this.controls.show(shown);
    this.writeOut();
  }

  writeOut() {
    this.written.draw(this.pointed ?? this.state.label, this.shown);
  }

  // The class that is pointed at is written out.
  point(lit) {
    const found = [...lit].map((name) => CLASS.exec(name)).find(Boolean);
    this.pointed = found ? Number(found[1]) : null;
    this.writeOut();
  }

  // Add the same to all logits, and show what stays as it is.
  add(amount) {
    this.stop();
    const { logits, temperature } = this.state;
    const [sum, top] = [this.shown.sum, this.top];
    const added = Math.min(amount, FARTHEST - Math.max(...logits));
    const ends = logits.map((z) => z + added);
    const factor = Math.exp(added / temperature);
    this.picture.fit([...logits, ...ends]);
    const end = () => {
      this.stop = () => {};
      this.set({ logits: ends });
      this.fit();
      this.controls.say(shiftWords(added, factor, sum, this.shown.sum));
    };
    if (!(sum * factor < Infinity)) return end();
    const room = topFor(this.shown.terms.map((term) => term * factor)) / top;
    this.stop = playShift(added, (now) => {
      this.state.logits = logits.map((z) => z + now.added);
      this.compute();
      this.top = top * room ** now.room;
      this.draw();
    }, end);
  }

  // z - dL/dz, of this one image.
  descend() {
    this.stop();
    const { logits, gradient, loss } = this.shown;
    this.jump(logits.map((z, k) => Math.max(-FARTHEST, z - gradient[k])));
    this.controls.say(`Each logit went against its arrow: the loss was ${short(loss, 4)} and is ${
      short(this.shown.loss, 4)}.`);
  }

  forget() {
    this.stop();
  }
}

function shiftWords(added, factor, before, after) {
  const all = `All logits are larger by ${short(added, 3)}`;
  if (!(after < Infinity)) {
    return `${all}: eᶻ is too large for a number. The probabilities, as nn computes them, are the same.`;
  }
  return `${all}. Each exponential and their sum grew ${short(factor, 4)} times (from ${short(before, 4)} to ${
    short(after, 4)}). The probabilities, the loss and the gradient are the same.`;
}

export default mounted((parentElement) => new Softmax(parentElement));
