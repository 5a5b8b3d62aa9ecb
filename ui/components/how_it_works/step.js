// What all steps have: words, formula, and a picture to play with; in them terms light up together.

import { Terms, wordsOf } from "./terms.js";

// The frame of a step within `parentElement`:
// - words, formula, widget: elements; the words are filled in with `setWords`;
// - terms: see terms.js; `changed` as there.
export function stepFrame(parentElement, changed) {
  const box = div("how-step");
  const frame = { box, words: div("how-words"), formula: div("how-formula"), widget: div("how-widget") };
  box.append(frame.words, frame.formula, frame.widget);
  parentElement.append(box);
  frame.terms = new Terms(box, changed);
  let shown;
  frame.setWords = (paragraphs) => {
    if (JSON.stringify(paragraphs) === shown) return;
    shown = JSON.stringify(paragraphs);
    frame.words.replaceChildren(...wordsOf(paragraphs));
  };
  return frame;
}

export function div(className, ...children) {
  return element("div", className, ...children);
}

export function element(tag, className = "", ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

// A button that says what it is for.
export function button(text, help, act) {
  const made = element("button", "how-button", text);
  made.type = "button";
  made.title = help;
  made.addEventListener("click", act);
  return made;
}

// A range input with its name before and its value behind it: { name, help, min, max, step, value,
// words(value), act(value) }. Returns { element, set(value) }.
export function range({ name, help, min, max, step, value, words = String, act }) {
  const input = Object.assign(document.createElement("input"), { type: "range", min, max, step });
  input.setAttribute("aria-label", name); // without the value, which is said beside it
  const output = element("output");
  const label = element("label", "how-range", element("span", "", name), input, output);
  label.title = help;
  const show = () => {
    const text = words(Number(input.value));
    output.textContent = text;
    input.setAttribute("aria-valuetext", text);
  };
  input.addEventListener("input", () => {
    show();
    act(Number(input.value));
  });
  const set = (to) => {
    input.value = to;
    show();
  };
  set(value);
  return { element: label, input, set };
}
