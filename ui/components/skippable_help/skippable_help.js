// Takes the help buttons of fields out of the order of Tab. See __init__.py.

const HELP = 'button[aria-label^="Help for "]';
const WIDGET = '[data-testid="stElementContainer"]';
// Help alone, as at a number, stays in the order: there would be no other way to it.
const FIELD = `:is(input, textarea, select, button:not(${HELP}))`;

export default function () {
  window.scratchNnHelp ??= watch();
}

function watch() {
  let planned = false;
  const skipAll = () => {
    planned = false;
    document.querySelectorAll(HELP).forEach((help) => {
      const widget = help.closest(WIDGET);
      if (widget?.querySelector(FIELD) && !widget.contains(document.activeElement)) {
        help.tabIndex = -1;
      }
    });
  };
  const plan = () => {
    if (!planned) requestAnimationFrame(skipAll);
    planned = true;
  };
  new MutationObserver(plan).observe(document.body, { childList: true, subtree: true });
  document.addEventListener("focusin", ({ target }) => {
    const help = target.closest?.(WIDGET)?.querySelector(HELP);
    if (help) help.tabIndex = 0;
  });
  document.addEventListener("focusout", plan);
  plan();
  return true;
}
