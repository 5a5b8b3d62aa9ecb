// How two neurons bend the plane: its grid and points, drawn where the two neurons' answers are the
// coordinates.

import { penOf } from "./elements.js";
import { Points } from "./forward.js";
import { fixed } from "./numbers.js";
import { neuronName, sourceName } from "./parameters.js";
import { drawMark } from "./point_marks.js";
import { pointing } from "./pointing.js";
import { store } from "./store.js";

const LINES = 13; // of the grid in each direction
const STEPS = 49; // points along a line
const SIDE = 230; // pixels
const MARGIN = 22;
const WHOLE = SIDE + MARGIN;

let grid = null;

// Lines of the plane: first those along x1, then those along x2.
function gridPoints(reach) {
  if (grid?.reach === reach) return grid.points;
  const x = [];
  for (const isAlong of [true, false]) {
    for (let line = 0; line < LINES; line++) {
      const still = reach * ((2 * line) / (LINES - 1) - 1);
      for (let step = 0; step < STEPS; step++) {
        const moving = reach * ((2 * step) / (STEPS - 1) - 1);
        x.push(...(isAlong ? [moving, still] : [still, moving]));
      }
    }
  }
  grid = { reach, points: new Points(Float32Array.from(x)) };
  return grid.points;
}

let marks = null;

function markPoints(points) {
  if (marks?.of !== points) marks = { of: points, points: new Points(points.x) };
  return marks.points;
}

export class Bend {
  constructor(element) {
    this.element = element;
    element.innerHTML = `<figcaption></figcaption><canvas role="img"></canvas>`;
    [this.words, this.canvas] = element.children;
    Object.assign(this.canvas.style, { width: `${WHOLE}px`, height: `${WHOLE}px` });
  }

  draw(isShown, titles, colours) {
    this.element.hidden = !isShown;
    if (!isShown) return;
    const { chosen, second } = pointing;
    const arm = store.arms[chosen.arm];
    const names = [chosen, second].map(({ layer, neuron }) => (layer < 0
      ? sourceName(arm.shape, titles, 0, neuron) : neuronName(arm.shape, layer, neuron)));
    drawBend(this.canvas, arm, chosen, second, names, colours);
    const text = `The plane's grid where ${names[0]} goes to the right and ${names[1]} up. ` +
      "What a straight line parts here, the next layer can part.";
    if (this.words.textContent === text) return;
    this.words.textContent = text;
    this.canvas.setAttribute("aria-label", text);
  }
}

// Draws it on a canvas: `across` and `up` are the two neurons, as targets.
function drawBend(canvas, arm, across, up, names, colours) {
  const pen = penOf(canvas, WHOLE, WHOLE);
  pen.clearRect(0, 0, WHOLE, WHOLE);
  const points = gridPoints(store.reach);
  const [lineX, lineY, count] = answersOf(points, arm, across, up);
  const [rangeX, rangeY] = [rangeOf(lineX), rangeOf(lineY)];
  const [toX, toY] = [scale(rangeX, MARGIN + 4, MARGIN + SIDE - 4), scale(rangeY, SIDE - 4, 4)];
  pen.strokeStyle = colours.border;
  pen.strokeRect(MARGIN + 0.5, 0.5, SIDE - 1, SIDE - 1);
  pen.lineWidth = 1;
  for (let line = 0; line < 2 * LINES; line++) {
    pen.globalAlpha = line % LINES === (LINES - 1) / 2 ? 0.95 : 0.4; // the axes stand out
    pen.strokeStyle = line < LINES ? colours.text : colours.primary;
    pen.beginPath();
    for (let i = line * STEPS; i < Math.min(count, (line + 1) * STEPS); i++) {
      pen[i % STEPS ? "lineTo" : "moveTo"](toX(lineX[i]), toY(lineY[i]));
    }
    pen.stroke();
  }
  pen.globalAlpha = 1;
  const [markX, markY] = answersOf(markPoints(store.points), arm, across, up);
  const { targets, trainCount } = store.points;
  for (let i = 0; i < trainCount; i++) {
    drawMark(pen, toX(markX[i]), toY(markY[i]), 2.6, targets[i], arm.shape.classes, false, colours);
  }
  pen.fillStyle = colours.text;
  pen.font = `12px ${colours.font}`;
  pen.textBaseline = "bottom";
  nameAxis(pen, names[0], rangeX, MARGIN, WHOLE);
  pen.translate(MARGIN - 6, SIDE);
  pen.rotate(-Math.PI / 2);
  nameAxis(pen, names[1], rangeY, 0, 0);
}

// The name of an axis and where it begins and ends.
function nameAxis(pen, name, [low, high], from, y) {
  const words = { left: fixed(low, 1), center: name, right: fixed(high, 1) };
  Object.entries(words).forEach(([align, text], k) => {
    pen.textAlign = align;
    pen.fillText(text, from + (k / 2) * SIDE, y);
  });
}

// What the two say at all points.
function answersOf(points, arm, across, up) {
  const outputs = points.run(arm.shape, arm.weights, arm.off);
  const values = ({ layer, neuron }) =>
    outputs[layer + 1].subarray(neuron * points.count, (neuron + 1) * points.count);
  return [values(across), values(up), points.count];
}

function rangeOf(values) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

// From values to pixels.
function scale([low, high], from, to) {
  const range = high - low > 1e-9 ? high - low : 1;
  return (value) => from + ((value - low) / range) * (to - from);
}
