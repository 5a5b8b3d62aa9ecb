// Plays what the server trains: it asks for the next piece while the last one is on screen.
//
// The server is mostly ahead of the screen. Whatever a hand does to what is on screen is told with
// its run and step, and the server goes there first.

import { Asking } from "./asking.js";
import { History } from "./history.js";
import { Playback } from "./playback.js";
import { onLeaving, stand } from "./leaving.js";
import { changed, connect, store } from "./store.js";

const FIRST = 0.1; // seconds of the first piece, so that playing begins at once ...
const USUAL = 0.4; // ... and of the others, where answers come in time
const LONGEST = 1;
const MARGIN = 0.06; // seconds that an answer may be late
const LONGEST_FRAME = 0.25; // seconds; what a browser was away for is not caught up with

const LEAVING = 3000; // milliseconds in which another page comes, or does not

// Questions that leave the training where it is.
const STAYING = new Set(["go", "show"]);

const asking = new Asking();
const playback = new Playback();
let tail = []; // of each network, where the server is: [run, step]
let serial = null; // of the answer taken last
let pending = null; // an answer that waits for the shapes that belong to it
let begins = true; // whether the next piece is the first one
let isRunning = false;
let ranAt = null; // time of the animation frame before

// --- what the visitor does

export function play() {
  if (store.playing || !store.ready) return;
  Object.assign(store, { playing: true, diverged: null, stopped: null });
  begins = true;
  drop();
  run();
  changed();
}

// Pause, and have the server come to what is on screen.
export function stay() {
  store.playing = false;
  act("go");
}

export function step(unit) {
  Object.assign(store, { playing: false, diverged: null, stopped: null });
  act("step", { unit });
}

export function setSpeed(speed) {
  store.speed = speed;
  act("show", { speed });
}

// Show each network as it was at this epoch; the server hears of it by `stay`.
export function rewind(epoch) {
  Object.assign(store, { playing: false, held: false, diverged: null, stopped: null });
  for (const arm of store.arms) show(arm, arm.history.near(epoch));
  drop();
  changed();
}

// Go to these steps, of each network, which need not be kept here.
export function goTo(steps) {
  Object.assign(store, { playing: false, diverged: null, stopped: null });
  const at = store.arms.map(({ run }, k) => [run, steps[k]]);
  asking.ask(() => ({ kind: "go", at, jumps: true }));
  changed();
}

// Whether what is on screen is not the newest.
export function isRewound() {
  return store.arms.some(({ snapshot, history }) => snapshot.step < history.last.step);
}

// --- asking the server

// Ask for something that is about what is on screen when its turn has come.
function act(kind, details = {}) {
  // What says all that matters takes the place of what waits to say it.
  const names = { edit: `edit ${details.arm} ${details.index}`, points: "points" };
  const name = names[kind] ?? null;
  asking.ask(() => {
    drop();
    return { kind, ...details, at: tail };
  }, name);
  changed();
}

// What was sent ahead is not shown any more: the server is to go on from what is.
function drop() {
  playback.drop();
  tail = store.arms.map(({ run, snapshot }) => [run, snapshot.step]);
}

function askForMore() {
  if (store.held || document.hidden || !asking.isFree) return;
  const { left } = playback;
  if (left > Math.max(1.5 * asking.latency, FIRST) + MARGIN) return;
  const usual = Math.min(LONGEST, Math.max(USUAL, 2 * asking.latency));
  const seconds = begins || left <= 0 ? FIRST : usual;
  asking.ask(() => ({ kind: "more", speed: store.speed, seconds, begins, at: tail }));
  begins = false;
}

function run() {
  if (isRunning) return;
  isRunning = true;
  ranAt = null;
  requestAnimationFrame(tick);
}

function tick(now) {
  isRunning = store.playing;
  if (!isRunning) return;
  const passed = ranAt === null ? 0 : Math.min((now - ranAt) / 1000, LONGEST_FRAME);
  ranAt = now;
  if (!store.held) advance(passed);
  if (store.playing) askForMore();
  requestAnimationFrame(tick);
}

function advance(seconds) {
  const due = playback.advance(seconds);
  if (!due.length) return;
  for (const { moments } of due) moments.forEach((moment, k) => store.arms[k].history.add(moment));
  const { moments, ends } = due.at(-1);
  moments.forEach((moment, k) => show(store.arms[k], moment));
  end(ends);
  changed();
}

