// Scrolls to an element and gives it the focus, once for each turn. See __init__.py.

let done = 0;

export default function ({ data }) {
  if (data.turn <= done) return;
  done = data.turn;
  const place = document.getElementById(data.id);
  if (!place) return;
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  place.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
}
