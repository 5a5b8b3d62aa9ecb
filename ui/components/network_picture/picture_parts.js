// The parts of the picture network.svg, drawn anew for another image: the stronger a neuron speaks,
// the larger its dot; of all lines the strongest that push up.

import { strongest } from "./contributions.js";
import { percent } from "./paint.js";

const BLUE = "#2F7FC1";
const ORANGE = "#D5661B";
const SIDE = 28;
const LINES = [44, 44, 12]; // into each layer
const PIXEL = { left: 10, top: 12, size: 9 };
const ANSWERS = { x: 628, first: 24.6, step: 25.2, bar: 100 };
const HIDDEN = [1, 3]; // of the network's layers, those that give what the dots show

// Strokes lie in the digit's place.
export function withoutDigit(svg) {
  svg.querySelector(".digit").replaceChildren();
}

const placesOf = (svg) => {
  const dots = [...svg.querySelectorAll(".neurons")].map((group) =>
    [...group.children].map((dot) => [Number(dot.getAttribute("cx")), Number(dot.getAttribute("cy"))]));
  const pixels = Array.from({ length: SIDE * SIDE }, (_, k) => [
    PIXEL.left + PIXEL.size * ((k % SIDE) + 0.5), PIXEL.top + PIXEL.size * (Math.floor(k / SIDE) + 0.5)]);
  const answers = Array.from({ length: 10 }, (_, k) => [ANSWERS.x, ANSWERS.first + ANSWERS.step * k]);
  return [pixels, ...dots, answers];
};

// Lines to both hidden layers, and to the answer from what speaks for it.
export function lines(svg, network, pixels, outputs, probabilities) {
  const places = placesOf(svg);
  const best = bestOf(probabilities);
  const values = [pixels, ...HIDDEN.map((layer) => outputs[layer])];
  svg.querySelectorAll(".lines").forEach((group, k) => {
    const { weight } = network.layers[2 * k].tensors;
    const given = products(weight, values[k], k === 2 ? best : null);
    const chosen = strongest(given, LINES[k]);
    const most = given[chosen[0]] || 1;
    const width = values[k].length;
    group.setAttribute("stroke", k === 2 ? ORANGE : BLUE);
    group.innerHTML = chosen.map((at) => line(
      places[k][at % width], places[k + 1][k === 2 ? best : Math.floor(at / width)], given[at] / most,
    )).join("");
  });
}

// Weight times value where that is above 0, else 0; of all neurons, or of one.
function products(weight, values, neuron) {
  const width = values.length;
  const found = new Float32Array(neuron === null ? weight.length : width);
  const from = neuron === null ? 0 : neuron * width;
  for (let i = 0; i < found.length; i++) found[i] = Math.max(0, weight[from + i] * values[i % width]);
  return found;
}

function line([x1, y1], [x2, y2], share) {
  const middle = ((x1 + x2) / 2).toFixed(0);
  const opacity = (0.15 + 0.45 * share).toFixed(2);
  return `<path d="M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}" opacity="${opacity}"/>`;
}

export function neurons(svg, outputs) {
  svg.querySelectorAll(".neurons").forEach((group, k) => {
    const values = outputs[HIDDEN[k]];
    const most = Math.max(...values) || 1;
    [...group.children].forEach((dot, unit) => {
      const share = values[unit] / most;
      dot.setAttribute("r", (2.2 + 3.8 * share).toFixed(1));
      dot.setAttribute("opacity", (0.22 + 0.78 * share).toFixed(2));
    });
  });
}

export function answers(svg, probabilities) {
  const best = bestOf(probabilities);
  const rows = Array.from(probabilities, (probability, k) => {
    const y = ANSWERS.first + ANSWERS.step * k;
    const is = k === best;
    const bar = (ANSWERS.bar * probability).toFixed(1);
    return `<circle cx="${ANSWERS.x}" cy="${y}" r="${is ? 8 : 5}" fill="${is ? ORANGE : BLUE}"
      opacity="${is ? 1 : 0.35}"/><text x="648" y="${y + 8}"
      ${is ? 'font-weight="700"' : 'opacity=".6"'}>${k}</text><rect x="672" y="${y - 7}"
      width="${bar}" height="14" rx="3" fill="${is ? ORANGE : BLUE}" opacity="${is ? 1 : 0.6}"/>`;
  });
  svg.querySelector(".answers").innerHTML = rows.join("");
  svg.querySelector(".said").textContent = `${best}: ${percent(probabilities[best])}`;
  svg.querySelector("title").textContent =
    `What you drew goes through layers of 128 and 64 neurons; of the ten answers, ${best} lights up.`;
}

const bestOf = (values) => values.indexOf(Math.max(...values));
