// Keeps a text in the session storage, which outlives a reload. See __init__.py.

export default function ({ data, setTriggerValue }) {
  try {
    if (data.text !== null) {
      sessionStorage.setItem(data.name, data.text);
      return;
    }
    const kept = sessionStorage.getItem(data.name);
    if (kept) setTriggerValue("recalled", kept);
  } catch {
    // A browser that keeps nothing, or not so much.
    try {
      sessionStorage.removeItem(data.name);
    } catch {}
  }
}
