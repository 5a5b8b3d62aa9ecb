// What the paths and the outcomes look like, the same in all pictures of the step.

import { CONVERGES, DIVERGES, OSCILLATES } from "./descent_stability.js";

// No two have one colour and one dash.
export const DASHES = { sgd: "none", momentum: "8 4", rmsprop: "2 4", adam: "9 3 2 3" };
export const NAMES = Object.keys(DASHES);

// Sets the paths' colours, those of the theme's charts, as --how-path-<name> on the step.
export function setPathColours(box) {
  const colours = read(box, "chart-categorical-colors").split(",");
  NAMES.forEach((name, k) => box.style.setProperty(`--how-path-${name}`, colours[k]));
}

// Of the theme: { background, text, primary, outcomes: { converges, ... } }, each [red, green, blue].
export function themeOf(box) {
  const colour = (name) => channels(read(box, name));
  const [background, text, primary] = ["background-color", "text-color", "primary-color"].map(colour);
  const outcomes = { [CONVERGES]: primary, [OSCILLATES]: colour("yellow-color"),
    [DIVERGES]: mixed(background, text, 0.45) };
  return { background, text, primary, outcomes, key: `${background} ${text} ${primary}` };
}

const read = (box, name) => getComputedStyle(box).getPropertyValue(`--st-${name}`).trim();

const known = new Map();

// Any colour that CSS knows.
function channels(colour) {
  if (!known.has(colour)) known.set(colour, painted(colour));
  return known.get(colour);
}

function painted(colour) {
  const pen = new OffscreenCanvas(1, 1).getContext("2d");
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  return [...pen.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

export const mixed = (from, to, share) => from.map((value, k) => value + share * (to[k] - value));

// As a canvas keeps it.
export const packed = ([red, green, blue]) =>
  ((255 << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0;
