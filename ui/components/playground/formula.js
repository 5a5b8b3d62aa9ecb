// A neuron's formula in its real numbers.

import { fixed } from "./numbers.js";
import { biasIndex, isOutput, neuronSymbol, weightIndex } from "./parameters.js";

// How each activation is written around a sum; `name` is what stands before it in words.
const WRAPPED = {
  linear: (sum) => sum,
  tanh: (sum) => `tanh(${sum})`,
  relu: (sum) => `max(0, ${sum})`,
  leaky_relu: (sum) => `leaky ReLU(${sum})`,
  sigmoid: (sum) => `σ(${sum})`,
  gelu: (sum) => `GELU(${sum})`,
};

// As HTML; an input's is its name.
export function formula(arm, layer, neuron, titles) {
  const { shape, weights, off } = arm;
  const symbol = neuronSymbol(shape, layer, neuron);
  if (off.has(`${layer},${neuron}`)) return `${symbol} = 0 (switched off)`;
  let sum = "";
  for (let from = 0; from < shape.widths[layer]; from++) {
    const source = layer === 0 ? titles[shape.inputs[from]] : neuronSymbol(shape, layer - 1, from);
    sum += term(weights[weightIndex(shape, layer, from, neuron)], source, from === 0);
  }
  sum += term(weights[biasIndex(shape, layer, neuron)], "", false);
  return `${symbol} = ${WRAPPED[shape.activations[layer]](sum)}${note(shape, layer)}`;
}

function term(value, source, isFirst) {
  const size = fixed(Math.abs(value), 3);
  const product = source ? `${size}\u202f${source}` : size;
  const sign = value < 0 ? "−" : "+";
  const text = isFirst ? `${value < 0 ? "−" : ""}${product}` : ` ${sign} ${product}`;
  return `<span class="pg-term ${value < 0 ? "pg-negative" : "pg-positive"}">${text}</span>`;
}

// What becomes of the output's number.
function note(shape, layer) {
  if (!isOutput(shape, layer) || shape.loss !== "cross_entropy") return "";
  return shape.classes === 2 ? ", a logit: above 0 is blue" : ", a logit of the softmax";
}
