// The images of the map: what is known of each. They come once; where they lie comes again and again.

import { readBytes, readFloats } from "./tensors.js";

const REST = 500; // milliseconds: then the server is told what is here
const listeners = new Set();
let taken, later, current = null;

// Takes the images over for the map; shows nothing. `data`: see ui/inside/image_map_points.py; {known:
// id} in the place of those that the server has been told are here.
export default function ({ data, setStateValue }) {
  clearTimeout(later);
  const tell = () => setStateValue("has", current?.id ?? null);
  if (data.known) {
    if (data.known !== current?.id) tell();
    return;
  }
  later = setTimeout(tell, REST);
  if (data.id === taken) return;
  taken = data.id;
  const atlas = new Image();
  atlas.onload = () => {
    current = {
      ...data,
      atlas,
      classes: readBytes(data.classes),
      read: readBytes(data.read),
      probabilities: readFloats(data.probabilities),
    };
    for (const listener of [...listeners]) listener();
  };
  atlas.src = `data:image/png;base64,${data.atlas}`;
}

// {id, count, columns, labels, atlas, numbers, classes, read, probabilities}, or null.
export const points = () => current;

// Call `listener` when others have come; returns how to stop that.
export function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
