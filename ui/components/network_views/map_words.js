// Beside the map: the image that is pointed at with its probabilities, and what is in the lasso.

import { bars } from "./bars.js";
import { inAtlas } from "./map_paint.js";
import { percent } from "./paint.js";

// What image i is, in words.
export function wordsOf(points, i) {
  const [label, read] = [points.labels[points.classes[i]], points.labels[points.read[i]]];
  const sure = percent(probabilitiesOf(points, i)[points.read[i]]);
  const right = label === read ? "right" : `wrong: it is ${label}`;
  return `Test image ${points.numbers[i].toLocaleString("en")}: read as ${read}, ${sure}, ${right}`;
}

const probabilitiesOf = ({ labels, probabilities }, i) =>
  probabilities.subarray(i * labels.length, (i + 1) * labels.length);

// `panel`: {canvas, words, table}.
export function showLooked(panel, points, i) {
  const pen = panel.canvas.getContext("2d");
  pen.imageSmoothingEnabled = false;
  pen.drawImage(points.atlas, ...inAtlas(points, i), 0, 0, 140, 140);
  panel.words.textContent = wordsOf(points, i);
  bars(panel.table, points.labels, null, probabilitiesOf(points, i));
}

// A small confusion matrix of the selected images, as HTML: rows what they are, columns what is read.
export function confusion(points, selected) {
  const { classes, read, labels } = points;
  const wrong = selected.filter((i) => classes[i] !== read[i]).length;
  const there = labels.map((_, k) => k).filter((k) => (
    selected.some((i) => classes[i] === k || read[i] === k)));
  const count = (label, answer) => selected.filter((i) => (
    classes[i] === label && read[i] === answer)).length;
  const table = document.createElement("table");
  const caption = table.createCaption();
  const images = `${selected.length} image${selected.length === 1 ? "" : "s"} selected`;
  caption.textContent = `${images}, ${wrong} of them read wrongly. Rows: what they are. Columns: ` +
    "what is read.";
  const head = table.createTHead().insertRow();
  for (const name of ["", ...there.map((k) => labels[k])]) head.append(header(name, "col"));
  for (const label of there) {
    const row = table.insertRow();
    row.append(header(labels[label], "row"));
    for (const answer of there) {
      const cell = row.insertCell();
      const found = count(label, answer);
      cell.textContent = found || "·";
      cell.className = found ? (label === answer ? "map-right" : "map-wrong") : "";
    }
  }
  return table;
}

function header(text, scope) {
  const cell = document.createElement("th");
  cell.scope = scope;
  cell.textContent = text;
  return cell;
}
