// What each layer of nn/layers does with one image, in the same order of numbers.
//
// Only the way forward: gradients are the server's alone. Each function takes the layer's spec (as
// `Layer.spec` in nn/ gives it), its tensors by name and its input, and returns its output.

const SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);

// y = W x + b
function linear({ in_features: inputs, out_features: outputs }, { weight, bias }, x) {
  const y = new Float32Array(outputs);
  const seen = nonzero(x);
  for (let j = 0; j < outputs; j++) y[j] = bias[j] + dot(weight, j * inputs, x, seen);
  return y;
}

// y[i, j, o] = b[o] + sum over a, b, c of W[o, c, a, b] x[i + a, j + b, c]
function conv2d(spec, { weight, bias }, x) {
  const { in_channels: channels, out_channels: filters, kernel_size: size, side } = spec;
  const outSide = side - size + 1;
  const count = channels * size * size;
  const patch = new Float32Array(count); // what all filters see at one place, as a weight lies
  const y = new Float32Array(outSide * outSide * filters);
  for (let i = 0, place = 0; i < outSide; i++) {
    for (let j = 0; j < outSide; j++) {
      for (let c = 0, at = 0; c < channels; c++) {
        for (let a = 0; a < size; a++) {
          let pixel = ((i + a) * side + j) * channels + c;
          for (let b = 0; b < size; b++, at++, pixel += channels) patch[at] = x[pixel];
        }
      }
      const seen = nonzero(patch);
      for (let o = 0; o < filters; o++, place++) {
        y[place] = bias[o] + dot(weight, o * count, patch, seen);
      }
    }
  }
  return y;
}

// Where x is not 0; null if that is at most places. Behind a ReLU it is at few.
function nonzero(x) {
  const places = new Int32Array(x.length);
  let count = 0;
  for (let i = 0; i < x.length; i++) if (x[i] !== 0) places[count++] = i;
  return count > 0.6 * x.length ? null : places.subarray(0, count);
}

// The sum of weight[from + i] x[i], over the places in `seen` or, if that is null, all. In several
// parts, so that one addition need not wait for the last.
function dot(weight, from, x, seen) {
  let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
  const count = seen ? seen.length : x.length;
  let k = count % 4;
  for (let i = 0; i < k; i++) {
    const place = seen ? seen[i] : i;
    sum0 += weight[from + place] * x[place];
  }
  if (seen) {
    for (; k < count; k += 4) {
      const [a, b, c, d] = [seen[k], seen[k + 1], seen[k + 2], seen[k + 3]];
      sum0 += weight[from + a] * x[a];
      sum1 += weight[from + b] * x[b];
      sum2 += weight[from + c] * x[c];
      sum3 += weight[from + d] * x[d];
    }
  } else {
    for (; k < count; k += 4) {
      const place = from + k;
      sum0 += weight[place] * x[k];
      sum1 += weight[place + 1] * x[k + 1];
      sum2 += weight[place + 2] * x[k + 2];
      sum3 += weight[place + 3] * x[k + 3];
    }
  }
  return sum0 + sum1 + (sum2 + sum3);
}

function maxPool2d({ channels, side }, _, x) {
  const half = Math.floor(side / 2);
  const y = new Float32Array(half * half * channels);
  for (let i = 0, place = 0; i < half; i++) {
    for (let j = 0; j < half; j++) {
      for (let c = 0; c < channels; c++, place++) {
        const corner = (2 * i * side + 2 * j) * channels + c;
        const below = corner + side * channels;
        y[place] = Math.max(x[corner], x[corner + channels], x[below], x[below + channels]);
      }
    }
  }
  return y;
}

// y[c, i, j] = x[i, j, c]
function flatten({ channels, side }, _, x) {
  const places = side * side;
  const y = new Float32Array(x.length);
  for (let place = 0; place < places; place++) {
    for (let c = 0; c < channels; c++) y[c * places + place] = x[place * channels + c];
  }
  return y;
}

function batchNorm({ eps }, { weight, bias, running_mean: mean, running_var: variance }, x) {
  return x.map((v, i) => (weight[i] * (v - mean[i])) / Math.sqrt(variance[i] + eps) + bias[i]);
}

// x Φ(x) in its tanh form, as nn/layers/gelu.py has it.
function gelu(v) {
  return (v * (1 + Math.tanh(SQRT_2_OVER_PI * (v + 0.044715 * v ** 3)))) / 2;
}

const each = (f) => (spec, _, x) => x.map((v) => f(v, spec));

export const LAYERS = {
  Linear: linear,
  Conv2d: conv2d,
  MaxPool2d: maxPool2d,
  Flatten: flatten,
  BatchNorm: batchNorm,
  Dropout: (_, __, x) => x.slice(), // only drops while it trains
  ReLU: each((v) => Math.max(v, 0)),
  LeakyReLU: each((v, { negative_slope: slope }) => (v > 0 ? v : slope * v)),
  Tanh: each(Math.tanh),
  Sigmoid: each((v) => 1 / (1 + Math.exp(-v))),
  GELU: each(gelu),
};

// How many values come out, and how they lie: {side, channels} where they are images, channels last
// (as between convolutions), else null.
export function outputShape(spec, width) {
  switch (spec.type) {
    case "Linear":
      return { width: spec.out_features, image: null };
    case "Conv2d": {
      const side = spec.side - spec.kernel_size + 1;
      const channels = spec.out_channels;
      return { width: side * side * channels, image: { side, channels } };
    }
    case "MaxPool2d": {
      const side = Math.floor(spec.side / 2);
      return { width: side * side * spec.channels, image: { side, channels: spec.channels } };
    }
    case "Flatten":
      return { width, image: null };
    default:
      return { width, image: undefined }; // as its input
  }
}
