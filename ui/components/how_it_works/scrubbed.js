// A number within text that one drags to the left and right, or changes with the keyboard.

import { asSlider, dragged } from "./dragging.js";
import { element } from "./step.js";

const PIXELS = 3; // for each step of the slider

// `slider`: as for `asSlider`, with `shown(value)`: what stands there. Returns { element, tell }, of
// which `tell` has to be called when the value was changed by something else.
export function scrubbed(slider) {
  const made = element("span", "how-scrub");
  const tellSlider = asSlider(made, slider);
  const tell = () => {
    const shown = slider.shown(slider.get());
    if (made.textContent === shown) return;
    made.textContent = shown;
    tellSlider();
  };
  let from;
  dragged(made, {
    start: ({ clientX }) => (from = { x: clientX, value: slider.get() }),
    move: ({ clientX }) => {
      const value = from.value + Math.round((clientX - from.x) / PIXELS) * slider.step;
      slider.set(Math.min(slider.max, Math.max(slider.min, value)));
      tell();
    },
  });
  tell();
  return { element: made, tell };
}
