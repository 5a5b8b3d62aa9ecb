// The stage: where each part of the picture stands, and when it is drawn.

import { Answers } from "./answers.js";
import { Bend } from "./bend.js";
import { Colours, css } from "./colours.js";
import { Counts, layerButtons } from "./counts.js";
import { mountCurves } from "./curves.js";
import { Details } from "./details.js";
import { element } from "./elements.js";
import { graphHeight, planeWidth, roomBelow } from "./fold.js";
import { forward } from "./forward.js";
import { Graph } from "./graph.js";
import { listenToPlane } from "./looking.js";
import { settle } from "./painted.js";
import { painting } from "./painting.js";
import { savePicture } from "./picture.js";
import { forgetMissing, pointing } from "./pointing.js";
import { changed, listen, store, takeStage } from "./store.js";
import { Surface } from "./surface.js";
import { NumbersTable } from "./table.js";
import { Tools } from "./tools.js";
import { listenToPointer } from "./touching.js";
import { mountTransport } from "./transport.js";

const WIDE = 720; // pixels for two columns
const GAP = 28; // pixels between columns
const CURVES = 300; // pixels of the curves beside two surfaces, at least
const STILL = 200; // milliseconds without a change

const stages = new WeakMap();

export default function ({ data, parentElement }) {
  let stage = stages.get(parentElement);
  if (!stage) {
    stage = new Stage(parentElement);
    stages.set(parentElement, stage);
  }
  stage.room = null; // the page may have put it elsewhere
  const { points } = store;
  takeStage(data);
  settle(points);
  return () => {
    if (parentElement.isConnected) return;
    stage.end();
    stages.delete(parentElement);
  };
}

class Stage {
  constructor(parentElement) {
    this.element = element("div", "pg-stage");
    parentElement.append(this.element);
    this.parts = {};
    for (const name of ["transport", "tools", "details", "bend", "curves"]) {
      this.parts[name] = element("div", `pg-${name}-place`);
    }
    this.body = element("div");
    this.element.append(this.parts.transport, this.body);
    this.arms = [];
    this.tools = new Tools(this.parts.tools, () => savePicture(this.arms[0].surface, this.colours));
    this.details = new Details(this.parts.details, () => this.arms.map(({ graph }) => graph));
    this.bend = new Bend(this.parts.bend);
    this.movedAt = -Infinity;
    this.resized = new ResizeObserver(() => changed());
    this.resized.observe(parentElement);
    this.coarse = matchMedia("(pointer: coarse)");
    this.onResize = () => {
      this.room = null;
      changed();
    };
    addEventListener("resize", this.onResize);
    this.stops = [mountTransport(this.parts.transport), mountCurves(this.parts.curves), listen(() => this.draw())];
  }

  end() {
    for (const stop of this.stops) stop();
    this.resized.disconnect();
    removeEventListener("resize", this.onResize);
    clearTimeout(this.later);
  }

  draw() {
    const { clientWidth } = this.element;
    if (!store.arms.length || store.arms.some(({ weights }) => !weights) || !clientWidth) return;
    this.takeColours();
    forgetMissing();
    this.takeArms();
    this.arrange(clientWidth);
    const titles = store.labels.inputs;
    const numbers = this.numbers();
    const isStill = performance.now() - this.movedAt > STILL;
    this.arms.forEach((parts, k) => this.drawArm(parts, store.arms[k], titles, numbers?.[k], isStill));
    this.details.draw(numbers, titles, this.coarse.matches);
    this.details.drawCopy(this.arms.map(({ surface }) => surface));
    this.drawBend(titles);
    this.tools.draw(this.colours);
    this.element.classList.toggle("pg-painting", !!painting.tool);
  }

  drawArm({ answers, graph, counts, head, surface, table }, arm, titles, numbers, isStill) {
    if (graph.layOut(this.graphRoom, this.coarse.matches, titles)) {
      counts.draw();
      head.lastChild.replaceChildren(...layerButtons(arm.shape));
    }
    const title = store.arms.length > 1 ? arm.shape.title : "";
    if (head.firstChild.textContent !== title) head.firstChild.textContent = title;
    surface.layOut(this.surfaceWidth);
    const news = answers.update(arm, store.reach, isStill);
    if (news === "moved") this.moved();
    const { discrete } = store.show;
    graph.draw(answers, !!news, this.colours, discrete, pointing.place && numbers);
    surface.draw(answers, !!news, this.colours, numbers, titles);
    table.draw(titles);
  }

