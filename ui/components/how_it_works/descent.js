// Step 4, gradient descent: four optimizers on a landscape of two weights.

import { DescentChart } from "./descent_chart.js";
import { formulaOfLoss, formulasOfRules } from "./descent_formulas.js";
import { setPathColours, themeOf } from "./descent_look.js";
import { DescentMap, MOMENTA, rateAt, RATES } from "./descent_map.js";
import { RULES } from "./descent_optimizers.js";
import { descend } from "./descent_path.js";
import { DescentPicture } from "./descent_picture.js";
import { stepPlayer } from "./descent_player.js";
import { descentRows } from "./descent_rows.js";
import { SURFACES } from "./descent_surfaces.js";
import { mounted } from "./mounted.js";
import { format } from "./paint.js";
import { button, div, element, range, stepFrame } from "./step.js";
import { named } from "./terms.js";

class Descent {
  constructor(parentElement) {
    this.frame = stepFrame(parentElement);
    this.state = { hidden: new Set(), looked: { name: "sgd", step: 0 } };
    this.make();
    this.open("ravine");
  }

  make() {
    const stay = (name, step) => this.look(name, step);
    const away = () => this.look(...this.stay);
    const pointed = { look: (name, step) => this.look(name, step, false), away };
    this.picture = new DescentPicture({ ...pointed, stay,
      start: (x, y) => this.set({ start: [x, y] }) });
    this.chart = new DescentChart({ ...pointed, goTo: (steps) => this.goTo(steps) });
    this.map = new DescentMap((rate, momentum) => this.set({ rate, momentum }));
    this.rows = descentRows({
      show: (name, isShown) => this.show(name, isShown),
      look: (name) => stay(name, this.now(name)),
    });
    this.player = stepPlayer({ get: () => this.state.steps, set: (steps) => this.goTo(steps) });
    this.looked = div("descent-said descent-looked how-numbers");
    this.layOut();
  }

  layOut() {
    const { frame } = this;
    this.surfaces = Object.entries(SURFACES).map(([key, { title, says }]) => {
      const choice = button(title, says, () => this.open(key));
      return { key, choice };
    });
    this.rate = range({ ...RATES, name: "Learning rate", value: -1,
      words: () => format(this.state.rate ?? 0.1), // and not what the slider rounds it to
      help: "How far each step goes", act: (power) => this.set({ rate: rateAt(power) }) });
    this.momentum = range({ ...MOMENTA, name: "Momentum", value: 0, words: format,
      help: "How much of the steps before stays in the next one, in the path of that name",
      act: (momentum) => this.set({ momentum }) });
    this.loss = div("");
    frame.formula.append(this.loss, formulasOfRules());
    const heading = (text) => element("div", "descent-title", text);
    frame.widget.append(
      div("how-row", ...this.surfaces.map(({ choice }) => choice)),
      div("descent-main", this.picture.plane.element, div("", this.rows.element, this.looked, arrowNames())),
      named("lr", this.rate.element), named("m", this.momentum.element), this.player.element,
      div("descent-pair", div("", heading("The loss at each step"), this.chart.plane.element),
        div("", heading("SGD: which learning rate, which momentum?"), this.map.element)));
  }

  // Another landscape, with what it opens with.
  open(key) {
    const surface = SURFACES[key];
    const { start, rate, momentum, steps } = surface;
    this.state.surface = surface;
    this.state.steps = steps;
    for (const one of this.surfaces) one.choice.setAttribute("aria-pressed", one.key === key);
    this.loss.replaceChildren(formulaOfLoss(key));
    this.player.setCount(steps);
    this.chart.setSurface(surface);
    this.stay = ["sgd", 0];
    this.state.looked = { name: "sgd", step: 0 };
    Object.assign(this.state, { start, rate, momentum });
    this.descend();
    this.paint();
    this.frame.terms.refresh();
  }

  // Another start, learning rate or momentum.
  set(changed) {
    Object.assign(this.state, changed);
    this.descend();
    this.draw();
    this.map.draw(this.state);
  }

  descend() {
    const { state } = this;
    const { surface, start, rate, momentum } = state;
    state.paths = Object.fromEntries(Object.entries(RULES).map(([name, { make }]) =>
      [name, descend(surface, make(rate, momentum), start, surface.steps)]));
    this.rate.set(Math.log10(rate));
    this.momentum.set(momentum);
  }

  goTo(steps) {
    this.state.steps = steps;
    const name = this.stay[0];
    this.look(name, this.now(name));
  }

  show(name, isShown) {
    if (isShown) this.state.hidden.delete(name);
    else this.state.hidden.add(name);
    this.draw();
  }

  // Where a path is now: the number of its last step that is shown.
  now(name) {
    return Math.min(Math.floor(this.state.steps), this.state.paths[name].points.length - 1);
  }

  // Show gradient and step at this point of a path: for good, or while the mouse is there.
  look(name, step, stays = true) {
    if (stays) this.stay = [name, step];
    this.state.looked = { name, step };
    this.draw();
  }

  draw() {
    const { state } = this;
    this.picture.draw(state);
    this.chart.draw(state);
    this.rows.draw(state, state.surface);
    this.player.show(state.steps);
    const words = wordsOf(state);
    if (this.looked.textContent !== words) this.looked.textContent = words;
  }

  take({ words }) {
    this.frame.setWords(words);
    this.paint();
  }

  // What has the theme's colours, which may be other ones than before.
  paint() {
    const { state, frame } = this;
    const theme = themeOf(frame.box);
    if (theme.key === state.theme?.key && state.surface === this.painted) return;
    this.painted = state.surface;
    state.theme = theme;
    setPathColours(frame.box);
    this.picture.setSurface(state.surface, theme);
    this.draw();
    this.map.draw(state);
  }

  forget() {
    this.player.end();
  }
}

// Which arrow is which.
function arrowNames() {
  const gradient = named("g", element("span", "", "gradient"));
  const step = named("step", element("span", "", "next step"));
  return div("descent-said", "Thin arrow: the ", gradient, ", not to scale. Thick arrow: the ", step, ".");
}

const pair = ([x, y]) => `(${format(x)}, ${format(y)})`;

// The point of a path that is looked at, in numbers.
function wordsOf({ paths, looked: { name, step } }) {
  const { points, gradients, losses } = paths[name];
  const { title } = RULES[name];
  if (step >= points.length) return `${title}, step ${step}: far away.`;
  const [from, to] = [points[step], points[step + 1]];
  const next = to ? `, next step ${pair(to.map((value, i) => value - from[i]))}` : "";
  return `${title}, after step ${step}: at ${pair(from)}, loss ${format(losses[step])}, gradient ${
    pair(gradients[step])}${next}.`;
}

export default mounted((parentElement) => new Descent(parentElement));
