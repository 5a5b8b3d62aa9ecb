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
