// Marks a button with data-pressed from its press until it changes. See __init__.py.

const AT_MOST = 5_000; // milliseconds, where no answer comes

export default function () {
  window.scratchNnPressed ??= watch();
}

function watch() {
  document.addEventListener(
    "click",
    ({ target }) => {
      const button = target.closest?.("button");
      if (button && !button.disabled) mark(button);
    },
    true,
  );
  return true;
}

function mark(button) {
  button.dataset.pressed = "";
  const observer = new MutationObserver(unmark);
  const timer = setTimeout(unmark, AT_MOST);
  const changes = { childList: true, characterData: true, subtree: true };
  observer.observe(button, { ...changes, attributeFilter: ["disabled"] });
  function unmark() {
    observer.disconnect();
    clearTimeout(timer);
    delete button.dataset.pressed;
  }
}
