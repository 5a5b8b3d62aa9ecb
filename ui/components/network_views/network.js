// A network in the browser: its way forward for one image at a time, from weights sent once.

import { LAYERS, outputShape } from "./layers.js";
import { readFloats, readTensors } from "./tensors.js";

// Of layers by their specs: how many values come out of each, and how they lie.
function shapes(specs, inputs) {
  let before = { width: inputs, image: null };
  return specs.map((spec) => {
    const { width, image } = outputShape(spec, before.width);
    before = { width, image: image === undefined ? before.image : image };
    return { spec, ...before };
  });
}

// Of a network that is too large for the browser: its layers, and their outputs of one image, as the
// server sends them.
export function traced({ specs, inputs, outputs }) {
  return { layers: shapes(specs, inputs), outputs: outputs.map(readFloats) };
}

export class Network {
  // `bytes`: as `ui.inside.browser_network.network_bytes` makes them.
  constructor(bytes) {
    const { tensors, notes } = readTensors(bytes);
    const about = JSON.parse(notes.about);
    this.id = about.id;
    this.labels = about.labels;
    this.mean = about.input_mean;
    this.std = about.input_std;
    this.temperature = about.temperature;
    this.layers = shapes(about.layers, about.in_features).map((layer, index) => {
      const own = Object.entries(tensors).filter(([name]) => name.startsWith(`${index}.`));
      return { ...layer, tensors: Object.fromEntries(own.map(([n, t]) => [n.split(".")[1], t])) };
    });
  }

  // The values that the first layer sees, for pixels in [0, 1].
  scaled(pixels) {
    return pixels.map((pixel) => (pixel - this.mean) / this.std);
  }

  // The outputs of all layers, the last are the logits.
  //
  // `off`: of some layers a set of places whose outputs are 0 instead, as {layer: Set}; where the
  // outputs are images, the channels. `known`: the outputs with none of them off, of the same image,
  // which spares the layers before the first that has some.
  run(pixels, off = {}, known = null) {
    const first = known ? Math.min(...Object.keys(off).map(Number)) : 0;
    let values = first > 0 ? known[first - 1] : this.scaled(pixels);
    return this.layers.map((layer, index) => {
      if (index < first) return known[index];
      values = LAYERS[layer.spec.type](layer.spec, layer.tensors, values);
      if (off[index]?.size) silence(values, layer.image, off[index]);
      return values;
    });
  }

  // softmax(logits / temperature)
  probabilities(logits) {
    const scaled = Array.from(logits, (z) => z / this.temperature);
    const largest = Math.max(...scaled);
    const powers = scaled.map((z) => Math.exp(z - largest));
    const sum = powers.reduce((a, b) => a + b, 0);
    return powers.map((power) => power / sum);
  }
}

function silence(values, image, places) {
  for (const place of places) {
    if (image === null) values[place] = 0;
    else for (let i = place; i < values.length; i += image.channels) values[i] = 0;
  }
}
