// What the visitor has gone to, by Back or a link, and the server has not begun yet. See __init__.py.

const LASTS = 30_000; // milliseconds, where no answer comes
const SENT = 150; // milliseconds, until the value of a field that was left is on its way
const MARK = "data-awaits-page";
const LINKS = 'a[href]:not([disabled]), [data-testid="stLogoLink"]';
const ELSEWHERE = `header, [data-testid="stSidebar"], ${LINKS}`;

export function watchAwaited() {
  const root = document.documentElement;
  const told = {};
  let timer;
  let seen = address();
  const begin = () => {
    root.setAttribute(MARK, "");
    clearTimeout(timer);
    timer = setTimeout(end, LASTS);
  };
  const end = () => {
    clearTimeout(timer);
    root.removeAttribute(MARK);
  };
  linksAfterFields();
  window.addEventListener("popstate", () => {
    if (address() !== seen) begin(); // else it went to another part of the page
    seen = address();
  });
  // When Streamlit has seen it.
  window.addEventListener("click", (event) => {
    const link = event.target.closest?.(LINKS);
    if (link && (event.defaultPrevented || !link.href) && link.pathname !== location.pathname) begin();
  });
  for (const type of ["pointerdown", "mousedown", "click", "keydown"])
    window.addEventListener(type, (event) => root.hasAttribute(MARK) && ignore(event), true);
  return {
    /** Whether there is one. */
    is: () => root.hasAttribute(MARK),
    /** The address has changed, without Back. */
    wrote: () => (seen = address()),
    /** How often the server has begun or shown something says whether it is that. */
    hear(data) {
      for (const name of ["opened", "shown"]) {
        if (!(name in data)) continue;
        if (name in told && told[name] !== data[name]) end();
        told[name] = data[name];
      }
    },
  };
}

const address = () => location.pathname + location.search;

// A click on a link, or a tap, is also what leaves a field. Streamlit sends the value of that a moment
// later, when it would be said of the page that is left.
function linksAfterFields() {
  let left = -Infinity;
  const leave = ({ target }) => target.matches?.("input, textarea") && (left = performance.now());
  window.addEventListener("focusout", leave, true);
  const wait = (event) => {
    const link = event.target.closest?.(LINKS);
    const isOther = event.detail === 0 || event.ctrlKey || event.metaKey || event.shiftKey;
    if (!link || link.target || isOther || performance.now() - left > SENT) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    setTimeout(() => link.click(), SENT);
  };
  window.addEventListener("click", wait, true);
}

// It would be said of the page that is left, and the server show that again.
function ignore(event) {
  if (event.target.closest?.(ELSEWHERE)) return;
  const isOfPage = event.type !== "keydown" || !(event.altKey || event.ctrlKey || event.metaKey);
  if (!isOfPage || event.key === "Tab") return;
  event.stopImmediatePropagation();
  event.preventDefault();
}
