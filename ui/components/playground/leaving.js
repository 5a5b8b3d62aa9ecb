// When the visitor goes to another page of the app.
//
// Until that page has come, the browser takes itself to be on this one. What it asks meanwhile for
// a fragment of this page reaches the server after the page, and Streamlit empties the page for it.

let path = null; // of the page that the part stands on

// The part stands on the page that is shown.
export function stand() {
  path = location.pathname;
}

// Have `leaves()` called in the moment of going, before Streamlit hears of it.
export function onLeaving(leaves) {
  const follow = (event) => {
    const link = event.target.closest?.("a[href]");
    const isHere = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (link?.origin === location.origin && link.pathname !== path && isHere) leaves();
  };
  addEventListener("click", follow, { capture: true });
  addEventListener("popstate", () => {
    if (location.pathname !== path) leaves();
  });
}
