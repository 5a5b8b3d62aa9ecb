// The graph with mouse, pen and finger: pointing, choosing, dragging a weight or bias up and down.
//
// A mouse or pen drags a curve itself. A finger chooses it with a tap first, so that the page can be
// scrolled over the graph; then it drags the handle.

import { Drag, isLocked, mayEdit, toggleInput, type } from "./editing.js";
import { choose, keep, pair, pointAt, pointing } from "./pointing.js";

const NEAR = { mouse: 9, pen: 12, touch: 22 };
const STILL = 3; // pixels that a click may move

export function listenToPointer(graph) {
  const { sheet } = graph;
  let press = null; // {index, drag, x, y, pointer} while a button or finger is down on a parameter

  const under = (event) => {
    const { left, top } = sheet.getBoundingClientRect();
    const index = graph.edges.at(event.clientX - left, event.clientY - top, NEAR[event.pointerType] ?? 9);
    return index === null ? null : { arm: graph.index, kind: "parameter", index };
  };
  const targetOf = (event) => {
    const node = graph.nodeOf(event.target.closest?.(".pg-node"));
    if (node) return node.target;
    return event.target === graph.keys.handle ? graph.keys.target() : under(event);
  };

  sheet.addEventListener("pointermove", (event) => {
    if (press) return drag(event);
    if (event.pointerType === "touch" || event.target.closest(".pg-type")) return;
    const target = targetOf(event);
    const isOver = target?.kind === "parameter" && mayEdit();
    const isLock = isOver && isLocked(graph.index, target.index);
    sheet.classList.toggle("pg-over-weight", isOver && !isLock);
    sheet.classList.toggle("pg-over-lock", isLock);
    pointAt(target);
  });
  sheet.addEventListener("pointerleave", (event) => {
    if (!press && event.pointerType !== "touch") pointAt(null);
  });

  sheet.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.target.closest(".pg-type")) return;
    const target = targetOf(event);
    if (target?.kind !== "parameter") return;
    const isHandle = event.target === graph.keys.handle;
    press = { target, x: event.clientX, y: event.clientY, pointer: event.pointerId };
    if (event.pointerType === "touch" && !isHandle) return; // a tap, or the page is scrolled
    event.preventDefault();
    if (isHandle) graph.keys.handle.focus({ preventScroll: true });
    sheet.setPointerCapture(event.pointerId);
    press.mayDrag = mayEdit() && !isLocked(graph.index, target.index);
  });

  function drag(event) {
    if (event.pointerId !== press.pointer) return;
    if (!press.drag) {
      const way = Math.hypot(event.clientX - press.x, event.clientY - press.y);
      if (!press.mayDrag || way <= STILL) return;
      press.drag = new Drag(graph.index, press.target.index, press.y);
      pointAt(press.target);
      sheet.classList.add("pg-dragging");
    }
    press.drag.move(event.clientY, event.shiftKey);
  }

  const over = (event) => {
    if (!press || event.pointerId !== press.pointer) return null;
    const ended = press;
    press = null;
    sheet.classList.remove("pg-dragging");
    return ended;
  };
  sheet.addEventListener("pointerup", (event) => {
    const ended = over(event);
    if (!ended) return;
    if (ended.drag) {
      ended.drag.end();
      keep(ended.target);
    } else if (Math.hypot(event.clientX - ended.x, event.clientY - ended.y) < 3 * STILL) {
      if (event.target !== graph.keys.handle) keep(ended.target);
    }
  });
  sheet.addEventListener("pointercancel", (event) => over(event)?.drag?.giveUp());

  sheet.addEventListener("dblclick", (event) => {
    if (event.target.closest(".pg-node, .pg-type")) return;
    const target = graph.keys.handle && event.target === graph.keys.handle ? graph.keys.target() : under(event);
    if (target) type(graph, target.index);
  });

  sheet.addEventListener("click", (event) => {
    const node = graph.nodeOf(event.target.closest(".pg-node"));
    if (node) pressNode(graph, node, event);
    else if (!targetOf(event) && pointing.chosen && event.target === sheet.querySelector(".pg-nodes")) {
      choose(pointing.chosen); // a click beside everything lets go
    }
  });
}

// A click on a node, or Enter or Space on an input.
function pressNode(graph, node, event) {
  if (node.layer < 0 && !graph.layout.isDown) {
    toggleInput(graph.index, node.name);
    return;
  }
  const isSecond = event.shiftKey && pointing.chosen?.kind === "neuron";
  if (isSecond) pair(true);
  choose(node.target);
}
