// A node of the graph as something to press: named, reached by keys, and with its state.

import { neuronName } from "./parameters.js";

// The button over a node's picture; `titles` are those of the inputs. What it is for is said below the
// graph: a tip would cover the nodes beside it.
export function nodeButton(node, shape, titles) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pg-node";
  button.tabIndex = -1;
  const [left, top, side] = [node.x, node.y, node.size].map((length) => `${length}px`);
  Object.assign(button.style, { left, top, width: side, height: side });
  if (node.layer < 0) {
    button.setAttribute("aria-label", `Input ${titles[node.name]}`);
    button.setAttribute("aria-pressed", String(node.neuron >= 0));
  } else {
    const name = neuronName(shape, node.layer, node.neuron);
    button.dataset.name = name[0].toUpperCase() + name.slice(1);
  }
  return button;
}

// Writes into it what has changed, and nothing else; `said` is its number at the place that is pointed at, "" without one.
export function showState(button, { isOff, isShown, isChosen, said }) {
  const state = `${isOff}${isShown}${isChosen}${said}`;
  if (button.dataset.state === state) return;
  button.dataset.state = state;
  button.classList.toggle("pg-node-shown", isShown);
  button.classList.toggle("pg-node-chosen", isChosen);
  if (button.dataset.name) {
    const name = `${button.dataset.name}${isOff ? ", switched off" : ""}`;
    button.setAttribute("aria-label", said ? `${name}: ${said}` : name);
    button.setAttribute("aria-pressed", String(isChosen));
  }
}

// What pointing at a node points at.
export const nodeTarget = (arm, { layer, neuron, name }) =>
  neuron < 0 ? { arm, kind: "input", name } : { arm, kind: "neuron", layer, neuron };
