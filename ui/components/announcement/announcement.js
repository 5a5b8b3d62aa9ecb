// Puts the text into the live region, which stays in its place.

const regions = new WeakMap();

export default function ({ data, parentElement }) {
  const region = parentElement.querySelector('[role="status"]');
  let state = regions.get(region);
  if (!state) {
    state = { text: "", saidAt: -Infinity, timer: undefined };
    regions.set(region, state);
  }
  state.text = data.text;
  const wait = state.saidAt + data.pause - performance.now();
  if (wait <= 0) {
    say(region, state);
  } else {
    state.timer ??= setTimeout(() => say(region, state), wait);
  }
}

function say(region, state) {
  state.timer = undefined;
  // Also said again when nothing has changed, unless it is left alone.
  if (region.textContent === state.text) return;
  region.textContent = state.text;
  state.saidAt = performance.now();
}
