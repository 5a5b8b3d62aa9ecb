// The layers that have neurons: each Linear or Conv2d, with what is done to its outputs before the
// next one sees them.

import { Arrangement } from "./arrangement.js";

// Of a network's layers ({spec, width, image} each). For each layer of neurons:
// - index: the place of its Linear or Conv2d, as it stands in the address; `spec` is that one's.
// - end: the place of the last layer that belongs to it: its outputs are what the neurons say.
// - units: how many neurons, or filters of a convolution.
// - inputs: how its inputs lie in a picture; likewise `weights` of one neuron, `sums`, the outputs of
//   `index`, and `outputs`, those of `end`.
// - steps: the places from `index` + 1 to `end`.
// - title: what it is called, "Layer 1" and so on; `kind`: what one of its tiles is.
export function neuronLayers(layers) {
  const starts = layers.flatMap(({ spec }, k) => (isWeighted(spec) ? [k] : []));
  const found = [];
  starts.forEach((index, k) => {
    const { spec } = layers[index];
    const next = starts[k + 1] ?? layers.length;
    let end = next - 1;
    if (layers[end].spec.type === "Flatten") end--; // only lays them otherwise
    const units = spec.out_features ?? spec.out_channels;
    const steps = Array.from({ length: end - index }, (_, j) => index + 1 + j);
    const seen = inputs(layers, index, found.at(-1));
    found.push({
      index,
      end,
      spec,
      units,
      steps,
      inputs: seen,
      weights: spec.type === "Linear" ? seen : kernels(spec),
      sums: lie(units, layers[index].image),
      outputs: lie(units, layers[end].image),
      last: next === layers.length,
      kind: spec.type === "Linear" ? "neuron" : "filter",
      title: next === layers.length ? "Output" : `Layer ${k + 1}`,
    });
  });
  return found;
}

// What one neuron of a layer is called; `labels`: of the classes.
export function nameOf({ last, kind }, unit, labels) {
  return last ? `class ${labels[unit]}` : `${kind} ${unit}`;
}

const isWeighted = ({ type }) => type === "Linear" || type === "Conv2d";

function lie(units, image) {
  return new Arrangement(units, { side: image?.side ?? 1, channelsLast: true });
}

const kernels = (spec) => new Arrangement(spec.in_channels, { side: spec.kernel_size });

function inputs(layers, index, before) {
  if (!before) {
    const { in_features: features, side } = layers[index].spec;
    const edge = side ?? Math.sqrt(features);
    if (Number.isInteger(edge)) return new Arrangement(1, { side: edge });
    return new Arrangement(features);
  }
  // Behind a Flatten the values of one filter lie together.
  const channelsLast = layers[index - 1].spec.type !== "Flatten";
  return new Arrangement(before.units, { side: before.outputs.side, channelsLast });
}
