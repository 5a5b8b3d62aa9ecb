// The chain rule for one weight: its factors in the order in which they are computed, backwards.

import {
  OUTPUTS, PARAMETERS, errorSlope, forward, gradients, isOutput, outOf, outputOf, sigmoidSlope, updated,
} from "./backprop_numbers.js";
import { slipsOfFactor, slipsOfProduct, slipsOfSum, slipsOfUpdate } from "./backprop_slips.js";

// The links of the chain of a weight or bias. Each is
// - key: its name, the same in every chain that it is part of;
// - kind: error, activation, through (a weight of the next layer), sum, net, product, update;
// - of, by: it says how `of` changes with `by` (not for an update);
// - value; neuron: where; weight, from: of those that belong to an edge;
// - slips: what the usual slips give; see backprop_slips.js.
export function chain(numbers, name) {
  const values = forward(numbers);
  const parameter = PARAMETERS.find((one) => one.name === name);
  const { from, to } = parameter;
  const next = updated(numbers, true);
  const about = { numbers, values, next, parameter };
  const links = isOutput(to) ? toOutput(to, about) : throughHidden(to, about);
  links.push(slope(to, about));
  links.push(withSlips({ key: `net-${name}`, kind: "net", of: `net_${to}`, by: name, neuron: to,
    weight: name, from, value: from === null ? 1 : outputOf(from, numbers, values) }, about));
  const gradient = gradients(numbers, values)[name];
  const product = { key: `E-${name}`, kind: "product", of: "E", by: name, weight: name, neuron: to,
    value: gradient };
  links.push({ ...product, slips: slipsOfProduct(links, product, about) });
  const update = { key: `new-${name}`, kind: "update", weight: name, neuron: to, value: next[name] };
  links.push({ ...update, slips: slipsOfUpdate(gradient, about) });
  return links;
}

const withSlips = (link, about) => ({ ...link, slips: slipsOfFactor(link, about) });

function toOutput(neuron, about) {
  const { numbers, values } = about;
  const { target } = OUTPUTS.find((output) => output.neuron === neuron);
  const value = errorSlope(values[`out_${neuron}`], numbers[target]);
  return [withSlips({ key: `E-out-${neuron}`, kind: "error", of: "E", by: `out_${neuron}`, neuron,
    target, value }, about)];
}

function slope(neuron, about) {
  const value = sigmoidSlope(about.values[`out_${neuron}`]);
  return withSlips({ key: `out-net-${neuron}`, kind: "activation", of: `out_${neuron}`,
    by: `net_${neuron}`, neuron, value }, about);
}

// From the error to a hidden neuron: through both outputs.
function throughHidden(neuron, about) {
  const paths = outOf(neuron).map(({ name, to }) => [
    ...toOutput(to, about), slope(to, about),
    withSlips({ key: `net-out-${name}`, kind: "through", of: `net_${to}`, by: `out_${neuron}`,
      neuron: to, from: neuron, weight: name, value: about.numbers[name] }, about),
  ]);
  const parts = paths.map((path) => path.reduce((product, { value }) => product * value, 1));
  const sum = { key: `E-out-${neuron}`, kind: "sum", of: "E", by: `out_${neuron}`, neuron, parts,
    value: parts[0] + parts[1] };
  return [...paths.flat(), { ...sum, slips: slipsOfSum(paths, sum, about) }];
}
