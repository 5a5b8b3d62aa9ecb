// A surface as a PNG file: with axes, points, title and legend.

import { css, SURFACE } from "./colours.js";
import { short } from "./numbers.js";
import { Plane } from "./plane.js";
import { drawMark } from "./point_marks.js";
import { store } from "./store.js";

const WIDTH = 480; // twice as many pixels
const ABOVE = 34;
const BELOW = 34;

export function savePicture(surface, colours) {
  const plane = new Plane(WIDTH, store.reach);
  const canvas = document.createElement("canvas");
  canvas.width = 2 * WIDTH;
  canvas.height = 2 * (plane.height + ABOVE + BELOW);
  const pen = canvas.getContext("2d");
  pen.scale(2, 2);
  pen.fillStyle = colours.background;
  pen.fillRect(0, 0, WIDTH, canvas.height);
  pen.fillStyle = colours.text;
  pen.font = `600 15px ${colours.font}`;
  pen.textBaseline = "middle";
  pen.fillText(titleOf(surface), plane.left, ABOVE / 2 + 3);
  pen.translate(0, ABOVE);
  plane.drawSurface(pen, surface.sheet);
  plane.drawAxes(pen, [surface.titles.x1, surface.titles.x2], colours);
  const { classes } = surface.arm.shape;
  plane.drawPoints(pen, store.points, classes, store.show.test, colours);
  pen.translate(0, plane.height + BELOW / 2 - 4);
  drawLegend(pen, plane, surface.legendOf, classes, colours);
  canvas.toBlob((blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = "playground.png";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });
}

function titleOf(surface) {
  const { snapshot, shape } = surface.arm;
  const name = surface.title.textContent;
  const epoch = snapshot ? `, epoch ${Math.floor(snapshot.epoch).toLocaleString("en")}` : "";
  return `${shape.widths.join("-")}: ${name.toLowerCase()}${epoch}`;
}

function drawLegend(pen, plane, legend, classes, colours) {
  pen.font = `12px ${colours.font}`;
  pen.textBaseline = "middle";
  pen.textAlign = "left";
  if (legend === "classes") {
    for (let k = 0; k < classes; k++) {
      const x = plane.left + 8 + k * 70;
      drawMark(pen, x, 0, 5, k, classes, false, colours);
      pen.fillStyle = colours.text;
      pen.fillText(`class ${k + 1}`, x + 10, 0);
    }
    return;
  }
  const end = short(legend);
  const [from, to] = [plane.left + 40, plane.left + plane.side - 40];
  const shades = pen.createLinearGradient(from, 0, to, 0);
  for (let k = 0; k <= 8; k++) shades.addColorStop(k / 8, css(colours.ofValue(k / 4 - 1, SURFACE)));
  pen.fillStyle = shades;
  pen.fillRect(from, -5, to - from, 10);
  pen.fillStyle = colours.text;
  pen.fillText(`+${end}`, to + 6, 0);
  pen.textAlign = "right";
  pen.fillText(`−${end}`, from - 6, 0);
}
