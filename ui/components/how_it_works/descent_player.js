// Shows the paths step by step, or plays them.

import { button, div, range } from "./step.js";

const SECONDS = 8; // for all steps

// `acts`: get() -> the steps shown, set(steps). Returns { element, show(steps), setCount(count),
// end() }.
export function stepPlayer(acts) {
  let [count, frame, last] = [1, 0, 0];
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const stop = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    play.textContent = "Play";
  };
  const goTo = (steps) => {
    stop();
    acts.set(Math.min(count, Math.max(0, steps)));
  };
  const turn = (now) => {
    const seconds = Math.max(0, now - last) / 1000; // a frame may have begun before the button
    const steps = Math.min(count, acts.get() + seconds * (count / SECONDS));
    last = now;
    frame = requestAnimationFrame(turn);
    if (steps >= count) stop();
    acts.set(steps);
  };
  const start = () => {
    if (calm.matches) return goTo(count);
    if (acts.get() >= count) acts.set(0);
    play.textContent = "Pause";
    last = performance.now();
    frame = requestAnimationFrame(turn);
  };
  const play = button("Play", "Show the paths as they grow", () => (frame ? stop() : start()));
  const slider = range({
    name: "Step", help: "How many steps are shown", min: 0, max: count, step: 1, value: 0,
    words: (steps) => `${steps} of ${count}`, act: goTo,
  });
  const buttons = div("how-row", play,
    button("One step", "Show one step more", () => goTo(Math.floor(acts.get()) + 1)),
    button("To the start", "Show no step yet", () => goTo(0)),
    button("To the end", "Show all steps", () => goTo(count)));
  return {
    element: div("", buttons, slider.element),
    show: (steps) => {
      if (Number(slider.input.value) !== Math.floor(steps)) slider.set(Math.floor(steps));
    },
    setCount: (steps) => {
      stop();
      count = steps;
      slider.input.max = steps;
      slider.set(acts.get());
    },
    end: stop,
  };
}
