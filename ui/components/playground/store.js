// What all parts of the Playground look at: the networks as they are on screen at this moment.
//
// The page is drawn in two components, the stage and the stream of the server's answers. Both import
// this one module, and so do all parts of the stage.

// arms: of each network
//   shape: {title, key, inputs, widths, activations, classes, loss, count}
//   run: a name for the training, new with each start
//   weights: Float32Array of all parameters in the order of nn, null in the first moment
//   snapshot: {step, epoch, trainLoss, testLoss, trainScore, testScore}; null for a loss that is none
//   locked: Set of indices of parameters; off: Set of "layer,neuron", 0 for the first hidden layer
//   gradients, changes: Float32Array, or null before the server has said them; gradientsStep: of when
//   history: the snapshots that are kept, and the curves that were left, see history.js
// shapes: those of the networks that the page has; null before it has said so
// points: {x, targets, trainCount}; show: {test, discrete}; hidden, locked: Sets of names of controls
// speed: "slow", "normal" or "full"
// playing: whether it plays; held: whether it stands still under a hand
// lesson: which step of which lesson
// diverged: {words, to} where numbers ran away; stopped: why a rule has stopped it
export const store = {
  ready: false,
  arms: [],
  shapes: null,
  points: { x: new Float32Array(), targets: new Float32Array(), trainCount: 0 },
  labels: { inputs: {} },
  show: { test: false, discrete: false },
  speed: "normal",
  hidden: new Set(),
  locked: new Set(),
  reach: 6,
  playing: false,
  held: false,
  lesson: "",
  diverged: null,
  stopped: null,
};

const listeners = new Set();
let waiting = false;

// Call `listener` in the frame after a change, at most once a frame; returns how to stop that.
export function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// Something in the store has changed.
export function changed() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(tell);
}

function tell() {
  waiting = false;
  for (const listener of [...listeners]) listener(store);
}

let port = null;

// The part that talks with the server says how: `ask(kind, details)` and `takeShapes()`.
export function connect(to) {
  port = to;
}

// Have the server do something with what is on screen: kinds and details as in acts.py.
export function ask(kind, details = {}) {
  port?.ask(kind, details);
}

// Change a parameter on screen, while a hand drags it: the server is told at the end, by
// ask("edit"). Until then nothing moves by itself.
export function setWeight(arm, index, value) {
  const changing = store.arms[arm];
  const kept = changing.snapshot.weights; // which stay as they were
  if (changing.weights === kept) changing.weights = kept.slice();
  changing.weights[index] = value;
  store.held = true;
  changed();
}

// The hand has given up: what it has changed is as it was.
export function letGo() {
  if (!store.held) return;
  store.held = false;
  for (const arm of store.arms) if (arm.snapshot) arm.weights = arm.snapshot.weights;
  changed();
}

// What the page run sends for the stage.
export function takeStage(data) {
  store.shapes = data.arms;
  store.points = {
    x: floats(data.points.x),
    targets: floats(data.points.targets),
    trainCount: data.points.trainCount,
  };
  store.labels = data.labels;
  takeShow(data.show);
  store.hidden = new Set(data.hidden);
  store.locked = new Set(data.locked);
  store.reach = data.reach;
  // Another step of a lesson has something to be read first.
  if (store.lesson !== data.lesson) Object.assign(store, { lesson: data.lesson, playing: false });
  port?.takeShapes();
  changed();
}

let told = {};

// What the page says anew of how it is shown; the hand may have chosen otherwise since it ran.
function takeShow(show) {
  if (show.test !== told.test) store.show.test = show.test;
  if (show.discrete !== told.discrete) store.show.discrete = show.discrete;
  if (show.speed !== told.speed) store.speed = show.speed;
  told = show;
}

// float32 as base64.
function floats(text) {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  return new Float32Array(bytes.buffer);
}
