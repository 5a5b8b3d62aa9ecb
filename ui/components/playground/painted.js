// The points while one paints: what is on screen, what the server has been told, and what was before.

import { ask, changed, store } from "./store.js";

const REMEMBERED = 50; // strokes that can be undone
const WAIT = 3000; // milliseconds for the server's answer to a stroke
let known = store.points; // points that are on screen by a stroke of ours
let told = null; // {sums, isAnswered} of the points that the server was told last
let isPainting = false;
const before = []; // what the points were before each stroke
let later = null; // points of the server that may be behind the hand

// Points have come from the server in the place of `old`. Where the hand has painted on since, what
// it painted stays on screen until the server has that too.
export function settle(old) {
  clearTimeout(later);
  const { points } = store;
  if (told && isTold(points)) told.isAnswered = true;
  if (!isPainting && (!told || told.isAnswered)) return;
  store.points = old;
  later = setTimeout(() => {
    if (told?.isAnswered) return;
    told = null;
    store.points = points;
    changed();
  }, WAIT);
}

// Whether these are the points that the server was told: it mixes and rounds them.
function isTold(points) {
  const most = 0.002 * points.targets.length;
  return !!told && sumsOf(points).every((sum, k) => Math.abs(sum - told.sums[k]) <= most);
}

function sumsOf({ x, targets }) {
  const sums = [targets.length, 0, 0, 0];
  targets.forEach((target, i) => {
    sums[1] += target;
    sums[2] += x[2 * i];
    sums[3] += x[2 * i + 1];
  });
  return sums;
}

// Strokes can be taken back until the points are others.
export function canUndo() {
  const { points } = store;
  if (points !== known && !isTold(points)) before.length = 0;
  known = points;
  return before.length > 0;
}

// A stroke begins or ends; `old`, where it has changed something, is what was before it.
export function begin() {
  isPainting = true;
}

export function end(old) {
  isPainting = false;
  if (!old) return;
  before.push(old);
  if (before.length > REMEMBERED) before.shift();
  tell();
}

export function undo() {
  if (!canUndo()) return;
  put(before.pop());
  tell();
}

// Shows other points.
export function put(points) {
  store.points = known = points;
  changed();
}

function tell() {
  const { classes } = store.arms[0].shape;
  put(within(store.points, classes));
  const { x, targets } = store.points;
  told = { sums: sumsOf(store.points), isAnswered: false };
  ask("points", { x: text(x), targets: text(targets), classes });
}

// Own points lie in the plane, and a function's values between −1 and 1; others may reach beyond.
function within({ x, targets, trainCount }, classes) {
  const limited = (most) => (value) => Math.max(-most, Math.min(most, value));
  return {
    x: x.map(limited(store.reach)),
    targets: classes ? targets : targets.map(limited(1)),
    trainCount,
  };
}

// float32 as base64.
function text(values) {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  let signs = "";
  for (const byte of bytes) signs += String.fromCharCode(byte);
  return btoa(signs);
}
