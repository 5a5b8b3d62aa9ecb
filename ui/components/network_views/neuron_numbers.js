// All numbers of one neuron, from what it sees to what it says.

import { strongest } from "./contributions.js";

export const NAMED = 10; // terms of the sum that get a row of their own

// `source`: of neuron_source.js. `place`: for a convolution, where it is looked at, row by row; null
// for where its sum is largest. Returns
// - inputs, weights, products: one number for each term, as layer.weights lays them;
// - from: of a convolution, which of the values that its layer sees each input is, else null;
// - bias, z, and map: of a convolution z at all places, else null; place;
// - named: the places of the largest terms, and rest: the sum of the others;
// - steps: [{spec, before, after, ...}] from z to `said`.
export function neuronNumbers(source, layer, unit, place) {
  const { spec, sums, index } = layer;
  const { outputs, scaled } = source;
  const { weights, bias } = source.parameters(layer, unit);
  const convolution = spec.type === "Conv2d";
  const map = convolution
    ? Float32Array.from({ length: sums.side ** 2 }, (_, p) => outputs[index][sums.index(unit, p)])
    : null;
  const at = convolution ? place ?? map.indexOf(map.reduce((a, b) => Math.max(a, b))) : 0;
  const seen = index === 0 ? scaled : outputs[index - 1];
  const from = convolution ? patch(spec, sums.side, at) : null;
  const inputs = from ? from.map((k) => seen[k]) : seen;
  const products = inputs.map((value, k) => value * weights[k]);
  const z = outputs[index][sums.index(unit, at)];
  const named = strongest(products, NAMED);
  const sum = named.reduce((total, k) => total + products[k], 0);
  const steps = stepsFrom(source, layer, unit, at, z);
  return {
    inputs: Float32Array.from(inputs),
    weights,
    products: Float32Array.from(products),
    from,
    bias,
    z,
    map,
    place: at,
    named,
    rest: z - bias - sum,
    steps,
    said: steps.length ? steps.at(-1).after : z,
  };
}

// Where the values of a patch stand among those that a convolution sees, in the order of its weights.
function patch({ in_channels: channels, kernel_size: size, side }, outSide, place) {
  const [row, column] = [Math.floor(place / outSide), place % outSide];
  return Array.from({ length: channels * size * size }, (_, k) => {
    const channel = Math.floor(k / size ** 2);
    const [a, b] = [Math.floor((k % size ** 2) / size), k % size];
    return ((row + a) * side + column + b) * channels + channel;
  });
}

function stepsFrom({ layers, outputs, norm }, layer, unit, place, z) {
  const steps = [];
  let { side } = layer.sums;
  let [row, column] = [Math.floor(place / side), place % side];
  const value = (k) => outputs[k][(row * side + column) * layer.units + unit];
  let before = z;
  for (const k of layer.steps) {
    const { spec, image } = layers[k];
    const step = { spec, before };
    if (spec.type === "BatchNorm") step.norm = norm(k, (row * side + column) * layer.units + unit);
    if (spec.type === "MaxPool2d") {
      const [top, left] = [row - (row % 2), column - (column % 2)];
      if (top + 1 >= side || left + 1 >= side) return [...steps, { ...step, after: null }];
      step.four = [0, 1, 2, 3].map((corner) => {
        [row, column] = [top + Math.floor(corner / 2), left + (corner % 2)];
        return value(k - 1);
      });
      [row, column, side] = [top / 2, left / 2, image.side];
    }
    step.after = before = value(k);
    if (spec.type !== "Dropout") steps.push(step); // that only drops while it trains
  }
  return steps;
}
