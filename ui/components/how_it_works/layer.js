// Step 2: three neurons at once, and the first layer of the shipped network.

import { LayerImage } from "./layer_image.js";
import { LayerProduct } from "./layer_product.js";
import { mounted } from "./mounted.js";
import { formula, row, sup } from "./formula.js";
import { div, stepFrame } from "./step.js";
import { named } from "./terms.js";

export default mounted((parentElement) => {
  const frame = stepFrame(parentElement);
  const product = new LayerProduct(frame);
  const image = new LayerImage(frame);
  frame.formula.append(written());
  frame.widget.append(product.element, image.element);
  return {
    take: ({ words, images }) => {
      frame.setWords(words);
      product.show(); // the theme may be another
      image.take(images);
    },
  };
});

function written() {
  return div("", formula("y equals x times W transposed plus b",
    named("y", row("y")), "=", named("x", row("x")), named("w", sup("W", "⊤")), "+", named("b", row("b"))));
}
