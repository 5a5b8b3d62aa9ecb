// Takes the weights over for all other parts of the page; shows nothing.

import { Network } from "./network.js";
import { current, setNetwork } from "./stage.js";

let taken;

export default function ({ data }) {
  if (data === taken) return; // the same bytes come again whenever the page runs
  taken = data;
  const network = data.length ? new Network(data) : null;
  // The same weights in other bytes, as of a model that was saved again, are no news to the views.
  if (network?.id !== current().network?.id) setNetwork(network);
}
