// Takes the help buttons out of the order of Tab. See __init__.py.

const HELP = 'button[aria-label^="Help for "]';

export default function () {
  window.scratchNnHelp ??= watch();
}

function watch() {
  document.addEventListener(
    "keydown",
    ({ key, shiftKey }) => {
      if (key !== "Tab") return;
      for (const help of document.querySelectorAll(HELP)) help.tabIndex = shiftKey ? 0 : -1;
    },
    true,
  );
  return true;
}
