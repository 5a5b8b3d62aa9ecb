// Small parts of the page.

// An element with a class and children: elements or text.
export function element(tag, className = "", children = []) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

// A button that says what it is for.
export function button(className, text, help, act) {
  const made = element("button", `pg-button ${className}`.trim(), [text]);
  made.type = "button";
  made.title = help;
  made.addEventListener("click", act);
  return made;
}

// The pen of a canvas that is shown so many pixels large, for drawing in these.
export function penOf(canvas, width, height) {
  const size = [width, height].map((length) => Math.round(length * devicePixelRatio));
  if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size;
  const pen = canvas.getContext("2d");
  pen.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  return pen;
}
