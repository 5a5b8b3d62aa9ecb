// Finishes the board that st_canvas draws into the same container: gives it a name for screen
// readers and takes its toolbar and scroll bar away. The toolbar is invisible on touch screens and
// lies over the upper right corner, where it would swallow strokes; Undo and Clear are buttons of
// the page. What the container has no room for is cut off. The tags of the marks that are laid over
// the board are put where each can be seen.

import { layTags } from "./tags.js";

export default function ({ data, parentElement }) {
  const container = parentElement.closest(".st-key-drawing_board");
  if (!container) return; // the visitor has just chosen a file
  const layAll = () => container.querySelectorAll(".board-marks").forEach(layTags);
  const observer = new MutationObserver(layAll);
  observer.observe(container, { childList: true, subtree: true });
  layAll();
  let waiting;
  const finish = () => {
    const root = canvasRoot(container);
    if (!root) {
      waiting = requestAnimationFrame(finish);
      return;
    }
    const board = root.querySelector(".upper-canvas");
    board.setAttribute("role", "img");
    board.setAttribute("aria-label", data.label);
    root.querySelector(".dc-toolbar")?.remove();
    root.querySelector(".dc-scroll").style.overflowX = "hidden";
  };
  finish();
  return () => {
    cancelAnimationFrame(waiting);
    observer.disconnect();
  };
}

function canvasRoot(container) {
  for (const element of container.querySelectorAll("*")) {
    if (element.shadowRoot?.querySelector(".upper-canvas")) return element.shadowRoot;
  }
  return null;
}
