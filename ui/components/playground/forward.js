// What a network answers at points of the plane, neuron by neuron.
//
// Only the way forward: it is trained on the server alone. The values of a layer lie neuron by
// neuron, those of all points of one behind each other: outputs[layer][neuron * points + point].

import { layerStart } from "./parameters.js";

// The inputs as nn/plane/features.py has them, of the coordinates of a point.
const FEATURES = {
  x1: (x1) => x1,
  x2: (_, x2) => x2,
  x1_squared: (x1) => x1 * x1,
  x2_squared: (_, x2) => x2 * x2,
  x1_x2: (x1, x2) => x1 * x2,
  sin_x1: (x1) => Math.sin(x1),
  sin_x2: (_, x2) => Math.sin(x2),
  cos_x1: (x1) => Math.cos(x1),
  cos_x2: (_, x2) => Math.cos(x2),
};

export const FEATURE_NAMES = Object.keys(FEATURES);

// tanh between two entries of a table, 2e-7 from the true one: seven times as fast as Math.tanh.
const REACH = 9; // where float32 has no number between tanh and 1 that would be seen
const ENTRIES = 16384;
const PER_UNIT = ENTRIES / (2 * REACH);
const TANH = Float32Array.from({ length: ENTRIES + 2 }, (_, i) => Math.tanh(i / PER_UNIT - REACH));

function tanh(x) {
  let place = (x + REACH) * PER_UNIT;
  if (place < 0) place = 0;
  else if (place > ENTRIES) place = ENTRIES;
  const entry = place | 0;
  return TANH[entry] + (place - entry) * (TANH[entry + 1] - TANH[entry]);
}

const SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);

// What each activation makes of the sums of a layer, in place.
const ACTIVATIONS = {
  linear: () => {},
  tanh: (z) => {
    for (let i = 0; i < z.length; i++) z[i] = tanh(z[i]);
  },
  relu: (z) => {
    for (let i = 0; i < z.length; i++) if (z[i] < 0) z[i] = 0;
  },
  leaky_relu: (z) => {
    for (let i = 0; i < z.length; i++) if (z[i] < 0) z[i] *= 0.01;
  },
  sigmoid: (z) => {
    for (let i = 0; i < z.length; i++) z[i] = 0.5 + 0.5 * tanh(z[i] / 2);
  },
  // x Φ(x) in its tanh form, as nn/layers/gelu.py has it.
  gelu: (z) => {
    for (let i = 0; i < z.length; i++) {
      const x = z[i];
      z[i] = (x * (1 + tanh(SQRT_2_OVER_PI * (x + 0.044715 * x * x * x)))) / 2;
    }
  },
};

// Points of the plane that networks are asked about again and again.
export class Points {
  // x: x1 and x2 of each, behind each other.
  constructor(x) {
    this.x = x;
    this.count = x.length / 2;
    this.features = {};
    this.buffers = [];
  }

  // The values of one input at all points.
  feature(name) {
    this.features[name] ??= Float32Array.from({ length: this.count }, (_, i) =>
      FEATURES[name](this.x[2 * i], this.x[2 * i + 1]));
    return this.features[name];
  }

  // The outputs of all layers, the inputs first, in arrays that the next call fills anew. `off`:
  // neurons that say 0, each as "layer,neuron".
  run(shape, weights, off) {
    const { count } = this;
    const inputs = shape.inputs.join();
    if (this.inputs !== inputs) {
      this.inputs = inputs;
      this.buffers = [new Float32Array(count * shape.inputs.length)];
      shape.inputs.forEach((name, k) => this.buffers[0].set(this.feature(name), k * count));
    }
    shape.activations.forEach((activation, layer) => {
      const width = shape.widths[layer + 1];
      if (this.buffers[layer + 1]?.length !== width * count) {
        this.buffers[layer + 1] = new Float32Array(width * count);
      }
      const output = this.buffers[layer + 1];
      const start = layerStart(shape, layer);
      for (let j = 0; j < width; j++) {
        const z = output.subarray(j * count, (j + 1) * count);
        if (off?.has(`${layer},${j}`)) z.fill(0);
        else {
          weighted(z, this.buffers[layer], weights, start.weights + j, width, weights[start.biases + j]);
          ACTIVATIONS[activation](z);
        }
      }
    });
    this.buffers.length = shape.widths.length;
    return this.buffers;
  }
}

// z = bias + sum over k of weights[first + k step] x[k], x[k] being the k-th row of `inputs`. Four
// rows at a time, so that z is read and written a quarter as often.
function weighted(z, inputs, weights, first, step, bias) {
  const count = z.length;
  const rows = inputs.length / count;
  z.fill(bias);
  let k = 0;
  for (; k + 3 < rows; k += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((m) => weights[first + (k + m) * step]);
    let p = k * count;
    let [q, r, s] = [p + count, p + 2 * count, p + 3 * count];
    for (let i = 0; i < count; i++) {
      z[i] += a * inputs[p++] + b * inputs[q++] + c * inputs[r++] + d * inputs[s++];
    }
  }
  for (; k < rows; k++) {
    const a = weights[first + k * step];
    for (let i = 0, p = k * count; i < count; i++) z[i] += a * inputs[p++];
  }
}

// The same once, for points that nobody asks about again.
export function forward(shape, weights, x, off) {
  return new Points(x).run(shape, weights, off);
}
