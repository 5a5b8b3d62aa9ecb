// All about one neuron and its neighbours: what feeds it, and what it gives to the next layer.

import { contributionsFrom, contributionsTo, strongest } from "./contributions.js";

const LINES = 8; // each way

// `view`: the Activations. Returns
// - layer, unit, name, and specs and outputs of all layers;
// - inputs, given: {values, name(k)} of what comes and goes, null where the browser has no weights
//   or nothing is there;
// - patch: {row, column, size} of the image where a filter of the first layer says most, or null.
export function lookedAt(view, { layer, unit }) {
  const { network, layers, outputs, specs, pixels } = view;
  const looked = { layer, unit, name: view.name(layer, unit), specs, outputs };
  Object.assign(looked, { inputs: null, given: null, patch: null });
  if (!network) return looked;
  const k = layers.indexOf(layer);
  const before = layers[k - 1];
  const after = layers[k + 1];
  // Behind a Flatten they lie otherwise than in the outputs before it.
  const seen = layer.index === 0 ? network.scaled(pixels) : outputs[layer.index - 1];
  looked.inputs = {
    values: contributionsTo(network, layer, unit, seen),
    name: (i) => (before ? view.name(before, i) : inputName(layer, i)),
  };
  if (after) {
    looked.given = {
      values: contributionsFrom(network, after, unit, outputs[after.index - 1]),
      name: (i) => view.name(after, i),
    };
  }
  if (!before && layer.spec.type === "Conv2d") looked.patch = patchOf(layer, unit, outputs);
  return looked;
}

// For lines.js: from the strongest inputs, and to those that it gives most to.
export function linesOf(view, { layer, unit, inputs, given, patch }) {
  if (!inputs) return [];
  const k = view.layers.indexOf(layer);
  const wall = view.walls[k];
  const from = (i) => (k > 0 ? view.walls[k - 1].edge(i, "right") : view.image.middle(patch, i));
  const lines = strongest(inputs.values, LINES).map((i) => (
    { from: from(i), to: wall.edge(unit, "left"), value: inputs.values[i] }));
  if (!given) return lines;
  const to = (i) => view.walls[k + 1].edge(i, "left");
  return [...lines, ...strongest(given.values, LINES).map((i) => (
    { from: wall.edge(unit, "right"), to: to(i), value: given.values[i] }))];
}

function inputName(layer, i) {
  if (layer.spec.type === "Conv2d") return "the image";
  const side = layer.inputs.side;
  return `pixel (${Math.floor(i / side)}, ${i % side})`;
}

function patchOf(layer, unit, outputs) {
  const { sums, index, spec } = layer;
  const values = outputs[index];
  let best = 0;
  for (let place = 1; place < sums.side ** 2; place++) {
    if (values[sums.index(unit, place)] > values[sums.index(unit, best)]) best = place;
  }
  return { row: Math.floor(best / sums.side), column: best % sums.side, size: spec.kernel_size };
}
