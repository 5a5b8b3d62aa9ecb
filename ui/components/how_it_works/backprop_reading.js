// Numbers as people type them, and as they are shown.

const LIMITS = {
  target: { least: 0, most: 1, why: ": a sigmoid gives nothing else" },
  rate: { least: 0, most: 100, why: "" },
  other: { least: -100, most: 100, why: "" },
};

const limitsOf = (name) => LIMITS[name === "rate" ? name : name.startsWith("t") ? "target" : "other"];

const NUMBER = /^[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?$/i;

// The number that a text says; null if it says none. A comma is read as a point, −, too, as minus.
export function parse(text) {
  const plain = text.trim().replaceAll("−", "-");
  if (!NUMBER.test(plain)) return null;
  const value = Number(plain.replace(",", "."));
  return Number.isFinite(value) ? value : null;
}

// { value } of a text for the number of this name, or { problem }, what is wrong with it, in words.
export function read(name, title, text) {
  const { least, most, why } = limitsOf(name);
  const value = parse(text);
  if (value !== null && value >= least && value <= most) return { value };
  const said = text.trim() === "" ? "and it is empty" : `not “${text.trim().slice(0, 20)}”`;
  return { problem: `${title} must be a number from ${shown(least)} to ${most}${why}, ${said}.` };
}

// With six digits, as the published example is compared, or fewer.
export function shown(value, digits = 6) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text = size < 1e-4 || size >= 1e6
    ? value.toExponential(digits - 1) : String(Number(value.toPrecision(digits)));
  return text.replace(/\.?0+e/, "e").replaceAll("-", "−");
}

// What a weight, bias, input, ... is called in a line of text.
export const titleOf = (name) =>
  ({ rate: "The learning rate", i: `Input ${name}`, t: `Target ${name}`, w: `Weight ${name}`,
    b: `The bias of ${name.slice(2)}` })[name === "rate" ? name : name[0]];
