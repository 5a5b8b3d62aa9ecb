// Finishes the board that st_canvas draws into the same container: gives it a name for screen
// readers and takes its toolbar and scroll bar away. The toolbar is invisible on touch screens and
// lies over the upper right corner, where it would swallow strokes; Undo and Clear are buttons of
// the page. What the container has no room for is cut off.

export default function ({ data, parentElement }) {
  let waiting;
  const finish = () => {
    const root = canvasRoot(parentElement.closest(".st-key-drawing_board"));
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
  return () => cancelAnimationFrame(waiting);
}

function canvasRoot(container) {
  for (const element of container?.querySelectorAll("*") ?? []) {
    if (element.shadowRoot?.querySelector(".upper-canvas")) return element.shadowRoot;
  }
  return null;
}
