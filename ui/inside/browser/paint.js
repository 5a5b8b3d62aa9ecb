// Numbers as colours: images in grey, values with a sign in orange and blue.

const SIDE = 28;

// An image of 784 pixels in [0, 1] on a square canvas: white ink on black, as the data has it.
export function paintImage(canvas, pixels) {
  paint(canvas, pixels, SIDE, (value) => {
    const grey = Math.round(255 * value);
    return [grey, grey, grey];
  });
}

// Values with a sign on a square canvas, row by row: -scale is orange, 0 as the page, +scale blue.
export function paintSigned(canvas, values, scale, side = SIDE) {
  const dark = isDark(canvas);
  paint(canvas, values, side, (value) => signedColour(value / scale, dark));
}

// The colour of a number in [-1, 1] as [red, green, blue].
export function signedColour(share, dark) {
  const zero = dark ? [32, 38, 45] : [250, 249, 246];
  const end = share < 0 ? [232, 112, 32] : dark ? [88, 168, 240] : [24, 96, 176];
  const amount = Math.min(1, Math.abs(share)) ** 0.75; // small values are seen too
  return zero.map((from, k) => Math.round(from + (end[k] - from) * amount));
}

export const css = ([red, green, blue]) => `rgb(${red} ${green} ${blue})`;

// Whether the page has its dark theme.
export function isDark(element) {
  return getComputedStyle(element).colorScheme.includes("dark");
}

// The largest absolute value, at least a tiny number, for a scale around 0.
export function largest(values) {
  let most = 1e-12;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}

// A legend for signed colours, as HTML; minus and plus stand beside them for whoever sees no colour.
export function signedLegend(element, scale, unit = "") {
  const dark = isDark(element);
  const steps = [-1, -0.5, 0, 0.5, 1].map((share) => css(signedColour(share, dark)));
  const end = `${format(scale)}${unit}`;
  return `<span class="inside-legend"><span>−${end}</span><i style="background:
    linear-gradient(to right, ${steps.join()})"></i><span>+${end}</span></span>`;
}

// A number in a few characters.
export function format(value) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return String(value);
  if (size >= 1e5 || size < 1e-3) return value.toExponential(1).replaceAll("-", "−");
  return String(Number(value.toPrecision(3))).replace("-", "−");
}

// The same with its sign.
export const signed = (value) => `${value > 0 ? "+" : ""}${format(value)}`;

// A softmax's probability, which is never 0 or 1; as nn/evaluation/percent.py writes it.
export function percent(probability) {
  const text = (100 * probability).toFixed(1);
  return `${{ "0.0": "<0.1", "100.0": ">99.9" }[text] ?? text} %`;
}

function paint(canvas, values, side, colour) {
  // As many pixels as values, enlarged without smoothing.
  const small = new OffscreenCanvas(side, side);
  const pixels = new ImageData(side, side);
  for (let i = 0; i < side * side; i++) {
    const [red, green, blue] = colour(values[i]);
    pixels.data.set([red, green, blue, 255], 4 * i);
  }
  small.getContext("2d").putImageData(pixels, 0, 0);
  const context = canvas.getContext("2d");
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, canvas.width, canvas.height);
}
