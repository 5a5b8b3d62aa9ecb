// What the neurons of one layer give to those of the next: weight times value, for a convolution
// added up over all places.

// To the sum z of one neuron: from each of the `inputs` (the pixels of an image, else the neurons
// or filters of the layer before).
//
// `network`: a Network. `layer`: one of neuron_layers.js. `values`: what the layer sees.
export function contributionsTo(network, layer, unit, values) {
  const { weight } = network.layers[layer.index].tensors;
  const { spec, inputs } = layer;
  if (spec.type === "Conv2d") {
    const perChannel = new Float32Array(spec.in_channels);
    for (let c = 0; c < spec.in_channels; c++) perChannel[c] = mapSum(spec, weight, unit, c, values);
    return perChannel;
  }
  const from = unit * spec.in_features;
  if (isImage(inputs)) return values.map((value, i) => weight[from + i] * value);
  const perUnit = new Float32Array(inputs.units);
  for (let i = 0; i < spec.in_features; i++) {
    perUnit[inputs.parts(i)[0]] += weight[from + i] * values[i];
  }
  return perUnit;
}

// From one neuron to each of the next layer; `values`: what that next `layer` sees.
export function contributionsFrom(network, layer, unit, values) {
  const { weight } = network.layers[layer.index].tensors;
  const { spec, inputs, units } = layer;
  const given = new Float32Array(units);
  for (let k = 0; k < units; k++) {
    if (spec.type === "Conv2d") {
      given[k] = mapSum(spec, weight, k, unit, values);
    } else {
      for (let place = 0; place < inputs.side ** 2; place++) {
        const i = inputs.index(unit, place);
        given[k] += weight[k * spec.in_features + i] * values[i];
      }
    }
  }
  return given;
}

// The weights of one neuron, in a picture that lies as its inputs do.
export function weightsOf(network, layer, unit) {
  const { weight } = network.layers[layer.index].tensors;
  const size = weight.length / layer.units;
  return weight.subarray(unit * size, (unit + 1) * size);
}

// The places of the `count` largest absolute values, without zeros.
export function strongest(values, count) {
  const places = [];
  values.forEach((value, place) => {
    if (value === 0) return;
    const size = Math.abs(value);
    if (places.length === count && size <= Math.abs(values[places.at(-1)])) return;
    let at = places.length;
    while (at > 0 && Math.abs(values[places[at - 1]]) < size) at--;
    places.splice(at, 0, place);
    if (places.length > count) places.pop();
  });
  return places;
}

const isImage = (inputs) => inputs.units === 1;

// Of one channel to one filter: the sum over a, b of W[o, c, a, b] times the sum of the values that
// this weight meets while the filter goes over the image.
function mapSum({ in_channels: channels, kernel_size: size, side }, weight, filter, c, values) {
  const outSide = side - size + 1;
  let total = 0;
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) {
      let met = 0;
      for (let i = 0; i < outSide; i++) {
        let place = ((i + a) * side + b) * channels + c;
        for (let j = 0; j < outSide; j++, place += channels) met += values[place];
      }
      total += weight[((filter * channels + c) * size + a) * size + b] * met;
    }
  }
  return total;
}
