// A layer's arithmetic: y = x Wᵀ + b, with x (n, in), W (out, in) and b (out) as rows of numbers.

export const outputs = (x, weight, bias) =>
  x.map((row) => weight.map((weights, j) => weights.reduce((sum, w, i) => sum + row[i] * w, 0) + bias[j]));

// How many multiplications it takes.
export const multiplications = (n, weight) => n * weight.length * weight[0].length;

// The inputs of a network for pixels in [0, 1].
export const scaled = (pixels, { mean, std }) => Float64Array.from(pixels, (v) => (v - mean) / std);

// For layers that are too large for rows: { weight: out x in numbers, bias, inputs, outputs }.

export const weightsOf = ({ weight, inputs }, neuron) =>
  weight.subarray(neuron * inputs, (neuron + 1) * inputs);

// One neuron: its products, those above 0 and those below added up, and the sum with its bias.
export function neuronSum(layer, neuron, x) {
  const weights = weightsOf(layer, neuron);
  const products = Float64Array.from(x, (value, i) => value * weights[i]);
  let [plus, minus] = [0, 0];
  for (const product of products) {
    if (product > 0) plus += product;
    else minus += product;
  }
  const bias = layer.bias[neuron];
  return { weights, products, plus, minus, bias, z: plus + minus + bias };
}

// All neurons.
export const layerSums = (layer, x) =>
  Float64Array.from({ length: layer.outputs }, (_, neuron) => neuronSum(layer, neuron, x).z);
