// The network 2-2-2 of the step "Backpropagation": its values forwards, its gradients backwards.
//
// All numbers lie in one object, by their names: inputs i1 i2, targets t1 t2, weights w1 to w8,
// a bias for each neuron (b_h1 ...), and the learning rate. Neurons are h1 h2 and o1 o2.

// What can be learned; a bias has no neuron that it comes from.
export const WEIGHTS = [
  { name: "w1", from: "i1", to: "h1" }, { name: "w2", from: "i2", to: "h1" },
  { name: "w3", from: "i1", to: "h2" }, { name: "w4", from: "i2", to: "h2" },
  { name: "w5", from: "h1", to: "o1" }, { name: "w6", from: "h2", to: "o1" },
  { name: "w7", from: "h1", to: "o2" }, { name: "w8", from: "h2", to: "o2" },
];
export const BIASES = ["h1", "h2", "o1", "o2"].map((to) => ({ name: `b_${to}`, from: null, to }));
export const PARAMETERS = [...WEIGHTS, ...BIASES];

// Each output with its target.
export const OUTPUTS = [{ neuron: "o1", target: "t1" }, { neuron: "o2", target: "t2" }];

// Matt Mazur, "A Step by Step Backpropagation Example" (2015). It has one bias for both neurons of a
// layer, and leaves them as they are; here each neuron has its own, as in nn.
export const PUBLISHED = {
  i1: 0.05, i2: 0.1, t1: 0.01, t2: 0.99,
  w1: 0.15, w2: 0.2, w3: 0.25, w4: 0.3, b_h1: 0.35, b_h2: 0.35,
  w5: 0.4, w6: 0.45, w7: 0.5, w8: 0.55, b_o1: 0.6, b_o2: 0.6,
  rate: 0.5,
};

export const sigmoid = (x) => 1 / (1 + Math.exp(-x));

// The weights of a neuron's inputs, and those of its outputs.
export const into = (neuron) => WEIGHTS.filter(({ to }) => to === neuron);
export const outOf = (neuron) => WEIGHTS.filter(({ from }) => from === neuron);

export const bias = (neuron) => `b_${neuron}`;
export const isOutput = (neuron) => neuron.startsWith("o");

// What comes out of an input or a neuron.
export const outputOf = (from, numbers, values) => numbers[from] ?? values[`out_${from}`];

// net_h1, out_h1, ..., the errors E_o1 and E_o2, and E, their sum; in the order in which they are
// computed.
export function forward(numbers) {
  const values = {};
  for (const neuron of ["h1", "h2", "o1", "o2"]) {
    let net = numbers[bias(neuron)];
    for (const { name, from } of into(neuron)) net += numbers[name] * outputOf(from, numbers, values);
    values[`net_${neuron}`] = net;
    values[`out_${neuron}`] = sigmoid(net);
  }
  values.E = 0;
  for (const { neuron, target } of OUTPUTS) {
    values[`E_${neuron}`] = (numbers[target] - values[`out_${neuron}`]) ** 2 / 2;
    values.E += values[`E_${neuron}`];
  }
  const { E, ...others } = values;
  return { ...others, E };
}

// dE/dout of an output, and the slope of the sigmoid where it gives `out`.
export const errorSlope = (out, target) => out - target;
export const sigmoidSlope = (out) => out * (1 - out);

// δ = dE/dnet of each neuron.
function deltas(numbers, values) {
  const delta = {};
  for (const { neuron, target } of OUTPUTS) {
    const out = values[`out_${neuron}`];
    delta[neuron] = errorSlope(out, numbers[target]) * sigmoidSlope(out);
  }
  for (const neuron of ["h1", "h2"]) {
    const back = outOf(neuron).map(({ name, to }) => delta[to] * numbers[name]);
    delta[neuron] = (back[0] + back[1]) * sigmoidSlope(values[`out_${neuron}`]);
  }
  return delta;
}

// dE/dw of every weight and bias, by its name.
export function gradients(numbers, values) {
  const delta = deltas(numbers, values);
  return Object.fromEntries(PARAMETERS.map(({ name, from, to }) =>
    [name, delta[to] * (from === null ? 1 : outputOf(from, numbers, values))]));
}

// What an update makes of the numbers: all from the old ones. Biases stay unless `biasesToo`.
export function updated(numbers, biasesToo) {
  const gradient = gradients(numbers, forward(numbers));
  const next = { ...numbers };
  for (const { name } of biasesToo ? PARAMETERS : WEIGHTS) {
    next[name] = numbers[name] - numbers.rate * gradient[name];
  }
  return next;
}

// The numbers after so many updates.
export function updatedOften(numbers, biasesToo, count) {
  let next = numbers;
  for (let k = 0; k < count; k++) next = updated(next, biasesToo);
  return next;
}
