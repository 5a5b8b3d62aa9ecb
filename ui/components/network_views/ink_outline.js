// A line around the ink of an image, where the pixels themselves show something else.

import { isDark } from "./paint.js";

const SIDE = 28;
const INK = 0.3; // what has more counts as ink

// Draw it over a square canvas; `pixels`: 784 in [0, 1].
export function outline(canvas, pixels) {
  const cell = canvas.width / SIDE;
  const pen = canvas.getContext("2d");
  const ink = (row, column) =>
    row >= 0 && column >= 0 && row < SIDE && column < SIDE && pixels[SIDE * row + column] > INK;
  pen.strokeStyle = isDark(canvas) ? "#fff8" : "#0007";
  pen.lineWidth = 1;
  pen.beginPath();
  for (let at = 0; at <= SIDE; at++) {
    for (let along = 0; along < SIDE; along++) {
      const [near, far] = [at * cell, along * cell];
      if (ink(along, at) !== ink(along, at - 1)) {
        pen.moveTo(near, far);
        pen.lineTo(near, far + cell);
      }
      if (ink(at, along) !== ink(at - 1, along)) {
        pen.moveTo(far, near);
        pen.lineTo(far + cell, near);
      }
    }
  }
  pen.stroke();
}
