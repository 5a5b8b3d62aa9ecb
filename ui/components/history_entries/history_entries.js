// Makes at most one entry of the history of what the visitor does at once. See __init__.py.

const LASTS = 10_000; // milliseconds; what comes later was not brought about by that act

export default function ({ data, setTriggerValue }) {
  if (!window.scratchNnHistory) window.scratchNnHistory = watch();
  if (data.asked) setTriggerValue("watching", true);
}

function watch() {
  let acted = -Infinity;
  const act = (event) => {
    // A click of mouse or finger belongs to the pointer that was lifted before it.
    if (event.type !== "click" || event.detail === 0) acted = performance.now();
  };
  for (const type of ["pointerup", "keydown", "click"]) window.addEventListener(type, act, true);
  const push = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);
  const rest = () => (acted = -Infinity);
  window.addEventListener("popstate", rest, true);
  history.pushState = (...entry) => {
    const isAct = performance.now() - acted < LASTS;
    rest();
    (isAct ? push : replace)(...entry);
  };
  history.replaceState = (...entry) => {
    rest();
    replace(...entry);
  };
  return true;
}
