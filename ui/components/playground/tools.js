// The row of tools below a surface: brush and eraser, what is shown, and the picture to take along.

import { usable } from "./editing.js";
import { element } from "./elements.js";
import { mark } from "./legend.js";
import { canUndo, undo } from "./painted.js";
import { BRUSHES, painting, set, targetsFor } from "./painting.js";
import { ask, changed, store } from "./store.js";

const TOOLS = [
  [null, "Look", "Pointing into the plane runs that one point through the network."],
  ["brush", "Paint", "Points are painted into the plane: with the keyboard, arrow keys and Space."],
  ["eraser", "Erase", "Points are taken away."],
];

// `control`: what lessons call it.
const CHECKS = {
  test: {
    control: "show_test", words: "Test points",
    help: "Shows the points for testing too, with a rim that stands out.",
  },
  discrete: {
    control: "discrete", words: "Discrete",
    help: "Shows only on which side of 0, or which class, the answer is.",
  },
};

export class Tools {
  // `save`: called for the picture.
  constructor(element, save) {
    this.element = element;
    element.addEventListener("click", ({ target }) => {
      const { act, value } = target.closest("button")?.dataset ?? {};
      if (act === "tool") set({ tool: value || null });
      else if (act === "target") set({ target: Number(value) });
      else if (act === "brush") set({ brush: BRUSHES[value] });
      else if (act === "undo") undo();
      else if (act === "save") save();
    });
    element.addEventListener("change", ({ target: { name, checked } }) => {
      store.show = { ...store.show, [name]: checked };
      ask("show", { [name]: checked });
      changed();
    });
  }

  draw(colours) {
    const { classes } = store.arms[0].shape;
    const targets = targetsFor(classes);
    if (!targets.includes(painting.target)) painting.target = targets.at(-1);
    const { show } = store;
    const key = JSON.stringify([painting, classes, canUndo(), show, [...store.hidden], [...store.locked]]);
    if (key === this.key && colours === this.colours) return;
    Object.assign(this, { key, colours });
    const had = this.element.contains(document.activeElement)
      ? document.activeElement.getAttribute("aria-label") ?? document.activeElement.name : null;
    if (!usable("paint")) painting.tool = null;
    this.element.replaceChildren(
      ...(usable("paint") ? this.paintRows(classes, targets, colours) : []),
      row(
        ...Object.keys(CHECKS).filter((name) => !store.hidden.has(CHECKS[name].control))
          .map((name) => checkbox(name, show[name])),
        button("save", "", "PNG", "Saves this picture of the plane as a PNG file."),
      ),
    );
    if (!had) return;
    const all = [...this.element.querySelectorAll("button, input")];
    all.find((one) => (one.getAttribute("aria-label") ?? one.name) === had)?.focus({ preventScroll: true });
  }

  paintRows(classes, targets, colours) {
    const rows = [row(...TOOLS.map(([name, words, help]) =>
      button("tool", name ?? "", words, help, painting.tool === name)),
    button("undo", "", "Undo", "Takes back the last stroke.", undefined, !canUndo()))];
    if (painting.tool === "brush") {
      rows.push(row(...targets.map((target, k) => {
        const words = classes > 2 ? `class ${k + 1}` : `value ${String(target).replace("-", "−")}`;
        const one = button("target", target, "", `Paints points of ${words}.`, painting.target === target);
        one.replaceChildren(mark(colours, target, classes));
        one.setAttribute("aria-label", `Points of ${words}`);
        return one;
      })));
    }
    if (painting.tool) {
      rows.push(row(...BRUSHES.map(({ name }, k) => {
        const words = painting.tool === "eraser" && k === 0 ? "small" : name;
        return button("brush", k, words, `Brush: ${words}.`, painting.brush === BRUSHES[k]);
      })));
    }
    if (painting.message) {
      const message = element("p", "", [painting.message]);
      message.setAttribute("role", "status");
      rows.push(message);
    }
    return rows;
  }
}

const row = (...parts) => element("div", "pg-row", parts);

function button(act, value, words, help, isPressed, isDisabled = false) {
  const made = element("button", "pg-button", [words]);
  Object.assign(made, { type: "button", title: help });
  made.setAttribute("aria-label", words);
  Object.assign(made.dataset, { act, value });
  if (isPressed !== undefined) made.setAttribute("aria-pressed", String(isPressed));
  if (isDisabled) made.disabled = true;
  return made;
}

function checkbox(name, isChecked) {
  const label = element("label", "pg-check");
  const { control, words, help } = CHECKS[name];
  label.innerHTML = `<input type="checkbox" name="${name}"> ${words}`;
  label.title = help;
  label.firstChild.checked = isChecked;
  label.firstChild.disabled = store.locked.has(control);
  return label;
}
