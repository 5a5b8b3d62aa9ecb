// What the colours and forms of a surface mean.

import { css, SURFACE } from "./colours.js";
import { element } from "./elements.js";
import { short } from "./numbers.js";
import { drawMark } from "./point_marks.js";

// A bar from −scale to +scale.
export function signedLegend(colours, scale) {
  const steps = [-1, -0.5, 0, 0.5, 1].map((share) => css(colours.ofValue(share, SURFACE)));
  const end = short(scale);
  return `<span>−${end}</span><i style="background: linear-gradient(to right, ${steps.join()})"
    role="img" aria-label="Colours from minus ${end}, orange, to plus ${end}, blue"></i><span>+${end}</span>`;
}

// A mark and a name for each class.
export function classLegend(colours, classes) {
  const box = document.createDocumentFragment();
  for (let k = 0; k < classes; k++) {
    box.append(element("span", "pg-class", [mark(colours, k, classes), `class ${k + 1}`]));
  }
  return box;
}

// The mark of a class or value as a picture of its own.
export function mark(colours, target, classes, size = 16) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size * devicePixelRatio;
  canvas.style.width = canvas.style.height = `${size}px`;
  canvas.setAttribute("aria-hidden", "true");
  const pen = canvas.getContext("2d");
  pen.scale(devicePixelRatio, devicePixelRatio);
  drawMark(pen, size / 2, size / 2, size / 2 - 2.5, target, classes, false, colours);
  return canvas;
}
