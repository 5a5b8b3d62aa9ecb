// What there is to say of the neuron that is looked at, beside the walls.

import { strongest, weightsOf } from "./contributions.js";
import { format, largest, signed, signedLegend } from "./paint.js";
import { fit, paintSigns, paintTiles } from "./tiles.js";
import { saying } from "./wall.js";

const NAMED = 3;

export class Detail {
  // `on`: what its buttons tell: step (-1 or 1), switch, open, allOn.
  constructor(on) {
    this.element = document.createElement("section");
    this.element.className = "inside-detail";
    this.element.setAttribute("aria-label", "The neuron that is looked at");
    this.element.innerHTML = `
      <figure><canvas role="img"></canvas><figcaption></figcaption></figure>
      <div><p class="inside-detail-title"></p><p class="inside-detail-value"></p>
      <p class="inside-detail-inputs"></p><p class="inside-detail-outputs"></p></div>
      <p class="inside-detail-buttons">
        <button type="button" class="inside-button" aria-label="Previous neuron"
          title="Goes to the previous neuron of its layer.">← <span>Previous</span></button>
        <button type="button" class="inside-button" aria-label="Next neuron"
          title="Goes to the next neuron of its layer; at first to the first of all."><span>Next</span>
          →</button>
        <button type="button" class="inside-button"></button>
        <button type="button" class="inside-button"
          title="Opens the sum that this neuron makes, term by term.">Look closer</button>
        <button type="button" class="inside-button"
          title="Lets all neurons speak again that are switched off."></button></p>`;
    const [previous, next, toggle, open, allOn] = this.element.querySelectorAll("button");
    Object.assign(this, { previous, toggle, open, allOn });
    previous.addEventListener("click", () => on.step(-1));
    next.addEventListener("click", () => on.step(1));
    toggle.addEventListener("click", on.switch);
    open.addEventListener("click", on.open);
    allOn.addEventListener("click", on.allOn);
  }

  find(name) {
    return this.element.querySelector(name);
  }

  // Where it is below what one sees.
  reveal() {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.element.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  }

  // `looked`: as looked_at.js has it; null for none. `off`: whether it is switched off. `count`: how
  // many are; `full`: whether that is the most there can be.
  show(looked, network, off, { count, full }) {
    const say = (name, text) => {
      const place = this.find(`.inside-detail-${name}`);
      if (place.textContent !== text) place.textContent = text;
    };
    this.find("figure").hidden = !looked || !network;
    this.previous.hidden = this.open.hidden = !looked;
    this.toggle.hidden = !looked || !network || looked.layer.last;
    this.allOn.hidden = count === 0;
    this.allOn.textContent = `All on again (${count} off${full ? ", the most there can be" : ""})`;
    this.toggle.disabled = full && !off;
    this.toggle.textContent = off ? "Switch on" : "Switch off";
    this.toggle.title = off ? "Lets this neuron speak again."
      : "Lets this neuron say 0; the bars show the answer without it.";
    if (!looked) {
      say("title", "Point at a neuron, or tap it");
      say("value", network ? "A click keeps it here. A long press, or the space bar, switches it off; "
        + "Enter opens it." : "A click keeps it here; Enter opens it.");
      say("inputs", "");
      say("outputs", "");
      return;
    }
    const { layer, unit, name, inputs, given } = looked;
    say("title", `${layer.title}, ${name}`);
    say("value", valueText(looked, off));
    say("inputs", inputs ? `${off ? "Would be fed" : "Fed"} by ${list(inputs.values, inputs.name)}.` : "");
    say("outputs", given ? fedText(given) : "");
    if (network) this.picture(network, layer, unit);
  }

  picture(network, layer, unit) {
    const canvas = this.find("canvas");
    const values = weightsOf(network, layer, unit);
    fit(canvas, layer.weights);
    const scale = largest(values);
    paintTiles(canvas, values, layer.weights, scale);
    paintSigns(canvas, values, layer.weights, scale);
    canvas.setAttribute("aria-label", `Its weights: of ${layer.weights.units === 1 ? "each pixel"
      : `each ${layer.spec.type === "Linear" ? "neuron" : "filter"} before it`}`);
    this.find("figcaption").innerHTML = `Its weights<br>${signedLegend(canvas, scale)}`;
  }
}

// From the sum to what is said: "z = 0.4 → ReLU 0.4".
function valueText({ layer, unit, specs, outputs }, off) {
  const { sums } = layer;
  if (off) return "Switched off: it says 0, whatever the image is.";
  if (layer.outputs.side > 1) {
    const { side } = layer.outputs;
    const most = saying(outputs[layer.end], layer.outputs, unit);
    return `It goes over the image and says something at each of ${side} × ${side} places: ${most}.`;
  }
  const chain = layer.steps.filter((k) => specs[k].type !== "Dropout");
  const parts = chain.map((k) => `${NAMES[specs[k].type] ?? specs[k].type} ${format(outputs[k][unit])}`);
  const z = format(outputs[layer.index][sums.index(unit)]);
  if (layer.last) return `Its logit is ${z}; the softmax makes the probability of it.`;
  const silent = outputs[layer.end][unit] === 0 ? " It is silent: nothing goes on." : "";
  return `Its sum z = ${[z, ...parts].join(" → ")}.${silent}`;
}

const NAMES = { BatchNorm: "batch normalisation" };

function fedText({ values, name }) {
  const named = list(values, name);
  return named === "nothing" ? "" : `Gives ${named}.`;
}

function list(values, name) {
  const places = strongest(values, NAMED);
  if (!places.length) return "nothing";
  return places.map((k) => `${name(k)} ${signed(values[k])}`).join(" · ");
}
