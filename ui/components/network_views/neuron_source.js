// Where the numbers of one neuron come from: the browser's network, or what the server has sent of
// one that is too large for it. Both give
// - layers, outputs: of the network, the latter of the image of this moment;
// - pixels: that image in [0, 1], and scaled: as the first layer sees it;
// - parameters(layer, unit): {weights, bias} of a neuron;
// - norm(k, i): {mean, variance, gamma, beta} of value i of a BatchNorm layer at place k;
// - probabilities: of the classes; mean, std: of the scaling.

import { weightsOf } from "./contributions.js";
import { traced } from "./network.js";
import { current, outputs } from "./stage.js";
import { readFloats, readPixels } from "./tensors.js";

// Null as long as the network is on its way.
export function fromBrowser() {
  const { network, image } = current();
  const values = outputs();
  if (!values) return null;
  return {
    layers: network.layers,
    outputs: values,
    pixels: image,
    scaled: network.scaled(image),
    probabilities: network.probabilities(values.at(-1)),
    mean: network.mean,
    std: network.std,
    parameters: (layer, unit) => ({
      weights: weightsOf(network, layer, unit),
      bias: network.layers[layer.index].tensors.bias[unit],
    }),
    norm(k, i) {
      const { weight, bias, running_mean: mean, running_var: variance } = network.layers[k].tensors;
      return { mean: mean[i], variance: variance[i], gamma: weight[i], beta: bias[i] };
    },
  };
}

// `sent`: as ui/inside/one_neuron.py makes it, of one neuron. `image`: base64.
export function fromServer(sent, image) {
  const pixels = readPixels(image);
  return {
    ...traced(sent),
    pixels,
    scaled: pixels.map((pixel) => (pixel - sent.mean) / sent.std),
    probabilities: sent.probabilities,
    mean: sent.mean,
    std: sent.std,
    parameters: () => ({ weights: readFloats(sent.weights), bias: sent.bias }),
    norm(k, i) {
      const [mean, variance, gamma, beta] = sent.norms[k].map((values) => readFloats(values)[i]);
      return { mean, variance, gamma, beta };
    },
  };
}
