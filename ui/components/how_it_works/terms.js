// Words, symbols and parts of a picture that mean the same light up together.
//
// Whatever stands for something carries its name: data-term="w1", on HTML, SVG and MathML alike;
// with several names ("w1 z") it belongs to each. Pointing at one, tapping it or giving it the focus
// lights up (class "is-lit") all within the same step that share a name with it.

const MARK = /\[\[([\w-]+(?: [\w-]+)*)\|([^\]]+)\]\]/g; // [[w1|the first weight]]

// Give an element names; returns it.
export function named(names, element) {
  element.setAttribute("data-term", names);
  return element;
}

// Paragraphs in which [[w1|the first weight]] is a word that stands for w1, as elements. Such words
// are buttons, so that the keyboard and a finger reach them too.
export function wordsOf(paragraphs) {
  return paragraphs.map((text) => {
    const paragraph = document.createElement("p");
    let end = 0;
    for (const { 0: mark, 1: names, 2: words, index } of text.matchAll(MARK)) {
      const word = document.createElement("button");
      word.type = "button";
      word.className = "how-term";
      word.textContent = words;
      paragraph.append(text.slice(end, index), named(names, word));
      end = index + mark.length;
    }
    paragraph.append(text.slice(end));
    return paragraph;
  });
}

const namesOf = (element) => element?.getAttribute?.("data-term")?.split(" ") ?? [];

export class Terms {
  // `root`: the step. `changed(names)`, if there is something on a canvas to light up: called with
  // the names, a Set, whenever others are lit.
  constructor(root, changed = () => {}) {
    Object.assign(this, { root, changed, lit: new Set(), kept: [] });
    const at = (event) => namesOf(event.target.closest?.("[data-term]"));
    root.addEventListener("pointerover", (event) => {
      if (event.pointerType !== "touch") this.light(at(event));
    });
    root.addEventListener("pointerleave", () => this.light(this.kept));
    root.addEventListener("focusin", (event) => this.keep(at(event)));
    root.addEventListener("focusout", () => this.keep([]));
    // A finger can't point without pressing: what it has tapped stays lit until the next tap.
    root.addEventListener("click", (event) => this.keep(at(event)));
  }

  // Light up these names and no others: also for a canvas, that has no elements to point at.
  light(names) {
    const lit = new Set(names.length ? names : this.kept);
    if (lit.size === this.lit.size && [...lit].every((name) => this.lit.has(name))) return;
    this.lit = lit;
    this.refresh();
    this.changed(lit);
  }

  // The same, and they stay lit when the mouse has left.
  keep(names) {
    this.kept = names;
    this.light(names);
  }

  // After new elements have come: those of what is lit are lit too.
  refresh() {
    for (const element of this.root.querySelectorAll("[data-term]")) {
      element.classList.toggle("is-lit", namesOf(element).some((name) => this.lit.has(name)));
    }
  }
}
