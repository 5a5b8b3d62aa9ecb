// Puts the text into the live region, which stays in its place.

export default function ({ data, parentElement }) {
  const region = parentElement.querySelector('[role="status"]');
  // Also said again when nothing has changed, unless it is left alone.
  if (region.textContent !== data.text) region.textContent = data.text;
}
