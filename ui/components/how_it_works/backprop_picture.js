// The network as a picture: all values at their neurons, all weights on their edges, and the factors
// of the chain where they belong. The numbers that are given can be changed in their places.

import { BIASES, OUTPUTS, WEIGHTS, isOutput } from "./backprop_numbers.js";
import { shown, titleOf } from "./backprop_reading.js";
import { svg } from "./plane.js";
import { div, element } from "./step.js";
import { named } from "./terms.js";

const WIDTH = 400;
const HEIGHT = 398;
const RADIUS = 20;
const [TOP, BOTTOM] = [84, 314];
const PLACES = {
  i1: [34, TOP], h1: [146, TOP], o1: [258, TOP], E_o1: [362, TOP],
  i2: [34, BOTTOM], h2: [146, BOTTOM], o2: [258, BOTTOM], E_o2: [362, BOTTOM],
  E: [362, (TOP + BOTTOM) / 2],
};
const FIELD = 64; // the width of a number's field
const CHIP = { width: 55, height: 17 };

const isTop = (name) => PLACES[name][1] === TOP;
const between = (from, to, share) =>
  PLACES[from].map((start, k) => start + share * (PLACES[to][k] - start));
const isLevel = ({ from, to }) => PLACES[from][1] === PLACES[to][1];

