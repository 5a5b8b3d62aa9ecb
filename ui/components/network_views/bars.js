// The probability of every class as a bar, perhaps with a mark where it would be otherwise.

import { percent } from "./paint.js";

// Draw them into a table. `otherwise`: in words, when they are those of `before`, which may be null.
export function bars(table, labels, before, after, otherwise = "") {
  table.classList.add("inside-bars");
  if (table.rows.length !== labels.length + 1) build(table, labels, otherwise);
  const best = after.indexOf(Math.max(...after));
  labels.forEach((label, k) => {
    const [name, bar, share] = table.rows[k + 1].cells;
    name.textContent = label;
    bar.style.setProperty("--after", after[k]);
    if (before) {
      bar.style.setProperty("--before", before[k]);
      bar.firstElementChild.textContent = `${otherwise}: ${percent(before[k])}`;
    }
    share.textContent = percent(after[k]);
    table.rows[k + 1].classList.toggle("inside-bars-best", k === best);
  });
}

function build(table, labels, otherwise) {
  const mark = otherwise && `; the mark: ${otherwise}`;
  table.classList.toggle("inside-bars-plain", !otherwise);
  table.innerHTML = `<caption>Probability of each class${mark}</caption>
    <tr class="inside-hidden"><th>Class</th><th>Otherwise</th><th>Probability</th></tr>${labels
      .map(() => `<tr><th scope="row"></th><td><span class="inside-hidden"></span></td><td></td></tr>`)
      .join("")}`;
}
