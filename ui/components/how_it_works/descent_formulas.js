// The loss of a landscape, and the rules of the four, as formulas.

import { NAMES } from "./descent_look.js";
import { RULES } from "./descent_optimizers.js";
import { brackets, formula, frac, hat, root, row, sub, subsup, sup } from "./formula.js";
import { div, element } from "./step.js";
import { named } from "./terms.js";

const w1 = () => sub("w", 1);
const w2 = () => sub("w", 2);
const squared = (part) => sup(part, 2);
const half = () => frac(1, 2);
const loss = () => named("loss", row("L"));

const OF_LOSS = {
  bowl: () => formula("L equals one half of w 1 squared plus two w 2 squared",
    loss(), "=", half(), brackets(subsup("w", 1, 2), "+", 2, subsup("w", 2, 2))),
  ravine: () => formula("L equals one half of w 1 squared plus 25 w 2 squared",
    loss(), "=", half(), brackets(subsup("w", 1, 2), "+", 25, subsup("w", 2, 2))),
  saddle: () => formula("L equals w 1 squared over 2 plus w 2 squared minus 1, squared, over 4",
    loss(), "=", half(), subsup("w", 1, 2), "+", frac(1, 4),
    squared(brackets(subsup("w", 2, 2), "−", 1))),
  rosenbrock: () => formula(
    "L equals 1 minus w 1, squared, over 100, plus w 2 minus w 1 squared, squared",
    loss(), "=", frac(1, 100), squared(brackets(1, "−", w1())), "+",
    squared(brackets(w2(), "−", subsup("w", 1, 2)))),
};

export const formulaOfLoss = (surface) => OF_LOSS[surface]();

const g = () => named("g", row("g"));
const lr = () => named("lr", row("lr"));
const m = () => named("m", row("m"));
const v = () => named("m", row("v"));
const mean = (a, what, b, added) => row(what(), "←", a, what(), "+", b, added);
const moved = (...step) => row("w", "←", "w", "−", named("step", row(...step)));
// A mean that begins at 0, made larger in the first steps t.
const corrected = (name, share) => row(hat(name), "=", frac(name, row(1, "−", sup(share, "t"))));
const s = () => row("s");
const a = () => row("a");

const OF_RULES = {
  sgd: ["w becomes w minus l r times g", () => [moved(lr(), "·", g())]],
  momentum: ["v becomes m v plus g, w becomes w minus l r times v",
    () => [row(v(), "←", m(), v(), "+", g()), moved(lr(), "·", v())]],
  rmsprop: ["s becomes 0.99 s plus 0.01 g squared, w becomes w minus l r times g over the root of s plus epsilon",
    () => [mean("0.99", s, "0.01", squared(g())), moved(lr(), "·", frac(g(), row(root("s"), "+", "ε")))]],
  adam: ["a becomes 0.9 a plus 0.1 g, s becomes 0.999 s plus 0.001 g squared, w becomes w minus l r "
    + "times a hat over the root of s hat plus epsilon; a hat is a over 1 minus 0.9 to the power of t, the "
    + "number of the step, and s hat is s over 1 minus 0.999 to the power of t",
    () => [mean("0.9", a, "0.1", g()), mean("0.999", s, "0.001", squared(g())),
      corrected("a", "0.9"), corrected("s", "0.999"),
      moved(lr(), "·", frac(hat("a"), row(root(hat("s")), "+", "ε")))]],
};

// A line for each of the four.
export function formulasOfRules() {
  return div("descent-rules", ...NAMES.flatMap((name) => {
    const [words, parts] = OF_RULES[name];
    const [first, ...others] = parts();
    const rules = div("descent-rule", formula(words, first), ...others.map((one) => silent(one)));
    return [named(name, element("span", "", RULES[name].title)), rules];
  }));
}

// The first of a line's formulas is read out for all of them.
function silent(parts) {
  const made = formula("", parts);
  for (const attribute of ["role", "aria-label", "alttext"]) made.removeAttribute(attribute);
  made.setAttribute("aria-hidden", "true");
  return made;
}