export class Picture {
  // `edit(name, text, input)`: a number's text was changed; `left(name)`: its field was left;
  // `choose(name)`: an edge was pressed.
  constructor({ edit, left, choose }) {
    this.svg = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group",
      "aria-label": "The network: two inputs, two hidden neurons, two outputs, and their errors" });
    this.element = div("how-bp-net", this.svg);
    Object.assign(this, { edit, left, choose, inputs: {}, texts: {}, edges: {}, chips: {} });
    this.drawEdges();
    this.drawNodes();
    this.drawErrors();
    for (const { name } of BIASES) this.drawBias(name);
  }

  drawEdges() {
    for (const weight of WEIGHTS) {
      const [x1, y1] = PLACES[weight.from];
      const [x2, y2] = PLACES[weight.to];
      const line = svg("line", { x1, y1, x2, y2 });
      const wide = svg("line", { x1, y1, x2, y2, class: "how-bp-wide" }); // to be hit
      for (const one of [line, wide]) one.addEventListener("click", () => this.choose(weight.name));
      this.edges[weight.name] = { line, wide };
      this.svg.append(line, wide);
      this.placeWeight(weight);
    }
  }

  // A weight's name and number, and where a factor stands that belongs to its edge: so that none of
  // them covers another.
  placeWeight(weight) {
    const { name, from, to } = weight;
    if (isLevel(weight)) {
      const [x, y] = between(from, to, 0.5);
      const outward = isTop(from) ? -1 : 1;
      this.label(name, x, y + outward * 24, { "text-anchor": "middle", class: "how-bp-name" });
      this.field(name, x, y);
      this.chips[name] = [x, y - outward * 28];
      return;
    }
    const [x, y] = between(from, to, 0.27);
    this.label(name, x - FIELD / 2 - 7, y, { "text-anchor": "end", class: "how-bp-name" });
    this.field(name, x - 4, y);
    this.chips[name] = between(from, to, isOutput(to) ? 0.74 : 0.6);
  }

  drawNodes() {
    for (const name of ["i1", "i2", "h1", "h2", "o1", "o2"]) {
      const [cx, cy] = PLACES[name];
      const terms = name.startsWith("i") ? name : `${name} out-net-${name}`;
      this.svg.append(named(terms, svg("circle", { cx, cy, r: RADIUS })),
        svg("text", { x: cx, y: cy + 4, "text-anchor": "middle", class: "how-bp-on" }, name));
      const outward = isTop(name) ? -1 : 1;
      if (name.startsWith("i")) {
        this.field(name, cx, cy + outward * 40);
        continue;
      }
      this.value(`out_${name}`, cx, cy + outward * 28);
      this.value(`net_${name}`, cx, cy + outward * 42);
      this.chips[`out-net-${name}`] = [cx, cy - outward * 29];
      if (!isOutput(name)) this.chips[`E-out-${name}`] = [cx - 28, cy - outward * 47];
    }
  }

  drawErrors() {
    const [x, middle] = PLACES.E;
    for (const { neuron, target } of OUTPUTS) {
      const error = `E_${neuron}`;
      const y = PLACES[error][1];
      const [from] = PLACES[neuron];
      const outward = isTop(neuron) ? -1 : 1;
      this.svg.append(
        named(`E-out-${neuron}`, svg("line", { x1: from + RADIUS, y1: y, x2: x - 20, y2: y })),
        svg("line", { x1: x, y1: y - outward * 32, x2: x, y2: middle + outward * 14 }));
      this.box(error, x, y);
      this.value(error, x, y - outward * 24, "");
      this.label(target, x, y + outward * 57, { "text-anchor": "middle" }, "target");
      this.field(target, x, y + outward * 32);
      this.chips[`E-out-${neuron}`] = [(from + x) / 2, y];
    }
    this.box("E", x, middle);
    this.value("E", x, middle + 26, "");
  }

  box(name, x, y) {
    this.svg.append(
      named(name, svg("rect", { x: x - 20, y: y - 12, width: 40, height: 24, rx: 4 })),
      svg("text", { x, y: y + 4, "text-anchor": "middle", class: "how-bp-on" },
        name.replace("_", " ")));
  }

  drawBias(name) {
    const [x, y] = PLACES[name.slice(2)];
    const outward = isTop(name.slice(2)) ? -1 : 1;
    this.label(name, x - FIELD / 2 + 2, y + outward * 66, { "text-anchor": "end" }, "bias");
    this.field(name, x + 6, y + outward * 66);
  }

  label(name, x, y, attributes, words = name) {
    this.svg.append(named(name, svg("text", { x, y: y + 4, ...attributes }, words)));
  }

  value(name, x, y, word = name.split("_")[0]) {
    const text = named(name,
      svg("text", { x, y: y + 4, "text-anchor": "middle", class: "how-bp-value" }));
    this.texts[name] = { text, word };
    this.svg.append(text);
  }

  field(name, x, y) {
    const input = numberField(name, titleOf(name), this.edit, this.left);
    const around = element("label", "how-bp-around", input); // a finger hits it beside the field, too
    Object.assign(around.style, { left: `${(100 * x) / WIDTH}%`, top: `${(100 * y) / HEIGHT}%`,
      width: `${(100 * FIELD) / WIDTH}%` });
    this.inputs[name] = input;
    this.element.append(around);
  }

  // `known`: the values that have been computed, by their names; `now`: the one of them that was
  // computed last, or null.
  showValues(values, known, now) {
    for (const [name, { text, word }] of Object.entries(this.texts)) {
      const said = known.has(name) ? shown(values[name]) : "?";
      const words = word ? `${word} ${said}` : said;
      if (text.textContent !== words) text.textContent = words;
      text.classList.toggle("is-now", name === now);
    }
  }

  showNumbers(numbers) {
    for (const [name, input] of Object.entries(this.inputs)) fill(input, numbers[name]);
  }

  // The way of a weight: `links` are those of its chain; `isKnown(link)`: whether its value is shown.
  showChain(links, name, isKnown) {
    const onWay = new Set(links.map(({ weight }) => weight));
    for (const [weight, { line, wide }] of Object.entries(this.edges)) {
      const terms = `${weight} net-${weight} net-out-${weight}${weight === name ? " weight" : ""}`;
      named(terms, line);
      named(terms, wide);
      line.classList.toggle("is-way", onWay.has(weight));
    }
    for (const [field, input] of Object.entries(this.inputs)) {
      named(field === name ? `${field} weight` : field, input);
      input.classList.toggle("is-chosen", field === name);
    }
    this.shownChips?.remove();
    this.shownChips = svg("g");
    for (const link of links) {
      const place = this.chips[["through", "net"].includes(link.kind) ? link.weight : link.key];
      if (place) this.shownChips.append(...chip(link, place, isKnown(link)));
    }
    this.svg.append(this.shownChips);
  }
}

function chip({ key, value }, [x, y], isKnown) {
  const { width, height } = CHIP;
  return [
    named(key, svg("rect", { x: x - width / 2, y: y - height / 2, width, height, rx: height / 2,
      class: "how-bp-chip" })),
    svg("text", { x, y: y + 4, "text-anchor": "middle", class: "how-bp-in-chip" },
      isKnown ? shown(value, 4) : "?"),
  ];
}

// A field for the number of this name; `edit` and `left` as above.
export function numberField(name, title, edit, left) {
  const input = element("input", "how-bp-field how-numbers");
  Object.assign(input, { type: "text", autocomplete: "off", spellcheck: false,
    title: `${title}: type another number` });
  input.setAttribute("aria-label", title);
  input.addEventListener("input", () => edit(name, input.value, input));
  input.addEventListener("change", () => left(name));
  return named(name, input);
}

// Write a number into a field, unless somebody is typing in it or what stands there is wrong.
export function fill(input, value) {
  if (input === document.activeElement || input.getAttribute("aria-invalid") === "true") return;
  input.value = shown(value);
}
