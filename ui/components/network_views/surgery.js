// View: each layer as a wall of tiles. A click puts the tool to a neuron, another one takes it back.

import { mounted } from "./mounted.js";
import { traced } from "./network.js";
import { nameOf, neuronLayers } from "./neuron_layers.js";
import { current, listen, outputs as runOutputs } from "./stage.js";
import { Told } from "./told.js";
import { saying, Wall } from "./wall.js";

const SETTLED = 250; // milliseconds after the last click: the exam begins
const DONE = { cut: "cut", frozen: "frozen to its mean", noise: "disturbed", swapped: "swapped" };

export default mounted((parentElement) => new Surgery(parentElement));

class Surgery {
  constructor(parentElement) {
    this.box = document.createElement("div");
    this.box.className = "inside-activations inside-surgery";
    this.box.innerHTML = `<div class="inside-walls"></div>
      <p class="inside-surgery-words" role="status"></p>`;
    this.marked = null;
    this.clicked = []; // not yet told
    this.sent = []; // told, and not yet answered: {number, neurons}
    this.number = Date.now(); // of what is told, so that an answer to it is known, after a reload too
    parentElement.append(this.box);
    this.stopListening = listen(() => this.show());
    this.resized = new ResizeObserver(() => this.show());
    this.resized.observe(this.box);
    this.told = new Told({
      rest: SETTLED,
      send: () => this.send(),
      back: () => {
        this.clicked = [];
        this.sent = [];
        this.show();
      },
    });
    this.told.tellOnLeaving(this.box);
  }

  take(data, setTriggerValue) {
    Object.assign(this, { data, setTriggerValue });
    this.sent = this.sent.filter(({ number }) => number > data.answered);
    this.show();
  }

  forget() {
    this.stopListening();
    this.resized.disconnect();
    this.told.end();
  }

  // The layers and what they say of the image: from the browser's network, or as the server sent it.
  source() {
    const { trace } = this.data;
    if (!trace) {
      const outputs = runOutputs();
      return outputs && { layers: current().network.layers, outputs };
    }
    if (this.traceOf !== trace) {
      this.traceOf = trace;
      this.traced = traced(trace);
    }
    return this.traced;
  }

  show() {
    const source = this.data && this.source();
    if (!source) return;
    if (this.layersOf !== source.layers) this.build(source.layers);
    this.outputs = source.outputs;
    this.layers.forEach((layer, k) => {
      const off = this.operatedIn(layer);
      const unit = this.marked?.layer === layer ? this.marked.unit : null;
      this.walls[k].show(source.outputs[layer.end], off, unit, layer.last ? this.data.labels : null);
      this.walls[k].element.classList.toggle("inside-surgery-closed", !this.isOpen(layer));
    });
    this.box.querySelector(".inside-surgery-words").textContent = this.marked
      ? `${this.marked.layer.title}, ${this.words(this.marked.layer, this.marked.unit)}`
      : "";
  }

  // The neurons that something is done to, with what the server has not answered yet.
  operatedIn({ index }) {
    const here = (one) => one.layer === index;
    const toggled = new Set();
    const toggle = ({ neuron }) => toggled.delete(neuron) || toggled.add(neuron);
    [...this.sent.flatMap(({ neurons }) => neurons), ...this.clicked].filter(here).forEach(toggle);
    const off = new Set();
    for (const { units, same } of this.data.operated.filter(here)) {
      for (const unit of units) if (!(same && toggled.delete(unit))) off.add(unit);
    }
    return new Set([...off, ...toggled]);
  }

  build(layers) {
    this.layersOf = layers;
    this.layers = neuronLayers(layers);
    this.marked = null;
    this.clicked = [];
    this.sent = [];
    this.walls = this.layers.map((layer) => {
      const operate = (unit) => this.operate(layer, unit);
      return new Wall(layer, (unit) => this.words(layer, unit), {
        point: (unit) => this.mark(unit === null ? null : { layer, unit }),
        choose: (unit) => this.mark({ layer, unit }),
        press: operate,
        switch: operate,
        open: operate,
      });
    });
    this.box.firstElementChild.replaceChildren(...this.walls.map(({ element }) => element));
  }

  isOpen(layer) {
    return this.data.open.includes(layer.index);
  }

  words(layer, unit) {
    const name = nameOf(layer, unit, this.data.labels);
    const done = this.data.operated
      .filter(({ layer: index, units }) => index === layer.index && units.includes(unit))
      .map(({ tool: [how, biases] }) => (biases ? `its bias ${DONE[how]}` : DONE[how]));
    const value = saying(this.outputs[layer.end], layer.outputs, unit);
    return [`${name}: ${value} for the page's image, unharmed`, ...done].join("; ");
  }

  mark(at) {
    if (at?.layer === this.marked?.layer && at?.unit === this.marked?.unit) return;
    this.marked = at;
    this.show();
  }

  operate(layer, unit) {
    this.marked = { layer, unit };
    if (this.isOpen(layer)) {
      this.clicked.push({ layer: layer.index, neuron: unit });
      this.told.wait();
    }
    this.show();
  }

  send() {
    if (!this.clicked.length) return;
    this.number += 1;
    const told = { number: this.number, neurons: this.clicked };
    this.sent.push(told);
    this.clicked = [];
    this.setTriggerValue("operated", told);
  }
}
