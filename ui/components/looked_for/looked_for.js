// Tells the server when the page is seen again, or a part of it is pointed at, touched or focused.
// See __init__.py.

const EVERY = 2_000; // milliseconds: not more often

const watches = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  if (!watches.has(parentElement)) watches.set(parentElement, watch());
  Object.assign(watches.get(parentElement), { part: `.st-key-${data.part}`, setTriggerValue });
  return () => {
    if (parentElement.isConnected) return;
    watches.get(parentElement)?.stop();
    watches.delete(parentElement);
  };
}

function watch() {
  const one = { toldAt: -Infinity };
  const tell = () => {
    if (performance.now() - one.toldAt < EVERY) return;
    one.toldAt = performance.now();
    one.setTriggerValue("looked", true);
  };
  const seen = () => document.visibilityState === "visible" && tell();
  const reached = ({ target }) => target.closest?.(one.part) && tell();
  const events = [["visibilitychange", seen], ["pointerover", reached], ["focusin", reached]];
  for (const [type, listener] of events) document.addEventListener(type, listener);
  one.stop = () => {
    for (const [type, listener] of events) document.removeEventListener(type, listener);
  };
  return one;
}
