// Weights as curves between nodes and biases as dots beside them: drawing, and what is under a
// pointer.

import { sources } from "./graph_layout.js";
import { biasIndex, layerCount, weightIndex } from "./parameters.js";

const STEP = 0.35; // pixels of width between two shades: less is not seen
const SHADES = 26;
const DASH = [5, 4];

// Everything of a layout that doesn't change with the weights. `ends` of a layer: the curve of the
// weight at `place` among its weights goes from [x0, y0] to [x1, y1].
export class Edges {
  constructor(shape, layout) {
    Object.assign(this, { shape, layout });
    this.layers = Array.from({ length: layerCount(shape) }, (_, layer) => {
      const [below, above] = [sources(layout, layer), layout.nodes[layer + 1]];
      const curves = [];
      for (const from of below) {
        for (const to of above) {
          const ends = layout.isDown
            ? { x0: from.cx, y0: from.y + from.size, x1: to.cx, y1: to.y }
            : { x0: from.x + from.size, y0: from.cy, x1: to.x, y1: to.cy };
          curves.push({ ...ends, index: weightIndex(shape, layer, from.neuron, to.neuron) });
        }
      }
      return { curves, shades: new Int8Array(curves.length).fill(127) };
    });
    this.biases = layout.nodes.slice(1).flatMap((nodes, layer) => nodes.map((node) => ({
      x: layout.isDown ? node.x + node.size + 1 : node.x - 3,
      y: layout.isDown ? node.y + 1 : node.y + node.size - 1,
      index: biasIndex(shape, layer, node.neuron),
    })));
    const isDense = layout.spacing < 40;
    this.thick = isDense ? 0.6 : 1;
    this.faint = isDense ? 0 : 0.3;
  }

  // Draws the layers whose weights have changed enough to be seen; all of them if `isAnew`.
  draw(pen, weights, colours, isAnew) {
    for (const layer of this.layers) {
      let isChanged = isAnew;
      layer.curves.forEach(({ index }, i) => {
        const shade = shadeOf(weights[index]);
        if (shade === layer.shades[i]) return;
        layer.shades[i] = shade;
        isChanged = true;
      });
      if (isChanged) this.drawLayer(pen, layer, colours);
    }
  }

  // Curves of one shade in one stroke.
  drawLayer(pen, { curves, shades }, colours) {
    const { layout } = this;
    const { x0, y0, x1, y1 } = curves[0];
    if (layout.isDown) pen.clearRect(0, y0, layout.width, y1 - y0);
    else pen.clearRect(x0, 0, x1 - x0, layout.height);
    const groups = new Map();
    curves.forEach((curve, i) => {
      const group = groups.get(shades[i]);
      if (group) group.push(curve);
      else groups.set(shades[i], [curve]);
    });
    for (const shade of [...groups.keys()].sort((a, b) => Math.abs(a) - Math.abs(b))) {
      const size = Math.abs(shade);
      pen.lineWidth = Math.max(0.5, size * STEP * this.thick);
      pen.strokeStyle = colours.edge(shade, Math.min(1, this.faint + size / 12));
      pen.setLineDash(shade < 0 ? DASH : []);
      pen.beginPath();
      for (const curve of groups.get(shade)) this.trace(pen, curve);
      pen.stroke();
    }
    pen.setLineDash([]);
  }

  trace(pen, { x0, y0, x1, y1 }) {
    pen.moveTo(x0, y0);
    if (this.layout.isDown) pen.bezierCurveTo(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2, x1, y1);
    else pen.bezierCurveTo((x0 + x1) / 2, y0, (x0 + x1) / 2, y1, x1, y1);
  }

  // Dots with a plus or minus, of all biases.
  drawBiases(pen, weights, colours) {
    for (const { x, y, index } of this.biases) {
      const value = weights[index];
      const size = Math.min(5.5, 3.5 + Math.abs(value)) * (this.thick === 1 ? 1 : 0.85);
      pen.fillStyle = colours.edge(value < 0 ? -1 : 1, 1);
      pen.beginPath();
      pen.arc(x, y, size, 0, 7);
      pen.fill();
      pen.fillStyle = colours.background;
      pen.fillRect(x - size * 0.6, y - 0.6, size * 1.2, 1.2);
      if (value >= 0) pen.fillRect(x - 0.6, y - size * 0.6, 1.2, size * 1.2);
    }
  }

  // Where a parameter is taken hold of: the middle of its curve, or its dot.
  middle(index) {
    for (const bias of this.biases) if (bias.index === index) return [bias.x, bias.y];
    const { x0, y0, x1, y1 } = this.curve(index);
    return [(x0 + x1) / 2, (y0 + y1) / 2];
  }

  curve(index) {
    for (const { curves } of this.layers) {
      const found = curves.find((curve) => curve.index === index);
      if (found) return found;
    }
    return null;
  }

  // The parameter whose dot or curve is nearest to a place, at most `reach` pixels away; else null.
  at(x, y, reach) {
    let best = { distance: reach + 2, index: null };
    const offer = (distance, index) => {
      if (distance < best.distance) best = { distance, index };
    };
    for (const bias of this.biases) offer(Math.hypot(bias.x - x, bias.y - y), bias.index);
    if (best.index !== null) return best.index;
    best.distance = reach;
    for (const { curves } of this.layers) {
      for (const curve of curves) offer(distanceTo(curve, x, y, this.layout.isDown), curve.index);
    }
    return best.index;
  }
}

// How far a place is from a curve, about: across the way that it goes.
function distanceTo({ x0, y0, x1, y1 }, x, y, isDown) {
  const [u0, u1, v0, v1, u, v] = isDown ? [y0, y1, x0, x1, y, x] : [x0, x1, y0, y1, x, y];
  if (u <= u0 || u >= u1) return Infinity;
  const share = (u - u0) / (u1 - u0);
  // Along such a curve share = 1.5 t (1 - t) + t³; a few halvings find t.
  let [low, high] = [0, 1];
  for (let i = 0; i < 12; i++) {
    const t = (low + high) / 2;
    if (1.5 * t * (1 - t) + t ** 3 < share) low = t;
    else high = t;
  }
  const t = (low + high) / 2;
  const at = v0 + (v1 - v0) * (3 * t * t - 2 * t ** 3);
  const along = 1.5 - 3 * t + 3 * t * t;
  const slope = ((v1 - v0) / (u1 - u0)) * ((6 * t - 6 * t * t) / along);
  return Math.abs(at - v) / Math.hypot(1, slope);
}

// The width of a weight's curve in steps, with its sign; thicker than the last is not told apart.
function shadeOf(weight) {
  const steps = Math.round((0.6 + 2.6 * Math.abs(weight) ** 0.75) / STEP);
  const size = Math.min(SHADES, Math.max(1, steps)) || 1;
  return weight < 0 ? -size : size;
}
