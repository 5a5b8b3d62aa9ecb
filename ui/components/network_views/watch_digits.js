// Test images with what is read in them, the least sure ones first. See
// ui/train/watching/digits.py.

import { mounted } from "./mounted.js";
import { paintImage } from "./paint.js";
import { readPixels } from "./tensors.js";

const PIXELS = 784;
const MOVE = { duration: 350, easing: "ease-out" };

export default mounted(create);

function create(parentElement) {
  const wall = { list: document.createElement("ol"), images: null, tiles: [] };
  wall.list.className = "watch-digits";
  parentElement.appendChild(wall.list);
  wall.take = (data) => {
    if (data.images !== wall.images) build(wall, data);
    data.read.forEach((_, place) => tell(wall.tiles[place], data, place));
    arrange(wall, data.sure);
  };
  return wall;
}

function build(wall, { images, numbers }) {
  wall.images = images;
  const pixels = readPixels(images);
  wall.tiles = numbers.map((_, place) => {
    const tile = document.createElement("li");
    tile.innerHTML = `<canvas width="56" height="56" aria-hidden="true"></canvas>
      <span class="watch-digit-answer"></span><span class="watch-digit-truth"></span>`;
    paintImage(tile.querySelector("canvas"), pixels.subarray(PIXELS * place, PIXELS * (place + 1)));
    return tile;
  });
  wall.list.replaceChildren(...wall.tiles);
}

function tell(tile, data, place) {
  const right = data.right[place];
  const share = Math.round(100 * data.sure[place]);
  const sure = share === 100 ? ">99 %" : `${share} %`; // kept in 255 steps
  tile.dataset.right = right;
  const mark = right ? "✓" : "✗";
  tile.querySelector(".watch-digit-answer").textContent = `${mark} ${data.read[place]}, ${sure}`;
  tile.querySelector(".watch-digit-truth").textContent = right ? "" : `is ${data.is[place]}`;
  tile.title =
    `Test image ${data.numbers[place]}: a ${data.is[place]}, ` +
    `read as ${data.read[place]}, ${sure} sure`;
}

// Least sure first; tiles that change places glide there.
function arrange({ list, tiles }, sure) {
  const order = tiles.map((_, place) => place).sort((a, b) => sure[a] - sure[b] || a - b);
  const wanted = order.map((place) => tiles[place]);
  if (wanted.every((tile, place) => tile === list.children[place])) return;
  const before = new Map(wanted.map((tile) => [tile, tile.getBoundingClientRect()]));
  list.replaceChildren(...wanted);
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const tile of wanted) {
    const [from, to] = [before.get(tile), tile.getBoundingClientRect()];
    const [dx, dy] = [from.left - to.left, from.top - to.top];
    if (dx || dy) tile.animate([{ transform: `translate(${dx}px, ${dy}px)` }, {}], MOVE);
  }
}
