// Scrolls to an element and gives it the focus, once for each turn. See __init__.py.

const LOADS = 15_000; // milliseconds in which what stands above may still get its height
const ACTS = ["wheel", "pointerdown", "keydown"];

const done = new Map(); // the last turn for each id

export default function ({ data }) {
  if (data.turn <= (done.get(data.id) ?? 0)) return;
  done.set(data.id, data.turn);
  const place = document.getElementById(data.id ?? location.hash.slice(1));
  if (!place) return;
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  place.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  stayThere(place);
}

// While the page grows, until the visitor does something.
function stayThere(place) {
  const page = place.closest('[data-testid="stMainBlockContainer"]');
  let height = page.offsetHeight;
  const observer = new ResizeObserver(() => {
    if (page.offsetHeight === height) return;
    height = page.offsetHeight;
    place.scrollIntoView({ block: "start" });
  });
  const end = () => {
    observer.disconnect();
    clearTimeout(timer);
    for (const type of ACTS) window.removeEventListener(type, end, true);
  };
  const timer = setTimeout(end, LOADS);
  for (const type of ACTS) window.addEventListener(type, end, true);
  observer.observe(page);
}
