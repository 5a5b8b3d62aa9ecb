// The image that the page is about, and what the network reads. One draws on it: while the pen
// moves, all parts of the page follow; the server makes the image of it when the pen is lifted.

import { asImage, PEN } from "./handwriting.js";
import { mounted } from "./mounted.js";
import { paintImage, percent } from "./paint.js";
import { current, listen, outputsWithout, setImage } from "./stage.js";
import { readPixels } from "./tensors.js";

const SIZE = 280; // of the canvas; PEN is in the same pixels

export default mounted(create);

function take(pad, data, setTriggerValue) {
  Object.assign(pad, { data, setTriggerValue });
  if (data.image !== pad.shown) {
    pad.shown = data.image;
    // A drawing comes back from the server as the network sees it; its strokes stay on the pad, for
    // the next one, until another image is chosen.
    if (data.drawing !== pad.name) begin(pad);
    if (!pad.isDown) setImage(readPixels(data.image));
  }
  show(pad);
}

function create(parentElement) {
  const box = document.createElement("div");
  box.className = "inside-pad";
  box.innerHTML = `
    <canvas width="${SIZE}" height="${SIZE}" role="img"></canvas>
    <div class="inside-pad-words"><p class="inside-pad-name"></p>
    <p class="inside-pad-answer"></p>
    <p class="inside-pad-hint"><button type="button"
    title="Takes the drawing away and shows the test image again.">Clear</button><span></span></p></div>`;
  parentElement.appendChild(box);
  const find = (selector) => box.querySelector(selector);
  const pad = { canvas: find("canvas"), find };
  begin(pad);
  pad.take = (data, setTriggerValue) => take(pad, data, setTriggerValue);
  const stop = listen(() => answer(pad));
  const goBack = () => pad.strokes.length && putBack(pad);
  window.addEventListener("popstate", goBack);
  pad.forget = () => {
    stop();
    window.removeEventListener("popstate", goBack);
  };
  listenToPen(pad);
  find("button").addEventListener("click", () => {
    putBack(pad);
    send(pad);
  });
  return pad;
}

// The page's image is there again. Back may lead to it before the server has heard of the drawing:
// then no other image comes, in whose place the drawing would go.
function putBack(pad) {
  begin(pad);
  setImage(readPixels(pad.data.image));
  show(pad);
}

// A new drawing, of which there is nothing yet. Its name tells it from others, also from those of
// other tabs.
function begin(pad) {
  pad.strokes = [];
  pad.isDown = false;
  pad.name = Math.random().toString(36).slice(2);
}

function listenToPen(pad) {
  const { canvas } = pad;
  const place = (event) => {
    const { left, top, width } = canvas.getBoundingClientRect();
    return [((event.clientX - left) * SIZE) / width, ((event.clientY - top) * SIZE) / width];
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    pad.isDown = true;
    pad.strokes.push([place(event)]);
    follow(pad);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!pad.isDown) return;
    pad.strokes.at(-1).push(place(event));
    follow(pad);
  });
  const lift = () => {
    if (!pad.isDown) return;
    pad.isDown = false;
    send(pad);
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
}

function send(pad) {
  pad.setTriggerValue("drawn", { strokes: pad.strokes, pen: PEN, name: pad.name });
}

function follow(pad) {
  show(pad);
  setImage(asImage(pad.strokes));
}

function show(pad) {
  const { canvas, data, strokes, find } = pad;
  const pixels = readPixels(data.image);
  if (strokes.length) paintStrokes(canvas, strokes);
  else paintImage(canvas, pixels);
  const name = strokes.length ? "your drawing" : data.name;
  canvas.setAttribute("aria-label", `The image: ${name}. Draw on it with mouse, pen or finger.`);
  find(".inside-pad-name").textContent = `${data.network} · ${name}`;
  find("button").hidden = !strokes.length && (data.label !== null || !pixels.some(Boolean));
  find(".inside-pad-hint span").textContent = strokes.length ? "" : "You can draw on this image.";
  answer(pad);
}

function paintStrokes(canvas, strokes) {
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#000";
  pen.fillRect(0, 0, SIZE, SIZE);
  pen.strokeStyle = "#fff";
  pen.lineWidth = PEN;
  pen.lineCap = pen.lineJoin = "round";
  for (const stroke of strokes) {
    pen.beginPath();
    pen.moveTo(...stroke[0]);
    // A dot is a line to where one is.
    for (const point of stroke.length > 1 ? stroke.slice(1) : stroke) pen.lineTo(...point);
    pen.stroke();
  }
}

function answer({ data, find, strokes }) {
  const { network, off } = current();
  const logits = outputsWithout()?.at(-1);
  const probabilities = logits ? network.probabilities(logits) : data.probabilities;
  const best = probabilities.indexOf(Math.max(...probabilities));
  const truth = data.label === null || strokes.length ? "" : ` (it is ${data.label})`;
  const without = logits && off.network === network ? off.words : "";
  find(".inside-pad-answer").textContent = `Read as ${data.labels[best]}, ${percent(probabilities[best])}${without}${truth}`;
}
