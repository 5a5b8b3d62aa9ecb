// What all parts of the page look at: the network and the image of this moment.
//
// Every part is a component of its own. All import this one module, so that a stroke on the pad, or
// a patch over the image, is seen by the others at once and without the server.

const NONE_OFF = { network: null, places: {}, words: "" };
const state = { network: null, image: null, off: NONE_OFF };
const listeners = new Set();

// The part that got the weights hands over the network.
export function setNetwork(network) {
  state.network = network;
  tell();
}

// The image that the page is about, pixels in [0, 1] (784 numbers).
export function setImage(pixels) {
  state.image = pixels;
  tell();
}

// Neurons of the network that are switched off: `places` as `Network.run` takes them, `words` for
// them. The view that switches them off says it, and takes it back with nothing when it leaves.
export function setOff(off = NONE_OFF) {
  state.off = off;
  tell();
}

export function current() {
  return state;
}

let ran = {};

// The outputs of all layers for the image, however many parts ask; null without network or image.
export function outputs() {
  const { network, image } = state;
  if (!network || !image) return null;
  if (ran.network !== network || ran.image !== image) {
    ran = { network, image, outputs: network.run(image) };
  }
  return ran.outputs;
}

let ranWithout = {};

// The same without the neurons that are switched off.
export function outputsWithout() {
  const all = outputs();
  const { network, image, off } = state;
  if (!all || off.network !== network || !Object.keys(off.places).length) return all;
  if (ranWithout.all !== all || ranWithout.off !== off) {
    ranWithout = { all, off, outputs: network.run(image, off.places, all) };
  }
  return ranWithout.outputs;
}

// Call `listener` soon after the network or the image has changed; returns how to stop that.
export function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

let waiting = false;

function tell() {
  // At most once a frame: a pen sends more than one can see.
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    for (const listener of [...listeners]) listener(state);
  });
}
