// View: what one neuron sees, its weights, and their product; the sum of it, and what is made of it.

import { Arrangement } from "./arrangement.js";
import { mounted } from "./mounted.js";
import { neuronLayers } from "./neuron_layers.js";
import { neuronNumbers } from "./neuron_numbers.js";
import { fromBrowser, fromServer } from "./neuron_source.js";
import { format, paintImage, percent, signed } from "./paint.js";
import { Picture } from "./picture.js";
import { listen } from "./stage.js";
import { put, Terms } from "./terms.js";
import { ring } from "./tiles.js";
import { wayOut } from "./way_out.js";

const SIDE = 28;
const IMAGE = new Arrangement(1, { side: SIDE });
const SETTLED = 400; // milliseconds after the last choice of a place: the address takes it up

export default mounted((parentElement) => new OneNeuron(parentElement));

class OneNeuron {
  constructor(parentElement) {
    this.box = document.createElement("div");
    this.box.className = "inside-neuron";
    this.box.innerHTML = `<div class="inside-pictures"></div><p class="inside-pointed"></p>
      <div class="inside-sum"><div class="inside-way"></div></div>`;
    const [pictures, pointedWords, sum] = this.box.children;
    Object.assign(this, { pointedWords, way: sum.firstElementChild });
    const term = {
      point: (k) => this.point(k),
      move: (k) => this.choose(k),
      choose: (k) => this.choose(k),
      open: (k) => this.open(k),
    };
    const nothing = () => {};
    const goTo = (place) => this.goTo(place);
    this.pictures = {
      image: new Picture("Image", term),
      map: new Picture("Its sum z, place by place",
        { point: nothing, move: goTo, choose: goTo, open: nothing }),
      inputs: new Picture("", term),
      weights: new Picture("Weights", term),
      products: new Picture("Input × weight", term),
    };
    pictures.append(...Object.values(this.pictures).map(({ element }) => element));
    this.terms = new Terms(term);
    sum.prepend(this.terms.element);
    this.pointed = this.kept = this.place = null;
    parentElement.append(this.box);
    this.stopListening = listen(() => this.show());
    this.resized = new ResizeObserver(() => this.show());
    this.resized.observe(this.box);
  }

  take(data, setTriggerValue) {
    const other = this.data?.layer !== data.layer || this.data?.neuron !== data.neuron;
    if (other) this.pointed = this.kept = null;
    if (other || data.place !== this.asked) this.place = this.asked = data.place;
    Object.assign(this, { data, setTriggerValue });
    this.show();
  }

  forget() {
    this.stopListening();
    this.resized.disconnect();
    clearTimeout(this.later);
  }

  show() {
    const { sent, image, layer: index, neuron } = this.data;
    const source = sent ? fromServer(sent, image) : fromBrowser();
    if (!source) return;
    const layers = neuronLayers(source.layers);
    const k = layers.findIndex((layer) => layer.index === index);
    if (k < 0 || neuron >= layers[k].units) return; // of the network that was there before
    const [before, layer] = [layers[k - 1], layers[k]];
    const numbers = neuronNumbers(source, layer, neuron, this.place);
    Object.assign(this, { source, before, layer, numbers });
    this.showPictures();
    const marked = this.pointed ?? this.kept;
    this.terms.show(numbers, (term) => this.name(term), marked, before !== undefined);
    put(this.pointedWords, marked === null ? this.hint() : this.words(marked));
    const way = wayOut(numbers, layer.kind, layer.last ? percent(source.probabilities[neuron]) : null);
    if (way !== this.shownWay) this.way.innerHTML = this.shownWay = way;
  }

  showPictures() {
    const { pictures, source, layer, before, numbers } = this;
    const { inputs, weights, products, map, place, from } = numbers;
    const marked = this.pointed ?? this.kept;
    const words = (term) => this.words(term);
    const title = before ? `${before.title} says` : "Pixels, scaled";
    pictures.inputs.title = map ? `${title}, in the patch` : title;
    pictures.map.element.hidden = map === null;
    pictures.image.element.hidden = before !== undefined;
    // All widths before the first of them is painted: see `fit`.
    const widths = Object.entries(pictures).map(([name, { canvas }]) => [name, canvas.clientWidth]);
    const wide = Object.fromEntries(widths);
    const show = (name, values) =>
      pictures[name].show(values, layer.weights, marked, words, { shown: wide[name] });
    show("inputs", inputs);
    show("weights", weights);
    show("products", products);
    if (map) {
      const lie = new Arrangement(1, { side: layer.sums.side });
      const at = (p) => `${this.placeName(p)}: ${format(map[p])}`;
      pictures.map.show(map, lie, place, at, { shown: wide.map });
    }
    if (before) return;
    pictures.image.show(source.pixels, IMAGE, map && marked !== null ? from[marked] : marked,
      (pixel) => `${pixelName(pixel)}: ${format(source.pixels[pixel])}`,
      { paint: paintImage, shown: wide.image });
    if (map) this.framePatch(pictures.image.canvas);
  }

  framePatch(canvas) {
    const { layer: { spec, sums }, numbers: { place } } = this;
    const cell = canvas.width / SIDE;
    const [row, column] = [Math.floor(place / sums.side), place % sums.side];
    const size = spec.kernel_size * cell;
    ring(canvas.getContext("2d"), [column * cell, row * cell, size, size], 2);
  }

  // Where a term comes from.
  name(term) {
    const { layer, before, numbers: { from } } = this;
    if (!before) return pixelName(from ? from[term] : term);
    const unit = this.unit(term);
    if (before.outputs.side === 1) return `${before.kind} ${unit}`;
    const place = from ? Math.floor(from[term] / before.units) : layer.inputs.parts(term)[1];
    const { side } = before.outputs;
    return `${before.kind} ${unit} at (${Math.floor(place / side)}, ${place % side})`;
  }

  // Of the layer before.
  unit(term) {
    return this.layer.weights.parts(term)[0];
  }

  placeName(place) {
    const { side } = this.layer.sums;
    return `place (${Math.floor(place / side)}, ${place % side})`;
  }

  words(term) {
    const { numbers: { inputs, weights, products, from }, source: { pixels, mean, std } } = this;
    const value = format(inputs[term]);
    let input = value;
    if (!this.before && (mean !== 0 || std !== 1)) {
      const pixel = format(pixels[from ? from[term] : term]);
      input = `(${pixel} − ${format(mean)}) ÷ ${format(std)} = ${value},`;
    }
    return `${this.name(term)}: ${input} × ${format(weights[term])} = ${signed(products[term])}`;
  }

  hint() {
    const what = this.before ? `a ${this.before.kind}` : "a pixel";
    return `Point at ${what} in a picture, or at a line of the sum: it lights up everywhere.`;
  }

  point(term) {
    if (term === this.pointed) return;
    this.pointed = term;
    this.show();
  }

  choose(term) {
    this.kept = term;
    this.pointed = null;
    this.show();
  }

  open(term) {
    if (!this.before) return;
    this.setTriggerValue("opened", { layer: this.before.index, neuron: this.unit(term) });
  }

  goTo(place) {
    this.place = place;
    this.show();
    clearTimeout(this.later);
    this.later = setTimeout(() => {
      this.asked = place;
      this.setTriggerValue("placed", place);
    }, SETTLED);
  }
}

const pixelName = (pixel) => `pixel (${Math.floor(pixel / SIDE)}, ${pixel % SIDE})`;
