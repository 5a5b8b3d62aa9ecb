// Tells the server of a file that the upload widget around it refuses. See __init__.py.

export default function ({ parentElement, setTriggerValue }) {
  const place = parentElement.closest(".st-key-picture");
  if (!place) return; // the visitor has just gone back to the board
  let told;
  const look = () => {
    const last = [...place.querySelectorAll('[data-testid="stFileChip"]')].at(-1);
    const alert = last?.querySelector('[role="alert"]');
    if (!alert || told === last) return;
    told = last;
    setTriggerValue("refused", {
      name: last.querySelector('[data-testid="stFileChipName"]')?.textContent ?? "This file",
      reason: alert.textContent.replace(/^Error: /, ""),
    });
  };
  const observer = new MutationObserver(look);
  observer.observe(place, { childList: true, subtree: true });
  look();
  return () => observer.disconnect();
}
