// Maps of the image: what each pixel says for or against a class. Where one points at a pixel of one
// of them, a cross stands in all, and its share below each.

import { Arrangement } from "./arrangement.js";
import { arrowStep } from "./arrow_keys.js";
import { strongest } from "./contributions.js";
import { outline } from "./ink_outline.js";
import { mounted } from "./mounted.js";
import { css, isDark, isScale, largest, signed, signedColour, signedLegend } from "./paint.js";
import { readFloats, readPixels } from "./tensors.js";
import { paintSigns, paintTiles } from "./tiles.js";

const SIDE = 28;
const MAP = new Arrangement(1, { side: SIDE });
const CELL = 12; // canvas pixels for one of the image
const LISTED = 10;
const READING = `One scale for all three maps, whose colours follow the square root so that small
  shares are seen; the numbers are the shares themselves. − against, + for; strong pixels bear their
  sign.`;

export default mounted(create);

function create(parentElement) {
  const box = document.createElement("div");
  box.className = "inside-why";
  box.innerHTML = `
    <p class="inside-why-place"></p>
    <div class="inside-why-rows" tabindex="0" role="group"></div>
    <p class="inside-hidden" aria-live="polite"></p>
    <details class="inside-numbers"><summary>The ${LISTED} strongest pixels as a table</summary>
    <div tabindex="0" role="region" aria-label="The strongest pixels"><table></table></div>
    </details>`;
  parentElement.appendChild(box);
  const find = (selector) => box.querySelector(selector);
  const view = { find, place: null, maps: [] };
  view.take = (data) => {
    const sent = JSON.stringify(data);
    if (sent !== view.sent) {
      view.sent = sent;
      take(view, data);
    }
    paint(view); // also where only the theme is another
  };
  const rows = find(".inside-why-rows");
  rows.addEventListener("pointermove", (event) => point(view, event));
  rows.addEventListener("pointerdown", (event) => point(view, event));
  rows.addEventListener("keydown", (event) => {
    const step = arrowStep(event);
    if (!step) return;
    event.preventDefault();
    const inside = (at) => Math.min(SIDE - 1, Math.max(0, at));
    const [row, column] = [Math.floor(view.place / SIDE) + step[1], (view.place % SIDE) + step[0]];
    goTo(view, SIDE * inside(row) + inside(column));
    find("[aria-live]").textContent = sentence(view);
  });
  return view;
}

function take(view, data) {
  view.pixels = readPixels(data.image);
  view.rows = data.rows.map(({ name, maps }) => {
    const read = maps.map((map) => ({ ...map, values: readFloats(map.values), row: name }));
    const scale = Math.max(...read.map(({ values }) => largest(values)));
    for (const map of read) map.roots = map.values.map((value) => root(value / scale));
    return { name, maps: read, scale };
  });
  const rows = view.find(".inside-why-rows");
  rows.replaceChildren(...view.rows.map(asRow));
  rows.setAttribute(
    "aria-label",
    `Maps of the image: ${view.rows[0].maps.map(({ title }) => title).join(", ")}. ` +
      "Arrow keys move the cross; the numbers at the cross stand below each map.",
  );
  // On a new image the cross stands at a pixel that matters.
  if (data.image !== view.image) view.place = strongest(view.rows[0].maps[1].values, 1)[0] ?? 0;
  view.image = data.image;
  view.find("table").innerHTML = table(view);
  goTo(view, view.place);
}

function asRow(row) {
  const element = document.createElement("section");
  element.innerHTML = `<h4></h4><div class="inside-why-maps"></div><p></p>`;
  element.querySelector("h4").textContent = row.name;
  row.legend = element.querySelector("p");
  for (const map of row.maps) {
    const size = SIDE * CELL;
    const figure = document.createElement("figure");
    figure.innerHTML = `<figcaption></figcaption><div class="inside-why-map">
      <canvas width="${size}" height="${size}" role="img"></canvas><i></i><i></i></div>
      <output></output><p></p>`;
    const find = (selector) => figure.querySelector(selector);
    Object.assign(map, { canvas: find("canvas"), cross: figure.querySelectorAll("i") });
    map.share = find("output");
    find("figcaption").textContent = map.title;
    find("p").textContent = map.words;
    map.canvas.setAttribute("aria-label", `${map.title}, ${row.name}. ${map.words}`);
    element.querySelector(".inside-why-maps").appendChild(figure);
  }
  return element;
}

function paint(view) {
  view.rows.forEach(({ maps, scale, legend }, k) => {
    for (const { canvas, roots } of maps) {
      paintTiles(canvas, roots, MAP, 1);
      outline(canvas, view.pixels);
      paintSigns(canvas, roots, MAP, 1);
    }
    legend.innerHTML = rootLegend(legend, scale) + (k ? "" : `<small>${READING}</small>`);
  });
}

// All maps have the scale of occlusion's, whose patch hides many pixels at a time: beside it the
// shares of single pixels would be too pale to see.
const root = (share) => Math.sign(share) * Math.sqrt(Math.abs(share));

// The colours from -scale to +scale, with the shares that have those at every quarter of the way.
function rootLegend(element, scale) {
  if (!isScale(scale)) return signedLegend(element, scale);
  const dark = isDark(element);
  const steps = Array.from({ length: 17 }, (_, k) => css(signedColour(k / 8 - 1, dark)));
  const ticks = [-1, -0.5, 0, 0.5, 1].map((at) => signed(at * Math.abs(at) * scale));
  return `<span class="inside-why-legend"><i style="background:
    linear-gradient(to right, ${steps.join()})"></i>
    <span>${ticks.map((tick) => `<b>${tick}</b>`).join("")}</span></span>`;
}

function point(view, event) {
  const canvas = event.target.closest("canvas");
  if (!canvas) return;
  const { left, top, width } = canvas.getBoundingClientRect();
  const along = (at) => Math.min(SIDE - 1, Math.max(0, Math.floor((at * SIDE) / width)));
  goTo(view, SIDE * along(event.clientY - top) + along(event.clientX - left));
}

function goTo(view, place) {
  view.place = place;
  view.find(".inside-why-place").textContent = where(view);
  const percent = (at) => `${(100 * (at + 0.5)) / SIDE}%`;
  for (const { maps } of view.rows) {
    for (const { values, cross, share } of maps) {
      cross[0].style.left = percent(place % SIDE);
      cross[1].style.top = percent(Math.floor(place / SIDE));
      share.textContent = signed(values[place]);
    }
  }
}

function where({ place, pixels }) {
  const [row, column] = [Math.floor(place / SIDE), place % SIDE];
  return `Pixel in row ${row}, column ${column}: ink ${pixels[place].toFixed(2)}`;
}

function sentence(view) {
  const shares = view.rows.flatMap(({ maps }) => maps);
  const words = shares.map(({ title, values }) => `${title} ${signed(values[view.place])}`);
  return `${where(view)}. ${words.join(", ")}`;
}

function table({ rows: [{ maps }], pixels }) {
  const head = ["Row", "Column", "Ink", ...maps.map(({ title }) => title)];
  const lines = strongest(maps[1].values, LISTED);
  const cells = lines.map((place) => [
    Math.floor(place / SIDE),
    place % SIDE,
    pixels[place].toFixed(2),
    ...maps.map(({ values }) => signed(values[place])),
  ]);
  const line = (tag, texts) => `<tr>${texts.map((text) => `<${tag}>${text}</${tag}>`).join("")}</tr>`;
  return line("th", head) + cells.map((texts) => line("td", texts)).join("");
}
