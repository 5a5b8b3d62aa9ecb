// Strokes as an image like MNIST's, for the moments while the pen moves: what
// data/drawing/stroke_image.py makes of them, only drawn by the browser.

const SIDE = 28;
const DIGIT = 20; // pixels, the longer side of the digit with its ink
const THICKNESS = 2.3;

export const PEN = 22; // of the pad

// Pixels in [0, 1] (784 numbers) of strokes [[[x, y], ...], ...].
export function asImage(strokes) {
  const points = strokes.flat();
  const [left, right] = extent(points.map(([x]) => x));
  const [top, bottom] = extent(points.map(([, y]) => y));
  // A dot is not blown up.
  const scale = (DIGIT - THICKNESS) / Math.max(right - left, bottom - top, PEN / 2);
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.lineWidth = THICKNESS;
  pen.lineCap = pen.lineJoin = "round";
  pen.strokeStyle = "#fff";
  const middle = [(left + right) / 2, (top + bottom) / 2];
  draw(pen, strokes, scale, middle);
  // Then with its centre of mass in the middle of the image.
  const ink = alphas(pen);
  let mass = 0;
  const centre = [0, 0];
  ink.forEach((value, index) => {
    mass += value;
    centre[0] += value * ((index % SIDE) + 0.5);
    centre[1] += value * (Math.floor(index / SIDE) + 0.5);
  });
  const shift = centre.map((sum) => (mass ? Math.round(sum / mass - SIDE / 2) : 0));
  pen.clearRect(0, 0, SIDE, SIDE);
  draw(pen, strokes, scale, [middle[0] + shift[0] / scale, middle[1] + shift[1] / scale]);
  return alphas(pen);
}

function draw(pen, strokes, scale, [x0, y0]) {
  const at = ([x, y]) => [(x - x0) * scale + SIDE / 2, (y - y0) * scale + SIDE / 2];
  for (const stroke of strokes) {
    pen.beginPath();
    pen.moveTo(...at(stroke[0]));
    for (const point of stroke.length > 1 ? stroke.slice(1) : stroke) pen.lineTo(...at(point));
    pen.stroke();
  }
}

function alphas(pen) {
  const { data } = pen.getImageData(0, 0, SIDE, SIDE);
  return Float32Array.from({ length: SIDE * SIDE }, (_, index) => data[4 * index + 3] / 255);
}

function extent(values) {
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}
