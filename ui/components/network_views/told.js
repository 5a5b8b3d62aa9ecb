// What the hand chooses in a part of the page, and when the server is told of it.
//
// The server answers late: an answer to what was told before must not undo what was chosen since.

export class Told {
  // rest: milliseconds that the hand rests before the server is told.
  // send(): tells it, and returns what the answer is known by; undefined for nothing to tell.
  // back(): called when the visitor has gone Back: the page shows what is in the address.
  constructor({ rest, send, back }) {
    Object.assign(this, { rest, send, unanswered: [], later: null });
    this.back = () => {
      this.drop();
      back();
    };
    window.addEventListener("popstate", this.back);
  }

  get isWaiting() {
    return this.later !== null;
  }

  // What is pressed after something in this part of the page may choose something else: the word of
  // what was chosen in it must not come after that one.
  tellOnLeaving(part) {
    part.addEventListener("focusout", ({ relatedTarget }) => {
      if (this.isWaiting && !part.contains(relatedTarget)) this.now();
    });
  }

  wait() {
    this.hush();
    this.later = setTimeout(() => this.now(), this.rest);
  }

  now() {
    this.hush();
    const known = this.send();
    if (known !== undefined) this.unanswered.push(known);
  }

  hush() {
    clearTimeout(this.later);
    this.later = null;
  }

  // Whether this is the answer to something that the server was told: the hand may be further by now.
  isAnswer(known) {
    const at = this.unanswered.indexOf(known);
    if (at < 0) return false;
    this.unanswered.splice(0, at + 1);
    return true;
  }

  // What was chosen before counts no more.
  drop() {
    this.hush();
    this.unanswered = [];
  }

  end() {
    this.hush();
    window.removeEventListener("popstate", this.back);
  }
}
