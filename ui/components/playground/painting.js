// Points painted into the plane with a brush, and taken away again.

import { begin, end, put } from "./painted.js";
import { changed, store } from "./store.js";

const MOST = 2000; // points, as own_points.py takes them
const FEWEST = 2;
const SINGLE = 0.25; // between two points of the finest brush

export const BRUSHES = [
  { name: "one point", radius: 0.15, points: 1 },
  { name: "medium", radius: 0.6, points: 4 },
  { name: "wide", radius: 1.2, points: 9 },
];

export const painting = {
  tool: null, // "brush", "eraser", or null where one only looks
  target: 1, // of the points that are painted
  brush: BRUSHES[1],
  message: "",
};

// How far a tool acts around its middle.
export const reachOf = (tool, { radius }) => (tool === "eraser" ? Math.max(0.4, radius) : radius);

// What can be painted: the two classes, all of several, or some values of a function.
export function targetsFor(classes) {
  if (classes === 2) return [-1, 1];
  return classes > 2 ? Array.from({ length: classes }, (_, k) => k) : [-1, -0.5, 0, 0.5, 1];
}

export function set(change) {
  Object.assign(painting, change, { message: "" });
  changed();
}

// One stroke of the brush or the eraser over a surface: `move` as often as it moves, `end` once.
export function strokeFor(surface) {
  const { reach } = surface.plane;
  const { brush, target, tool } = painting;
  const old = store.points;
  const every = brush.points === 1 ? SINGLE : 0.7 * brush.radius;
  let last = null;
  painting.message = "";
  begin();

  const dab = (place) => {
    if (tool === "eraser") return erase(place, reachOf(tool, brush));
    return add(scattered(place, brush, reach), target);
  };
  return {
    move(place) {
      if (!place) return;
      // A quick hand leaves no gaps.
      const way = last ? Math.hypot(place[0] - last[0], place[1] - last[1]) : 0;
      const steps = last ? Math.floor(way / every) : 1;
      const from = last ?? place;
      for (let i = 1; i <= steps; i++) {
        const share = last ? (i * every) / way : 0;
        const at = from.map((value, k) => value + share * (place[k] - value));
        dab(at);
        if (i === steps) last = at;
      }
      changed();
    },
    end() {
      if (store.points === old) return end(null);
      if (store.points.targets.length < FEWEST) {
        put(old);
        painting.message = `At least ${FEWEST} points must stay.`;
        return end(null);
      }
      end(old);
    },
  };
}

// Places of a dab, at random within the brush.
function scattered(place, { radius, points }, reach) {
  if (points === 1) return [place];
  return Array.from({ length: points }, () => {
    const [angle, far] = [2 * Math.PI * Math.random(), radius * Math.sqrt(Math.random())];
    return [Math.cos(angle), Math.sin(angle)].map((part, k) =>
      Math.max(-reach, Math.min(reach, place[k] + far * part)));
  });
}

// Adds points as some of those for training; the server mixes all anew.
function add(places, target) {
  const { x, targets, trainCount } = store.points;
  const room = MOST - targets.length;
  if (room < places.length) painting.message = `There can be ${MOST.toLocaleString("en")} points.`;
  const added = places.slice(0, Math.max(0, room));
  if (!added.length) return;
  put({
    x: Float32Array.from([...added.flat(), ...x]),
    targets: Float32Array.from([...added.map(() => target), ...targets]),
    trainCount: trainCount + added.length,
  });
}

function erase([x1, x2], radius) {
  const { x, targets, trainCount } = store.points;
  const stays = [...targets.keys()].filter((i) => Math.hypot(x[2 * i] - x1, x[2 * i + 1] - x2) > radius);
  if (stays.length === targets.length) return;
  put({
    x: Float32Array.from(stays.flatMap((i) => [x[2 * i], x[2 * i + 1]])),
    targets: Float32Array.from(stays, (i) => targets[i]),
    trainCount: stays.filter((i) => i < trainCount).length,
  });
}
