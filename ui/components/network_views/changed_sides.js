// The images that are read otherwise than before: a button for each, which chooses it.

import { mounted } from "./mounted.js";
import { paintImage } from "./paint.js";
import { readPixels } from "./tensors.js";

const PIXELS = 784;

export default mounted((parentElement) => {
  const box = document.createElement("div");
  box.className = "inside-sides";
  parentElement.append(box);
  const part = { box, shown: "" };
  part.take = (data, setTriggerValue) => take(part, data, setTriggerValue);
  return part;
});

function take(part, { sides }, setTriggerValue) {
  const text = JSON.stringify(sides);
  if (text === part.shown) return; // the buttons stay, and the focus on one of them
  part.shown = text;
  part.box.replaceChildren(...sides.map(({ title, pixels, images }) => {
    const side = document.createElement("section");
    side.setAttribute("aria-label", title);
    const heading = document.createElement("p");
    heading.textContent = title;
    const all = readPixels(pixels);
    const buttons = images.map((image, k) => {
      const button = document.createElement("button");
      const canvas = document.createElement("canvas");
      Object.assign(canvas, { width: 56, height: 56 });
      canvas.setAttribute("aria-hidden", "true");
      paintImage(canvas, all.subarray(k * PIXELS, (k + 1) * PIXELS));
      const words = document.createElement("span");
      words.textContent = `${image.was} → ${image.now}`;
      button.append(canvas, words);
      button.title = `Test image ${image.number}, ${image.label}: read as ${image.was} before, as `
        + `${image.now} now. Choose it`;
      button.setAttribute("aria-label", button.title);
      button.addEventListener("click", () => setTriggerValue("chosen", { number: image.number }));
      return button;
    });
    const list = document.createElement("div");
    list.append(...buttons);
    side.append(heading, list);
    return side;
  }));
}
