// Formulas in MathML, which browsers draw themselves.
//
//   formula("z = w1 x1 + b", row("z", "=", named("w1", sub("w", 1)), sub("x", 1), "+", "b"))
//
// Parts are elements, or text and numbers: digits become numbers, signs operators, letters names.

const MATHML = "http://www.w3.org/1998/Math/MathML";

function make(tag, parts, attributes = {}) {
  const made = document.createElementNS(MATHML, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...parts.map(asElement));
  return made;
}

function asElement(part) {
  if (part instanceof Node) return part;
  const text = String(part);
  if (/^[−-]?[\d.,\s]+$/.test(text)) return leaf("mn", text.replace("-", "−"));
  return leaf(/^\p{L}/u.test(text) ? "mi" : "mo", text);
}

function leaf(tag, text) {
  const made = document.createElementNS(MATHML, tag);
  made.textContent = text;
  return made;
}

// The formula in a line of its own; `words`: how it is read out.
export function formula(words, ...parts) {
  const attributes = { display: "block", role: "math", "aria-label": words, alttext: words };
  return make("math", [row(...parts)], attributes);
}

// The same within a line of text.
export function inline(words, ...parts) {
  return make("math", [row(...parts)], { role: "math", "aria-label": words, alttext: words });
}

export const row = (...parts) => make("mrow", parts);
export const sub = (base, index) => make("msub", [base, index]);
export const sup = (base, power) => make("msup", [base, power]);
export const subsup = (base, index, power) => make("msubsup", [base, index, power]);
export const frac = (above, below) => make("mfrac", [above, below]);
export const root = (...parts) => make("msqrt", parts);
export const hat = (base) => make("mover", [base, "^"], { accent: "true" });
export const brackets = (...parts) => row("(", ...parts, ")");
// Words, or a live number, that is changed with `write`.
export const text = (words) => leaf("mtext", words);
export const number = (value) => leaf("mn", String(value).replace("-", "−"));

// Σ with what it goes over, and up to where.
export function sum(over, upTo = null) {
  return upTo === null ? make("munder", ["∑", over]) : make("munderover", ["∑", over, upTo]);
}

// ∂above / ∂below.
export const partial = (above, below) => frac(row("∂", above), row("∂", below));

// Put another text into a leaf, as `number` and `text` make them.
export function write(leaf, words) {
  const shown = String(words).replace(/^-/, "−");
  if (leaf.textContent !== shown) leaf.textContent = shown;
}
