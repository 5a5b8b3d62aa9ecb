// The bar that plays, pauses and steps, and the line that says where the training stands.

import { button, element } from "./elements.js";
import { noteElement, showNote } from "./note.js";
import { fixed } from "./numbers.js";
import { goTo, play, setSpeed, stay, step } from "./player.js";
import { mountSaid } from "./said.js";
import { ask, listen, store } from "./store.js";

const SPEEDS = [
  ["slow", "Slow", "Batch by batch, 10 a second, to see what each one does; at most 3 epochs a second."],
  ["normal", "Normal", "60 epochs a second."],
  ["full", "Full", "As fast as the server's share for you allows."],
];
const UNITS = [
  ["point", "+1 point", "Train with the next point alone."],
  ["batch", "+1 batch", "Train with the next batch."],
  ["epoch", "+1 epoch", "Train up to the end of this epoch."],
];

// Put it into an element; returns how to end it.
export function mountTransport(place) {
  const bar = element("div", "pg-transport");
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Training");

  const main = button("pg-play", "", "", playOrPause);
  const units = UNITS.map(([unit, text, help]) => button("", text, help, () => step(unit)));
  const speeds = element("div", "pg-speeds");
  speeds.setAttribute("role", "group");
  speeds.setAttribute("aria-label", "Speed");
  for (const [name, text, help] of SPEEDS) {
    const made = button("", text, help, () => setSpeed(name));
    made.dataset.speed = name;
    speeds.append(made);
  }
  const again = button("", "Again", "Again from the same weights, from step 0. Loading the page anew begins anew too.", () => ask("restart"));
  const renew = button("", "New weights", "Begin again with other random weights.", () => ask("renew"));
  const steps = element("div", "pg-steps", units);
  const starts = element("div", "pg-starts", [again, renew]);
  bar.append(main, steps, speeds, starts);

  const numbers = element("div", "pg-numbers");
  const note = noteElement("pg-note-over");
  place.append(bar, numbers, note);
  const endSaid = mountSaid(place);

  // Of the controls that a lesson hides or locks.
  const controls = { play: [main], step: [steps], speed: [speeds], again: [again], renew: [renew] };
  const show = () => {
    for (const [name, elements] of Object.entries(controls)) {
      for (const one of elements) {
        one.hidden = store.hidden.has(name);
        const isLocked = !store.ready || store.locked.has(name);
        for (const each of one.matches("button") ? [one] : one.children) each.disabled = isLocked;
      }
    }
    showPlay(main);
    for (const one of speeds.children) {
      one.setAttribute("aria-pressed", String(one.dataset.speed === store.speed));
    }
    if (!store.ready) return;
    showNumbers(numbers);
    showNote(note, ...noteOf());
  };

  const keys = (event) => onKey(event, place);
  const stage = place.closest(".pg-stage") ?? place;
  stage.addEventListener("keydown", keys);
  const stop = listen(show);
  show();
  return () => {
    stop();
    endSaid();
    stage.removeEventListener("keydown", keys);
  };
}

function playOrPause() {
  if (store.playing) stay();
  else play();
}

// The space bar plays wherever on the stage the focus is on nothing that it would press itself.
function onKey(event) {
  if (event.key !== " " || event.defaultPrevented || event.ctrlKey || event.altKey) return;
  if (event.target.closest("button, input, select, textarea, summary, [role=button]")) return;
  if (store.hidden.has("play") || store.locked.has("play")) return;
  event.preventDefault();
  playOrPause();
}

function showPlay(main) {
  const state = store.playing ? "pause" : "play";
  if (main.dataset.state === state) return;
  main.dataset.state = state;
  main.setAttribute("aria-label", store.playing ? "Pause" : "Play");
  main.textContent = store.playing ? "❚❚ Pause" : "▶ Play";
  main.title = store.playing ? "Stand still here (space bar)." : "Train on from here (space bar).";
}

// Keep the numbers of each network up to date: 30 times a second only their text changes.
function showNumbers(place) {
  const [{ snapshot: first }] = store.arms;
  const epoch = fixed(first.epoch, first.epoch < 100 ? 1 : 0);
  const at = first.step.toLocaleString("en");
  const said = store.arms.map(({ shape, snapshot }) => measured(shape, snapshot));
  const key = said.map((of) => of.map(([name]) => name)).join() + store.arms.length;
  if (place.dataset.key !== key) {
    place.dataset.key = key;
    const value = () => element("b");
    const lines = said.map((of, k) => {
      const title = store.arms.length > 1 ? [element("span", "", [store.arms[k].shape.title])] : [];
      const each = of.map(([name]) => element("span", "", [`${name} `, value()]));
      return element("span", "pg-losses", [...title, ...each]);
    });
    const here = [element("span", "", ["Epoch ", value()]), element("span", "", ["Step ", value()])];
    place.replaceChildren(element("span", "pg-epoch", here), ...lines);
    place.classList.toggle("pg-of-two", lines.length > 1);
  }
  const values = [epoch, at, ...said.flat().map(([, value]) => value)];
  place.querySelectorAll("b").forEach((one, k) => {
    if (one.textContent !== values[k]) one.textContent = values[k];
  });
}

// What is said of a network, as pairs of a name and a value.
function measured({ classes }, { trainLoss, testLoss, trainScore, testScore }) {
  const score = (value) => (classes ? `${fixed(100 * (value ?? NaN), 1)} %` : fixed(value ?? NaN, 3));
  const name = classes ? "Accuracy" : "R²";
  const isTested = testLoss !== null || testScore !== null;
  return [
    ["Training loss", fixed(trainLoss ?? NaN, 4)],
    ...(isTested ? [["Test loss", fixed(testLoss ?? NaN, 4)]] : []),
    isTested ? [`${name} (test)`, score(testScore)] : [name, score(trainScore)],
  ];
}

// Why it does not go on, and what to do about it.
function noteOf() {
  const of = (arm) => (store.arms.length > 1 ? `${store.arms[arm].shape.title}: ` : "");
  if (store.diverged) {
    const { arm, words, to } = store.diverged;
    // The other network goes to the same epoch.
    const back = () => goTo(stepsAt(arm, to));
    const help = "To the last moment at which the loss was no larger than at the start.";
    return [of(arm) + words, [`Back to step ${to.toLocaleString("en")}`, help, back]];
  }
  if (store.stopped) {
    const { arm, why } = store.stopped;
    return [
      of(arm) + (why === "loss" ? "Stopped: the loss is as small as asked." : "Stopped: nothing moves any more."),
      ["Go on", "Train on from here.", play],
    ];
  }
  return [""];
}

function stepsAt(arm, step) {
  const { snapshot } = store.arms[arm];
  const epoch = snapshot.step ? (step * snapshot.epoch) / snapshot.step : 0;
  return store.arms.map((other, k) => (k === arm ? step : other.history.near(epoch).step));
}
