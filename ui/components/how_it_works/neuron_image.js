// One neuron of the shipped network: the image, its weights as an image, and their product.

import { asPoint } from "./dragging.js";
import { brackets, formula, row, sub, sum } from "./formula.js";
import { layerSums, neuronSum, scaled } from "./layer_numbers.js";
import { format, isDark, largest, paintImage, signed } from "./paint.js";
import { firstLayer } from "./shipped_layer.js";
import { legend, paintSigned } from "./signed_scale.js";
import { button, div, element, range } from "./step.js";
import { named } from "./terms.js";
import { readPixels } from "./tensors.js";

const SIDE = 28;
const ZOOM = 8; // pixels of the canvas for each of the image

export class NeuronImage {
  constructor(frame) {
    Object.assign(this, { frame, neuron: 0, pixel: 0, pointed: null });
    this.pictures = {
      image: new PixelPicture("The image x", "xi", this),
      weights: new PixelPicture("The weights w", "wi", this),
      products: new PixelPicture("Their product w x", "wixi", this),
    };
    this.legend = div("how-row");
    this.pixelWords = div("how-pointed how-numbers");
    this.bars = div("how-bars how-numbers");
    this.chooser = range({
      name: "Neuron", help: "Which neuron of the first layer", min: 0, max: 127, step: 1, value: 0,
      act: (neuron) => this.choose(neuron),
    });
    this.failed = div("how-says");
    this.body = div("how-image-neuron", written(),
      div("how-pictures", ...Object.values(this.pictures).map((picture) => picture.element)),
      this.legend, this.pixelWords, this.chooser.element,
      div("how-row",
        button("The strongest", "The neuron that answers to this image with the largest sum",
          () => this.chooseStrongest())),
      this.bars);
    this.element = div("", element("h3", "", "The same for the image"), this.body, this.failed);
    this.element.hidden = this.body.hidden = true;
    this.tell = asPoint(this.pictures.image.box, {
      name: "Pixel of the image",
      x: { min: 0, max: SIDE - 1, step: 1 }, y: { min: 0, max: SIDE - 1, step: 1 },
      get: () => [this.pixel % SIDE, SIDE - 1 - Math.floor(this.pixel / SIDE)],
      set: (x, y) => this.keep((SIDE - 1 - y) * SIDE + x),
      words: () => (this.sum ? this.wordsOf(this.pixel) : ""),
    });
  }

  // `image`: as ui/how/first_layer.py has it, or null without a network.
  async take(image) {
    this.element.hidden = image === null;
    if (image === null) return;
    const pixels = readPixels(image.pixels);
    try {
      this.layer = await firstLayer(image.weights);
    } catch (error) {
      console.warn(error);
      this.failed.textContent = "The weights could not be loaded. Please reload.";
      return;
    }
    this.failed.textContent = "";
    this.body.hidden = false;
    const other = image.pixels !== this.image?.pixels;
    Object.assign(this, { image, pixels, inputs: scaled(pixels, image) });
    this.chooser.input.max = this.layer.outputs - 1;
    if (other) this.chooseStrongest();
    else this.show();
  }

  chooseStrongest() {
    const sums = layerSums(this.layer, this.inputs);
    this.choose(sums.indexOf(Math.max(...sums)));
    this.keep(this.sum.products.indexOf(Math.max(...this.sum.products)));
  }

  choose(neuron) {
    this.neuron = neuron;
    this.chooser.set(neuron);
    this.sum = neuronSum(this.layer, neuron, this.inputs);
    this.show();
  }

  show() {
    const { pictures: { image, weights, products }, sum, body } = this;
    const dark = isDark(body);
    const [most, mostProduct] = [largest(sum.weights), largest(sum.products)];
    paintImage(image.canvas, this.pixels);
    paintSigned(weights.canvas, sum.weights, SIDE, SIDE, most, dark);
    paintSigned(products.canvas, sum.products, SIDE, SIDE, mostProduct, dark);
    this.legend.replaceChildren(
      named("wi", legend("weight", -most, most, most, dark, format)),
      named("wixi", legend("product", -mostProduct, mostProduct, mostProduct, dark, format)));
    this.showBars();
    this.showPixel();
  }

