// Stands for a component's script, which the browser fetches once and keeps.

let script;

export default function (component) {
  if (script) return script.default(component);
  let over = false;
  let end;
  import(new URL("ADDRESS", document.baseURI).href)
    .then((fetched) => {
      script = fetched;
      if (!over) end = script.default(component);
    })
    .catch((error) => {
      console.warn(error);
      component.parentElement.textContent = "A part of the page could not be loaded. Please reload.";
    });
  return () => {
    over = true;
    end?.();
  };
}
