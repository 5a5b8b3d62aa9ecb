// The graph with the keyboard: one stop for the Tab key, and arrow keys from neuron to weight to
// neuron. Against the stream of the network lie a neuron's bias and weights, one beside the other.

import { endNudging, lock, nudge, switchOff, type } from "./editing.js";
import { format } from "./numbers.js";
import { parameterAt, parameterName } from "./parameters.js";
import { choose, pointAt, pointing } from "./pointing.js";

const STEPS = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
};

export class GraphKeys {
  constructor(graph) {
    this.graph = graph;
    this.home = null; // the node that Tab comes to
    this.handle = null; // stands for the weight or bias that is chosen
    const { sheet } = graph;
    sheet.addEventListener("keydown", (event) => this.press(event));
    sheet.addEventListener("focusin", ({ target }) => this.focused(target));
    sheet.addEventListener("focusout", ({ relatedTarget }) => {
      endNudging();
      if (!sheet.contains(relatedTarget)) pointAt(null);
    });
  }

  // `renew` makes all nodes anew: the focus goes on to the one that is in the place of the last.
  renewed(renew) {
    const { graph } = this;
    const had = document.activeElement;
    const before = graph.sheet.contains(had) ? this.home : null;
    renew();
    this.handle?.remove();
    this.handle = null;
    const like = (node) => graph.nodes.find(({ layer, neuron, name }) =>
      layer === node?.layer && (layer < 0 ? name === node.name : neuron === node.neuron));
    this.home = like(this.home) ?? graph.nodes.find(({ layer }) => layer === 0) ?? graph.nodes[0];
    this.home.button.tabIndex = 0;
    if (before) this.home.button.focus({ preventScroll: true });
  }

  focused(element) {
    const node = this.graph.nodeOf(element);
    if (node) {
      this.stop(node);
      // A press with the pointer is told by itself.
      if (element.matches(":focus-visible")) pointAt(node.target);
    } else if (element === this.handle) {
      pointAt(this.target());
    }
  }

  stop(node) {
    this.home.button.tabIndex = -1;
    this.home = node;
    node.button.tabIndex = 0;
  }

  press(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.matches("input")) return;
    const node = this.graph.nodeOf(event.target);
    const isHandle = event.target === this.handle;
    if (!node && !isHandle) return;
    if (this.act(event, node)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  // True if the key meant something.
  act({ key }, node) {
    const { graph } = this;
    const step = STEPS[key];
    if (step) {
      const [along, across] = graph.layout.isDown ? [step[1], step[0]] : step;
      if (node) this.fromNode(node, along, across);
      else this.fromParameter(along, across);
      return true;
    }
    if (key === "Escape") {
      if (pointing.chosen) choose(pointing.chosen);
      return true;
    }
    if (node) {
      if (node.layer < 0 || (key !== " " && key !== "Enter")) return false; // a press of the button
      if (key === " ") switchOff(graph.index, node.layer, node.neuron);
      else choose(node.target);
      return true;
    }
    const { index } = this.target();
    if (key === "Enter") type(graph, index);
    else if (key === "l" || key === "L") lock(graph.index, index);
    else if (key === "+" || key === "=") nudge(graph.index, index, 1);
    else if (key === "-" || key === "−") nudge(graph.index, index, -1);
    else return false;
    return true;
  }

  fromNode(node, along, across) {
    const { graph } = this;
    if (along < 0 && node.layer >= 0) this.goToParameter(this.feeding(node)[1] ?? null);
    else if (along > 0) {
      const next = graph.nodes.filter(({ layer }) => layer === node.layer + 1);
      const nearest = next.sort((a, b) => distance(a, node) - distance(b, node))[0];
      nearest?.button.focus();
    } else if (across) {
      const beside = graph.nodes.filter(({ layer }) => layer === node.layer);
      beside[beside.indexOf(node) + across]?.button.focus();
    }
  }

  fromParameter(along, across) {
    const { graph } = this;
    const { layer, from, to } = parameterAt(graph.shape, this.target().index);
    const node = graph.nodes.find((one) => one.layer === layer && one.neuron === to);
    if (along > 0) node.button.focus();
    else if (along < 0 && from !== null) {
      graph.nodes.find((one) => one.layer === layer - 1 && one.neuron === from)?.button.focus();
    } else if (across) {
      const beside = this.feeding(node);
      const next = beside[beside.indexOf(this.target().index) + across];
      if (next !== undefined) this.goToParameter(next);
    }
  }

  // A neuron's bias and its weights.
  feeding({ layer, neuron }) {
    const { edges } = this.graph;
    const isOf = ({ index }) => {
      const at = parameterAt(this.graph.shape, index);
      return at.layer === layer && at.to === neuron;
    };
    return [...edges.biases.filter(isOf), ...edges.layers[layer].curves.filter(isOf)].map(({ index }) => index);
  }

  target() {
    return { arm: this.graph.index, kind: "parameter", index: Number(this.handle.dataset.index) };
  }

  goToParameter(index) {
    if (index === null) return;
    this.putHandle(index);
    this.handle.focus();
  }

  // A new button for each, so that it is read out when it gets the focus.
  putHandle(index) {
    const { graph } = this;
    if (this.handle?.dataset.index === String(index)) return;
    const old = this.handle;
    this.handle = document.createElement("button");
    Object.assign(this.handle, { type: "button", className: "pg-handle" });
    this.handle.dataset.index = index;
    this.handle.title = "Drag up or down to change it; Enter or a double click types it, L locks it.";
    const [x, y] = graph.edges.middle(index);
    Object.assign(this.handle.style, { left: `${x}px`, top: `${y}px` });
    this.name();
    graph.nodesBox.append(this.handle);
    if (document.activeElement === old) this.handle.focus({ preventScroll: true });
    old?.remove();
  }

  name() {
    const { graph, handle } = this;
    const index = Number(handle.dataset.index);
    const locked = graph.arm.locked.has(index) ? ", locked" : "";
    const name = parameterName(graph.shape, graph.titles, index);
    const text = `${name}: ${format(graph.arm.weights[index], 3)}${locked}`;
    if (handle.getAttribute("aria-label") !== text) handle.setAttribute("aria-label", text);
  }

  // The handle is at what is chosen, or has the focus.
  follow() {
    const { chosen } = pointing;
    const isHere = chosen?.kind === "parameter" && chosen.arm === this.graph.index;
    if (isHere && document.activeElement !== this.handle) this.putHandle(chosen.index);
    else if (!isHere && this.handle && document.activeElement !== this.handle) {
      this.handle.remove();
      this.handle = null;
    }
    if (this.handle) this.name();
  }
}

const distance = (a, b) => Math.abs(a.cy - b.cy) + Math.abs(a.cx - b.cx);
