// The large picture of the plane: what a network or one of its neurons answers everywhere, with the
// points; under the pointer the numbers of that place.

import { penOf } from "./elements.js";
import { classLegend, signedLegend } from "./legend.js";
import { fixed } from "./numbers.js";
import { neuronName } from "./parameters.js";
import { painting, reachOf } from "./painting.js";
import { Plane } from "./plane.js";
import { pointing, shown, shownNeuron } from "./pointing.js";
import { softmax } from "./colours.js";
import { store } from "./store.js";

const DOT = 14; // pixels

export class Surface {
  constructor(element, index) {
    this.index = index;
    element.innerHTML = `<figcaption class="pg-surface-title"></figcaption>
      <div class="pg-plane" tabindex="0" role="application"
        aria-roledescription="plane to look around in"><canvas></canvas><canvas></canvas>
        <span class="pg-crosshair" hidden></span></div>
      <div class="pg-readout" aria-live="off"></div><div class="pg-legend"></div>`;
    const find = (name) => element.querySelector(`.pg-${name}`);
    Object.assign(this, {
      element, title: find("surface-title"), box: find("plane"), crosshair: find("crosshair"),
      readout: find("readout"), legend: find("legend"),
    });
    this.canvases = [...element.querySelectorAll("canvas")];
    this.sheet = new OffscreenCanvas(1, 1);
  }

  get arm() {
    return store.arms[this.index];
  }

  layOut(width) {
    const key = `${width},${store.reach},${devicePixelRatio}`;
    if (key === this.key) return;
    this.key = key;
    this.plane = new Plane(width, store.reach);
    [this.heatPen, this.markPen] = this.canvases.map((canvas) => penOf(canvas, width, this.plane.height));
    Object.assign(this.box.style, { width: `${width}px`, height: `${this.plane.height}px` });
    this.painted = this.marked = null;
  }

  // What is shown: {layer, neuron, name, words}; the answer of all outputs has layer null.
  subject() {
    const { shape } = this.arm;
    const target = shown();
    if (target?.kind === "input" && target.arm === this.index) {
      return { name: target.name, words: `Input ${this.titles[target.name]}` };
    }
    const neuron = shownNeuron(this.index, shape);
    if (!neuron) return { layer: null, words: "Output" };
    const [layer, place] = neuron;
    if (layer < 0) {
      const name = shape.inputs[place];
      return { name, words: `Input ${this.titles[name]}` };
    }
    const words = neuronName(shape, layer, place);
    return { layer, neuron: place, words: words[0].toUpperCase() + words.slice(1) };
  }

  draw(answers, isMoved, colours, numbers, titles) {
    this.titles = titles;
    const subject = this.subject();
    const { discrete, test } = store.show;
    const key = `${subject.words},${discrete}`;
    if (isMoved || this.painted !== key || this.colours !== colours) {
      this.painted = key;
      this.paint(answers, subject, colours, discrete);
    }
    const { points } = store;
    if (this.marked?.points !== points || this.marked.test !== test || this.colours !== colours ||
      this.marked.classes !== this.arm.shape.classes) {
      this.marked = { points, test, classes: this.arm.shape.classes };
      this.markPen.clearRect(0, 0, this.plane.width, this.plane.height);
      this.plane.drawAxes(this.markPen, [titles.x1, titles.x2], colours);
      this.plane.drawPoints(this.markPen, points, this.arm.shape.classes, test, colours);
    }
    this.colours = colours;
    const { title } = this.arm.shape;
    write(this.title, store.arms.length > 1 ? `${title}: ${subject.words}` : subject.words);
    this.drawPlace(subject, numbers);
  }

  paint(answers, subject, colours, discrete) {
    const { shape } = this.arm;
    const { side } = answers;
    if (this.sheet.width !== side || !this.pixels) {
      this.sheet.width = this.sheet.height = side;
      this.image = new ImageData(side, side);
      this.pixels = new Uint32Array(this.image.data.buffer);
    }
    const last = shape.widths.length - 2;
    let legend;
    if (subject.layer === null && shape.classes > 2) {
      const values = answers.outputs.at(-1);
      const isLogits = shape.loss === "cross_entropy";
      colours.paintClasses(this.pixels, values, side * side, shape.classes, isLogits, discrete);
      legend = "classes";
    } else {
      const [values, from, scale] = subject.name
        ? answers.ofInput(subject.name) : answers.of(subject.layer ?? last, subject.neuron ?? 0);
      colours.paintSigned(this.pixels, 0, side, values, from, side, side, scale, discrete);
      legend = scale;
    }
    this.sheet.getContext("2d").putImageData(this.image, 0, 0);
    this.plane.drawSurface(this.heatPen, this.sheet);
    this.showLegend(legend, colours);
  }

  showLegend(legend, colours) {
    this.legendOf = legend;
    const key = `${legend},${this.arm.shape.classes}`;
    if (key === this.legendKey && colours === this.colours) return;
    this.legendKey = key;
    if (legend === "classes") this.legend.replaceChildren(classLegend(colours, this.arm.shape.classes));
    else this.legend.innerHTML = signedLegend(colours, legend);
  }

  // The place that is pointed at, and what is said there.
  drawPlace(subject, numbers) {
    const { place } = pointing;
    this.crosshair.hidden = !place;
    write(this.readout, place && numbers ? this.placeWords(place, subject, numbers) : this.stillWords());
    this.box.setAttribute("aria-label", `${subject.words} over the plane`);
    if (!place) return;
    const [x, y] = [this.plane.x(place[0]), this.plane.y(place[1])];
    this.crosshair.style.transform =
      `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) translate(-50%, -50%)`;
    const size = painting.tool ? 2 * this.plane.pixels(reachOf(painting.tool, painting.brush)) : DOT;
    this.crosshair.style.width = this.crosshair.style.height = `${Math.max(DOT, size).toFixed(0)}px`;
  }

  stillWords() {
    const { points, show } = store;
    const tests = points.targets.length - points.trainCount;
    const rim = this.colours.isDark ? "light" : "dark";
    const count = (number) => number.toLocaleString("en");
    const training = `${count(points.trainCount)} training point${points.trainCount === 1 ? "" : "s"}`;
    return show.test ? `${training}, ${count(tests)} for test (${rim} rim)` : training;
  }

  placeWords(place, subject, numbers) {
    const { shape } = this.arm;
    const where = `${this.titles.x1} = ${fixed(place[0], 2)}, ${this.titles.x2} = ${fixed(place[1], 2)}`;
    if (subject.name) {
      const at = shape.inputs.indexOf(subject.name);
      return at < 0 ? where : `${where}: ${fixed(numbers[0][at], 3)}`;
    }
    const layer = subject.layer ?? shape.widths.length - 2;
    if (subject.layer !== null || shape.classes <= 2) {
      return `${where}: ${fixed(numbers[layer + 1][subject.neuron ?? 0], 3)}`;
    }
    const scores = numbers.at(-1).slice();
    const isSure = shape.loss === "cross_entropy";
    if (isSure) softmax(scores);
    const best = scores.indexOf(Math.max(...scores));
    return `${where}: class ${best + 1}, ${isSure ? `${fixed(100 * scores[best], 1)} %` : fixed(scores[best], 3)}`;
  }
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
