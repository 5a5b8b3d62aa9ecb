// The first layer of the network that ships with the project, from its file.

import { readTensors } from "./tensors.js";

const fetched = {}; // by address: both steps ask for it

// { weight, bias, inputs, outputs }: see layer_numbers.js.
export function firstLayer(address) {
  return (fetched[address] ??= fetchLayer(address).catch((error) => {
    delete fetched[address]; // the next one may get it
    throw error;
  }));
}

async function fetchLayer(address) {
  const answer = await fetch(new URL(address, document.baseURI));
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const { tensors } = readTensors(new Uint8Array(await answer.arrayBuffer()));
  const [weight, bias] = [tensors["0.weight"], tensors["0.bias"]];
  return { weight, bias, inputs: weight.length / bias.length, outputs: bias.length };
}
