// How the layers fare: a histogram for each layer and quantity, and neurons that do nothing. See
// ui/train/watching/health.py.

import { mounted } from "./mounted.js";
import { css, format, isDark, signedColour } from "./paint.js";

const [WIDTH, HEIGHT] = [160, 64];
const TITLES = { weights: "Weights", activations: "Activations", gradients: "Gradients" };
const TROUBLES = ["dead", "saturated", "unchanged"];
const MANY = 1 / 4; // of the neurons

export default mounted(create);

function take(part, data) {
  const dark = isDark(part.grid);
  const text = JSON.stringify(data) + dark;
  if (text === part.text) return;
  part.text = text;
  part.legend.innerHTML = ["−", "+"].map((sign, place) => {
    const colour = css(signedColour(2 * place - 1, dark));
    return `<span><i style="background: ${colour}"></i>${sign} ${place ? "above" : "below"} 0</span>`;
  }).join("");
  part.grid.innerHTML = grid(data, dark);
  part.table.innerHTML = table(data.layers);
}

function create(parentElement) {
  const box = document.createElement("div");
  box.className = "watch-health";
  box.innerHTML = `<p class="watch-health-legend"></p><div class="watch-health-grid"></div>
    <details class="inside-numbers"><summary>As numbers</summary>
    <div><table></table></div></details>`;
  parentElement.appendChild(box);
  const find = (selector) => box.querySelector(selector);
  const legend = find(".watch-health-legend");
  const part = { legend, grid: find(".watch-health-grid"), table: find("table") };
  part.take = (data) => take(part, data);
  return part;
}

function grid({ layers, healthy }, dark) {
  const heads = Object.entries(healthy).map(
    ([quantity, words]) => `<div class="watch-health-head"><b>${TITLES[quantity]}</b> ${words}</div>`,
  );
  const rows = layers.map((layer) => {
    const drawn = Object.entries(layer.pictures).map(([quantity, picture]) =>
      histogram(layer.name, quantity, picture, dark),
    );
    return `<div class="watch-health-layer"><b>${layer.name}</b> ${neurons(layer)}</div>${drawn.join("")}`;
  });
  return heads.join("") + rows.join("");
}

function neurons(layer) {
  const troubles = TROUBLES.map((what) => {
    const sign = layer[what] > MANY * layer.neurons ? "⚠ " : "";
    return `<span data-what="${what}">${sign}${layer[what]} ${what}</span>`;
  });
  return `${layer.neurons} ${layer.unit}: ${troubles.join(", ")}`;
}

function histogram(name, quantity, { counts, lowest, highest, mean, std }, dark) {
  const total = counts.reduce((a, b) => a + b, 0) || 1;
  const most = Math.max(...counts, 1);
  const width = WIDTH / counts.length;
  const orange = css(signedColour(-1, dark));
  const blue = css(signedColour(1, dark));
  const bars = counts.map((count, place) => {
    const height = (HEIGHT * count) / most;
    const value = lowest + ((place + 0.5) / counts.length) * (highest - lowest);
    // Without the gap that anti-aliasing would leave between two bars.
    return `<rect x="${(place * width).toFixed(2)}" y="${(HEIGHT - height).toFixed(2)}"
      width="${(width + 0.1).toFixed(2)}" height="${height.toFixed(2)}"
      fill="${value < 0 ? orange : blue}"></rect>`;
  });
  const zero = (-lowest / (highest - lowest)) * WIDTH;
  const line = zero >= 0 && zero <= WIDTH
    ? `<line x1="${zero}" x2="${zero}" y1="0" y2="${HEIGHT}"></line>`
    : "";
  const peak = `${format((100 * most) / total)} %`;
  const words = `${name}, ${quantity}: from ${format(lowest)} to ${format(highest)}, ` +
    `mean ${format(mean)}, standard deviation ${format(std)}`;
  return `<figure role="img" aria-label="${words}" title="${words}">
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
      ${bars.join("")}${line}</svg>
    <figcaption aria-hidden="true"><span>${format(lowest)}</span><span>value</span>
      <span>${format(highest)}</span></figcaption>
    <span class="watch-health-peak" aria-hidden="true">↑ share, top ${peak}</span></figure>`;
}

function table(layers) {
  const rows = layers.flatMap(({ name, pictures }) =>
    Object.entries(pictures).map(([quantity, { lowest, highest, mean, std }]) => {
      const cells = [lowest, highest, mean, std].map((value) => `<td>${format(value)}</td>`);
      return `<tr><th scope="row">${name}, ${quantity}</th>${cells.join("")}</tr>`;
    }),
  );
  const heads = ["", "lowest", "highest", "mean", "standard deviation"];
  return `<thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join("")}</tr></thead>
    <tbody>${rows.join("")}</tbody>`;
}
