// A neuron of two inputs, { w1, w2, b }, and the line on which its sum is 0.
//
// With w = (w1, w2) the line is at right angles to w, and -b/|w| away from 0, measured along w.

export const sumAt = ({ w1, w2, b }, [x1, x2]) => w1 * x1 + w2 * x2 + b;

export const length = ({ w1, w2 }) => Math.hypot(w1, w2);

// Of the line from 0: below 0 where it lies on the other side of 0 than w points to.
export const distance = (neuron) => -neuron.b / length(neuron);

// The point of the line that is closest to 0.
export function foot(neuron) {
  const share = -neuron.b / length(neuron) ** 2;
  return [share * neuron.w1, share * neuron.w2];
}

// Along the line: w turned by a quarter to the left.
export function direction(neuron) {
  const size = length(neuron);
  return [-neuron.w2 / size, neuron.w1 / size];
}

// The part of the line within -half..half on both axes, as its two ends in its direction; null where
// there is none, or no line.
export function segment(neuron, half) {
  if (length(neuron) === 0) return null;
  const from = foot(neuron);
  const along = direction(neuron);
  let [first, last] = [-Infinity, Infinity];
  for (const k of [0, 1]) {
    if (along[k] === 0) {
      if (Math.abs(from[k]) > half) return null;
      continue;
    }
    const ends = [(-half - from[k]) / along[k], (half - from[k]) / along[k]];
    first = Math.max(first, Math.min(...ends));
    last = Math.min(last, Math.max(...ends));
  }
  if (first >= last) return null;
  return [first, last].map((far) => [from[0] + far * along[0], from[1] + far * along[1]]);
}

// The neuron whose line goes through `point` after turning around 0: |w| and b stay. `end`: 1 or -1,
// on which side of the foot, in the line's direction, the point shall be.
export function turned(neuron, point, end) {
  const away = distance(neuron);
  const along = Math.sqrt(Math.max(0, Math.hypot(...point) ** 2 - away ** 2));
  const angle = Math.atan2(point[1], point[0]) - Math.atan2(end * along, away);
  const size = length(neuron);
  return { ...neuron, w1: size * Math.cos(angle), w2: size * Math.sin(angle) };
}

// The neuron whose line is moved by (dx, dy): w stays.
export const moved = (neuron, dx, dy) => ({ ...neuron, b: neuron.b - neuron.w1 * dx - neuron.w2 * dy });
