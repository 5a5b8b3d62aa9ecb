// Mouse, finger and keys on the map: pointing at an image, choosing it, a lasso around some.

import { arrowStep, isPlain } from "./arrow_keys.js";

const REACH = 16; // CSS pixels within which an image is meant
const DRAGGED = 6; // so far, and it is a lasso and no click
const NEAR = 50; // images that a key selects

// `map`: see map_paint.js; `on`: {look(i), choose(i), select(images), repaint()}.
export function listenToHand(map, on) {
  const { canvas } = map;
  let from = null;
  const place = (event) => {
    const { left, top } = canvas.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  const under = ([x, y]) => map.layout.nearest(x, y, map.size, REACH, map.shown);
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !map.layout.places) return;
    from = place(event);
    if (event.pointerType !== "touch" || map.isLassoing) canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!map.layout.places) return;
    const at = place(event);
    if (from && (event.pointerType !== "touch" || map.isLassoing)) {
      if (!map.lasso.length && Math.hypot(at[0] - from[0], at[1] - from[1]) < DRAGGED) return;
      map.lasso.push(...(map.lasso.length ? [at] : [from, at]));
      on.repaint();
    } else if (event.pointerType !== "touch") {
      const found = under(at);
      canvas.style.cursor = found === null ? "crosshair" : "pointer";
      if (found !== null) on.look(found);
    }
  });
  canvas.addEventListener("pointerup", (event) => {
    if (!from) return;
    const drawn = map.lasso;
    from = null;
    map.lasso = [];
    if (drawn.length) return on.select(within(map, drawn));
    const found = under(place(event));
    if (found === null) return on.select([]);
    // A finger can't point first: its first touch looks, the second chooses.
    if (event.pointerType === "touch" && map.looked !== found) return on.look(found);
    return on.choose(found);
  });
  canvas.addEventListener("pointercancel", () => {
    from = null;
    map.lasso = [];
    on.repaint();
  });
  canvas.addEventListener("keydown", (event) => {
    if (!isPlain(event) || !map.layout.places) return;
    const step = arrowStep(event);
    const looked = map.looked ?? 0;
    if (step) on.look(map.looked === null ? 0 : map.layout.towards(looked, step, map.shown));
    else if (event.key === "Enter") on.choose(looked);
    else if (event.key === " ") on.select(nearest(map, looked));
    else if (event.key === "Escape") on.select([]);
    else return;
    event.preventDefault();
  });
}

// The images inside a closed line, by how often a ray to the right crosses it.
function within({ layout, size, points, shown }, line) {
  const inside = ([x, y]) => line.reduce((found, [x1, y1], k) => {
    const [x2, y2] = line[(k + 1) % line.length];
    const crosses = y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1);
    return crosses ? !found : found;
  }, false);
  return numbers(points.count).filter((i) => shown(i) && inside(layout.at(i, size)));
}

function nearest({ layout, size, points, shown }, from) {
  const [x, y] = layout.at(from, size);
  const far = (i) => Math.hypot(layout.at(i, size)[0] - x, layout.at(i, size)[1] - y);
  return numbers(points.count).filter(shown).sort((a, b) => far(a) - far(b)).slice(0, NEAR);
}

const numbers = (count) => Array.from({ length: count }, (_, i) => i);
