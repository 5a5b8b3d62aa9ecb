// Numbers as colours, orange below 0 and blue above, and what stands beside such a picture.

import { css, paintEnlarged, signedColour } from "./paint.js";
import { element } from "./step.js";

const SHADES = 200; // on each side of 0

let made; // { dark, packed }

// The colours of -1..1 as an Uint32Array of 2 SHADES + 1, as `paintEnlarged` takes them.
function shades(dark) {
  if (made?.dark !== dark) {
    const packed = Uint32Array.from({ length: 2 * SHADES + 1 }, (_, k) => {
      const [red, green, blue] = signedColour(k / SHADES - 1, dark);
      return 0xff000000 | (blue << 16) | (green << 8) | red;
    });
    made = { dark, packed };
  }
  return made.packed;
}

// Paint width x height values over a canvas; `scale`: the value that has the full colour.
export function paintSigned(canvas, values, width, height, scale, dark) {
  const colours = shades(dark);
  paintEnlarged(canvas, width, height, (pixels) => {
    for (let i = 0; i < values.length; i++) {
      const share = Math.min(1, Math.max(-1, values[i] / scale));
      pixels[i] = colours[Math.round((share + 1) * SHADES)];
    }
  });
}

// A legend from `low` to `high`, whose full colours are those of -scale and scale.
export function legend(words, low, high, scale, dark, written) {
  const steps = [0, 0.25, 0.5, 0.75, 1].map((share) =>
    css(signedColour((low + share * (high - low)) / scale, dark)));
  const bar = element("i");
  bar.style.background = `linear-gradient(to right, ${steps.join()})`;
  return element("span", "how-legend", element("span", "", words),
    element("span", "", written(low)), bar, element("span", "", written(high)));
}
