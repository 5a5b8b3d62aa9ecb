// Takes the help buttons of fields out of the order of Tab. See __init__.py.

const HELP = 'button[aria-label^="Help for "]';
const LONE = '[data-testid="stMetric"]'; // there is no field that would lead to it

export default function () {
  window.scratchNnHelp ??= watch();
}

function watch() {
  document.addEventListener(
    "keydown",
    ({ key, shiftKey }) => {
      if (key !== "Tab") return;
      for (const help of document.querySelectorAll(HELP)) {
        help.tabIndex = shiftKey || help.closest(LONE) ? 0 : -1;
      }
    },
    true,
  );
  return true;
}
