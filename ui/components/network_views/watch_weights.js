// The first layer's weights as pictures on one scale. See ui/train/watching/weights.py.

import { Arrangement } from "./arrangement.js";
import { mounted } from "./mounted.js";
import { format, isDark, signedLegend } from "./paint.js";
import { readBytes } from "./tensors.js";
import { paintSigns, paintTiles } from "./tiles.js";

const MOST = 127; // of a weight as it is sent, an int8

export default mounted(create);

function take(wall, data) {
  const dark = isDark(wall.list);
  if (data.values === wall.values && data.scale === wall.scale && dark === wall.dark) return;
  Object.assign(wall, { values: data.values, scale: data.scale, dark });
  wall.legend.innerHTML = signedLegend(wall.legend, data.scale);
  show(wall, data);
}

function create(parentElement) {
  const box = document.createElement("div");
  box.className = "watch-weights";
  box.innerHTML = `<p class="watch-weights-legend"></p><ol></ol>
    <details class="inside-numbers"><summary>As numbers</summary>
    <div><table></table></div></details>`;
  parentElement.appendChild(box);
  const find = (selector) => box.querySelector(selector);
  const wall = { legend: find("p"), list: find("ol"), table: find("table"), tiles: [] };
  wall.take = (data) => take(wall, data);
  return wall;
}

function show(wall, { of, side, neurons, ends, values }) {
  const numbers = new Int8Array(readBytes(values).buffer);
  while (wall.tiles.length < neurons.length) wall.tiles.push(tile());
  wall.list.replaceChildren(...wall.tiles.slice(0, neurons.length));
  wall.list.dataset.of = of;
  const lie = new Arrangement(1, { side });
  neurons.forEach((neuron, place) => {
    const { canvas, name } = parts(wall.tiles[place]);
    const own = numbers.subarray(side * side * place, side * side * (place + 1));
    paintTiles(canvas, own, lie, MOST);
    paintSigns(canvas, own, lie, MOST);
    const words = `${of} ${neuron}: from ${ends[place].map(format).join(" to ")}`;
    canvas.setAttribute("aria-label", words);
    canvas.title = words;
    name.textContent = neuron;
  });
  const rows = neurons.map((neuron, place) => {
    const [low, high] = ends[place].map(format);
    return `<tr><th scope="row">${neuron}</th><td>${low}</td><td>${high}</td></tr>`;
  });
  wall.table.innerHTML = `<caption>Weights of each ${of}</caption><thead><tr><th scope="col">${of}
    </th><th scope="col">lowest</th><th scope="col">highest</th></tr></thead>
    <tbody>${rows.join("")}</tbody>`;
}

function tile() {
  const item = document.createElement("li");
  // Twice as many pixels as weights, so that none is blurred.
  item.innerHTML = `<canvas width="140" height="140" role="img"></canvas>
    <span aria-hidden="true"></span>`;
  return item;
}

const parts = (item) => ({
  canvas: item.querySelector("canvas"),
  name: item.querySelector("span"),
});
