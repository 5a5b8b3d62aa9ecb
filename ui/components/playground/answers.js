// What one network answers at the points of a grid over the plane, for all that draws it.

import { Points } from "./forward.js";
import { isOutput } from "./parameters.js";

const FINE = 100; // points along a side
const COARSE = 50; // of a large network, while it changes
const LARGE = 40; // neurons
export const TILE = 50; // pixels along a side of the small pictures
const BOUNDED = { tanh: 1, sigmoid: 1 };

export class Answers {
  constructor() {
    this.grids = new Map();
    this.drawn = { weights: new Float32Array(0) };
  }

  // Asks the network again if it isn't the one of the last time, or was asked too coarsely for one
  // that stands still. True if there is something new.
  update(arm, reach, isStill) {
    const neurons = arm.shape.widths.slice(1).reduce((sum, width) => sum + width, 0);
    const side = neurons > LARGE && !isStill ? COARSE : FINE;
    const off = [...arm.off].join();
    const { drawn } = this;
    const isNew = drawn.shape !== arm.shape || drawn.off !== off || drawn.reach !== reach ||
      !equal(drawn.weights, arm.weights);
    if (!isNew && (side === this.side || this.side === FINE)) return false;
    if (drawn.weights.length !== arm.weights.length) drawn.weights = new Float32Array(arm.weights.length);
    drawn.weights.set(arm.weights);
    Object.assign(drawn, { shape: arm.shape, off, reach });
    this.side = side;
    this.grid = this.gridOf(side, reach);
    this.outputs = this.grid.run(arm.shape, arm.weights, arm.off);
    return isNew ? "moved" : "sharper";
  }

  gridOf(side, reach) {
    const key = `${side},${reach}`;
    if (!this.grids.has(key)) this.grids.set(key, new Points(gridPoints(side, reach)));
    return this.grids.get(key);
  }

  // The values of a neuron: [array, place of the first, the value that has the full colour].
  of(layer, neuron) {
    const [values, from] = [this.outputs[layer + 1], neuron * this.side ** 2];
    return [values, from, this.scaleOf(layer, values, from)];
  }

  // Those of any input, also of one that the network lacks.
  ofInput(name) {
    const values = this.grid.feature(name);
    return [values, 0, this.largest(values, 0)];
  }

  // The scale is 1 where an activation goes no further, and in the answer, whose targets don't; else
  // what it reaches, rounded up to 1, 2 or 5 times a power of 10, so that it seldom changes.
  scaleOf(layer, values, from) {
    const { shape } = this.drawn;
    if (isOutput(shape, layer) && shape.loss === "squared") return 1;
    return BOUNDED[shape.activations[layer]] ?? rounded(this.largest(values, from));
  }

  // The largest absolute value among those of a neuron.
  largest(values, from) {
    let most = 0;
    for (let i = from, end = from + this.side ** 2; i < end; i += 3) {
      const size = Math.abs(values[i]);
      if (size > most) most = size;
    }
    return most;
  }
}

// The middles of side x side cells of the plane, as they are read: the top row first.
function gridPoints(side, reach) {
  const x = new Float32Array(2 * side * side);
  for (let row = 0, at = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      x[at++] = reach * ((2 * column + 1) / side - 1);
      x[at++] = reach * (1 - (2 * row + 1) / side);
    }
  }
  return x;
}

function equal(a, b) {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function rounded(value) {
  if (!(value > 1e-6) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * [1, 2, 5, 10].find((step) => step * power >= value);
}

