// The landscapes: a loss over two weights.

// A quadratic (a x² + b y²) / 2: a and b are its curvatures along the axes.
const quadratic = (a, b) => ({
  curvatures: [a, b],
  loss: (x, y) => (a * x * x + b * y * y) / 2,
  gradient: (x, y) => [a * x, b * y],
});

const around = (x, y) => ({ x: { min: x - 2, max: x + 2 }, y: { min: y - 2, max: y + 2 } });

// Of each: `title`; `says`: what it looks like; `x`, `y`: what the picture shows; `loss`, `gradient`;
// `minimum`; `curvatures`: the eigenvalues of its second derivatives, there where it is lowest, and
// of a quadratic everywhere (`isQuadratic`); `rate`, `momentum`, `start`, `steps`: what it opens with.
export const SURFACES = {
  bowl: {
    title: "Bowl", says: "nearly the same curve on all sides",
    ...quadratic(1, 2), isQuadratic: true, ...around(0, 0), minimum: [0, 0],
    rate: 0.1, momentum: 0.5, start: [-1.6, 1.3], steps: 60,
  },
  ravine: {
    title: "Ravine", says: "25 times steeper across than along",
    ...quadratic(1, 25), isQuadratic: true, ...around(0, 0), minimum: [0, 0],
    rate: 0.07, momentum: 0.5, start: [-1.7, 0.8], steps: 100,
  },
  saddle: {
    title: "Saddle", says: "flat in the middle, and lower on two sides",
    loss: (x, y) => (x * x) / 2 + (y * y - 1) ** 2 / 4,
    gradient: (x, y) => [x, y * (y * y - 1)],
    curvatures: [1, 2], isQuadratic: false, ...around(0, 0), minimum: [0, 1],
    rate: 0.1, momentum: 0.9, start: [-1.6, 0.02], steps: 100,
  },
  // A hundredth of the published one (Rosenbrock 1960): the same valley with smaller numbers.
  rosenbrock: {
    title: "Rosenbrock's valley", says: "bent, and nearly flat at the bottom",
    loss: (x, y) => (1 - x) ** 2 / 100 + (y - x * x) ** 2,
    gradient: (x, y) => [-(1 - x) / 50 - 4 * x * (y - x * x), 2 * (y - x * x)],
    curvatures: eigenvalues(8.02, -4, 2), isQuadratic: false, ...around(0, 1), minimum: [1, 1],
    rate: 0.05, momentum: 0.9, start: [-1.2, 2.2], steps: 500,
  },
};

// Of the symmetric matrix [[a, b], [b, d]], the smaller one first.
function eigenvalues(a, b, d) {
  const middle = (a + d) / 2;
  const half = Math.hypot((a - d) / 2, b);
  return [(a * d - b * b) / (middle + half), middle + half]; // not middle - half, which loses digits
}
