// A line that says something of the training, with buttons for what to do about it.

import { button, element } from "./elements.js";

// An element for it, which is not there while it says nothing.
export function noteElement(className = "") {
  const note = element("div", `pg-note ${className}`.trim());
  note.hidden = true;
  return note;
}

// `words`: what it says, "" for nothing. `actions`: of each button its text, what it is for, and
// what it does.
export function showNote(note, words, ...actions) {
  const key = [words, ...actions.map(([text]) => text)].join("|");
  note.hidden = !words;
  if (note.dataset.key === key) return;
  note.dataset.key = key;
  note.replaceChildren(
    element("span", "", [words]),
    ...actions.map(([text, help, act]) => button("", text, help, act)),
  );
}
