// What the arrow keys ask for in a picture.

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// A step [right, down]; null for other keys, and where the browser means something by them.
export function arrowStep(event) {
  return isPlain(event) ? STEPS[event.key] ?? null : null;
}

// Whether a key is pressed alone: with others it is the browser's or the system's.
export const isPlain = ({ altKey, ctrlKey, metaKey }) => !altKey && !ctrlKey && !metaKey;
