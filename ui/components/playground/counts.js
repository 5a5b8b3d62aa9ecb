// How many layers and neurons a network has, to be changed one by one; and, where layers stand below
// each other, which inputs it is given.

import { toggleInput, usable } from "./editing.js";
import { element } from "./elements.js";
import { FEATURE_NAMES } from "./forward.js";
import { ask, store } from "./store.js";

const MOST_LAYERS = 6;
const MOST_NEURONS = 16;
const TIGHT = 96; // pixels from layer to layer

export class Counts {
  constructor(box, graph) {
    Object.assign(this, { box, graph });
    box.addEventListener("click", (event) => this.press(event));
  }

  press({ target }) {
    const { layers, layer, neurons, input } = target.closest("button")?.dataset ?? {};
    const arm = this.graph.index;
    if (layers) ask("layers", { arm, change: Number(layers) });
    else if (neurons) ask("neurons", { arm, layer: Number(layer), change: Number(neurons) });
    else if (input) toggleInput(arm, input);
  }

  // Makes the buttons anew for the graph as it is laid out; the focus stays on the one it was on.
  draw() {
    const { box, graph } = this;
    const had = box.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
    const { layout, shape, titles } = graph;
    const isTight = layout.gap < TIGHT;
    box.className = `pg-counts ${layout.isDown ? "pg-counts-down" : isTight ? "pg-counts-tight" : ""}`;
    box.style.width = layout.isDown ? `${Math.min(graph.room, layout.width)}px` : "";
    box.replaceChildren(
      ...(layout.isDown ? [inputChips(shape, titles)] : [caption("Inputs", layout.nodes[0][0], layout)]),
      ...shape.widths.slice(1, -1).map((width, layer) => this.layer(layer, width)),
      ...(layout.isDown ? [] : [caption("Output", layout.nodes.at(-1)[0], layout)]),
    );
    if (!had) return;
    const again = [...box.querySelectorAll("button")].find((one) => one.getAttribute("aria-label") === had);
    again?.focus({ preventScroll: true });
  }

  layer(layer, width) {
    const { layout, shape } = this.graph;
    const box = element("div", "pg-count");
    const where = `layer ${layer + 1}`;
    const isOpen = usable("neurons");
    box.append(
      ...(layout.isDown ? [`Layer ${layer + 1}`] : []),
      ...counted("neurons", number(width, width === 1 ? "neuron" : "neurons"),
        changer("−", `One neuron fewer in ${where}`, { layer, neurons: -1 }, isOpen && width > 1),
        changer("+", `One neuron more in ${where}`, { layer, neurons: 1 }, isOpen && width < MOST_NEURONS)),
    );
    box.title = `Layer ${layer + 1}: ${width} ${width === 1 ? "neuron" : "neurons"}, ${shape.activations[layer]}`;
    if (!layout.isDown) place(box, layout.nodes[layer + 1][0], layout);
    return box;
  }
}

// The buttons for the number of hidden layers.
export function layerButtons(shape) {
  const layers = shape.widths.length - 2;
  const isOpen = usable("layers");
  const words = element("span");
  words.innerHTML = `<b>${layers}</b> hidden ${layers === 1 ? "layer" : "layers"}`;
  return counted("layers", words,
    changer("−", "One hidden layer fewer", { layers: -1 }, isOpen && layers > 0),
    changer("+", "One hidden layer more", { layers: 1 }, isOpen && layers < MOST_LAYERS));
}

// A number between its buttons; alone where a lesson hides these.
const counted = (control, number, fewer, more) =>
  (store.hidden.has(control) ? [number] : [fewer, number, more]);

function changer(sign, words, data, isOpen) {
  const button = element("button", "pg-changer", [sign]);
  Object.assign(button, { type: "button", title: words });
  button.setAttribute("aria-label", words);
  // It keeps the focus where it can do no more.
  button.setAttribute("aria-disabled", String(!isOpen));
  if (isOpen) Object.assign(button.dataset, data);
  return button;
}

function number(width, words) {
  return element("span", "", [element("b", "", [width]), element("span", "pg-hidden", [` ${words}`])]);
}

function caption(text, node, layout) {
  const box = element("div", "pg-count", [text]);
  place(box, node, layout);
  return box;
}

// Above the middle of a layer's nodes.
function place(box, node, layout) {
  box.style.left = `${node.cx}px`;
  if (node.cx < 45) Object.assign(box.style, { left: 0, transform: "none" });
  else if (node.cx > layout.width - 40) Object.assign(box.style, { left: "auto", right: 0, transform: "none" });
}

function inputChips(shape, titles) {
  const box = element("div", "pg-chips");
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "Inputs");
  box.append(...FEATURE_NAMES.map((name) => {
    const chip = element("button", "pg-chip", [titles[name]]);
    chip.type = "button";
    const isGiven = shape.inputs.includes(name);
    chip.setAttribute("aria-pressed", String(isGiven));
    chip.setAttribute("aria-label", `Input ${titles[name]}`);
    chip.disabled = !usable("inputs");
    chip.title = isGiven ? "Takes this input from the network." : "Gives this input to the network.";
    chip.dataset.input = name;
    return chip;
  }));
  return box;
}
