// Pointing into the plane: one point runs through the network. By mouse and pen while they are over
// it, by finger with a tap, with the keyboard by its arrow keys.

import { undo } from "./painted.js";
import { painting, strokeFor } from "./painting.js";
import { pointAtPlace, pointing } from "./pointing.js";

const STEP = 1 / 24; // of the plane, with a key; with Shift five times as far
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export function listenToPlane(surface) {
  const { box } = surface;
  let stroke = null;

  const placeOf = (event) => {
    const { left, top } = box.getBoundingClientRect();
    return surface.plane.at(event.clientX - left, event.clientY - top);
  };

  box.addEventListener("pointermove", (event) => {
    const place = placeOf(event);
    if (stroke?.pointer === event.pointerId) stroke.move(place);
    else if (event.pointerType === "touch" && event.buttons === 0) return;
    pointAtPlace(place);
  });
  box.addEventListener("pointerleave", (event) => {
    if (event.pointerType !== "touch" && !stroke) pointAtPlace(null);
  });
  box.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const place = placeOf(event);
    pointAtPlace(place);
    if (!painting.tool || !place) return;
    event.preventDefault();
    box.setPointerCapture(event.pointerId);
    stroke = strokeFor(surface);
    stroke.pointer = event.pointerId;
    stroke.move(place);
  });
  for (const type of ["pointerup", "pointercancel"]) {
    box.addEventListener(type, (event) => {
      if (stroke?.pointer !== event.pointerId) return;
      stroke.end();
      stroke = null;
      if (event.pointerType === "touch") pointAtPlace(null);
    });
  }

  box.addEventListener("keydown", (event) => {
    const isUndo = event.key === "z" && (event.ctrlKey || event.metaKey);
    if (isUndo && painting.tool) undo();
    else if (event.altKey || event.ctrlKey || event.metaKey) return;
    else if (STEPS[event.key]) {
      const { reach } = surface.plane;
      const far = 2 * reach * STEP * (event.shiftKey ? 5 : 1);
      const to = (value, step) => Math.max(-reach, Math.min(reach, value + far * step));
      const [x1, x2] = pointing.place ?? [0, 0];
      const [right, up] = pointing.place ? STEPS[event.key] : [0, 0];
      pointAtPlace([to(x1, right), to(x2, up)]);
      surface.readout.setAttribute("aria-live", "polite");
    } else if (event.key === "Escape") pointAtPlace(null);
    else if ((event.key === " " || event.key === "Enter") && painting.tool && pointing.place) {
      const dab = strokeFor(surface);
      dab.move(pointing.place);
      dab.end();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  box.addEventListener("blur", () => {
    surface.readout.setAttribute("aria-live", "off");
    if (!box.matches(":hover")) pointAtPlace(null);
  });
}
