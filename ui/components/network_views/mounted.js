// A part of the page for each place that it is drawn in.

// What a component's script exports. `create(parentElement)` makes the part, which has
// - take(data, setTriggerValue): called with what the server sends, each time;
// - forget(), if there is something to end: called when the part has left the page.
export function mounted(create) {
  const parts = new WeakMap();
  return ({ data, parentElement, setTriggerValue }) => {
    let part = parts.get(parentElement);
    if (!part) {
      part = create(parentElement);
      parts.set(parentElement, part);
    }
    part.take(data, setTriggerValue);
    return () => {
      if (parentElement.isConnected) return;
      part.forget?.();
      parts.delete(parentElement);
    };
  };
}
