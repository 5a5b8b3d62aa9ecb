// A point of a plane that is dragged, or put somewhere else by a click there.

import { asPoint, dragged } from "./dragging.js";
import { svg } from "./plane.js";

// For a finger it is larger than it looks. Its place is set by `transform`.
export const newHandle = () => svg("g", { class: "descent-handle" },
  svg("circle", { r: 22, class: "descent-reach" }), svg("circle", { r: 10, class: "descent-start" }));

// Let the handle be moved. `point`: as for asPoint in dragging.js; its `set` is given only values
// within the axes. `tapped(event)`, if given: whether a click on the plane meant something else.
// Returns `tell`, as asPoint does.
export function movedOn(plane, handle, point, tapped = () => false) {
  const within = (value, { min, max }) => Math.min(max, Math.max(min, value));
  const set = (x, y) => point.set(within(x, plane.xAxis), within(y, plane.yAxis));
  let [dx, dy] = [0, 0]; // from where it is held to its middle
  dragged(handle, {
    start: (event) => {
      const [from, to] = [plane.at(event), point.get()];
      [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    },
    move: (event) => {
      const [x, y] = plane.at(event);
      set(x + dx, y + dy);
    },
  });
  plane.svg.addEventListener("click", (event) => {
    if (!handle.contains(event.target) && !tapped(event)) set(...plane.at(event));
  });
  return asPoint(handle, point);
}
