// The chain rule as rows of boxes, from the loss down to the weight. A box opens below its row: what
// it means, the terms it is made of, the lines of nn/ that computed it, and NumPy to copy.

import { format, signed, withDigits } from "./paint.js";

// `list`: the element; `rows`: as ui/inside/backwards_boxes.py makes them; `view.open`: which box is
// open, as "row.box", counted from the last row; `view.send`: tells the server.
export function showChain(list, rows, view) {
  // At first the box that says most: the sum that the weight's own δ is.
  view.open ??= rows.length > 2 ? "1.0" : "0.0";
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.name : null;
  const show = (open) => {
    view.open = open;
    showChain(list, rows, view);
  };
  list.replaceChildren(
    ...rows.map((row, index) => {
      const place = rows.length - 1 - index;
      return rowElement(row, place, { ...view, show, last: place === 0 });
    }),
  );
  if (focused) list.querySelector(`[data-name="${focused}"]`)?.focus({ preventScroll: true });
}

function rowElement(row, place, view) {
  const item = element("li", view.last ? "backwards-row backwards-result" : "backwards-row");
  const line = element("div", "backwards-line");
  const result = element("span", "backwards-value", `${row.symbol} = `);
  result.append(number(row));
  line.append(result, element("span", "backwards-sign", "="));
  const found = [];
  row.boxes.forEach((box, index) => {
    if (box.sign) line.append(element("span", "backwards-sign", box.sign));
    const name = `${place}.${index}`;
    const open = view.open === name;
    const button = element("button", "backwards-box");
    button.type = "button";
    button.dataset.name = name;
    button.setAttribute("aria-expanded", open);
    button.title = "Says what it is, where it comes from, and which lines of code make it.";
    button.append(element("span", "", box.symbol), number(box));
    button.addEventListener("click", () => view.show(open ? "" : name));
    line.append(button);
    if (open) found.push(detailElement(box, place, view));
  });
  item.append(element("p", "backwards-title", row.title), line, ...found);
  if (row.code) {
    const heading = element("p", "backwards-product", `${row.symbol}, the product of all factors, as code:`);
    item.append(heading, sourceElement(row.source), copyElement(row.code));
  }
  return item;
}

function detailElement(box, place, view) {
  const detail = element("div", "backwards-detail");
  detail.append(element("p", "", `${box.symbol} = ${inWords(box)}. ${box.words}`));
  if (box.above) {
    detail.append(
      action("See the row above", "Goes to the row that this number comes from.", () => {
        view.show(`${place + 1}.0`);
        const above = document.querySelector(`.backwards [data-name="${place + 1}.0"]`);
        above?.focus({ preventScroll: true });
        above?.scrollIntoView({ block: "nearest" });
      }),
    );
  }
  if (box.look) {
    const help = "Opens the sum that this neuron makes, term by term.";
    detail.append(action("Look at this neuron", help, () => view.send("looked", box.look)));
  }
  if (box.in_picture) {
    detail.append(
      action("See it in the picture", "Goes to the picture above, where this pixel is framed.", () => {
        const picture = document.querySelector(".backwards-frame canvas");
        picture.focus({ preventScroll: true });
        picture.scrollIntoView({ block: "nearest" });
      }),
    );
  }
  if (box.terms) detail.append(termsElement(box.terms, view));
  detail.append(sourceElement(box.source), copyElement(box.code));
  return detail;
}

function sourceElement({ where, text }) {
  const source = element("figure", "backwards-source");
  source.append(element("figcaption", "", where), lines(text));
  return source;
}

function termsElement({ head, rows, level, unsigned }, view) {
  const table = element("table", "backwards-terms");
  const top = table.createTHead().insertRow();
  for (const name of head) top.append(element("th", "", name));
  const body = table.createTBody();
  for (const { cells, follow, followed } of rows) {
    const row = body.insertRow();
    if (followed) row.className = "backwards-followed";
    const [name, ...numbers] = cells;
    const cell = element("th", "");
    cell.scope = "row";
    if (follow === undefined) cell.textContent = name;
    else {
      const help = "Shows where the δ of this neuron comes from.";
      const button = action(name, help, () => view.send("followed", { level, neuron: follow }));
      button.setAttribute("aria-pressed", followed);
      button.dataset.name = `follow ${level} ${follow}`;
      cell.append(button);
    }
    row.append(cell);
    for (const value of numbers) {
      const place = row.insertCell();
      if (value !== null) place.append(number({ value, unsigned }));
    }
  }
  return table;
}

// A button that copies, and the lines that it copies.
function copyElement(code) {
  const box = element("details", "backwards-code");
  box.append(element("summary", "", "As NumPy"), lines(code));
  const help = "Copies a few lines of Python that compute this number.";
  const button = action("Copy as NumPy", help, async () => {
    button.textContent = (await copied(code)) ? "Copied" : "Select it below";
    if (button.textContent !== "Copied") box.open = true;
    setTimeout(() => (button.textContent = "Copy as NumPy"), 2000);
  });
  const both = element("div", "backwards-copy");
  both.append(button, box);
  return both;
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // On an address without https there is no clipboard; the old way may still work.
    const area = element("textarea", "", "");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

// A number with its sign, in the colour of that; one that needs none as it is.
function number({ value, unsigned }) {
  if (unsigned) return element("b", "", nearOne(value));
  const kind = value > 0 ? "backwards-plus" : value < 0 ? "backwards-minus" : "";
  return element("b", kind, signed(value));
}

const isNearOne = (value) => value > 0.995 && value < 1;

// A probability just below 1 has as many digits as its distance from 1 needs, which is its δ.
function nearOne(value) {
  if (!isNearOne(value)) return format(value);
  return value.toFixed(Math.min(16, 1 - Math.floor(Math.log10(1 - value))));
}

// In a sentence: more digits than in a box, and as few zeros before them.
function inWords({ value, unsigned }) {
  return unsigned && isNearOne(value) ? nearOne(value) : withDigits(value, 6);
}

function action(text, help, act) {
  const button = element("button", "inside-button", text);
  Object.assign(button, { type: "button", title: help });
  button.addEventListener("click", act);
  return button;
}

// Lines of code, which the keyboard can scroll.
function lines(text) {
  const made = element("pre", "", text);
  made.tabIndex = 0;
  return made;
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
