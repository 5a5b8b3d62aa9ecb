// Makes at most one entry of the history of what the visitor does at once. See __init__.py.

const LASTS = 30_000; // milliseconds, for a busy server; what comes later is not of that act
const CALM = 1_500; // milliseconds

let later;

export default function ({ data, setTriggerValue }) {
  window.scratchNnHistory ??= watch();
  if (data.asked === null) return; // the part that only brings this script early
  clearTimeout(later);
  if (data.asked) sayWhenCalm(setTriggerValue);
  return () => clearTimeout(later);
}

// Not when the visitor has just clicked: until the server has answered a click on another page's
// link, whatever is said counts as said on the page that is left, and the server would run that one
// again behind the other. The next page asks anew.
function sayWhenCalm(setTriggerValue) {
  const wait = window.scratchNnHistory.clicked + CALM - performance.now();
  if (wait > 0) later = setTimeout(() => sayWhenCalm(setTriggerValue), wait);
  else setTriggerValue("watching", true);
}

function watch() {
  // Perhaps there was a click before this script was here,
  const watching = { clicked: navigator.userActivation?.isActive ? performance.now() : -Infinity };
  // and what it brings about is still to come.
  const [opened] = performance.getEntriesByType("navigation");
  const [first] = performance.getEntriesByType("first-input");
  let acted = (location.href === opened?.name && first?.startTime) || -Infinity;
  const act = (event) => {
    watching.clicked = performance.now();
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
  return watching;
}
