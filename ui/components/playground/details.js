// What is pointed at or chosen, in words and numbers that stay true while it trains.

import { isLocked, lock, mayEdit, switchOff, type, usable } from "./editing.js";
import { formula } from "./formula.js";
import { format } from "./numbers.js";
import { isOutput, neuronName, parameterName } from "./parameters.js";
import { choose, isSame, pair, pointing, shown } from "./pointing.js";
import { store } from "./store.js";

// What one does with a mouse, and with fingers: to look, and to change.
const HINTS = {
  fine: [
    "Point at a neuron, a weight or a bias to see its numbers; a click keeps them in view.",
    "Drag a weight or a bias up or down to change it.",
  ],
  coarse: [
    "Tap a neuron, a weight or a bias to see its numbers.",
    "Drag the handle of a weight or a bias up or down to change it.",
  ],
};

export class Details {
  // `graphs`: of the arms, to type a weight over.
  constructor(element, graphs) {
    this.graphs = graphs;
    element.innerHTML = `<canvas class="pg-details-copy" width="176" height="176" aria-hidden="true"></canvas>
      <p class="pg-details-title"></p><p class="pg-details-words"></p>
      <div class="pg-details-buttons"></div>`;
    const find = (name) => element.querySelector(`.pg-${name}`);
    Object.assign(this, {
      element, title: find("details-title"), words: find("details-words"),
      buttons: find("details-buttons"), copy: find("details-copy"),
    });
    this.buttons.addEventListener("click", (event) => this.press(event.target.closest("button")?.dataset.act));
  }

  // `numbers`: what all neurons say of the place that is pointed at, if there is one.
  draw(numbers, titles, isCoarse) {
    const target = shown();
    const arm = target && store.arms[target.arm];
    if (!target) this.write("", hint(isCoarse));
    else if (target.kind === "parameter") this.parameter(target, arm, titles);
    else if (target.kind === "input" || target.layer < 0) this.input(target, arm, titles);
    else this.neuron(target, arm, titles, numbers?.[target.arm]);
    this.offer(pointing.chosen ? actsFor(pointing.chosen) : []);
    // Where it grows over what is pointed at, that stays pointed at.
    this.element.classList.toggle("pg-passing", !isSame(target, pointing.chosen));
  }

  // A small copy of the surface that is shown large elsewhere: on a phone that is out of sight.
  drawCopy(surfaces) {
    const target = shown();
    const hasOne = !!target && target.kind !== "parameter";
    this.element.classList.toggle("pg-copied", hasOne);
    if (!hasOne || !this.copy.clientWidth) return;
    const { sheet } = surfaces[target.arm];
    const side = this.copy.width;
    this.copy.getContext("2d").drawImage(sheet, 0, 0, sheet.width, sheet.height, 0, 0, side, side);
  }

  parameter({ index: place }, arm, titles) {
    const { gradients, changes, gradientsStep, snapshot } = arm;
    const isNone = snapshot?.step === 0; // before the first update
    const value = (values) => (isNone ? "–" : values ? format(values[place]) : "…");
    const isOlder = gradients && gradientsStep !== snapshot?.step;
    const when = store.held ? "before this change" : isOlder ? `of step ${gradientsStep}` : "";
    this.write(this.named(arm, parameterName(arm.shape, titles, place)),
      `<span class="pg-number"><b>${format(arm.weights[place])}</b></span>
      <span class="pg-number">gradient <b>${value(gradients)}</b></span>
      <span class="pg-number">last change <b>${value(changes)}</b></span>
      ${when && !isNone ? `<span class="pg-when">(${when})</span>` : ""}`);
  }

  input(target, arm, titles) {
    const name = target.name ?? arm.shape.inputs[target.neuron];
    const isThere = arm.shape.inputs.includes(name);
    const change = usable("inputs") ? ` A click ${isThere ? "takes it from" : "gives it to"} the network.` : "";
    this.write(this.named(arm, `Input ${titles[name]}`),
      `The network is ${isThere ? "" : "not "}given this of each point.${change}`);
  }

  neuron({ layer, neuron }, arm, titles, numbers) {
    const isOff = arm.off.has(`${layer},${neuron}`);
    const name = neuronName(arm.shape, layer, neuron);
    const here = numbers && !isOff ? ` = ${format(numbers[layer + 1][neuron], 3)} at the point` : "";
    this.write(this.named(arm, name[0].toUpperCase() + name.slice(1)),
      `<span class="pg-formula">${formula(arm, layer, neuron, titles)}${here}</span>`);
  }

  named(arm, name) {
    return store.arms.length > 1 ? `${arm.shape.title}: ${name}` : name;
  }

  write(title, words) {
    if (this.title.textContent !== title) this.title.textContent = title;
    if (this.written !== words) this.words.innerHTML = this.written = words;
  }

  // Puts the buttons there if they are others: they must not go under a finger.
  offer(buttons) {
    const key = JSON.stringify(buttons);
    if (key === this.key) return;
    this.key = key;
    const had = this.buttons.contains(document.activeElement) && document.activeElement.dataset.act;
    this.buttons.replaceChildren(...buttons.map(([act, text, help]) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "pg-button", textContent: text });
      button.dataset.act = act;
      button.title = help;
      return button;
    }));
    if (had) this.buttons.querySelector(`[data-act="${had}"]`)?.focus();
  }

  press(act) {
    const target = pointing.chosen;
    if (!act || !target) return;
    if (act === "type") type(this.graphs()[target.arm], target.index);
    else if (act === "lock") lock(target.arm, target.index);
    else if (act === "off") switchOff(target.arm, target.layer, target.neuron);
    else if (act === "pair") pair(!pointing.isPairing);
    else choose(target);
  }
}

function hint(isCoarse) {
  const [look, change] = HINTS[isCoarse ? "coarse" : "fine"];
  return mayEdit() ? `${look} ${change}` : look;
}

// What can be done with what is chosen: [act, words, help] each.
function actsFor({ arm: index, kind, index: place, layer, neuron }) {
  const { shape, off } = store.arms[index];
  const acts = [];
  if (kind === "parameter" && mayEdit()) {
    const words = isLocked(index, place) ? "Unlock" : "Lock";
    acts.push(["type", "Type a value", "Sets it to a number. Key: Enter."],
      ["lock", words, "Locked, training leaves it as it is. Key: L."]);
  }
  if (kind === "neuron" && layer >= 0 && !isOutput(shape, layer) && mayEdit()) {
    const words = off.has(`${layer},${neuron}`) ? "Switch on" : "Switch off";
    acts.push(["off", words, "Switched off, it says 0 and learns nothing. Key: Space."]);
  }
  if (kind === "neuron") {
    acts.push(["pair", pointing.isPairing ? "Now click a second neuron" : "Bend the plane",
      "Shows where this neuron and a second one that you click put the points of the plane."]);
  }
  return [...acts, ["close", "Deselect", "Nothing is kept in view. Key: Escape."]];
}
