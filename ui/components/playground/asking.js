// One question to the server after the other: the next one is sent when the last was answered.

const LOST_AFTER = 2500; // milliseconds; and the more, the longer answers take
const AGAIN_AFTER = 5000; // where the server is gone

let lastId = Date.now() * 1000; // no other page of this session has had it

export class Asking {
  constructor() {
    this.queue = [];
    this.underWay = null; // {id, kind, ...} that waits for its answer
    this.send = null; // hands one over to the server; null while there is no way to it
    this.timer = null;
    this.latency = 0.1; // seconds from question to answer
    this.silence = null; // while nothing may be sent, the timer of its end
  }

  get isFree() {
    return !this.underWay && this.queue.length === 0;
  }

  // The way to the server is there, as after each of its answers.
  open(send) {
    this.send = send;
    this.next();
  }

  close() {
    clearTimeout(this.timer);
    clearTimeout(this.silence);
    Object.assign(this, { send: null, underWay: null, queue: [], silence: null });
  }

  // Send nothing for so many milliseconds, if there is a way to the server.
  beSilent(wait) {
    if (!this.send) return;
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      this.silence = null;
      this.next();
    }, wait);
  }

  // `question()` makes it when its turn has come: {kind, ...}, or null for nothing any more. Of two
  // with the same `name` in the queue the later one counts.
  ask(question, name = null) {
    if (name !== null) this.queue = this.queue.filter((other) => other.name !== name);
    this.queue.push({ question, name });
    this.next();
  }

  next() {
    if (!this.send || this.underWay || this.silence !== null) return;
    while (this.queue.length && !this.underWay) {
      const asked = this.queue.shift().question();
      if (asked) this.underWay = { ...asked, id: ++lastId };
    }
    if (this.underWay) this.say(LOST_AFTER);
  }

  say(wait) {
    this.saidAt = performance.now();
    if (this.silence === null) this.send(this.underWay);
    clearTimeout(this.timer);
    // Asked again it has the same id: what was done is not done twice.
    const patience = Math.max(wait, 8000 * this.latency);
    this.timer = setTimeout(() => this.underWay && this.send && this.say(AGAIN_AFTER), patience);
  }

  // The question that this is the answer to; null if none waits for it.
  answered(id) {
    if (this.underWay?.id !== id) return null;
    const answered = this.underWay;
    clearTimeout(this.timer);
    const seconds = (performance.now() - this.saidAt) / 1000;
    this.latency += 0.3 * (Math.min(seconds, 2) - this.latency);
    this.underWay = null;
    return answered;
  }
}
