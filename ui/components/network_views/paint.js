// Numbers as colours: images in grey, values with a sign in orange and blue.

const SIDE = 28;

// An image of 784 pixels in [0, 1] on a square canvas: white ink on black, as the data has it. As
// many pixels as values, enlarged without smoothing.
export function paintImage(canvas, values) {
  paintEnlarged(canvas, SIDE, SIDE, (packed) => {
    for (let i = 0; i < values.length; i++) {
      packed[i] = 0xff000000 | (0x010101 * Math.round(255 * values[i]));
    }
  });
}

const sheets = {}; // by their size: making one takes longer than painting it

// Paint a picture of width x height pixels over a whole canvas, enlarged without smoothing.
// `fill(packed)`: writes its pixels, row by row (the bytes red, green, blue, opaque in memory); those
// that it leaves out are transparent.
export function paintEnlarged(canvas, width, height, fill) {
  const sheet = (sheets[`${width}x${height}`] ??= makeSheet(width, height));
  sheet.packed.fill(0);
  fill(sheet.packed);
  sheet.pen.putImageData(sheet.pixels, 0, 0);
  const pen = canvas.getContext("2d");
  pen.imageSmoothingEnabled = false;
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(sheet.pen.canvas, 0, 0, canvas.width, canvas.height);
}

function makeSheet(width, height) {
  const pen = new OffscreenCanvas(width, height).getContext("2d");
  const pixels = new ImageData(width, height);
  return { pen, pixels, packed: new Uint32Array(pixels.data.buffer) };
}

// The colour of a number in [-1, 1] as [red, green, blue].
export function signedColour(share, dark) {
  const zero = dark ? [32, 38, 45] : [250, 249, 246];
  const end = share < 0 ? [232, 112, 32] : dark ? [88, 168, 240] : [24, 96, 176];
  const amount = Math.min(1, Math.abs(share)) ** 0.75; // small values are seen too
  return zero.map((from, k) => Math.round(from + (end[k] - from) * amount));
}

// What can be read on such a colour, dark or light.
export const inkOn = ([red, green, blue]) =>
  (0.3 * red + 0.59 * green + 0.11 * blue > 130 ? "#14181D" : "#FFFFFF");

export const css = ([red, green, blue]) => `rgb(${red} ${green} ${blue})`;

let dark; // once it is known, as long as what is at work now

// Whether the page has its dark theme. It is asked for between changes of the page, after each of
// which the browser would have to work out all styles anew; so it is asked once.
export function isDark(element) {
  if (dark !== undefined) return dark;
  const found = getComputedStyle(element).colorScheme.includes("dark");
  if (element.isConnected) {
    dark = found;
    queueMicrotask(() => (dark = undefined));
  }
  return found;
}

const ALL_ZERO = 1e-300; // a scale for such values: no number of a network is as small

// The largest absolute value, for a scale around 0.
export function largest(values) {
  let most = ALL_ZERO;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}

// Whether it is one, and not what `largest` gives where all values are 0.
export const isScale = (scale) => scale !== ALL_ZERO;

// A legend for signed colours, as HTML; minus and plus stand beside them for whoever sees no colour.
export function signedLegend(element, scale, unit = "") {
  if (!isScale(scale)) return `<span class="inside-legend">All are 0.</span>`;
  const dark = isDark(element);
  const steps = [-1, -0.5, 0, 0.5, 1].map((share) => css(signedColour(share, dark)));
  const end = `${format(scale)}${unit}`;
  return `<span class="inside-legend"><span>−${end}</span><i style="background:
    linear-gradient(to right, ${steps.join()})"></i><span>+${end}</span></span>`;
}

// A number in a few characters.
export const format = (value) => withDigits(value, 3);

// The same with so many digits, one less where it has an exponent.
export function withDigits(value, digits) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return String(value);
  if (size >= 1e5 || size < 1e-3) return value.toExponential(digits - 2).replaceAll("-", "−").replace("e+", "e");
  return String(Number(value.toPrecision(digits))).replace("-", "−");
}

// The same with its sign; "−" comes by itself.
export const signed = (value) => `${value > 0 ? "+" : ""}${format(value)}`;

// A softmax's probability, which is never 0 or 1; as ui/shared/percent.py writes it.
export function percent(probability) {
  const text = (100 * probability).toFixed(1);
  return `${{ "0.0": "<0.1", "100.0": ">99.9" }[text] ?? text}\u00a0%`;
}
