// A network as a graph: nodes with their small pictures, weights and biases between them.

import { Edges } from "./edge.js";
import { penOf } from "./elements.js";
import { graphLayout } from "./graph_layout.js";
import { GraphKeys } from "./graph_keys.js";
import { nodeButton, nodeTarget, showState } from "./node.js";
import { fixed } from "./numbers.js";
import { isSame, pointing, shown } from "./pointing.js";
import { store } from "./store.js";
import { Thumbs } from "./thumbs.js";

export class Graph {
  // `index`: of the arm that it shows.
  constructor(element, index) {
    this.index = index;
    element.innerHTML = `<div class="pg-scroll"><div class="pg-inner"><div class="pg-counts"></div>
      <div class="pg-sheet"><canvas class="pg-edges" aria-hidden="true"></canvas>
      <canvas class="pg-thumbs" aria-hidden="true"></canvas>
      <div class="pg-nodes" role="group"></div></div></div></div>
      <p class="pg-graph-legend"><svg viewBox="0 0 34 8" aria-hidden="true"><path d="M0 4H34"/></svg>
      above 0 <svg viewBox="0 0 34 8" aria-hidden="true"><path d="M0 4H34"/></svg> below 0, as wide as
      the weight is large; biases are dots with + or −</p>`;
    const find = (name) => element.querySelector(`.pg-${name}`);
    Object.assign(this, { scroll: find("scroll"), inner: find("inner") });
    Object.assign(this, { sheet: find("sheet"), nodesBox: find("nodes") });
    this.canvases = [find("edges"), find("thumbs")];
    this.keys = new GraphKeys(this);
  }

  get arm() {
    return store.arms[this.index];
  }

  // Lays the graph out if the network or the room is another one; true if it did.
  layOut({ width: room, height: most }, isCoarse, titles) {
    const { shape } = this.arm;
    const controls = [...store.hidden, ...store.locked];
    const key = JSON.stringify([shape.inputs, shape.widths, shape.activations, room, most, isCoarse,
      devicePixelRatio, controls]);
    if (key === this.key && shape === this.shape) return false;
    const isSameGraph = key === this.key;
    Object.assign(this, { key, shape });
    this.layout = graphLayout(shape, room, most, isCoarse);
    this.edges = new Edges(shape, this.layout);
    this.thumbs = new Thumbs(this.layout);
    this.isAnew = true;
    if (isSameGraph) return true;
    const { width, height } = this.layout;
    this.inner.style.width = `${width}px`;
    this.sheet.style.height = `${height}px`;
    [this.edgePen, this.pen] = this.canvases.map((canvas) => penOf(canvas, width, height));
    this.makeNodes(titles);
    this.room = room;
    this.scroll.scrollLeft = (width - room) / 2; // 0 where all is in sight
    return true;
  }

  makeNodes(titles) {
    const { shape, layout } = this;
    this.titles = titles;
    this.nodesBox.setAttribute("aria-label",
      `Network ${shape.widths.join("-")}. Arrow keys go from neuron to weight to neuron.`);
    this.nodes = [];
    const parts = [];
    for (const node of layout.nodes.flat()) {
      const button = nodeButton(node, shape, titles);
      this.nodes.push({ ...node, button, target: nodeTarget(this.index, node) });
      parts.push(button);
      if (node.layer >= 0) continue;
      const label = document.createElement("span");
      label.className = "pg-input-name";
      label.textContent = titles[node.name];
      label.setAttribute("aria-hidden", "true");
      Object.assign(label.style, layout.isDown
        ? { left: `${node.cx}px`, top: `${node.y - 20}px`, transform: "translateX(-50%)" }
        : { left: 0, top: `${node.cy}px`, transform: "translateY(-50%)" });
      parts.push(label);
    }
    this.keys.renewed(() => this.nodesBox.replaceChildren(...parts));
  }

  nodeOf(button) {
    return this.nodes.find((node) => node.button === button);
  }

  // Draws what is new: `isMoved` if the answers are, `colours` those of the theme.
  draw(answers, isMoved, colours, discrete, numbers) {
    const { arm, layout, edges, thumbs } = this;
    const isAnew = this.isAnew || colours !== this.colours || discrete !== this.discrete;
    Object.assign(this, { colours, discrete, isAnew: false });
    if (isAnew) this.edgePen.clearRect(0, 0, layout.width, layout.height);
    edges.draw(this.edgePen, arm.weights, colours, isAnew);
    if (isMoved || isAnew) thumbs.paint(answers, arm.shape, colours, discrete);
    this.pen.clearRect(0, 0, layout.width, layout.height);
    this.drawMarks(colours);
    thumbs.draw(this.pen, arm.off, colours);
    edges.drawBiases(this.pen, arm.weights, colours);
    this.drawLocks(colours);
    if (numbers) thumbs.drawNumbers(this.pen, numbers, colours);
    for (const node of this.nodes) {
      showState(node.button, {
        isOff: arm.off.has(`${node.layer},${node.neuron}`),
        isShown: isSame(shown(), node.target),
        isChosen: isSame(pointing.chosen, node.target) || isSame(pointing.second, node.target),
        said: numbers && node.neuron >= 0 ? fixed(numbers[node.layer + 1][node.neuron], 2) : "",
      });
    }
    this.keys.follow();
  }

  // What is pointed at, and what is chosen, stands out.
  drawMarks(colours) {
    const { pen, edges } = this;
    for (const target of new Set([pointing.chosen, pointing.at])) {
      if (target?.kind !== "parameter" || target.arm !== this.index) continue;
      const curve = edges.curve(target.index);
      pen.strokeStyle = colours.text;
      pen.fillStyle = colours.text;
      pen.globalAlpha = target === pointing.at ? 0.35 : 0.2;
      pen.lineWidth = 9;
      pen.lineCap = "round";
      pen.beginPath();
      if (curve) edges.trace(pen, curve);
      else pen.arc(...edges.middle(target.index), 6, 0, 7);
      pen.stroke();
      pen.globalAlpha = 1;
    }
  }

  drawLocks(colours) {
    const { pen, edges } = this;
    for (const index of this.arm.locked) {
      const [x, y] = edges.middle(index);
      pen.fillStyle = colours.background;
      pen.beginPath();
      pen.arc(x, y, 8, 0, 7);
      pen.fill();
      pen.fillStyle = pen.strokeStyle = colours.text;
      pen.lineWidth = 1.5;
      pen.fillRect(x - 4, y - 1, 8, 5.5);
      pen.beginPath();
      pen.arc(x, y - 1, 2.6, Math.PI, 0);
      pen.stroke();
    }
  }
}
