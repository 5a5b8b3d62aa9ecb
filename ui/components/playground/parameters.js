// Where each weight and bias stands in a network's list of parameters, and what it is called.
//
// For each layer W, from input to output row by row, then b. Layers are counted from 0, the first
// hidden one; the last is the output.

const places = new WeakMap(); // of a shape's layers, where each begins

// Where the weights and the biases of a layer begin.
export function layerStart(shape, layer) {
  let starts = places.get(shape);
  if (!starts) {
    starts = [];
    let at = 0;
    for (let l = 0; l + 1 < shape.widths.length; l++) {
      const biases = at + shape.widths[l] * shape.widths[l + 1];
      starts.push({ weights: at, biases });
      at = biases + shape.widths[l + 1];
    }
    places.set(shape, starts);
  }
  return starts[layer];
}

export const layerCount = (shape) => shape.widths.length - 1;
export const isOutput = (shape, layer) => layer === layerCount(shape) - 1;

// The place of the weight from a neuron (or input) of the layer below to one of this layer.
export const weightIndex = (shape, layer, from, to) =>
  layerStart(shape, layer).weights + from * shape.widths[layer + 1] + to;

export const biasIndex = (shape, layer, to) => layerStart(shape, layer).biases + to;

// {layer, from, to} of a parameter; `from` is null for a bias.
export function parameterAt(shape, index) {
  let layer = layerCount(shape) - 1;
  while (layerStart(shape, layer).weights > index) layer--;
  const { weights, biases } = layerStart(shape, layer);
  if (index >= biases) return { layer, from: null, to: index - biases };
  const width = shape.widths[layer + 1];
  const at = index - weights;
  return { layer, from: Math.floor(at / width), to: at % width };
}

// A neuron as said aloud: "neuron 2 of layer 1", "the output".
export function neuronName(shape, layer, neuron) {
  if (!isOutput(shape, layer)) return `neuron ${neuron + 1} of layer ${layer + 1}`;
  return shape.widths[layer + 1] === 1 ? "the output" : `output ${neuron + 1}`;
}

// What feeds a layer, as said aloud: an input's title or the name of a neuron.
export function sourceName(shape, titles, layer, from) {
  return layer === 0 ? titles[shape.inputs[from]] : neuronName(shape, layer - 1, from);
}

// A parameter as said aloud.
export function parameterName(shape, titles, index) {
  const { layer, from, to } = parameterAt(shape, index);
  const target = neuronName(shape, layer, to);
  return from === null
    ? `Bias of ${target}`
    : `Weight from ${sourceName(shape, titles, layer, from)} to ${target}`;
}

// The same in symbols, as formulas have it, as HTML: h with layer and neuron, y for outputs.
export function neuronSymbol(shape, layer, neuron) {
  if (!isOutput(shape, layer)) return `<i>h</i><sub>${layer + 1},${neuron + 1}</sub>`;
  return shape.widths[layer + 1] === 1 ? "<i>y</i>" : `<i>y</i><sub>${neuron + 1}</sub>`;
}