  // From the products to the output.
  showBars() {
    const { plus, minus, bias, z } = this.sum;
    const after = plus + minus;
    const [low, high] = [Math.min(0, after, z), Math.max(plus, z)];
    const bar = (name, words, from, to, shown = to - from) => {
      const place = (value) => (100 * (value - low)) / (high - low);
      const line = element("i", to < from ? "how-minus" : "how-plus");
      line.style.left = `${place(Math.min(from, to))}%`;
      line.style.width = `${Math.abs(place(to) - place(from))}%`;
      return named(name, div("how-bar", element("span", "", words), div("", line),
        element("span", "", signed(shown))));
    };
    this.bars.replaceChildren(
      bar("wixi", "products above 0", 0, plus),
      bar("wixi", "products below 0", plus, after),
      bar("bi", "bias b", after, z, bias),
      bar("zi", "sum z", 0, z),
      bar("ai", "output max(0, z)", 0, Math.max(0, z)));
    this.frame.terms.refresh();
  }

  keep(pixel) {
    this.pixel = pixel;
    this.showPixel();
    this.tell();
  }

  // Where the mouse is; null for nowhere.
  point(pixel) {
    if (pixel === this.pointed) return;
    this.pointed = pixel;
    this.showPixel();
  }

  showPixel() {
    const pixel = this.pointed ?? this.pixel;
    for (const picture of Object.values(this.pictures)) picture.mark(pixel);
    const parts = this.parts(pixel);
    this.pixelWords.replaceChildren(`${placeOf(pixel)}: `, named("xi", element("span", "", parts.input)),
      " × ", named("wi", element("span", "", parts.weight)), " = ",
      named("wixi", element("b", "", parts.product)), element("small", "", parts.why));
    this.frame.terms.refresh();
  }

  parts(pixel) {
    const { sum: { weights, products }, inputs, pixels, image: { mean, std } } = this;
    return {
      input: format(inputs[pixel]), weight: format(weights[pixel]), product: signed(products[pixel]),
      why: ` input = (pixel ${format(pixels[pixel])} − mean ${format(mean)}) ÷ deviation ${format(std)}`,
    };
  }

  wordsOf(pixel) {
    const { input, weight, product } = this.parts(pixel);
    return `${placeOf(pixel)}: ${input} times ${weight} is ${product}`;
  }
}

const placeOf = (pixel) => `Row ${Math.floor(pixel / SIDE)}, column ${pixel % SIDE}`;

class PixelPicture {
  // `owner` is told where the mouse is, point(pixel or null), and what was chosen, keep(pixel).
  constructor(title, name, owner) {
    this.canvas = Object.assign(document.createElement("canvas"), { width: SIDE * ZOOM, height: SIDE * ZOOM });
    this.marker = element("i", "how-pixel");
    this.box = div("how-pixels", this.canvas, this.marker);
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", title);
    this.element = named(name, element("figure", "", element("figcaption", "", title), this.box));
    const at = (event) => {
      const { left, top, width, height } = this.canvas.getBoundingClientRect();
      const [column, line] = [(event.clientX - left) / width, (event.clientY - top) / height].map((share) =>
        Math.min(SIDE - 1, Math.max(0, Math.floor(share * SIDE))));
      return line * SIDE + column;
    };
    this.box.addEventListener("pointermove", (event) => {
      if (event.pointerType === "touch") owner.keep(at(event));
      else owner.point(at(event));
    });
    this.box.addEventListener("pointerleave", () => owner.point(null));
    this.box.addEventListener("click", (event) => owner.keep(at(event)));
  }

  mark(pixel) {
    this.marker.style.left = `${(100 * (pixel % SIDE)) / SIDE}%`;
    this.marker.style.top = `${(100 * Math.floor(pixel / SIDE)) / SIDE}%`;
  }
}

function written() {
  const product = named("wixi", row(named("wi", sub("w", "i")), named("xi", sub("x", "i"))));
  return div("how-formulas",
    formula("z equals the sum over all 784 pixels i of w i times x i, plus b",
      named("zi", row("z")), "=", sum(row("i", "=", 1), 784), product, "+", named("bi", row("b"))),
    formula("a, the output, equals the larger one of 0 and z", named("ai", row("a")), "=", "max",
      brackets(0, ",", named("zi", row("z")))));
}
