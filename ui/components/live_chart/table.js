// The points of a chart as a table behind it, for screen readers: on the page it takes no room.

const DIGITS = 4;

// Put it into `frame`, in the place of an earlier one. `figure`: Plotly's data and layout. A trace
// without hover is a line to guide the eye and left out. Where points have a pair of numbers as
// `customdata`, those are what x and y stand for.
export function putTable(frame, figure, caption) {
  frame.querySelector(".live-chart-table")?.remove();
  const hidden = document.createElement("div"); // no table is as small as that
  hidden.className = "live-chart-table";
  hidden.appendChild(tableOf(figure, caption));
  frame.appendChild(hidden);
}

function tableOf({ data, layout }, caption) {
  const shown = data.filter(({ hoverinfo }) => hoverinfo !== "skip");
  const named = shown.some(({ text }) => text);
  const head = ["Line or mark", ...(named ? ["Point"] : []), title(layout.xaxis), title(layout.yaxis)];
  const table = document.createElement("table");
  table.createCaption().textContent = plain(caption);
  const top = table.createTHead().insertRow();
  for (const name of head) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = name;
    top.append(cell);
  }
  const body = table.createTBody();
  for (const { name, text, x, y, customdata } of shown) {
    x.forEach((_, k) => {
      if (y[k] === null) return;
      const pair = customdata?.[k] ?? [x[k], y[k]];
      const row = body.insertRow();
      for (const cell of [plain(name), ...(named ? [text?.[k] ?? ""] : []), ...pair.map(number)]) {
        row.insertCell().textContent = cell;
      }
    });
  }
  return table;
}

const title = (axis) => plain(axis?.title?.text ?? "");

// Titles and names are HTML to Plotly.
const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent;

const number = (value) => String(Number(value.toPrecision(DIGITS))).replaceAll("-", "−");
