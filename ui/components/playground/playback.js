// The pieces that have come from the server, played one after the other.

export class Playback {
  constructor() {
    this.frames = []; // {due, moments: of each network, ends: what the piece ended with, or null}
    this.clock = 0; // seconds that were played
    this.lastDue = 0; // of the last frame that has come
  }

  // Seconds until there is nothing left to play.
  get left() {
    return this.lastDue - this.clock;
  }

  add({ seconds, arms }, ends) {
    const count = arms[0].moments.length;
    const start = Math.max(this.lastDue, this.clock);
    for (let i = 0; i < count; i++) {
      const moments = arms.map((arm) => arm.moments[i]);
      this.frames.push({ due: start + (seconds * (i + 1)) / count, moments, ends: null });
    }
    const last = this.frames.at(-1);
    last.ends = ends;
    this.lastDue = last.due;
  }

  // What has come and was not shown is not wanted any more.
  drop() {
    this.frames = [];
    this.lastDue = this.clock;
  }

  // Go on by so many seconds; returns the frames that are due by now.
  advance(seconds) {
    this.clock = Math.min(this.clock + seconds, this.lastDue);
    const later = this.frames.findIndex(({ due }) => due > this.clock + 1e-9);
    return this.frames.splice(0, later < 0 ? this.frames.length : later);
  }
}
