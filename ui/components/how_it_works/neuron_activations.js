// What a neuron can make of its sum. As in nn/layers.

// Of each: `f`; `range`: the outputs that the picture has colours for, symmetric around 0 or from 0.
export const ACTIVATIONS = {
  identity: { title: "None", says: "a = z", f: (z) => z, range: [-4, 4] },
  relu: { title: "ReLU", says: "a = max(0, z)", f: (z) => Math.max(0, z), range: [0, 4] },
  sigmoid: {
    title: "Sigmoid", says: "a = 1 / (1 + e^−z)", range: [0, 1],
    f: (z) => (1 + Math.tanh(z / 2)) / 2, // the same, and overflows for no z
  },
  tanh: { title: "Tanh", says: "a = tanh(z)", f: Math.tanh, range: [-1, 1] },
};
