// The small pictures in the nodes of a graph: each neuron's answer over the plane.

import { TILE } from "./answers.js";
import { softmax } from "./colours.js";
import { fixed } from "./numbers.js";
import { isOutput } from "./parameters.js";

// One row of tiles off the screen, one for each node; they are drawn into the graph from there.
export class Thumbs {
  constructor(layout) {
    this.nodes = layout.nodes.flat();
    this.row = TILE * this.nodes.length;
    this.sheet = new OffscreenCanvas(this.row, TILE);
    this.pen = this.sheet.getContext("2d");
    this.image = new ImageData(this.row, TILE);
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.outline = new Path2D();
    for (const { x, y, size } of this.nodes) this.outline.roundRect(x, y, size, size, 5);
  }

  // Colours all tiles by new answers.
  paint(answers, shape, colours, discrete) {
    const isSeveral = shape.classes > 2;
    // What inputs are does not change while it trains.
    const { grid } = answers;
    const isSame = grid === this.grid && colours === this.colours && discrete === this.discrete;
    Object.assign(this, { grid, colours, discrete });
    this.nodes.forEach(({ layer, neuron, name }, i) => {
      if (layer < 0 ? isSame : isSeveral && isOutput(shape, layer)) return;
      const [values, from, scale] = layer < 0 ? answers.ofInput(name) : answers.of(layer, neuron);
      const at = i * TILE;
      colours.paintSigned(this.pixels, at, this.row, values, from, answers.side, TILE, scale, discrete);
    });
    if (isSeveral) this.paintClasses(answers, shape, colours);
    this.pen.putImageData(this.image, 0, 0);
  }

  // How sure the network is of each of several classes: the last nodes.
  paintClasses({ outputs, side }, { classes, loss }, colours) {
    const values = outputs.at(-1);
    const [step, count] = [side / TILE, side * side];
    const first = (this.nodes.length - classes) * TILE;
    const scores = new Float32Array(classes);
    for (let y = 0; y < TILE; y++) {
      for (let x = 0; x < TILE; x++) {
        const point = y * step * side + x * step;
        for (let k = 0; k < classes; k++) scores[k] = values[k * count + point];
        if (loss === "cross_entropy") softmax(scores);
        for (let k = 0; k < classes; k++) {
          const shades = colours.ofClass[k % colours.ofClass.length];
          const share = Math.max(0, Math.min(1, scores[k]));
          this.pixels[first + k * TILE + y * this.row + x] = shades[(share * (shades.length - 1)) | 0];
        }
      }
    }
  }

  // Draws them into their nodes; those that say nothing pale and crossed out.
  draw(pen, off, colours) {
    pen.save();
    pen.clip(this.outline);
    pen.imageSmoothingEnabled = true;
    this.nodes.forEach(({ x, y, size, layer, neuron }, i) => {
      const isOff = layer < 0 ? neuron < 0 : off.has(`${layer},${neuron}`);
      pen.globalAlpha = isOff ? 0.3 : 1;
      pen.drawImage(this.sheet, i * TILE, 0, TILE, TILE, x, y, size, size);
      if (!isOff || layer < 0) return;
      pen.globalAlpha = 0.8;
      pen.strokeStyle = colours.text;
      pen.lineWidth = 1.5;
      pen.beginPath();
      pen.moveTo(x, y + size);
      pen.lineTo(x + size, y);
      pen.stroke();
    });
    pen.restore();
  }

  // What each says of one point, written over it.
  drawNumbers(pen, outputs, colours) {
    pen.save();
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    pen.lineWidth = 3.5;
    pen.strokeStyle = colours.background;
    pen.fillStyle = colours.text;
    for (const { layer, neuron, size, cx, cy } of this.nodes) {
      if (neuron < 0) continue;
      pen.font = `600 ${size > 26 ? 11 : 9}px ${colours.font}`;
      const value = outputs[layer + 1][neuron];
      const text = fixed(value, Math.abs(value) < 9.995 && size > 24 ? 2 : 1);
      pen.strokeText(text, cx, cy);
      pen.fillText(text, cx, cy);
    }
    pen.restore();
  }
}
