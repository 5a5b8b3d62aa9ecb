// Numbers of the step as they are written beside bars and in terms.

import { withDigits } from "./paint.js";

export const tenth = (value) => value.toFixed(1).replace("-", "−");

// A number in few characters; sums and powers of e may be too large for one.
export function short(value, digits = 2) {
  if (value === Infinity) return "∞";
  return Number.isNaN(value) ? "NaN" : withDigits(value, digits);
}

// A probability, which is never 0 or 1; no longer than the others.
export function share(probability) {
  const text = probability.toFixed(3);
  return { "0.000": "<.001", "1.000": ">.999" }[text] ?? text;
}

// The same with all that is known of it; `rest`: what it lacks to 1.
export function fineShare(probability, rest) {
  if (rest < 0.001) return rest === 0 ? "1" : `1 − ${short(rest, 4)}`;
  return short(probability, 3);
}

// A part of the gradient.
export function slope(value) {
  if (Math.abs(value) < 0.0005) return "0.000";
  return `${value > 0 ? "+" : "−"}${Math.abs(value).toFixed(3)}`;
}

export const classTerm = (k) => `k${k}`;
