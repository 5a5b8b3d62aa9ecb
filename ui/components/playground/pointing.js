// What of the picture is pointed at, and what is chosen, which stays so when the pointer has gone.
//
// A target is one of {arm, kind: "neuron", layer, neuron}, with layer -1 for an input that the
// network has; {arm, kind: "input", name} for one that it hasn't; {arm, kind: "parameter", index}.

import { isOutput, layerCount } from "./parameters.js";
import { changed, store } from "./store.js";

export const pointing = {
  at: null, // the target under the pointer or with the focus
  chosen: null,
  second: null, // a second neuron, to see how the two bend the plane
  isPairing: false, // the next neuron that is chosen is the second one
  place: null, // [x1, x2] in the plane
};

export const isSame = (a, b) =>
  a === b || (!!a && !!b && a.kind === b.kind && a.arm === b.arm && a.layer === b.layer &&
    a.neuron === b.neuron && a.index === b.index && a.name === b.name);

export function pointAt(target) {
  if (isSame(pointing.at, target)) return;
  pointing.at = target;
  changed();
}

export function pointAtPlace(place) {
  if (!place && !pointing.place) return;
  pointing.place = place;
  changed();
}

// Chooses a target; the one that is chosen already is let go.
export function choose(target) {
  if (pointing.isPairing && target?.kind === "neuron" && target.arm === pointing.chosen.arm) {
    pointing.isPairing = false;
    if (!isSame(target, pointing.chosen)) pointing.second = target;
  } else {
    pointing.chosen = isSame(pointing.chosen, target) ? null : target;
    pointing.second = null;
    pointing.isPairing = false;
  }
  changed();
}

// The same, but it stays chosen where it is already.
export function keep(target) {
  if (!isSame(pointing.chosen, target)) choose(target);
}

export function pair(isPairing) {
  Object.assign(pointing, { isPairing, second: null });
  changed();
}

// What the words and numbers are about.
export const shown = () => pointing.at ?? pointing.chosen;

// The neuron [layer, neuron] whose surface is shown large in an arm; of the output null, since
// there may be several.
export function shownNeuron(arm, shape) {
  for (const target of [pointing.at, pointing.chosen]) {
    if (target?.kind !== "neuron" || target.arm !== arm) continue;
    const isAll = isOutput(shape, target.layer) && shape.widths.at(-1) === 1;
    return isAll ? null : [target.layer, target.neuron];
  }
  return null;
}

// Forgets what is no longer there: the network may have another shape.
export function forgetMissing() {
  for (const name of ["at", "chosen", "second"]) {
    if (pointing[name] && !exists(pointing[name])) pointing[name] = null;
  }
  if (pointing.chosen?.kind !== "neuron") Object.assign(pointing, { second: null, isPairing: false });
}

function exists({ arm, kind, layer, neuron, index }) {
  const shape = store.arms[arm]?.shape;
  if (!shape) return false;
  if (kind === "parameter") return index < shape.count;
  if (kind === "input") return true;
  return layer < layerCount(shape) && neuron < shape.widths[layer + 1];
}
