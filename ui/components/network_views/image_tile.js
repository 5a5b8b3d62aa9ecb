// The image beside the walls; over it the weights of the neuron that is looked at.

import { weightsOf } from "./contributions.js";
import { outline } from "./ink_outline.js";
import { largest, paintImage, signedLegend } from "./paint.js";
import { fit, paintSigns, paintTiles, ring } from "./tiles.js";

const SIDE = 28;

export class ImageTile {
  constructor() {
    this.element = document.createElement("figure");
    this.element.className = "inside-wall";
    this.element.innerHTML = `<figcaption></figcaption><canvas role="img"></canvas><div></div>`;
    [this.caption, this.canvas, this.legend] = this.element.children;
  }

  // `looked`: see looked_at.js, or null.
  show(pixels, network, looked) {
    const { canvas, caption, legend } = this;
    fit(canvas, { width: SIDE, height: SIDE });
    const weighed = network && looked?.layer.index === 0 && !looked.patch;
    caption.textContent = weighed ? "Image and weights" : "Image";
    const name = weighed ? `The weights of ${looked.name}, with the outline of the image` : "The image";
    canvas.setAttribute("aria-label", name);
    legend.innerHTML = "";
    const pen = canvas.getContext("2d");
    const cell = canvas.width / SIDE;
    if (weighed) {
      const weights = weightsOf(network, looked.layer, looked.unit);
      const scale = largest(weights);
      paintTiles(canvas, weights, looked.layer.weights, scale);
      paintSigns(canvas, weights, looked.layer.weights, scale);
      outline(canvas, pixels);
      legend.innerHTML = signedLegend(canvas, scale);
    } else {
      paintImage(canvas, pixels);
    }
    if (looked?.patch) {
      const { row, column, size } = looked.patch;
      ring(pen, [column * cell, row * cell, size * cell, size * cell], 2);
    }
  }

  // Of the pixel i, or of the patch, on the screen.
  middle(patch, i) {
    const { left, top, width } = this.canvas.getBoundingClientRect();
    const [column, row] = patch
      ? [patch.column + patch.size / 2, patch.row + patch.size / 2]
      : [(i % SIDE) + 0.5, Math.floor(i / SIDE) + 0.5];
    return [left + (column / SIDE) * width, top + (row / SIDE) * width];
  }
}
