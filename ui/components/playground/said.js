// What screen readers hear of the training: where it stands when it stops, and seldom while it plays.

import { fixed } from "./numbers.js";
import { element } from "./elements.js";
import { listen, store } from "./store.js";

const EVERY = 10_000; // milliseconds while it plays ...
const FIRST = 3_000; // ... and after its beginning
const REST = 400; // after the last change while it does not: a hand that drags says nothing

// Put it into an element; returns how to end it.
export function mountSaid(place) {
  const said = element("div", "pg-said pg-hidden");
  said.setAttribute("role", "status");
  said.setAttribute("aria-live", "polite");
  place.append(said);
  let saidAt = -Infinity;
  let wasPlaying = false;
  let later;
  const say = () => {
    clearTimeout(later);
    const begins = store.playing && !wasPlaying;
    saidAt = performance.now() - (begins ? EVERY - FIRST : 0);
    // Numbers of the beginning would be read out while they are long past.
    const words = begins ? "Training." : inWords();
    if (words !== said.textContent) said.textContent = words;
  };
  const stop = listen(() => {
    if (!store.ready) return;
    if (store.playing && (!wasPlaying || performance.now() - saidAt > EVERY)) say();
    if (!store.playing) {
      clearTimeout(later);
      later = setTimeout(say, REST);
    }
    wasPlaying = store.playing;
  });
  return () => {
    stop();
    clearTimeout(later);
  };
}

function inWords() {
  const state = store.playing ? "Training." : store.diverged ? store.diverged.words : "";
  const arms = store.arms.map(({ shape, snapshot: { epoch, trainLoss, testLoss } }) => {
    const name = store.arms.length > 1 ? `${shape.title}: ` : "";
    const test = testLoss === null ? "" : `, test ${fixed(testLoss, 3)}`;
    return `${name}Epoch ${fixed(epoch, 1)}, loss in training ${fixed(trainLoss ?? NaN, 3)}${test}.`;
  });
  return [state, ...arms].filter(Boolean).join(" ");
}
