// Takes the weights over for all other parts of the page; shows nothing.

import { Network } from "./network.js";
import { current, setNetwork } from "./stage.js";

const REST = 500; // milliseconds without another network: then the server is told which is here
let taken, later;

// `data`: the weights, or nothing of a network that is too large; {known: id} in the place of those
// that the server has been told are here.
export default function ({ data, setStateValue }) {
  clearTimeout(later);
  const tell = () => setStateValue("has", current().network?.id ?? null);
  if (data.known) {
    // Another one may have come in between.
    if (data.known !== current().network?.id) tell();
    return;
  }
  if (data.length) later = setTimeout(tell, REST);
  if (data === taken) return; // the same bytes come again whenever the page runs
  taken = data;
  const network = data.length ? new Network(data) : null;
  // The same weights in other bytes, as of a model that was saved again, are no news to the views.
  if (network?.id !== current().network?.id) setNetwork(network);
}
