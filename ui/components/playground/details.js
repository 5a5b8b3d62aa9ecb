// What is pointed at or chosen, in words and numbers that stay true while it trains.

import { isLocked, lock, mayEdit, switchOff, type } from "./editing.js";
import { formula } from "./formula.js";
import { format } from "./numbers.js";
import { isOutput, neuronName, parameterName } from "./parameters.js";
import { choose, pair, pointing, shown } from "./pointing.js";
import { store } from "./store.js";

const HINTS = {
  fine: "Point at a neuron, a weight or a bias to see its numbers; a click keeps them in view. " +
    "Drag a weight or a bias up or down to change it.",
  coarse: "Tap a neuron, a weight or a bias to see its numbers. " +
    "Drag the handle of a weight or a bias up or down to change it.",
};

export class Details {
  // `graphs`: of the arms, to type a weight over.
  constructor(element, graphs) {
    this.graphs = graphs;
    element.innerHTML = `<p class="pg-details-title"></p><p class="pg-details-words"></p>
      <div class="pg-details-buttons"></div>`;
    const find = (name) => element.querySelector(`.pg-${name}`);
    Object.assign(this, {
      element, title: find("details-title"), words: find("details-words"),
      buttons: find("details-buttons"),
    });
    this.buttons.addEventListener("click", (event) => this.press(event.target.closest("button")?.dataset.act));
  }

  // `numbers`: what all neurons say of the place that is pointed at, if there is one.
  draw(numbers, titles, isCoarse) {
    const target = shown();
    const arm = target && store.arms[target.arm];
    if (!target) this.write("", HINTS[isCoarse ? "coarse" : "fine"], []);
    else if (target.kind === "parameter") this.parameter(target, arm, titles);
    else if (target.kind === "input" || target.layer < 0) this.input(target, arm, titles);
    else this.neuron(target, arm, titles, numbers?.[target.arm]);
  }

  parameter({ arm: index, index: place }, arm, titles) {
    const value = (values) => (values ? format(values[place]) : "…");
    const step = arm.gradientsStep === undefined || arm.gradientsStep === arm.snapshot?.step ? ""
      : ` <span class="pg-when">(of step ${arm.gradientsStep})</span>`;
    this.write(this.named(arm, parameterName(arm.shape, titles, place)),
      `<span class="pg-number"><b>${format(arm.weights[place])}</b></span>
      <span class="pg-number">gradient <b>${value(arm.gradients)}</b></span>
      <span class="pg-number">last change <b>${value(arm.changes)}</b></span>${arm.gradients ? step : ""}`,
      !mayEdit() ? [] : [
        ["type", "Type a value", "Enter", "Sets it to a number."],
        ["lock", isLocked(index, place) ? "Unlock" : "Lock", "L", "Locked, training leaves it as it is."],
      ]);
  }

  input(target, arm, titles) {
    const name = target.name ?? arm.shape.inputs[target.neuron];
    const isThere = arm.shape.inputs.includes(name);
    this.write(this.named(arm, `Input ${titles[name]}`),
      isThere ? "The network is given this of each point." : "The network is not given this.", []);
  }

  neuron({ layer, neuron }, arm, titles, numbers) {
    const isOff = arm.off.has(`${layer},${neuron}`);
    const name = neuronName(arm.shape, layer, neuron);
    const here = numbers && !isOff ? ` = ${format(numbers[layer + 1][neuron], 3)} at the point` : "";
    const buttons = [];
    if (!isOutput(arm.shape, layer) && mayEdit()) {
      buttons.push(["off", isOff ? "Switch on" : "Switch off", "Space", "Switched off, it says 0 and learns nothing."]);
    }
    if (pointing.chosen?.kind === "neuron") {
      buttons.push(["pair", pointing.isPairing ? "Now click a second neuron" : "Bend the plane", "",
        "Shows where this neuron and a second one that you click put the points of the plane."]);
    }
    this.write(this.named(arm, name[0].toUpperCase() + name.slice(1)),
      `<span class="pg-formula">${formula(arm, layer, neuron, titles)}${here}</span>`, buttons);
  }

  named(arm, name) {
    return store.arms.length > 1 ? `${arm.shape.title}: ${name}` : name;
  }

  // Writes what has changed, and nothing else: buttons must not go under a finger.
  write(title, words, buttons) {
    if (this.title.textContent !== title) this.title.textContent = title;
    if (this.written !== words) this.words.innerHTML = this.written = words;
    const isKept = !!pointing.chosen;
    const all = isKept ? [...buttons, ["close", "Let go", "Esc", "Nothing is kept in view."]] : buttons;
    const key = JSON.stringify([all, isKept]);
    if (key === this.key) return;
    this.key = key;
    const had = this.buttons.contains(document.activeElement) && document.activeElement.dataset.act;
    this.buttons.replaceChildren(...all.map(([act, text, shortcut, help]) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "pg-button", textContent: text });
      button.dataset.act = act;
      button.title = shortcut ? `${help} Key: ${shortcut}.` : help;
      return button;
    }));
    if (had) this.buttons.querySelector(`[data-act="${had}"]`)?.focus();
  }

  press(act) {
    const target = shown();
    if (!act || !target) return;
    if (act === "type") type(this.graphs()[target.arm], target.index);
    else if (act === "lock") lock(target.arm, target.index);
    else if (act === "off") switchOff(target.arm, target.layer, target.neuron);
    else if (act === "pair") pair(!pointing.isPairing);
    else choose(pointing.chosen);
  }
}
