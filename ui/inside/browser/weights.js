// Takes the weights over for all other parts of the page; shows nothing.

import { Network } from "./network.js";
import { current, setNetwork } from "./stage.js";

let taken;

export default function ({ data }) {
  // The same bytes come again whenever the page runs.
  if (data === taken || (data.length === 0 && !current().network)) return;
  taken = data;
  setNetwork(data.length ? new Network(data) : null);
}
