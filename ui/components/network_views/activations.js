// View: the image, each layer as a wall of tiles, and ten bars. The network runs here, for each
// stroke on the pad and for each neuron that is switched off.

import { bars } from "./bars.js";
import { Detail } from "./detail.js";
import { ImageTile } from "./image_tile.js";
import { Lines } from "./lines.js";
import { linesOf, lookedAt } from "./looked_at.js";
import { mounted } from "./mounted.js";
import { traced } from "./network.js";
import { nameOf, neuronLayers } from "./neuron_layers.js";
import { current, listen, outputs as runOutputs, outputsWithout, setOff } from "./stage.js";
import { Table } from "./table.js";
import { readPixels } from "./tensors.js";
import { Told } from "./told.js";
import { saying, Wall } from "./wall.js";

const SETTLED = 400; // milliseconds after the last choice: the address takes it up

export default mounted((parentElement) => new Activations(parentElement));

class Activations {
  constructor(parentElement) {
    this.box = document.createElement("div");
    this.box.className = "inside-activations";
    this.box.innerHTML = `<div class="inside-walls"></div>`;
    this.walls = [];
    this.chosen = this.pointed = null;
    this.off = new Map(); // of places of layers to sets of neurons
    this.image = new ImageTile();
    this.bars = document.createElement("table");
    this.detail = new Detail({
      step: (by) => this.step(by),
      switch: () => this.switch(this.chosen ?? this.pointed),
      open: () => this.open(this.chosen ?? this.pointed),
      allOn: () => this.switch(null),
    });
    this.table = new Table();
    this.box.append(this.detail.element, this.table.element);
    this.lines = new Lines(this.box);
    parentElement.append(this.box);
    this.stopListening = listen(() => this.show());
    this.resized = new ResizeObserver(() => this.show());
    this.resized.observe(this.box);
    this.told = new Told({
      rest: SETTLED,
      send: () => this.send(),
      back: () => (this.asked = null),
    });
    this.told.tellOnLeaving(this.box);
  }

  take(data, setTriggerValue) {
    Object.assign(this, { data, setTriggerValue });
    const asked = JSON.stringify([data.chosen, data.off]);
    if (!this.told.isAnswer(asked) && asked !== this.asked) this.layersOf = null;
    this.asked = asked;
    this.show();
  }

  forget() {
    this.stopListening();
    this.resized.disconnect();
    this.told.end();
    setOff();
  }

  // Where the values come from: the browser's network, or what the server has sent of a large one.
  source() {
    const { network } = current();
    const { trace } = this.data;
    if (!trace) {
      const outputs = runOutputs();
      return outputs && { network, layers: network.layers, outputs, pixels: current().image };
    }
    if (this.traceOf !== trace) {
      this.traceOf = trace;
      this.traced = { network: null, ...traced(trace) };
    }
    return { ...this.traced, pixels: readPixels(this.data.image) };
  }

  show() {
    const source = this.data && this.source();
    if (!source) return;
    const { network, layers, outputs, pixels } = source;
    if (this.layersOf !== layers) this.build(layers);
    this.specs = layers.map(({ spec }) => spec);
    const after = network ? outputsWithout() : outputs;
    Object.assign(this, { network, pixels, outputs: after });
    const marked = this.pointed ?? this.chosen;
    this.layers.forEach((layer, k) => {
      const unit = marked?.layer === layer ? marked.unit : null;
      const labels = layer.last ? this.data.labels : null;
      this.walls[k].show(after[layer.end], this.offIn(layer.index), unit, labels);
    });
    const likely = (values) => network?.probabilities(values.at(-1)) ?? this.data.trace.probabilities;
    bars(this.bars, this.data.labels, likely(outputs), likely(after), "with all neurons on");
    this.showLooked(marked);
    this.table.show(this.layers, after, (layer, unit) => this.name(layer, unit));
  }