// --- what the server answers

// The way to the server, and its newest answer; the same one comes again when the page runs.
export function take(reply, send) {
  stand();
  if (reply && reply.serial !== serial) {
    serial = reply.serial;
    pending = { reply, asked: asking.answered(reply.answer) };
    takePending();
  }
  asking.open(send);
}

// The part has left the page.
export function leave() {
  Object.assign(store, { playing: false, held: false });
  asking.close();
  if (store.ready) drop();
}

// An answer is taken once the stage has the shapes that belong to it: both come by themselves.
function takePending() {
  const { shapes } = store;
  if (!shapes) return;
  const fits = (arms) =>
    arms.length === shapes.length && arms.every(({ key }, k) => key === shapes[k].key);
  if (fits(store.arms)) store.arms.forEach((arm, k) => (arm.shape = shapes[k]));
  if (!pending || !fits(pending.reply.arms)) return;
  const { reply, asked } = pending;
  pending = null;
  const isSame =
    reply.arms.length === store.arms.length &&
    reply.arms.every(({ run, key }, k) => run === store.arms[k].run && key === store.arms[k].key);
  if (!isSame) startAnew(reply, shapes);
  else if (asked?.kind === "more") append(reply);
  else settle(reply, asked);
  // What is locked and switched off holds for all moments.
  reply.arms.forEach(({ locked, off }, k) => {
    store.arms[k].locked = new Set(locked);
    store.arms[k].off = new Set(off.map(String));
  });
  changed();
}

function startAnew(reply, shapes) {
  store.arms = reply.arms.map(({ run, key, moments }, k) => {
    const before = store.arms[k];
    // The curve before stays in sight, but not that of another network.
    const isAlike = before && (before.key === key || before.run === run);
    const history = isAlike ? before.history : new History();
    history.leave();
    const arm = { key, run, shape: shapes[k], history, locked: new Set(), off: new Set() };
    history.add(moments.at(-1));
    show(arm, moments.at(-1));
    return arm;
  });
  Object.assign(store, { ready: true, held: false, diverged: null, stopped: null });
  begins = true;
  drop();
}

// The next piece; but what was asked meanwhile is about what is on screen, which it is not.
function append(reply) {
  if (!store.playing || store.held || !asking.isFree) return drop();
  playback.add(reply, endOf(reply));
  tail = placesOf(reply);
}

// The answer to an act, or to none: then the page has run.
function settle(reply, asked) {
  if (asked?.kind === "edit") store.held = false;
  if (store.held) return;
  if (asked && asking.queue.length) return; // the hand is elsewhere by now, and tells it
  const trains = asked !== null && !STAYING.has(asked.kind);
  if (!trains && !asked?.jumps) {
    drop();
    if (String(placesOf(reply)) !== String(tail)) return;
  }
  reply.arms.forEach(({ moments: [moment] }, k) => {
    const arm = store.arms[k];
    if (trains) arm.history.add(moment);
    else arm.history.replace(moment);
    show(arm, moment);
  });
  drop();
  end(endOf(reply));
}

const placesOf = ({ arms }) => arms.map(({ run, moments }) => [run, moments.at(-1).step]);

// Why the training does not go on; null where it does.
function endOf({ arms }) {
  const diverged = arms.findIndex((arm) => arm.diverged);
  const stopped = arms.findIndex((arm) => arm.stopped);
  if (diverged < 0 && stopped < 0) return null;
  return {
    diverged: diverged < 0 ? null : { arm: diverged, ...arms[diverged].diverged },
    stopped: stopped < 0 ? null : { arm: stopped, why: arms[stopped].stopped },
  };
}

function end(ends) {
  if (ends) Object.assign(store, ends, { playing: false });
}

// --- on screen

function show(arm, moment) {
  arm.snapshot = moment;
  arm.weights = moment.weights;
  // Of a large network they come seldomer: while it plays, the newest that were said stay.
  if (moment.gradients) {
    Object.assign(arm, { gradients: moment.gradients, changes: moment.changes });
    arm.gradientsStep = moment.step;
  } else if (!store.playing && arm.gradientsStep !== moment.step) {
    Object.assign(arm, { gradients: null, changes: null, gradientsStep: null });
  }
}

connect({ ask: act, takeShapes: takePending });
onLeaving(() => asking.beSilent(LEAVING));
