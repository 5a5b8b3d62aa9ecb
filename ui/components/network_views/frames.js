// Pictures that came all at once: a slider shows one of them at a time, and plays them.
//
// The hand never waits for the server, which is told where it came to rest.

import { Told } from "./told.js";

const REST = 600; // milliseconds after a key

export class Frames {
  // show(k): draws the picture k. words(k): what it is. send(k): tells the server.
  // every: milliseconds from one to the next while it plays.
  constructor({ show, words, send, every }) {
    Object.assign(this, { show, words, every, k: 0, held: false });
    this.element = document.createElement("div");
    this.element.className = "inside-frames";
    this.element.innerHTML = `<button type="button" class="inside-button"></button>
      <label><span><span></span>: <b></b></span><input type="range" min="0" step="1"></label>`;
    const find = (selector) => this.element.querySelector(selector);
    Object.assign(this, { button: find("button"), range: find("input"), now: find("b") });
    this.name = find("label > span > span");
    this.told = new Told({
      rest: REST,
      send: () => {
        if (this.k === this.toldAt) return undefined;
        this.toldAt = this.k;
        send(this.k);
        return this.k;
      },
      back: () => {
        this.stop();
        this.heard = undefined;
      },
    });
    this.listen();
  }

  // id: of the pictures; count: how many. at: which one the address asks for, null for none, where
  // it begins at `start`. label, help: of the slider.
  take({ id, count, at, start, label, help }) {
    const { range, told } = this;
    range.max = count - 1;
    range.title = help;
    this.name.textContent = label;
    const isOther = this.id !== id;
    if (isOther) {
      this.stop();
      told.drop();
    }
    if (!told.isAnswer(at) && (isOther || this.heard !== at)) {
      told.drop();
      if (!this.held) this.k = at ?? start;
      this.toldAt = at;
    }
    Object.assign(this, { id, heard: at });
    this.draw();
  }

  listen() {
    const { range, told } = this;
    range.addEventListener("pointerdown", () => (this.held = true));
    range.addEventListener("input", () => {
      this.stop();
      this.k = Number(range.value);
      this.draw();
      if (!this.held) told.wait();
    });
    for (const type of ["pointerup", "pointercancel", "change"]) {
      range.addEventListener(type, () => {
        if (!this.held) return;
        told.now();
        if (type !== "change") this.held = false;
      });
    }
    told.tellOnLeaving(range);
    this.button.addEventListener("click", () => {
      if (this.playing) this.rest();
      else this.play();
    });
  }

  play() {
    const last = Number(this.range.max);
    const from = this.k === last ? 0 : this.k;
    const began = performance.now();
    const next = () => {
      this.k = Math.min(last, from + Math.floor((performance.now() - began) / this.every));
      if (this.k === last) this.rest();
      else this.playing = requestAnimationFrame(next);
      this.draw();
    };
    this.playing = requestAnimationFrame(next);
    this.draw();
  }

  // It has come to its end, or was held up.
  rest() {
    this.stop();
    this.draw();
    this.told.now();
  }

  stop() {
    cancelAnimationFrame(this.playing);
    this.playing = undefined;
  }

  draw() {
    const { range, button, k } = this;
    const text = this.words(k);
    range.value = k;
    range.setAttribute("aria-valuetext", text);
    this.now.textContent = text;
    button.textContent = this.playing ? "❚❚" : "▶";
    button.setAttribute("aria-label", this.playing ? "Pause" : "Play");
    button.title = this.playing ? "Stop here." : "Play from here to the end, or from the beginning.";
    this.show(k);
  }

  end() {
    this.stop();
    this.told.end();
  }
}