  build(layers) {
    this.told.drop();
    this.layersOf = layers;
    this.layers = neuronLayers(layers);
    this.chosen = this.pointed = null;
    this.off = new Map();
    const { chosen, off } = this.data;
    const layer = this.byIndex(chosen?.layer);
    if (chosen?.neuron < layer?.units) this.chosen = { layer, unit: chosen.neuron };
    for (const [index, unit] of off) {
      const { units = 0, last } = this.byIndex(index) ?? {};
      if (unit < units && !last) this.offIn(index).add(unit);
    }
    this.walls = this.layers.map((layer) => {
      return new Wall(layer, (unit) => this.words(layer, unit), {
        point: (unit) => this.point(unit === null ? null : { layer, unit }),
        choose: (unit) => this.choose(layer, unit),
        switch: (unit) => this.switch({ layer, unit }),
        open: (unit) => this.open({ layer, unit }),
      });
    });
    const place = this.box.querySelector(".inside-walls");
    place.replaceChildren(this.image.element, ...this.walls.map(({ element }) => element));
    this.walls.at(-1).element.append(this.bars);
    this.tellOff();
  }

  // All parts of the page answer without what is off.
  tellOff() {
    const silenced = [...this.off].filter(([, units]) => units.size);
    const kinds = new Set(silenced.map(([k]) => this.byIndex(k).kind));
    const count = this.countOff();
    const name = kinds.size === 1 ? [...kinds][0] : "neuron";
    setOff({
      network: current().network,
      places: Object.fromEntries(silenced.map(([k, units]) => [this.byIndex(k).end, new Set(units)])),
      words: count ? ` with ${count} ${name}${count > 1 ? "s" : ""} off` : "",
    });
  }

  byIndex(index) {
    return this.layers.find((layer) => layer.index === index);
  }

  offIn(index) {
    if (!this.off.has(index)) this.off.set(index, new Set());
    return this.off.get(index);
  }

  isOff({ layer, unit }) {
    return this.offIn(layer.index).has(unit);
  }

  countOff() {
    return [...this.off.values()].reduce((sum, units) => sum + units.size, 0);
  }

  name(layer, unit) {
    return nameOf(layer, unit, this.data.labels);
  }

  words(layer, unit) {
    if (this.isOff({ layer, unit })) return `${this.name(layer, unit)}: switched off`;
    return `${this.name(layer, unit)}: ${saying(this.outputs[layer.end], layer.outputs, unit)}`;
  }

  point(at) {
    if (at?.layer === this.pointed?.layer && at?.unit === this.pointed?.unit) return;
    this.pointed = at;
    this.show();
  }

  choose(layer, unit) {
    this.chosen = { layer, unit };
    this.pointed = null;
    this.show();
    this.detail.reveal();
    this.told.wait();
  }

  // To a neighbour in the layer; where nothing is looked at, to the first neuron.
  step(by) {
    const { layer, unit } = this.chosen ?? this.pointed ?? { layer: this.layers[0], unit: -by };
    this.choose(layer, (unit + by + layer.units) % layer.units);
  }

  // Off, or on again; null switches all on.
  switch(at) {
    if (at === null) this.off.clear();
    else if (!this.network || at.layer.last) return;
    else if (this.isOff(at)) this.offIn(at.layer.index).delete(at.unit);
    else if (this.countOff() < this.data.most_off) this.offIn(at.layer.index).add(at.unit);
    this.tellOff();
    this.show();
    this.told.wait();
  }

  open({ layer, unit }) {
    this.told.hush();
    this.setTriggerValue("opened", { layer: layer.index, neuron: unit, off: this.offPairs() });
  }

  // Layer and neuron of each.
  offPairs() {
    const pairs = [...this.off].flatMap(([layer, units]) => [...units].map((unit) => [layer, unit]));
    return pairs.sort(([a, b], [c, d]) => a - c || b - d);
  }

  // The address takes up what is chosen and what is off.
  send() {
    const { chosen } = this;
    const told = {
      chosen: chosen && { layer: chosen.layer.index, neuron: chosen.unit },
      off: this.offPairs(),
    };
    this.setTriggerValue("chosen", told);
    return JSON.stringify([told.chosen, told.off]);
  }

  showLooked(marked) {
    const looked = marked && lookedAt(this, marked);
    const off = marked !== null && this.isOff(marked);
    const count = this.countOff();
    this.detail.show(looked, this.network, off, { count, full: count >= this.data.most_off });
    this.image.show(this.pixels, this.network, looked);
    this.lines.show(looked ? linesOf(this, looked) : []);
  }
}
