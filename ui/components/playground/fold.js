// How high the parts of the picture may be for all of it to be in sight together.

// Of what is above and below the graph and the plane: heads, legends, the words below.
const BESIDE_GRAPH = 216;
const BESIDE_PLANE = 88;
const ABOVE = 150; // Streamlit's bar and the buttons that play, once one has scrolled
const LATE = 0.75; // of the window: where the picture begins below it, one has to scroll in any case

// What the window has room for below the top of an element, as if nothing were scrolled.
export function roomBelow(element) {
  const root = element.getRootNode().host ?? element;
  const scrolled = root.closest('[data-testid="stMain"]')?.scrollTop ?? 0;
  const top = element.getBoundingClientRect().top + scrolled;
  return innerHeight - (top > LATE * innerHeight ? ABOVE : Math.round(top));
}

export const graphHeight = (room) => Math.max(0, room - BESIDE_GRAPH);

// The width, and so about the height, of a plane. `most`: what it may be; `isAbove`: graphs are to begin below it.
export const planeWidth = (room, most, isAbove) =>
  Math.floor(Math.min(most, Math.max(250, room * (isAbove ? 0.72 : 1) - BESIDE_PLANE)));
