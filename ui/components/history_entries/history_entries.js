// Makes at most one entry of the history of what the visitor does at once. See __init__.py.

import { watchAwaited } from "./awaited_page.js";

const LASTS = 30_000; // milliseconds, for a busy server; what comes later is not of that act
const CALM = 1_500; // milliseconds

let later;

export default function ({ data, setTriggerValue }) {
  const watching = (window.scratchNnHistory ??= watch());
  watching.awaited.hear(data);
  if (!("asked" in data)) return; // the part that stands early on the page
  clearTimeout(later);
  if (data.asked) sayWhenCalm(setTriggerValue);
  return () => clearTimeout(later);
}

// Not when the visitor has just clicked, or awaits another page: until the server has begun that,
// whatever is said counts as said on the page that is left, and the server would run that one again
// behind the other. The next page asks anew.
function sayWhenCalm(setTriggerValue) {
  const { awaited, clicked } = window.scratchNnHistory;
  const wait = awaited.is() ? CALM : clicked + CALM - performance.now();
  if (wait > 0) later = setTimeout(() => sayWhenCalm(setTriggerValue), wait);
  else setTriggerValue("watching", true);
}

function watch() {
  const awaited = watchAwaited();
  // Perhaps there was a click before this script was here,
  const clicked = navigator.userActivation?.isActive ? performance.now() : -Infinity;
  const watching = { awaited, clicked };
  // and what it brings about is still to come. One of this moment is not among the entries yet.
  const [opened] = performance.getEntriesByType("navigation");
  const [first] = performance.getEntriesByType("first-input");
  let acted = location.href === opened?.name ? (first?.startTime ?? clicked) : -Infinity;
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
    awaited.wrote();
  };
  history.replaceState = (...entry) => {
    rest();
    replace(...entry);
    awaited.wrote();
  };
  return watching;
}
