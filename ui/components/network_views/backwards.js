// The view "Backwards": the gradients of all weights of a neuron as a picture, and the chain rule
// from the loss to one of them as rows of boxes. All numbers are the server's.

import { showChain } from "./backwards_chain.js";
import { GradientPicture } from "./gradient_picture.js";
import { mounted } from "./mounted.js";

export default mounted(create);

function create(parentElement) {
  const box = document.createElement("div");
  box.className = "backwards";
  const chain = document.createElement("ol");
  chain.className = "backwards-chain";
  chain.setAttribute("aria-label", "From the loss to the weight, factor by factor");
  const view = { chain, open: null };
  const picture = new GradientPicture((input) => view.send("chosen", { input }));
  box.append(picture.element, chain);
  parentElement.appendChild(box);
  view.take = (data, setTriggerValue) => {
    view.send = setTriggerValue;
    picture.show(data.picture); // also where only the theme is another
    const rows = JSON.stringify(data.rows);
    if (rows !== view.rows) showChain(chain, data.rows, view);
    view.rows = rows;
  };
  return view;
}
