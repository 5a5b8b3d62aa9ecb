// The map's marks on its canvas: dots, names of classes, or the images themselves.

const RADIUS = 3.6; // of a dot, in CSS pixels
const TILE = 20; // side of an image
const PALE = 0.1; // of what is not chosen in the legend

// `map`: {canvas, size, layout, points, groups, marks, shown(i), selected, looked, here, lasso, ink,
// accent}.
export function paint(map) {
  const { canvas, size, layout, points } = map;
  if (layout.places.length < 2 * points.count) return; // theirs are on their way
  const ratio = devicePixelRatio || 1;
  const pixels = Math.round(size * ratio);
  if (canvas.width !== pixels) canvas.width = canvas.height = pixels;
  const pen = canvas.getContext("2d");
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, size, size);
  for (const group of map.groups) {
    const stamp = map.marks === "images" ? null : stampOf(map, group, ratio);
    for (let i = 0; i < points.count; i++) {
      if (!group.of(i)) continue;
      const [x, y] = layout.at(i, size);
      pen.globalAlpha = map.shown(i) ? 1 : PALE;
      if (stamp) pen.drawImage(stamp, x - stamp.half, y - stamp.half, 2 * stamp.half, 2 * stamp.half);
      else tile(pen, points, i, x, y, group.colour);
    }
  }
  pen.globalAlpha = 1;
  outlines(pen, map);
}

// One mark, painted once: 2,000 pictures are copied faster than texts are written.
function stampOf(map, group, ratio) {
  const half = map.marks === "names" ? 9 : RADIUS + 1;
  const stamp = new OffscreenCanvas(Math.ceil(2 * half * ratio), Math.ceil(2 * half * ratio));
  stamp.half = half;
  const pen = stamp.getContext("2d");
  pen.scale(ratio, ratio);
  pen.fillStyle = group.colour;
  if (map.marks === "names") {
    pen.font = "600 12px sans-serif";
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText(short(group.name), half, half);
  } else {
    pen.beginPath();
    pen.arc(half, half, RADIUS, 0, 2 * Math.PI);
    pen.fill();
  }
  return stamp;
}

const short = (name) => [...name].slice(0, name.length > 2 ? 2 : 1).join("");

function tile(pen, points, i, x, y, colour) {
  pen.fillStyle = colour;
  pen.fillRect(x - TILE / 2 - 1, y - TILE / 2 - 1, TILE + 2, TILE + 2);
  pen.drawImage(points.atlas, ...inAtlas(points, i), x - TILE / 2, y - TILE / 2, TILE, TILE);
}

// Where image i lies in the picture of all: left, top, width, height.
export function inAtlas({ columns, side }, i) {
  return [(i % columns) * side, Math.floor(i / columns) * side, side, side];
}

// What was chosen, what is looked at, and where the page's own image is.
function outlines(pen, { layout, size, looked, here, lasso, selected, ink, accent }) {
  const ring = (i, radius, width, colour) => {
    pen.beginPath();
    pen.arc(...layout.at(i, size), radius, 0, 2 * Math.PI);
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.stroke();
  };
  for (const i of selected) ring(i, 6, 1.2, ink);
  if (here !== null) star(pen, ...layout.at(here, size), ink, accent);
  if (looked !== null) ring(looked, 11, 2.5, accent);
  if (lasso.length > 1) {
    pen.beginPath();
    lasso.forEach(([x, y]) => pen.lineTo(x, y));
    pen.setLineDash([5, 4]);
    pen.strokeStyle = ink;
    pen.lineWidth = 1.5;
    pen.stroke();
    pen.setLineDash([]);
  }
}

function star(pen, x, y, ink, accent) {
  pen.beginPath();
  for (let k = 0; k < 10; k++) {
    const radius = k % 2 ? 4.5 : 11;
    const angle = -Math.PI / 2 + (k * Math.PI) / 5;
    pen.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  pen.closePath();
  pen.fillStyle = accent;
  pen.fill();
  pen.strokeStyle = ink;
  pen.lineWidth = 1.5;
  pen.stroke();
}
