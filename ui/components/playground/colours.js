// Numbers as colours: orange below zero, blue above, classes in the colours of the theme's charts.

const STEPS = 256; // shades on each side of zero

const NONE = { light: [250, 249, 246], dark: [32, 38, 45] };
const NEGATIVE = { light: [224, 104, 24], dark: [232, 118, 44] };
const POSITIVE = { light: [24, 96, 176], dark: [88, 168, 240] };
export const SURFACE = 0.74; // how far a surface goes towards a colour: points stand out on it

export const css = ([red, green, blue]) => `rgb(${red} ${green} ${blue})`;

const mix = (from, to, amount) => from.map((value, k) => Math.round(value + (to[k] - value) * amount));

// A colour as a canvas keeps it in one number.
const packed = ([red, green, blue]) => ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;

// All colours of the theme that an element is drawn in.
export class Colours {
  constructor(element) {
    const style = getComputedStyle(element);
    this.isDark = style.colorScheme.includes("dark");
    const theme = this.isDark ? "dark" : "light";
    const [none, negative, positive] = [NONE, NEGATIVE, POSITIVE].map((colour) => colour[theme]);
    const read = (name, otherwise) => style.getPropertyValue(`--st-${name}`).trim() || otherwise;
    Object.assign(this, {
      none, negative, positive,
      text: read("text-color", this.isDark ? "#E9E7E1" : "#22262B"),
      background: read("background-color", this.isDark ? "#14181D" : "#FCFBF8"),
      border: read("border-color", this.isDark ? "#39414A" : "#D9D5CA"),
      primary: read("primary-color", "#0B6E75"),
      font: read("font", "sans-serif"),
    });
    this.classes = read("chart-categorical-colors", "#2F7FC1,#D5661B,#8A3FE0,#D968A1,#676732,#9B4B65")
      .split(",").map(channels);
    this.signed = Uint32Array.from({ length: 2 * STEPS + 1 }, (_, i) =>
      packed(this.ofValue(i / STEPS - 1, SURFACE)));
    this.ofClass = this.classes.map((colour) => Uint32Array.from({ length: STEPS + 1 }, (_, i) =>
      packed(mix(none, colour, SURFACE * (i / STEPS) ** 0.8))));
  }

  // What tells one theme from another.
  static key(element) {
    const style = getComputedStyle(element);
    return style.colorScheme + style.getPropertyValue("--st-background-color");
  }

  // The colour of a number in [-1, 1].
  ofValue(share, strength = 1) {
    const amount = Math.min(1, Math.abs(share)) ** 0.8; // small values are seen too
    return mix(this.none, share < 0 ? this.negative : this.positive, strength * amount);
  }

  // The colour of a weight's curve, by the sign of `value`.
  edge(value, strength) {
    const [red, green, blue] = value < 0 ? this.negative : this.positive;
    return `rgb(${red} ${green} ${blue} / ${strength.toFixed(2)})`;
  }

  // The colour of a point: of two classes and of functions by its value, of several by its class.
  ofTarget(target, classes) {
    return classes > 2 ? this.classes[target % this.classes.length] : this.ofValue(target);
  }

  // Colours `tile`² pixels from `at` on, in rows of `row`, by values that lie in rows of `side`, of
  // which every `step`-th is taken. `discrete`: by their sign alone.
  paintSigned(pixels, at, row, values, from, side, tile, scale, discrete) {
    const step = side / tile;
    const { signed } = this;
    const factor = STEPS / scale;
    for (let y = 0; y < tile; y++) {
      let value = from + y * step * side;
      for (let x = 0, pixel = at + y * row; x < tile; x++, pixel++, value += step) {
        let share = values[value] * factor;
        if (discrete) share = share < 0 ? -STEPS : STEPS;
        else if (share > STEPS) share = STEPS;
        else if (share < -STEPS) share = -STEPS;
        pixels[pixel] = signed[(share + STEPS) | 0];
      }
    }
  }

  // The same for answers of several classes: the first one's colour, as strong as it is ahead.
  paintClasses(pixels, values, count, classes, isLogits, discrete) {
    const scores = new Float32Array(classes);
    for (let i = 0; i < count; i++) {
      const { best, ahead } = ranked(scores, values, i, count, isLogits);
      pixels[i] = this.ofClass[best % this.ofClass.length][discrete ? STEPS : (ahead * STEPS) | 0];
    }
  }
}

// The class with the highest value at a point, and how far it is ahead of the next, in [0, 1].
function ranked(scores, values, point, count, isLogits) {
  let best = 0;
  for (let k = 0; k < scores.length; k++) {
    scores[k] = values[k * count + point];
    if (scores[k] > scores[best]) best = k;
  }
  if (isLogits) softmax(scores);
  let second = -Infinity;
  for (let k = 0; k < scores.length; k++) if (k !== best && scores[k] > second) second = scores[k];
  const ahead = Math.min(1, scores[best] - second);
  return { best, ahead: ahead > 0 ? ahead : 0 };
}

// Probabilities of logits, in place.
export function softmax(scores) {
  let [most, sum] = [-Infinity, 0];
  for (let k = 0; k < scores.length; k++) if (scores[k] > most) most = scores[k];
  for (let k = 0; k < scores.length; k++) sum += scores[k] = Math.exp(scores[k] - most);
  for (let k = 0; k < scores.length; k++) scores[k] /= sum;
  return scores;
}

function channels(text) {
  const number = parseInt(text.trim().slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}
