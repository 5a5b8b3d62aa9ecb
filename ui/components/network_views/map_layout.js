// Where the images of the map lie on its canvas, on their way from one place to the next.

const MILLISECONDS = 450;
const EDGE = 0.05; // of the canvas, on each side

// `paint()`: called for each frame while they move.
export class Layout {
  constructor(paint) {
    Object.assign(this, { paint, places: null, moving: 0 });
  }

  // `wanted`: x and y of each image in turn, in units of its own; the canvas takes all of them.
  go(wanted) {
    const to = inUnitSquare(wanted);
    const from = this.places?.length === to.length ? this.places : to;
    cancelAnimationFrame(this.moving);
    if (from === to || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.places = to;
      this.paint();
      return;
    }
    const began = performance.now();
    const frame = (now) => {
      const share = Math.min(1, (now - began) / MILLISECONDS);
      const eased = share * share * (3 - 2 * share);
      this.places = from.map((place, i) => place + (to[i] - place) * eased);
      this.paint();
      if (share < 1) this.moving = requestAnimationFrame(frame);
    };
    this.moving = requestAnimationFrame(frame);
  }

  stop() {
    cancelAnimationFrame(this.moving);
  }

  // Where image i is on a canvas of this size.
  at(i, size) {
    return [this.places[2 * i] * size, this.places[2 * i + 1] * size];
  }

  // The image nearest to a place on it that `allowed` lets through, at most `reach` away; null
  // without one.
  nearest(x, y, size, reach, allowed) {
    let [best, least] = [null, reach * reach];
    for (let i = 0; i < this.places.length / 2; i++) {
      if (!allowed(i)) continue;
      const [dx, dy] = [this.places[2 * i] * size - x, this.places[2 * i + 1] * size - y];
      const square = dx * dx + dy * dy;
      if (square < least) [best, least] = [i, square];
    }
    return best;
  }

  // The nearest one in the direction of an arrow key, [right, down]; what lies aside counts double.
  towards(from, [right, down], allowed) {
    let [best, least] = [from, Infinity];
    for (let i = 0; i < this.places.length / 2; i++) {
      if (i === from || !allowed(i)) continue;
      const dx = this.places[2 * i] - this.places[2 * from];
      const dy = this.places[2 * i + 1] - this.places[2 * from + 1];
      const ahead = dx * right + dy * down;
      const aside = Math.abs(dx * down) + Math.abs(dy * right);
      if (ahead > 0 && ahead >= aside && ahead + 2 * aside < least) {
        [best, least] = [i, ahead + 2 * aside];
      }
    }
    return best;
  }
}

// The same scale for both, since distances are what counts; y grows upwards.
function inUnitSquare(wanted) {
  const [low, high] = [[Infinity, Infinity], [-Infinity, -Infinity]];
  for (let k = 0; k < wanted.length; k++) {
    low[k % 2] = Math.min(low[k % 2], wanted[k]);
    high[k % 2] = Math.max(high[k % 2], wanted[k]);
  }
  const span = Math.max(high[0] - low[0], high[1] - low[1]) || 1;
  const middle = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2];
  const scale = (1 - 2 * EDGE) / span;
  return Float32Array.from(wanted, (value, k) => (
    0.5 + (k % 2 ? -1 : 1) * (value - middle[k % 2]) * scale));
}
