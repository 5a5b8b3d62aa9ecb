// The view "Backwards": the gradients of all weights of a neuron as a picture, and the chain rule
// from the loss to one of them as rows of boxes. All numbers are the server's.

import { showChain } from "./backwards_chain.js";
import { createPicture, showPicture } from "./gradient_picture.js";

const views = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let view = views.get(parentElement);
  if (!view) {
    view = create(parentElement);
    views.set(parentElement, view);
  }
  view.send = setTriggerValue;
  showPicture(view.picture, data.picture); // also where only the theme is another
  const rows = JSON.stringify(data.rows);
  if (rows !== view.rows) showChain(view.chain, data.rows, view);
  view.rows = rows;
}

function create(parentElement) {
  const box = document.createElement("div");
  box.className = "backwards";
  const chain = document.createElement("ol");
  chain.className = "backwards-chain";
  chain.setAttribute("aria-label", "From the loss to the weight, factor by factor");
  const view = { chain, open: null };
  view.picture = createPicture((input) => view.send("chosen", { input }));
  box.append(view.picture.figure, chain);
  parentElement.appendChild(box);
  return view;
}
