// The step's names as symbols of formulas: w5, out of o1, ∂E/∂w5, ...; and its formulas.

import { bias, into, isOutput, OUTPUTS } from "./backprop_numbers.js";
import { shown } from "./backprop_reading.js";
import { brackets, formula, frac, inline, number, partial, row, sub, sup } from "./formula.js";
import { named } from "./terms.js";

// w5 as w with an index, net_h1 as net with one, E, and η for the learning rate.
function plainSymbol(name) {
  if (name === "rate") return "η";
  if (name === "E") return row("E");
  const [base, index] = name.includes("_") ? name.split("_") : [name[0], name.slice(1)];
  return sub(base, index);
}

// The symbol that lights up with what it stands for.
export const symbol = (name) => named(name, row(plainSymbol(name)));

// What a link's symbol or value lights up with: itself, and a gradient with its weight too.
export const termsOf = ({ key, kind, weight }) =>
  (["product", "update"].includes(kind) ? `${key} ${weight}` : key);

// ∂of/∂by of a link, see backprop_chain.js.
export const derivative = (link) =>
  named(termsOf(link), row(partial(plainSymbol(link.of), plainSymbol(link.by))));

// A number in a formula; negative ones in brackets, except at the beginning.
export function value(numeral, isFirst = false) {
  const made = number(shown(numeral));
  return numeral < 0 && !isFirst ? brackets(made) : row(made);
}

// What stands behind "name =": in symbols and in numbers, both as parts of a formula.
export function forwardRule(name, numbers, values) {
  const [what, neuron] = name.split("_");
  const number = (key) => named(key, value(numbers[key] ?? values[key]));
  if (what === "net") return netRule(neuron, number);
  if (what === "out") {
    const of = (exponent) => frac(1, row(1, "+", sup("e", row("−", exponent))));
    return { symbols: [of(symbol(`net_${neuron}`))], numbers: [of(number(`net_${neuron}`))] };
  }
  if (name === "E") {
    const errors = OUTPUTS.map((output) => `E_${output.neuron}`);
    const plus = (make) => [make(errors[0]), "+", make(errors[1])];
    return { symbols: plus(symbol), numbers: plus(number) };
  }
  const { target } = OUTPUTS.find((output) => output.neuron === neuron);
  const half = (make) =>
    [frac(1, 2), sup(brackets(make(target), "−", make(`out_${neuron}`)), 2)];
  return { symbols: half(symbol), numbers: half(number) };
}

function netRule(neuron, number) {
  const products = (make, times) => into(neuron).flatMap(({ name, from }) =>
    [make(name), ...times, make(isOutput(neuron) ? `out_${from}` : from), "+"]);
  return {
    symbols: [...products(symbol, []), symbol(bias(neuron))],
    numbers: [...products(number, ["·"]), number(bias(neuron))],
  };
}

// The chain rule for the weight of these links, in symbols.
export function chainFormula(links) {
  const product = links.find(({ kind }) => kind === "product");
  const made = formula("", derivative(product), "=",
    named("factor", row(...factorsOf(links, derivative, (ways) => brackets(...ways)))));
  return readOut(made);
}

// The factors of the product: where the way leads through both outputs, `sum(the ways, added)` first.
function factorsOf(links, make, sum) {
  const { neuron } = links.find(({ kind }) => kind === "net");
  const last = links.filter((link) =>
    link.kind === "net" || (link.kind === "activation" && link.neuron === neuron));
  const both = links.find(({ kind }) => kind === "sum");
  const first = both ? sum(bothWays(links, make), both) : make(links[0]);
  return times([first, ...last.map(make)]);
}

function bothWays(links, make) {
  const way = (output) => times(links.filter(({ kind, neuron }) =>
    neuron === output && ["error", "activation", "through"].includes(kind)).map(make));
  return [...way("o1"), "+", ...way("o2")];
}

const times = (parts) => parts.flatMap((part, k) => (k ? ["·", part] : [part]));

// What stands behind a link's "=": { symbols, numbers } as above. `known(link)`: the parts of a
// formula that say the value of another link of the chain.
export function linkRule(link, links, numbers, values, known) {
  const of = (key) => named(key, value(numbers[key] ?? values[key]));
  const { kind, neuron } = link;
  if (kind === "error") {
    const minus = (make) => [make(`out_${neuron}`), "−", make(link.target)];
    return { symbols: minus(symbol), numbers: minus(of) };
  }
  if (kind === "activation") {
    const bent = (make) => [make(`out_${neuron}`), "·", brackets(1, "−", make(`out_${neuron}`))];
    return { symbols: bent(symbol), numbers: bent(of) };
  }
  if (kind === "through") return { symbols: [symbol(link.weight)], numbers: [] };
  if (kind === "net") {
    return { symbols: link.from === null ? [] : [symbol(outName(link.from))], numbers: [] };
  }
  if (kind === "update") {
    const gradient = links.find((other) => other.kind === "product");
    return {
      symbols: [symbol(link.weight), "−", symbol("rate"), "·", derivative(gradient)],
      numbers: [of(link.weight), "−", of("rate"), "·", known(gradient)],
    };
  }
  if (kind === "sum") return { symbols: [], numbers: bothWays(links, known) };
  return { symbols: [], numbers: factorsOf(links, known, (ways, both) => known(both)) };
}

const outName = (from) => (from.startsWith("i") ? from : `out_${from}`);

// A formula within a line.
export const written = (...parts) => readOut(inline("", ...parts));

function readOut(math) {
  const words = spoken(math).replace(/\s+/g, " ").trim();
  math.setAttribute("aria-label", words);
  math.setAttribute("alttext", words);
  return math;
}

const SIGNS = { "∂": "d", "=": "equals", "−": "minus", "·": "times", "+": "plus", "∑": "sum" };

// How a formula, or a part of one, is read out.
export function spoken(part) {
  if (!part.children.length) return SIGNS[part.textContent] ?? part.textContent.replace("−", "minus ");
  const parts = [...part.children].map(spoken);
  if (part.localName === "mfrac") return parts.join(parts[0].startsWith("d ") ? " by " : " over ");
  if (part.localName === "msup") {
    return parts[1] === "plus" ? `new ${parts[0]}` : parts.join(" to the power of ");
  }
  return parts.join(" ");
}
