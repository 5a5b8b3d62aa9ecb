// Where the nodes of a network's graph stand: layers beside each other, or below each other where
// there is little room.

import { FEATURE_NAMES } from "./forward.js";

const LABEL = 42; // room for an input's name
const MARGIN = 10;
const INPUT_SPACING = 35;
const LEAST_INPUT_SPACING = 26;
const LEAST_SPACING = 22; // for a mouse: its weights are pointed at between the layers
// From one layer to the next beside it, at least; for fingers there are larger buttons above.
const leastGap = (isCoarse) => (isCoarse ? 118 : 64);

// {isDown, width, height, gap, spacing, nodes}: `nodes` has for each layer, the inputs first, one
// {x, y, cx, cy, size, layer, neuron, name} for each neuron; inputs that the network lacks have neuron -1.
// All are shown where layers stand beside each other; there the nodes are smaller where they would be
// higher than `height`. `isCoarse`: fingers point at them.
export function graphLayout(shape, room, height, isCoarse) {
  const layers = shape.widths.length;
  const hasRoom = room >= LABEL + (layers - 1) * leastGap(isCoarse) + 40 + MARGIN && room >= 440;
  return hasRoom ? across(shape, room, height, isCoarse) : downwards(shape, room, isCoarse);
}

function across(shape, room, height, isCoarse) {
  const layers = [FEATURE_NAMES.map((name) => input(shape, name)), ...neurons(shape)];
  const most = Math.max(...shape.widths.slice(1));
  const spacing = isCoarse ? 48 : Math.max(LEAST_SPACING, Math.min(48, 500 / most, height / most));
  const size = isCoarse ? 44 : Math.round(spacing - (spacing > 40 ? 11 : spacing > 28 ? 7 : 4));
  const gap = Math.min(230, Math.max(leastGap(isCoarse), (room - LABEL - MARGIN - size) / (layers.length - 1)));
  // There are nine inputs: smaller, they are all in sight.
  const inputSpacing = isCoarse ? spacing
    : Math.max(LEAST_INPUT_SPACING, Math.min(INPUT_SPACING, height / FEATURE_NAMES.length));
  const inputSize = isCoarse ? size : Math.round(inputSpacing - 6);
  const top = 4 + Math.max(0, (inputSize - size) / 2);
  const nodes = layers.map((layer, column) => layer.map((node, row) => (column
    ? placed(node, LABEL + column * gap, top + row * spacing, size)
    : placed(node, LABEL, top + (size - inputSize) / 2 + row * inputSpacing, inputSize))));
  return {
    isDown: false, gap, nodes, spacing,
    width: LABEL + gap * (layers.length - 1) + size + MARGIN,
    height: top + Math.max(inputSpacing * FEATURE_NAMES.length, spacing * most) + 6,
  };
}

function downwards(shape, room, isCoarse) {
  const layers = [shape.inputs.map((name) => input(shape, name)), ...neurons(shape)];
  const most = Math.max(...shape.widths);
  const fits = Math.min(72, (room - 2 * MARGIN) / most);
  const spacing = fits >= (isCoarse ? 48 : 24) ? fits : isCoarse ? 48 : 31; // else it scrolls
  const size = Math.min(isCoarse ? 44 : 40, Math.round(spacing - 4));
  const width = Math.max(room, spacing * most + 2 * MARGIN);
  const gap = size + Math.min(96, Math.max(56, 6 * most));
  const top = 22;
  const nodes = layers.map((layer, row) => {
    const left = (width - layer.length * spacing) / 2;
    return layer.map((node, column) =>
      placed(node, left + column * spacing + (spacing - size) / 2, top + row * gap, size));
  });
  return {
    isDown: true, gap, nodes, spacing, width,
    height: top + gap * (layers.length - 1) + size + 16,
  };
}

const input = (shape, name) => ({ layer: -1, neuron: shape.inputs.indexOf(name), name });

const neurons = (shape) => shape.widths.slice(1).map((width, layer) =>
  Array.from({ length: width }, (_, neuron) => ({ layer, neuron })));

const placed = (node, x, y, size) => ({ ...node, x, y, size, cx: x + size / 2, cy: y + size / 2 });

// The nodes that a layer is fed by, in the order of its weights.
export function sources(layout, layer) {
  const nodes = layout.nodes[layer].filter((node) => node.neuron >= 0);
  return nodes.sort((a, b) => a.neuron - b.neuron);
}
