// The moments of one training that the browser keeps, to go back to at once.

const MOST = 400; // moments
const RECENT = 60; // of which the newest are all kept: batches that one looks at one by one
const MOST_NUMBERS = 600_000; // of all their weights: 2.4 MB
const MOST_BRANCHES = 6;
const SHORTEST_BRANCH = 3; // moments; less is no line

export class History {
  constructor() {
    this.moments = [];
    this.branches = [];
    this.stride = 0; // steps between two that are kept, at least, but for the recent ones
  }

  get last() {
    return this.moments.at(-1);
  }

  // A moment that was trained; what had been later is a branch that was left.
  add(moment) {
    this.cut(moment.step);
    const { moments } = this;
    moments.push(moment);
    // One that is no longer recent goes, if it came too soon after the one before.
    const place = moments.length - RECENT - 1;
    if (place > 0 && moments[place].step - moments[place - 1].step < this.stride) {
      moments.splice(place, 1);
    }
    const most = Math.max(2 * RECENT, Math.min(MOST, MOST_NUMBERS / moment.weights.length));
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
    const recent = this.moments.slice(-RECENT);
    const old = this.moments.slice(0, -RECENT).filter((_, place) => place % 2 === 0);
    const span = recent[0].step - old[0].step;
    this.moments = [...old, ...recent];
    this.stride = span / old.length;
  }
}
