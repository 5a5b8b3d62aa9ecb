// Gives the focus a place when the button that has it goes. See __init__.py.

const BUTTON = '[data-testid^="stBaseButton"]';
const STATE = "data-test-script-state"; // of Streamlit's app

export default function ({ data }) {
  const watching = (window.scratchNnFocus ??= watch());
  watching.row = `.st-key-${data.row}`;
  // Other pages don't ask for it.
  return () => (watching.row = "");
}

function watch() {
  const here = { row: "" }; // nowhere
  let withKeys = false;
  let stop = () => {};
  const follow = (target) => {
    stop();
    const button = withKeys && here.row && target?.closest?.(BUTTON);
    stop = button ? keep(button, here) : () => {};
  };
  document.addEventListener(
    "keydown",
    () => {
      withKeys = true;
      follow(document.activeElement);
    },
    true,
  );
  document.addEventListener("pointerdown", () => follow((withKeys = false)), true);
  document.addEventListener("focusin", ({ target }) => follow(target), true);
  return here;
}

function keep(button, here) {
  // Streamlit makes a button with a help twice and shows one of them.
  const inRow = () =>
    [...document.querySelectorAll(`${here.row} ${BUTTON}`)].filter((one) => one.getClientRects().length);
  const place = inRow().indexOf(button);
  const observer = new MutationObserver(() => {
    if (!here.row) return observer.disconnect();
    if (button.isConnected && !button.disabled) return;
    const focused = document.activeElement;
    if (focused !== document.body && focused !== button) return observer.disconnect();
    // While the server still tells of the row, what is there of it may be another's place.
    if (document.querySelector(`[${STATE}="running"]`)) return;
    const now = inRow();
    const next = place < 0 ? document.querySelector("h1") : (now[place] ?? now.at(-1));
    if (!next || next.disabled) return; // it is not there yet
    if (place < 0) next.tabIndex = -1;
    observer.disconnect();
    next.focus();
  });
  const changes = { childList: true, subtree: true, attributes: true };
  observer.observe(document.body, { ...changes, attributeFilter: ["disabled", STATE] });
  return () => observer.disconnect();
}