  // Where the surfaces are beside the graphs it lies over that of its network, unless one paints there.
  drawBend(titles) {
    const { chosen, second } = pointing;
    const over = this.isWide && second ? this.arms[chosen.arm] : null;
    if (over && this.parts.bend.parentNode !== over.place) over.place.append(this.parts.bend);
    const isShown = !!second && !(over && painting.tool);
    for (const arm of this.arms) arm.surfaceBox.classList.toggle("pg-under", isShown && arm === over);
    this.bend.draw(isShown, titles, this.colours);
  }

  // Once nothing moves any more, large networks are drawn finer.
  moved() {
    this.movedAt = performance.now();
    clearTimeout(this.later);
    this.later = setTimeout(changed, STILL + 20);
  }

  // What all neurons say of the place that is pointed at.
  numbers() {
    const { place } = pointing;
    if (!place) return null;
    return store.arms.map(({ shape, weights, off }) =>
      forward(shape, weights, Float32Array.from(place), off));
  }

  takeColours() {
    const key = Colours.key(this.element);
    if (key === this.colourKey) return;
    this.colourKey = key;
    this.colours = new Colours(this.element);
    this.element.style.setProperty("--pg-positive", css(this.colours.positive));
    this.element.style.setProperty("--pg-negative", css(this.colours.negative));
  }

  takeArms() {
    while (this.arms.length > store.arms.length) this.arms.pop();
    for (let k = this.arms.length; k < store.arms.length; k++) {
      const head = element("div", "pg-head", [element("b", "pg-arm-title"), element("span", "pg-layers")]);
      const [graphBox, surfaceBox, tableBox] = [
        element("div", "pg-graph"), element("figure", "pg-surface"), element("details", "pg-table"),
      ];
      const place = element("div", "pg-place", [surfaceBox]);
      const graph = new Graph(graphBox, k);
      const surface = new Surface(surfaceBox, k);
      const counts = new Counts(graphBox.querySelector(".pg-counts"), graph);
      const answers = new Answers();
      this.arms.push({ head, graphBox, place, surfaceBox, tableBox, graph, surface, counts, answers,
        table: new NumbersTable(tableBox, k) });
      head.addEventListener("click", (event) => counts.press(event));
      listenToPointer(graph);
      listenToPlane(surface);
      this.arranged = null;
    }
  }

  // Puts the parts into columns: two where there is room, else all below each other.
  arrange(width) {
    const isWide = width >= WIDE;
    const two = this.arms.length > 1;
    this.isWide = isWide;
    const right = Math.round(Math.min(460, Math.max(290, width * 0.36)));
    const column = two && isWide ? (width - GAP) / 2 : width;
    this.room ??= roomBelow(this.body);
    this.graphRoom = {
      width: Math.floor(isWide && !two ? width - right - GAP : column), height: graphHeight(this.room),
    };
    // Two surfaces with the curves beside them.
    const half = Math.min(380, (width - 2 * GAP - CURVES) / 2);
    const most = two ? half : right;
    if (isWide) this.surfaceWidth = Math.floor(Math.min(most, planeWidth(this.room, most, two)));
    else this.surfaceWidth = Math.floor(Math.min(column, two ? 380 : 420));
    this.body.style.setProperty("--pg-right", `${right}px`);
    this.body.style.setProperty("--pg-plane", `${this.surfaceWidth}px`);
    const key = `${isWide},${this.arms.length}`;
    if (key === this.arranged) return;
    this.arranged = key;
    const { tools, details, bend, curves } = this.parts;
    const armParts = ({ head, graphBox, place, tableBox }) => [place, head, graphBox, tableBox];
    const [first] = this.arms;
    const columnOf = (parts) => element("div", "pg-column", parts);
    let parts;
    if (isWide && !two) {
      parts = [[first.head, first.graphBox, details, first.tableBox], [first.place, tools, curves]];
    } else if (isWide) {
      const surfaces = [...this.arms.map(({ place }) => place), columnOf([tools, curves])];
      const graphs = this.arms.map(({ head, graphBox }) => columnOf([head, graphBox]));
      parts = [element("div", "pg-beside pg-beside-three", surfaces), element("div", "pg-beside", graphs),
        details, element("div", "pg-beside", this.arms.map(({ tableBox }) => tableBox))];
    } else if (two) {
      parts = [[...this.arms.flatMap(armParts), tools, bend, details, curves]];
    } else {
      parts = [[first.place, tools, first.head, first.graphBox, bend, details, curves, first.tableBox]];
    }
    this.body.className = `pg-body ${isWide ? "pg-wide" : "pg-narrow"} ${two ? "pg-two" : ""}`;
    this.body.replaceChildren(...parts.map((part) => (Array.isArray(part) ? columnOf(part) : part)));
  }
}
