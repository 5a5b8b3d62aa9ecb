// What one changes in a network with the hand: weights and biases, locks, and neurons switched off.

import { format, parse } from "./numbers.js";
import { parameterName } from "./parameters.js";
import { keep } from "./pointing.js";
import { ask, letGo, setWeight, store } from "./store.js";

const PER_PIXEL = 0.02;
const FINE = 0.1; // of it with the Shift key
const STEP = 0.1; // of a key
const REST = 500; // milliseconds after the last key
const LARGEST = 1000; // as nn/plane/training.py has it

const limited = (value) => Math.max(-LARGEST, Math.min(LARGEST, value));

// Whether a lesson leaves a control, by its name.
export const usable = (name) => !store.hidden.has(name) && !store.locked.has(name);

export const mayEdit = () => usable("weights");

export function isLocked(arm, index) {
  return store.arms[arm].locked.has(index);
}

export function lock(arm, index) {
  if (mayEdit()) ask("lock", { arm, index, on: !isLocked(arm, index) });
}

export function switchOff(arm, layer, neuron) {
  if (!mayEdit() || layer < 0 || layer >= store.arms[arm].shape.widths.length - 2) return;
  ask("off", { arm, layer, neuron, on: store.arms[arm].off.has(`${layer},${neuron}`) });
}

export function toggleInput(arm, name) {
  const { inputs } = store.arms[arm].shape;
  if (!usable("inputs") || (inputs.length === 1 && inputs[0] === name)) return;
  ask("input", { arm, name });
}

// A change with the hand: `move` as often as it moves, `end` once.
export class Drag {
  constructor(arm, index, y) {
    Object.assign(this, { arm, index, y, from: store.arms[arm].weights[index] });
    this.value = this.from;
    this.isMoved = false;
  }

  move(y, isFine) {
    const steps = (this.y - y) * PER_PIXEL * (isFine ? FINE : 1);
    // Each move counts from the last, so that Shift may come and go.
    this.y = y;
    this.value = limited(this.value + steps * Math.max(1, Math.abs(this.from) / 2));
    this.isMoved ||= steps !== 0;
    setWeight(this.arm, this.index, this.value);
  }

  end() {
    if (this.isMoved) ask("edit", { arm: this.arm, index: this.index, value: this.value });
  }

  giveUp() {
    if (this.isMoved) letGo();
  }
}

let nudged = null;

// A step up or down with a key; the server is told when the keys rest, or by `endNudging`.
export function nudge(arm, index, direction) {
  if (!mayEdit()) return;
  const value = limited(store.arms[arm].weights[index] + direction * STEP);
  setWeight(arm, index, value);
  if (nudged && (nudged.arm !== arm || nudged.index !== index)) tell();
  clearTimeout(nudged?.later);
  nudged = { arm, index, value, later: setTimeout(tell, REST) };
}

// What is pressed next is about what the keys have made.
export function endNudging() {
  if (nudged) tell();
}

function tell() {
  const { arm, index, value, later } = nudged;
  clearTimeout(later);
  nudged = null;
  ask("edit", { arm, index, value });
}

// Opens a box over the graph to type a weight or bias.
export function type(graph, index) {
  if (!mayEdit()) return;
  keep({ arm: graph.index, kind: "parameter", index });
  const before = document.activeElement;
  const box = document.createElement("form");
  box.className = "pg-type";
  box.innerHTML = `<input inputmode="decimal" autocomplete="off"><span role="alert"></span>`;
  const [input, alert] = box.children;
  input.value = format(graph.arm.weights[index], 4);
  input.setAttribute("aria-label", `${parameterName(graph.shape, graph.titles, index)}: new value`);
  input.title = "Enter sets it, Escape leaves it as it was.";
  const [x, y] = graph.edges.middle(index);
  const left = Math.max(56, Math.min(x, graph.layout.width - 56));
  Object.assign(box.style, { left: `${left}px`, top: `${y}px` });
  let isOver = false;
  const close = () => {
    if (isOver) return;
    isOver = true;
    const hadFocus = box.contains(document.activeElement);
    box.remove();
    if (hadFocus) (before?.isConnected ? before : graph.keys.home.button).focus({ preventScroll: true });
  };
  box.addEventListener("submit", (event) => {
    event.preventDefault();
    const value = parse(input.value);
    if (!Number.isFinite(value) || Math.abs(value) > LARGEST) {
      alert.textContent = "A number from −1,000 to 1,000, such as 0.5.";
      return;
    }
    setWeight(graph.index, index, value);
    ask("edit", { arm: graph.index, index, value });
    close();
  });
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") close();
  });
  input.addEventListener("blur", () => setTimeout(close));
  graph.sheet.append(box);
  input.focus();
  input.select();
}
