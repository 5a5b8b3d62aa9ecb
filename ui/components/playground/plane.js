// A picture of the plane: a surface in colours, axes with numbers, and points on it.

import { drawPoints } from "./point_marks.js";

const MARGIN = { left: 34, right: 8, top: 8, bottom: 36 };
const EDGE = 6; // pixels of it that points at the rim may cover

// Where the plane lies in a picture `width` wide: a square of `side` pixels.
export class Plane {
  constructor(width, reach) {
    this.side = width - MARGIN.left - MARGIN.right;
    Object.assign(this, { width, reach, left: MARGIN.left, top: MARGIN.top });
    this.height = MARGIN.top + this.side + MARGIN.bottom;
  }

  x(x1) {
    return this.left + ((x1 / this.reach + 1) / 2) * this.side;
  }

  y(x2) {
    return this.top + ((1 - x2 / this.reach) / 2) * this.side;
  }

  // How long something of the plane is.
  pixels(length) {
    return (length / this.reach / 2) * this.side;
  }

  // The point of the plane there; null beside it.
  at(x, y) {
    const place = [(x - this.left) / this.side, (y - this.top) / this.side];
    if (place.some((share) => share < 0 || share > 1)) return null;
    return [this.reach * (2 * place[0] - 1), this.reach * (1 - 2 * place[1])];
  }

  drawSurface(pen, sheet) {
    pen.imageSmoothingEnabled = true;
    pen.drawImage(sheet, 0, 0, sheet.width, sheet.height, this.left, this.top, this.side, this.side);
  }

  drawAxes(pen, names, colours) {
    const { left, top, side, reach } = this;
    pen.strokeStyle = colours.border;
    pen.fillStyle = colours.text;
    pen.lineWidth = 1;
    pen.strokeRect(left - 0.5, top - 0.5, side + 1, side + 1);
    pen.font = `12px ${colours.font}`;
    for (const value of [-reach, -reach / 2, 0, reach / 2, reach]) {
      const text = String(value).replace("-", "−");
      pen.textAlign = "center";
      pen.textBaseline = "top";
      pen.fillText(text, this.x(value), top + side + 6);
      pen.textAlign = "right";
      pen.textBaseline = "middle";
      pen.fillText(text, left - 6, this.y(value));
    }
    pen.textAlign = "center";
    pen.textBaseline = "top";
    pen.fillText(names[0], left + side / 2 + side / 8, top + side + 19);
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    pen.fillText(names[1], 2, this.y(reach / 4));
  }

  drawPoints(pen, points, classes, showsTest, colours) {
    pen.save();
    pen.beginPath();
    pen.rect(this.left - EDGE, this.top - EDGE, this.side + 2 * EDGE, this.side + 2 * EDGE);
    pen.clip();
    drawPoints(pen, this, points, classes, showsTest, colours);
    pen.restore();
  }
}
