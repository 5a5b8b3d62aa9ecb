// How far the axes of logits and exponentials reach.

const REACHES = [5, 10, 15, 20, 30, 50, 100, 200, 500, 1000, 2000];
const ROOM = 0.97; // of an axis is in use at most, so that a bar can be dragged further

// The axis of these logits: { min, max }, around 0.
export function logitAxis(logits) {
  return { min: -reachFor(-Math.min(...logits)), max: reachFor(Math.max(...logits)) };
}

const reachFor = (value) => REACHES.find((reach) => value <= ROOM * reach) ?? REACHES.at(-1);

// The end of an axis from 0 for these values: 1, 2 or 5 times a power of ten. `kept`: where it ended
// before; it stays there as long as the values can be seen well, so that a bar that grows is seen to.
export function topFor(values, kept = 0) {
  const most = Math.max(...values);
  if (most <= kept && most > kept / 10) return kept;
  if (!(most > 0 && most < Infinity)) return kept || 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((step) => step * power).find((top) => most <= top) ?? most;
}
