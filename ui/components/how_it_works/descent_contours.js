// A landscape seen from above: lines of equal loss, each half as high as the next one outside.

import { mixed, packed } from "./descent_look.js";

const PIXELS = 680; // along a side: two for each of the picture's own
const BANDS = 12;
const [PALE, STRONG, LINE] = [0.02, 0.3, 0.22];

// Paint it over the whole canvas. `theme`: see descent_look.js.
export function paintContours(canvas, { x, y, loss }, theme) {
  canvas.width = canvas.height = PIXELS;
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(PIXELS, PIXELS);
  const pixels = new Uint32Array(image.data.buffer);
  const bands = bandsOf(loss, x, y);
  const colours = Array.from({ length: BANDS + 1 }, (_, band) =>
    mixed(theme.background, theme.primary, PALE + (STRONG - PALE) * (1 - band / BANDS)));
  const inner = colours.map(packed);
  const lines = colours.map((colour) => packed(mixed(colour, theme.text, LINE)));
  for (let at = 0; at < pixels.length; at++) {
    pixels[at] = (isEdge(bands, at) ? lines : inner)[bands[at]];
  }
  pen.putImageData(image, 0, 0);
}

// Whether another band is two pixels to the right or below.
function isEdge(bands, at) {
  const right = at % PIXELS < PIXELS - 2 ? at + 2 : at;
  const below = at + 2 * PIXELS < bands.length ? at + 2 * PIXELS : at;
  return bands[at] !== bands[right] || bands[at] !== bands[below];
}

// Of each pixel how often its loss can be halved, from the largest in the picture on.
function bandsOf(loss, x, y) {
  const losses = new Float64Array(PIXELS * PIXELS);
  let most = 0;
  for (let row = 0, at = 0; row < PIXELS; row++) {
    const b = y.max - ((row + 0.5) / PIXELS) * (y.max - y.min);
    for (let column = 0; column < PIXELS; column++, at++) {
      losses[at] = loss(x.min + ((column + 0.5) / PIXELS) * (x.max - x.min), b);
      if (losses[at] > most) most = losses[at];
    }
  }
  return Uint8Array.from(losses, (value) =>
    Math.max(0, BANDS + Math.floor(Math.log2(value / most) + 1e-9)));
}
