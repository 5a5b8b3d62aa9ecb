// Draws the curves of the trainings: losses above, scores below, over the same epochs.

import { short } from "./numbers.js";

const LEFT = 46; // pixels for the numbers of the axes
const RIGHT = 10;
const TOP = 20;
const BOTTOM = 36;
const BETWEEN = 38; // for the last number of the losses, and the name of the scores below it
const LOSS_SHARE = 0.66; // of the height

// Where things lie on a picture of this size, of these arms: {x0, x1, epochs, loss, score}.
export function layoutOf(arms, width, height, isLog) {
  const inner = height - TOP - BOTTOM - BETWEEN;
  const lossBottom = TOP + LOSS_SHARE * inner;
  const curves = arms.flatMap(({ history }) => [history.moments, ...history.branches]);
  const epochs = Math.max(1, ...curves.map((moments) => moments.at(-1)?.epoch ?? 0));
  const losses = curves.flatMap((moments) =>
    moments.flatMap(({ trainLoss, testLoss }) => [trainLoss, testLoss]),
  );
  return {
    x0: LEFT,
    x1: width - RIGHT,
    epochs,
    loss: {
      top: TOP,
      bottom: lossBottom,
      ...lossScale(losses.filter((loss) => loss > 0), firstLoss(curves), isLog),
    },
    score: { top: lossBottom + BETWEEN, bottom: height - BOTTOM, ...scoreScale(arms) },
  };
}

// The largest loss that a training began with.
function firstLoss(curves) {
  return Math.max(0, ...curves.map(([first]) => Math.max(first?.trainLoss ?? 0, first?.testLoss ?? 0)));
}

function lossScale(losses, first, isLog) {
  const sorted = Float64Array.from(losses).sort();
  const most = losses.length ? sorted.at(-1) : 1;
  if (!isLog) {
    // What runs away leaves the picture, and does not press all else flat.
    const usual = losses.length ? sorted[Math.floor(0.9 * (sorted.length - 1))] : 1;
    const top = Math.min(most, Math.max(3 * usual, 1.05 * first));
    return { ticks: niceTicks(0, top, 4), place: (loss) => loss / top };
  }
  const low = Math.floor(Math.log10(Math.max(sorted[0] ?? 0.1, most * 1e-12)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(most)));
  const every = Math.ceil((high - low) / 4);
  const ticks = [];
  for (let power = low; power <= high; power += every) ticks.push(10 ** power);
  return { ticks, place: (loss) => (loss > 0 ? (Math.log10(loss) - low) / (high - low) : 0) };
}

function scoreScale(arms) {
  // R² has no lower end: below 0 it is drawn as 0.
  const isShare = arms.some(({ shape }) => shape.classes);
  return {
    title: isShare ? "Accuracy" : "R²",
    ticks: [0, 0.5, 1],
    text: (score) => (isShare ? `${100 * score} %` : String(score)),
    place: (score) => Math.min(1, Math.max(0, score)),
  };
}

function niceTicks(low, high, count) {
  const rough = (high - low) / count || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999);
  const ticks = [];
  for (let k = Math.ceil(low / step); k * step <= high + step * 1e-9; k++) ticks.push(k * step);
  return ticks;
}

// `pen`: of a canvas, in CSS pixels. `colours`: {text, border, grey, font, arms}.
export function paintCurves(pen, layout, arms, colours, width, height) {
  pen.clearRect(0, 0, width, height);
  pen.font = `12px ${colours.font}`;
  pen.lineWidth = 1;
  const across = (epoch) => layout.x0 + ((layout.x1 - layout.x0) * epoch) / layout.epochs;
  paintAxes(pen, layout, colours, across);
  for (const plot of ["loss", "score"]) {
    const { top, bottom, place } = layout[plot];
    const up = (value) => bottom - (bottom - top) * Math.min(1.02, Math.max(0, place(value)));
    const [train, test] = plot === "loss" ? ["trainLoss", "testLoss"] : ["trainScore", "testScore"];
    arms.forEach(({ history }, k) => {
      pen.strokeStyle = colours.grey;
      pen.lineWidth = 1.2;
      for (const branch of history.branches) {
        line(pen, branch, across, up, train, [4, 3]);
        line(pen, branch, across, up, test, []);
      }
      pen.strokeStyle = colours.arms[k];
      pen.lineWidth = 1.8;
      line(pen, history.moments, across, up, train, [5, 3]);
      line(pen, history.moments, across, up, test, []);
    });
  }
  const x = across(Math.min(layout.epochs, arms[0].snapshot.epoch));
  pen.strokeStyle = colours.text;
  pen.lineWidth = 1;
  // Not through the name between them.
  for (const { top, bottom } of [layout.loss, layout.score]) stroke(pen, [[x, top], [x, bottom]]);
}

function paintAxes(pen, layout, colours, across) {
  const { x0, x1, loss, score } = layout;
  pen.fillStyle = colours.text;
  pen.strokeStyle = colours.border;
  pen.textBaseline = "middle";
  pen.textAlign = "right";
  for (const { ticks, top, bottom, place, text = short } of [loss, score]) {
    for (const tick of ticks) {
      const y = bottom - (bottom - top) * place(tick);
      stroke(pen, [[x0, y], [x1, y]]);
      pen.fillText(text(tick), x0 - 6, y);
    }
  }
  pen.textAlign = "left";
  pen.textBaseline = "bottom";
  pen.fillText("Loss", 2, loss.top - 6);
  pen.fillText(score.title, 2, score.top - 8);
  pen.textBaseline = "top";
  pen.textAlign = "center";
  for (const tick of niceTicks(0, layout.epochs, 5)) {
    const text = tick.toLocaleString("en");
    // Within the picture also at its right end.
    const x = Math.min(across(tick), x1 + RIGHT - pen.measureText(text).width / 2);
    pen.fillText(text, x, score.bottom + 5);
  }
  pen.fillText("Epochs", (x0 + x1) / 2, score.bottom + 20);
}

function line(pen, moments, across, up, name, dashes) {
  pen.setLineDash(dashes);
  pen.beginPath();
  let isDrawing = false;
  for (const moment of moments) {
    const value = moment[name];
    if (value === null) isDrawing = false;
    else if (isDrawing) pen.lineTo(across(moment.epoch), up(value));
    else {
      pen.moveTo(across(moment.epoch), up(value));
      isDrawing = true;
    }
  }
  pen.stroke();
  pen.setLineDash([]);
}

function stroke(pen, [[x, y], [toX, toY]]) {
  pen.beginPath();
  pen.moveTo(x, y);
  pen.lineTo(toX, toY);
  pen.stroke();
}
