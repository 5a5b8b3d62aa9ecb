// Gives the focus a place when the button that was pressed with the keyboard goes. See __init__.py.

const AT_MOST = 20_000; // milliseconds: a test accuracy may be measured meanwhile
const USABLE = 'button:not([aria-label^="Help for "]), a[href]';

export default function ({ data }) {
  window.scratchNnFocus ??= watch();
  window.scratchNnFocus.row = `.st-key-${data.row}`;
}

function watch() {
  const here = { row: "" };
  let stop = () => {};
  document.addEventListener("pointerdown", () => stop(), true);
  document.addEventListener(
    "keydown",
    ({ key, target }) => {
      stop();
      const pressed = target.closest?.("button");
      if (pressed && (key === "Enter" || key === " ")) stop = follow(pressed, here.row);
    },
    true,
  );
  return here;
}

function follow(pressed, row) {
  const place = usable(row).indexOf(pressed);
  const observer = new MutationObserver(look);
  const timer = setTimeout(stop, AT_MOST);
  const changes = { childList: true, subtree: true, attributes: true };
  observer.observe(document.body, { ...changes, attributeFilter: ["disabled"] });
  return stop;

  function look() {
    if (pressed.isConnected && !pressed.disabled) return;
    const focused = document.activeElement;
    if (focused !== document.body && focused !== pressed && focused?.isConnected) return stop();
    const next = place < 0 ? document.querySelector("h1") : usable(row)[place];
    if (!next || next.disabled) return; // it is not there yet
    if (place < 0) next.tabIndex = -1;
    next.focus();
    stop();
  }
  function stop() {
    observer.disconnect();
    clearTimeout(timer);
  }
}

function usable(row) {
  return [...document.querySelectorAll(`${row} :is(${USABLE})`)];
}
