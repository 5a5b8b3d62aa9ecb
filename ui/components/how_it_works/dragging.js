// What can be dragged with mouse, pen and finger, and moved with the keyboard.

const FAR = 10; // steps at once, with Shift or by Page Up and Page Down

// Let an element be dragged. `acts`: start(event), move(event), end(event), each may be left out.
// The page does not scroll while a finger drags it, and does everywhere else.
export function dragged(element, acts) {
  let pointer = null;
  element.style.touchAction = "none"; // Chromium asks only HTML elements for it:
  element.addEventListener("touchmove", (event) => event.preventDefault(), { passive: false });
  element.addEventListener("pointerdown", (event) => {
    if (pointer !== null || event.button !== 0) return;
    pointer = event.pointerId;
    element.setPointerCapture(pointer);
    event.preventDefault(); // no text is selected on the way
    element.focus({ preventScroll: true });
    acts.start?.(event);
  });
  element.addEventListener("pointermove", (event) => {
    if (event.pointerId === pointer) acts.move?.(event);
  });
  const end = (event) => {
    if (event.pointerId !== pointer) return;
    pointer = null;
    acts.end?.(event);
  };
  element.addEventListener("pointerup", end);
  element.addEventListener("pointercancel", end);
}

// Make an element a slider for keyboard and screen readers.
//
// `slider`: { name, min, max, step, get(), set(value), words(value) if the number alone says too
// little }. Returns what has to be called when the value was changed by something else.
export function asSlider(element, slider) {
  const tell = () => tellSlider(element, slider);
  prepare(element, slider.name);
  element.addEventListener("keydown", (event) => {
    const value = slider.get();
    const to = { Home: slider.min, End: slider.max }[event.key]
      ?? value + slider.step * stepsOf(event, ["ArrowRight", "ArrowUp"], ["ArrowLeft", "ArrowDown"]);
    if (to === value && !["Home", "End"].includes(event.key)) return;
    event.preventDefault();
    slider.set(within(to, slider));
    tell();
  });
  tell();
  return tell;
}

// The same for a point of the plane: `point`: { name, x: {min, max, step}, y: the same, get() ->
// [x, y], set(x, y), words(x, y) }. Left and Right move it along x, Up and Down along y.
export function asPoint(element, point) {
  const tell = () => {
    const [x, y] = point.get();
    tellSlider(element, { ...point.x, get: () => x, words: () => point.words(x, y) });
  };
  prepare(element, point.name);
  element.addEventListener("keydown", (event) => {
    const along = {
      x: event.key.startsWith("Page") ? 0 : stepsOf(event, ["ArrowRight"], ["ArrowLeft"]),
      y: stepsOf(event, ["ArrowUp"], ["ArrowDown"]),
    };
    if (!along.x && !along.y) return;
    event.preventDefault();
    const [x, y] = point.get();
    point.set(within(x + along.x * point.x.step, point.x), within(y + along.y * point.y.step, point.y));
    tell();
  });
  tell();
  return tell;
}

function prepare(element, name) {
  element.tabIndex = 0;
  element.setAttribute("role", "slider");
  element.setAttribute("aria-label", name);
}

function tellSlider(element, { min, max, get, words = (value) => String(value) }) {
  const value = get();
  element.setAttribute("aria-valuemin", min);
  element.setAttribute("aria-valuemax", max);
  element.setAttribute("aria-valuenow", Number(value.toPrecision(6)));
  element.setAttribute("aria-valuetext", words(value));
}

// How many steps a key is worth; 0 for other keys.
function stepsOf({ key, shiftKey }, up, down) {
  if (key === "PageUp" || key === "PageDown") return key === "PageUp" ? FAR : -FAR;
  const direction = up.includes(key) ? 1 : down.includes(key) ? -1 : 0;
  return direction * (shiftKey ? FAR : 1);
}

function within(value, { min, max }) {
  const rounded = Number(value.toPrecision(12)); // 0.1 + 0.2
  return Math.min(max, Math.max(min, rounded));
}
