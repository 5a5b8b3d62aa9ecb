// Where an optimizer goes on a landscape.

const FAR = 1e6; // who is beyond does not come back

// Up to `count` steps from a start: { points, losses, gradients }, one more of each than steps, or
// fewer where it went too far: then `diverged` is true.
export function descend({ loss, gradient }, optimizer, start, count) {
  const path = { points: [], losses: [], gradients: [], diverged: false };
  const add = (x, y) => {
    path.points.push([x, y]);
    path.losses.push(loss(x, y));
    path.gradients.push(gradient(x, y));
  };
  add(...start);
  for (let step = 0; step < count; step++) {
    const [dx, dy] = optimizer.change(path.gradients[step]);
    const [x, y] = path.points[step];
    if (!isNear(x + dx) || !isNear(y + dy)) return { ...path, diverged: true };
    add(x + dx, y + dy);
  }
  return path;
}

export const isNear = (value) => Math.abs(value) <= FAR; // not a number is far

// Where the path is after so many steps, which need not be a whole number: then it is between two.
export function pointAt({ points }, steps) {
  const before = Math.min(Math.floor(steps), points.length - 1);
  const after = Math.min(before + 1, points.length - 1);
  const share = Math.min(steps - before, 1);
  return points[before].map((from, i) => from + share * (points[after][i] - from));
}

// With which step the path has left the picture, so that it is outside after `steps` of them; null
// where it is inside then.
export function leftWith({ points, diverged }, { x, y }, steps) {
  const isInside = ([a, b]) => a >= x.min && a <= x.max && b >= y.min && b <= y.max;
  const last = points.length - 1;
  let step = Math.min(Math.floor(steps), last);
  if (isInside(points[step])) return diverged && steps > last ? last + 1 : null;
  while (step > 0 && !isInside(points[step - 1])) step -= 1;
  return step;
}
