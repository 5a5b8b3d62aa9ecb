// Numbers as text.

// A number to so many digits; "−" as in print.
export function format(value, digits = 4) {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "not a number" : value < 0 ? "−∞" : "∞";
  const size = Math.abs(value);
  const text = size >= 1e5 || size < 1e-4
    ? value.toExponential(digits - 1)
    : value.toPrecision(digits);
  return text.replaceAll("-", "−").replace("e+", "e");
}

// With so many places behind the point, for numbers that change while one reads them; short where
// a training runs away.
export const fixed = (value, places) =>
  Math.abs(value) < 1e5 ? value.toFixed(places).replace("-", "−") : format(value, 3);

// One from 0 on in as few characters as it needs, for axes and legends.
export const short = (value) =>
  value !== 0 && (value < 0.001 || value >= 10_000)
    ? value.toExponential(0).replace("-", "−").replace("e+", "e")
    : String(Number(value.toPrecision(3)));

// What somebody typed, with a comma or a point; NaN if it is no number.
export function parse(text) {
  const plain = text.trim().replace(/[−–]/g, "-").replace(",", ".");
  return plain === "" ? NaN : Number(plain);
}
