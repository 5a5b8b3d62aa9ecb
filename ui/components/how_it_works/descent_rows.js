// A row for each path: whether it is shown, its name, its loss, and what has become of it.

import { DASHES, NAMES } from "./descent_look.js";
import { RULES } from "./descent_optimizers.js";
import { leftWith } from "./descent_path.js";
import { format } from "./paint.js";
import { svg } from "./plane.js";
import { element } from "./step.js";
import { named } from "./terms.js";

const AT_END = 1e-6; // a loss so small is that of the minimum, as far as one sees
const [HIGH, FLAT] = [1e-3, 1e-4]; // a path with more loss and less gradient goes nowhere

// `acts`: show(name, isShown); look(name): at where this path is now.
export function descentRows(acts) {
  const rows = NAMES.map((name) => newRow(name, acts));
  const head = element("tr", "", element("th", "", "Path"), named("loss", element("th", "", "Loss")),
    element("th", "", "What becomes of it"));
  const table = element("table", "descent-rows", element("thead", "", head),
    element("tbody", "", ...rows.map(({ row }) => row)));
  return {
    element: table,
    draw: (shown, surface) => rows.forEach((row) => row.draw(shown, surface)),
  };
}

function newRow(name, acts) {
  const { title } = RULES[name];
  const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: true });
  box.setAttribute("aria-label", `Show the path of ${title}`);
  box.addEventListener("change", () => acts.show(name, box.checked));
  const sample = svg("svg", { viewBox: "0 0 28 6", class: "descent-sample", "aria-hidden": "true" },
    svg("path", { d: "M0 3H28", class: "descent-path", "stroke-dasharray": DASHES[name],
      style: `stroke: var(--how-path-${name})` }));
  const label = named(name, element("button", "how-term", title));
  label.type = "button";
  label.title = "Show its gradient and its step where it is now";
  label.addEventListener("focus", () => acts.look(name));
  label.addEventListener("click", () => acts.look(name));
  const [loss, said] = [element("td", "how-numbers"), element("td")];
  const first = element("th", "", element("label", "descent-switch", box, sample), label);
  first.scope = "row";
  const row = element("tr", "", first, loss, said);
  return {
    row,
    draw: ({ paths, steps }, surface) => {
      const path = paths[name];
      const now = Math.min(Math.floor(steps), path.points.length - 1);
      write(loss, format(path.losses[now]));
      write(said, saidOf(path, surface, steps));
    },
  };
}

function write(cell, words) {
  if (cell.textContent !== words) cell.textContent = words;
}

// What has become of a path after so many steps.
export function saidOf(path, surface, steps) {
  const left = leftWith(path, surface, steps);
  if (left !== null) return `left the picture at step ${left}`;
  const now = Math.min(Math.floor(steps), path.points.length - 1);
  let reached = now + 1;
  while (reached > 0 && path.losses[reached - 1] < AT_END) reached -= 1;
  if (reached <= now) return `at the minimum from step ${reached} on`;
  const isStuck = path.losses[now] > HIGH && Math.hypot(...path.gradients[now]) < FLAT;
  return isStuck ? "stands still: there the gradient is 0" : "on its way";
}
