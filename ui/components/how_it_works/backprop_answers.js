// What the reader has filled in, and which weights were done without help; kept in this browser only.

import { WEIGHTS } from "./backprop_numbers.js";
import { parse } from "./backprop_reading.js";
import { judge } from "./backprop_slips.js";

const KEPT = "how_backprop";

export class Answers {
  constructor() {
    this.solved = kept();
    this.forget();
  }

  // As after a change of the numbers: the answers to the old ones say nothing.
  forget() {
    this.said = new Map();
  }

  forgetAll() {
    this.forget();
    this.solved = [];
    this.keep();
  }

  isKnown({ key }) {
    return ["right", "shown"].includes(this.said.get(key)?.state);
  }

  answer(link, text) {
    this.said.set(link.key, verdict(link, text));
  }

  reveal({ key }) {
    this.said.set(key, { state: "shown", text: "", words: "" });
  }

  // Where all links of this weight are right, it is done, and that is kept.
  solve(links, weight) {
    if (this.solved.includes(weight) || !WEIGHTS.some(({ name }) => name === weight)) return;
    if (!links.every(({ key }) => this.said.get(key)?.state === "right")) return;
    this.solved.push(weight);
    this.keep();
  }

  keep() {
    try {
      localStorage.setItem(KEPT, JSON.stringify(this.solved));
    } catch {
      // Where the browser keeps nothing, it is forgotten with the page.
    }
  }
}

function verdict(link, text) {
  const answer = parse(text);
  if (text.trim() === "") return { state: "empty", text, words: "" };
  if (answer === null) return { state: "wrong", text, words: "That is not a number, such as 0.138." };
  const { right, words } = judge(link, answer);
  return right ? { state: "right", text, words: "Right." } : { state: "wrong", text, words };
}

function kept() {
  try {
    const read = JSON.parse(localStorage.getItem(KEPT));
    return WEIGHTS.map(({ name }) => name).filter((name) => read.includes(name));
  } catch {
    return [];
  }
}
