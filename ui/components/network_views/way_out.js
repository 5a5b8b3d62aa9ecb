// From the sum z of a neuron to what it says, step by step.

import { LAYERS } from "./layers.js";
import { format } from "./paint.js";

const [WIDTH, HEIGHT] = [220, 130];
const POINTS = 121;

// As HTML. `kind`: what it is, a neuron or a filter. `probability`: of the class that it is the logit
// of, else null.
export function wayOut({ z, steps, said }, kind, probability) {
  const cards = steps.map((step) => `<div class="inside-step">${card(step)}</div>`);
  const lost = said === null;
  const end = lost ? "" : probability === null
    ? `<p class="inside-said">a = ${format(said)}<small>what the ${kind} says</small></p>`
    : `<p class="inside-said">logit ${format(said)}<small>the softmax over all classes makes
      ${probability} of it</small></p>`;
  const start = `<p class="inside-said">z = ${format(z)}<small>the sum</small></p>`;
  return [start, ...cards, end].filter(Boolean).join(`<span aria-hidden="true">↓</span>`);
}

function card({ spec, before, after, norm, four }) {
  if (spec.type === "BatchNorm") {
    const { mean, variance, gamma, beta } = norm;
    return `<b>Batch normalisation</b><p>(${format(before)} − mean ${format(mean)}) ÷
      √(variance ${format(variance)} + ${format(spec.eps)}) × γ ${format(gamma)} + β ${format(beta)}
      = <strong>${format(after)}</strong></p>`;
  }
  if (spec.type === "MaxPool2d") {
    if (after === null) return "<b>Max pooling</b><p>At the edge: it leaves this place out.</p>";
    return `<b>Max pooling</b><p>Of this place and its three neighbours, ${four.map(format).join(", ")},
      the largest goes on: <strong>${format(after)}</strong></p>`;
  }
  return `<b>${spec.type}</b>${curve(spec, before, after)}`;
}

// The function with the point on it.
function curve(spec, before, after) {
  const reach = Math.max(3, 1.2 * Math.abs(before));
  const xs = Float32Array.from({ length: POINTS }, (_, k) => reach * ((2 * k) / (POINTS - 1) - 1));
  const ys = LAYERS[spec.type](spec, {}, xs);
  const top = Math.max(1, ...ys) * 1.15;
  const bottom = Math.min(-0.1 * top, ...ys.map((y) => 1.15 * y));
  const x = (value) => ((value / reach + 1) * WIDTH) / 2;
  const y = (value) => (HEIGHT * (top - value)) / (top - bottom);
  const path = [...xs].map((value, k) => `${x(value).toFixed(1)} ${y(ys[k]).toFixed(1)}`).join("L");
  const [px, py] = [x(before), y(after)];
  const words = `${spec.type} of ${format(before)} is ${format(after)}`;
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${words}">
    <path class="inside-axis" d="M0 ${y(0)}H${WIDTH}M${x(0)} 0V${HEIGHT}"/>
    <path class="inside-curve" d="M${path}"/>
    <path class="inside-guide" d="M${px} ${y(0)}V${py}H${x(0)}"/>
    <circle cx="${px}" cy="${py}" r="5"/>
    <text x="${WIDTH - 2}" y="${Math.min(HEIGHT - 3, y(0) + 13)}"
      text-anchor="end">${format(reach)}</text>
    <text x="${x(0) + 4}" y="11">${format(top)}</text></svg>
    <p>of ${format(before)} = <strong>${format(after)}</strong></p>`;
}
