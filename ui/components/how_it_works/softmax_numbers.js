// Softmax and cross-entropy of one image's logits, in float64.

// Probabilities e^z / Σ e^z. The largest logit is taken off first, as nn/losses/softmax.py does: no
// power of e overflows then.
export function softmax(logits) {
  return shares(exponentials(withoutLargest(logits)));
}

// The same as the formula has it, in float64 or float32: { terms, sum, probabilities }. From
// e^709.8 (e^88.8 in float32) on a term is Infinity, and Infinity / Infinity is NaN.
export function naiveSoftmax(logits, round = (value) => value) {
  const terms = exponentials(logits).map(round);
  const sum = terms.reduce((sofar, term) => round(sofar + term), 0);
  return { terms, sum, probabilities: terms.map((term) => round(term / sum)) };
}

// -ln p of the true class, from the logits, so that it is right where p is too small for a number.
export function crossEntropy(logits, label) {
  const z = withoutLargest(logits);
  return Math.log(total(exponentials(z))) - z[label];
}

// dL/dz = p - y, for logits that are divided by a temperature first.
export function logitGradient(logits, label, temperature = 1) {
  return softmax(divided(logits, temperature)).map((p, k) =>
    (p - (k === label ? 1 : 0)) / temperature);
}

export const divided = (logits, temperature) => logits.map((z) => z / temperature);
export const exponentials = (logits) => logits.map(Math.exp);
export const total = (terms) => terms.reduce((sum, term) => sum + term, 0);

export function withoutLargest(logits) {
  const most = Math.max(...logits);
  return logits.map((z) => z - most);
}

function shares(terms) {
  const sum = total(terms);
  return terms.map((term) => term / sum);
}
