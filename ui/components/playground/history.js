// The moments of one training that the browser keeps, to go back to at once.

const MOST = 400; // moments
const MOST_NUMBERS = 600_000; // of all their weights: 2.4 MB
const MOST_BRANCHES = 6;
const SHORTEST_BRANCH = 3; // moments; less is no line

export class History {
  constructor() {
    this.moments = [];
    this.branches = [];
    this.stride = 0; // steps between two that are kept, at least
  }

  get last() {
    return this.moments.at(-1);
  }

  // A moment that was trained; what had been later is a branch that was left.
  add(moment) {
    this.cut(moment.step);
    const { moments } = this;
    // The newest one is always there; it gives way if it came too soon after the one before.
    const [before, newest] = moments.slice(-2);
    if (newest && before && newest.step - before.step < this.stride) moments.pop();
    moments.push(moment);
    const most = Math.max(20, Math.min(MOST, MOST_NUMBERS / moment.weights.length));
    if (moments.length > most) this.thin();
  }

  // The same moment, told anew: nothing is left behind.
  replace(moment) {
    const place = this.moments.findIndex(({ step }) => step >= moment.step);
    if (place < 0) this.moments.push(moment);
    else if (this.moments[place].step === moment.step) this.moments[place] = moment;
    else this.moments.splice(place, 0, moment);
  }

  // The kept moment nearest to an epoch.
  near(epoch) {
    let best = this.moments[0];
    for (const moment of this.moments) {
      if (Math.abs(moment.epoch - epoch) <= Math.abs(best.epoch - epoch)) best = moment;
    }
    return best;
  }

  // The curve as it is now becomes one that was left, and there is nothing yet.
  leave() {
    this.branch(this.moments);
    this.moments = [];
    this.stride = 0;
  }

  cut(step) {
    const { moments } = this;
    let from = moments.length;
    while (from > 0 && moments[from - 1].step >= step) from--;
    if (from === moments.length) return;
    const left = moments.splice(from);
    if (left.at(-1).step > step) this.branch([...moments.slice(-1), ...left]);
  }

  branch(moments) {
    if (moments.length < SHORTEST_BRANCH) return;
    // Without their weights: one only sees them.
    const points = moments.map(({ weights, gradients, changes, ...numbers }) => numbers);
    this.branches = [...this.branches, points].slice(-MOST_BRANCHES);
  }

  thin() {
    const { moments } = this;
    const last = moments.length - 1;
    this.moments = moments.filter((_, place) => place % 2 === 0 || place === last);
    const span = moments[last].step - moments[0].step;
    this.stride = span / (this.moments.length - 1);
  }
}
