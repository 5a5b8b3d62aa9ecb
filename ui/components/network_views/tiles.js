// Values with a sign as tiles on a canvas, as their arrangement (arrangement.js) has them.

import { css, inkOn, isDark, paintEnlarged, signedColour } from "./paint.js";

const SHADES = 256; // of each sign
const SEEN = 0.25; // of the scale: what is as strong bears its sign
const ROOM = 8; // pixels of the screen that a sign takes
const tables = {};

// Paint them over the whole canvas; ±scale are the ends of the colours.
export function paintTiles(canvas, values, arrangement, scale) {
  const { width, height, units, columns, side } = arrangement;
  const dark = isDark(canvas);
  const colours = (tables[dark] ??= colourTable(dark));
  paintEnlarged(canvas, width, height, (packed) => {
    for (let index = 0; index < values.length; index++) {
      const share = Math.max(-1, Math.min(1, values[index] / scale));
      const [x, y] = arrangement.position(index);
      packed[y * width + x] = colours[SHADES + Math.round(share * SHADES)];
    }
  });
  if (units > 1) lines(canvas.getContext("2d"), canvas, columns, height / side);
}

// A small − or + on strong values, for whoever sees no colour. Where the values of a tile lie closer
// than a sign needs, neighbours share one, of their mean: what noise averages out has none. `shown`:
// as for `fit`.
export function paintSigns(canvas, values, arrangement, scale, shown = canvas.clientWidth) {
  const { columns, side } = arrangement;
  const cell = canvas.width / arrangement.width;
  const room = (ROOM * canvas.width) / (shown || canvas.width);
  const together = Math.min(side, Math.max(1, Math.ceil(room / cell - 0.1)));
  const blocks = Math.ceil(side / together); // in a row of a tile
  const sums = new Map();
  values.forEach((value, index) => {
    const [unit, place] = arrangement.parts(index);
    const [column, row] = [place % side, Math.floor(place / side)];
    const block = (unit * blocks + Math.floor(row / together)) * blocks
      + Math.floor(column / together);
    sums.set(block, (sums.get(block) ?? 0) + value);
  });
  const dark = isDark(canvas);
  const paths = {};
  const arm = Math.min(0.3 * together * cell, 0.4 * room);
  for (const [block, sum] of sums) {
    const value = sum / together ** 2;
    if (Math.abs(value) < SEEN * scale) continue;
    const unit = Math.floor(block / blocks ** 2);
    const middle = (tile, at) => {
      const from = at * together;
      return (tile * side + (from + Math.min(side, from + together)) / 2) * cell;
    };
    const x = middle(unit % columns, block % blocks);
    const y = middle(Math.floor(unit / columns), Math.floor(block / blocks) % blocks);
    const path = (paths[inkOn(signedColour(value / scale, dark))] ??= new Path2D());
    path.rect(x - arm, y - arm / 4, 2 * arm, arm / 2);
    if (value > 0) path.rect(x - arm / 4, y - arm, arm / 2, 2 * arm);
  }
  const pen = canvas.getContext("2d");
  for (const [ink, path] of Object.entries(paths)) {
    pen.fillStyle = ink;
    pen.fill(path);
  }
}

// Where a tile of side x side values, in a column and row of such tiles, stands on the canvas.
export function tileBox(canvas, arrangement, column, row, side) {
  const width = (canvas.width * side) / arrangement.width;
  const height = (canvas.height * side) / arrangement.height;
  return [column * width, row * height, width, height];
}

// A ring that is seen on any colour.
export function ring(pen, [x, y, width, height], thickness) {
  const { dark, light } = { dark: "#14181D", light: "#FFFFFF" };
  const over = isDark(pen.canvas) ? [dark, light] : [light, dark];
  over.forEach((colour, k) => {
    pen.strokeStyle = colour;
    pen.lineWidth = thickness * (2 - k);
    pen.strokeRect(x, y, width, height);
  });
}

// As many pixels as the canvas takes on the screen; whether that has changed. `shown`: its width
// there, for whoever has asked before changing the page, after which asking takes long.
export function fit(canvas, arrangement, shown = canvas.clientWidth) {
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  const width = Math.max(1, Math.round(shown * ratio));
  const height = Math.max(1, Math.round((width * arrangement.height) / arrangement.width));
  if (canvas.width === width && canvas.height === height) return false;
  Object.assign(canvas, { width, height });
  return true;
}

// The lines between tiles, in the colour of the page.
function lines(pen, canvas, columns, rows) {
  const thickness = Math.max(1, Math.round(canvas.width / columns / 12));
  pen.fillStyle = getComputedStyle(canvas).getPropertyValue("--st-background-color");
  for (let k = 1; k < columns; k++) {
    const x = Math.round((k * canvas.width) / columns - thickness / 2);
    pen.fillRect(x, 0, thickness, canvas.height);
  }
  for (let k = 1; k < rows; k++) {
    const y = Math.round((k * canvas.height) / rows - thickness / 2);
    pen.fillRect(0, y, canvas.width, thickness);
  }
}

// The colours of -1 to +1 as pixels (the bytes red, green, blue, opaque in memory).
function colourTable(dark) {
  return Uint32Array.from({ length: 2 * SHADES + 1 }, (_, k) => {
    const [red, green, blue] = signedColour((k - SHADES) / SHADES, dark);
    return new Uint32Array(Uint8Array.of(red, green, blue, 255).buffer)[0];
  });
}

export const signColour = (element, sign) => css(signedColour(sign, isDark(element)));
