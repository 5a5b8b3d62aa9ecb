// What becomes of SGD with a learning rate and a momentum.
//
// On a quadratic each direction goes its own way. With the curvature λ of the direction, a step
//
//   v ← m v + λ x        x ← x - lr v
//
// is a matrix, whose eigenvalues z are the roots of z² - (1 + m - lr λ) z + m = 0. After many steps
// the larger one is what x is multiplied by in each.

import { isNear } from "./descent_path.js";

export const CONVERGES = "converges";
export const OSCILLATES = "oscillates";
export const DIVERGES = "diverges";

// The size of the larger eigenvalue, and whether x passes 0 to and fro: it does where the
// eigenvalues are complex, or the larger one is negative.
function largerRoot(rate, momentum, curvature) {
  const sum = 1 + momentum - rate * curvature;
  const discriminant = sum * sum - 4 * momentum;
  if (discriminant < 0) return { size: Math.sqrt(momentum), swings: true };
  return { size: (Math.abs(sum) + Math.sqrt(discriminant)) / 2, swings: sum < 0 };
}

// Above this learning rate a direction diverges: 2/λ without momentum.
export const limit = (momentum, curvature) => (2 * (1 + momentum)) / curvature;

// { outcome, factor }: `factor` is what the distance from the minimum is multiplied by in each step,
// in the end.
function outcomeOfQuadratic(curvatures, rate, momentum) {
  const roots = curvatures.map((curvature) => largerRoot(rate, momentum, curvature));
  const factor = Math.max(...roots.map(({ size }) => size));
  if (factor >= 1) return { outcome: DIVERGES, factor };
  return { outcome: roots.some(({ swings }) => swings) ? OSCILLATES : CONVERGES, factor };
}

// The learning rate and the momentum with the smallest factor (Polyak 1964).
export function fastest(curvatures) {
  const [low, high] = [Math.min(...curvatures), Math.max(...curvatures)].map(Math.sqrt);
  return { rate: (2 / (low + high)) ** 2, momentum: ((high - low) / (high + low)) ** 2 };
}

const TURNS = 4; // in one direction: on bent ways there are some without swinging
const SEEN = 1e-3; // smaller movements are not looked at
const SMALL = 1e-20; // a loss that is at its end

// The same for any landscape, by going there: with `count` steps from `start`. The factor is that
// of the square root of the loss, on average.
export function outcomeByRunning({ loss, gradient }, start, rate, momentum, count) {
  let [x, y] = start;
  let [vx, vy, turnsX, turnsY, lastX, lastY] = [0, 0, 0, 0, 0, 0];
  const first = loss(x, y);
  let steps = 0;
  while (steps < count && loss(x, y) > SMALL) {
    const [gx, gy] = gradient(x, y);
    vx = momentum * vx + gx;
    vy = momentum * vy + gy;
    x -= rate * vx;
    y -= rate * vy;
    steps += 1;
    if (!isNear(x) || !isNear(y)) return { outcome: DIVERGES, factor: Infinity };
    if (rate * Math.abs(vx) > SEEN) {
      if (vx * lastX < 0) turnsX += 1;
      lastX = vx;
    }
    if (rate * Math.abs(vy) > SEEN) {
      if (vy * lastY < 0) turnsY += 1;
      lastY = vy;
    }
  }
  const factor = steps && first > 0 ? (Math.max(loss(x, y), SMALL) / first) ** (0.5 / steps) : 1;
  return { outcome: Math.max(turnsX, turnsY) >= TURNS ? OSCILLATES : CONVERGES, factor };
}

// What becomes of it on this landscape.
export function outcome(surface, start, rate, momentum) {
  if (surface.isQuadratic) return outcomeOfQuadratic(surface.curvatures, rate, momentum);
  return outcomeByRunning(surface, start, rate, momentum, surface.steps);
}
