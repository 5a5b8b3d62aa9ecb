// The numbers behind the curves.

import { element } from "./elements.js";
import { fixed } from "./numbers.js";
import { store } from "./store.js";

const MOST_ROWS = 20;
const COLUMNS = [
  ["Epoch", "epoch", 1],
  ["Training loss", "trainLoss", 4],
  ["Test loss", "testLoss", 4],
  ["Training score", "trainScore", 3],
  ["Test score", "testScore", 3],
];

// {element, show}: a table that can be opened; `show` brings it up to date.
export function tableOf() {
  const place = element("div");
  place.tabIndex = 0; // it scrolls
  const details = element("details", "pg-table", [element("summary", "", ["Numbers of the curves"]), place]);
  const show = () => {
    if (details.open) place.replaceChildren(...store.arms.map(tableFor));
  };
  details.addEventListener("toggle", show);
  return { element: details, show };
}

function tableFor({ shape, history: { moments } }) {
  const table = element("table");
  if (store.arms.length > 1) table.createCaption().textContent = shape.title;
  const head = table.createTHead().insertRow();
  for (const [title] of COLUMNS) {
    const cell = element("th", "", [title]);
    cell.scope = "col";
    head.append(cell);
  }
  const body = table.createTBody();
  const count = Math.min(MOST_ROWS, moments.length);
  for (let k = 0; k < count; k++) {
    const moment = moments[Math.round((k * (moments.length - 1)) / Math.max(1, count - 1))];
    const row = body.insertRow();
    for (const [, name, places] of COLUMNS) {
      row.insertCell().textContent = moment[name] === null ? "" : fixed(moment[name], places);
    }
  }
  return table;
}
