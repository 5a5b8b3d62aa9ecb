// The usual slips of who computes a factor by hand, and whether an answer is right.
//
// A slip is { value, words }: what it gives, and what went wrong.

import { isOutput, outOf, outputOf, sigmoid, sigmoidSlope } from "./backprop_numbers.js";

const DIGITS = 3; // so many have to be right
const NEAR = 0.02; // as far off as one gets by rounding on the way

// { right } or { right: false, words }. `link`: see backprop_chain.js.
export function judge(link, answer) {
  const { value, slips } = link;
  if (agree(answer, value)) return { right: true };
  const made = slips.find((slip) => agree(answer, slip.value) && !agree(slip.value, value));
  if (made) return { right: false, words: made.words };
  return { right: false, words: generalSlip(answer, value) };
}

// Whether the first three digits are the same: `answer` may be rounded to them or be exact.
export function agree(answer, value) {
  if (!Number.isFinite(value)) return false;
  if (value === 0) return Math.abs(answer) < 1e-9;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - DIGITS + 1);
  return Math.abs(answer - value) <= unit * 0.5000001;
}

function generalSlip(answer, value) {
  if (agree(-answer, value)) return "The size is right, the sign is not.";
  if ([10, 100, 1000].some((k) => agree(answer * k, value) || agree(answer / k, value))) {
    return "The digits are right; the decimal point has slipped.";
  }
  if (Math.abs(answer - value) <= NEAR * Math.abs(value)) {
    return "Nearly: it was rounded too early. Three digits count; keep more of them on the way.";
  }
  return "Not yet. Put the numbers of the picture into the rule.";
}

// Of a factor that belongs to one place.
export function slipsOfFactor(link, about) {
  const { numbers, values } = about;
  const neuron = link.neuron;
  const [net, out] = [values[`net_${neuron}`], values[`out_${neuron}`]];
  if (link.kind === "error") return slipsOfError(net, out, numbers[link.target]);
  if (link.kind === "activation") return slipsOfActivation(net, out);
  if (link.kind === "through") return slipsOfThrough(link, about);
  return slipsOfNet(link, about);
}

const slipsOfError = (net, out, target) => [
  { value: target - out, words: "The sign: it is out − target. The inner derivative of (target − out)"
    + " is −1." },
  { value: net - target, words: "That takes net instead of out: the error looks at what comes out." },
  { value: (target - out) ** 2 / 2, words: "That is the error itself, not its derivative." },
  { value: (target - out) ** 2, words: "That is the squared difference, not its derivative." },
  { value: 2 * (out - target), words: "The ½ before the square takes the 2 away." },
  { value: (out - target) / 2, words: "The derivative of the square brings a 2, which takes the ½"
    + " away." },
  { value: out, words: "That is out; the target is to be subtracted." },
];

const slipsOfActivation = (net, out) => [
  { value: net * (1 - net), words: "That takes net instead of out: it is out · (1 − out)." },
  { value: out, words: "That is out itself: you forgot its derivative, out · (1 − out)." },
  { value: 1 - out, words: "That is 1 − out only; it has to be multiplied by out." },
  { value: out * (out - 1), words: "The sign: it is out · (1 − out). A sigmoid never falls." },
  { value: sigmoidSlope(sigmoid(out)), words: "That puts out into the sigmoid once more: out has been"
    + " through it." },
  { value: out * out, words: "That is out²; the second factor is 1 − out." },
];

function slipsOfThrough({ weight, from, neuron }, { numbers, values, next }) {
  const other = outOf(from).find(({ to }) => to !== neuron);
  return [
    { value: next[weight], words: newWeight(weight) },
    { value: values[`out_${from}`], words: `That is ∂net/∂${weight}. Here ${from} changes, and`
      + " is multiplied by the weight." },
    { value: numbers[other.name], words: `That is ${other.name}, which leads to ${other.to}.` },
  ];
}

function slipsOfNet({ weight, from, neuron }, { numbers, values }) {
  if (from === null) {
    return [{ value: 0, words: "The bias is added, so net grows exactly as it does." },
      { value: numbers[weight], words: "That is the bias itself. It is added, so net grows exactly as it"
        + " does." }];
  }
  const other = { h1: "h2", h2: "h1", i1: "i2", i2: "i1" }[from];
  return [
    { value: values[`net_${from}`], words: `That takes net instead of out: the weight is multiplied by`
      + ` what comes out of ${from}.` },
    { value: numbers[weight], words: `That is the weight. It is multiplied by what comes out of ${from},`
      + " and that is the factor." },
    { value: outputOf(other, numbers, values), words: `That comes out of ${other}; ${weight} leads from`
      + ` ${from}.` },
    { value: values[`net_${neuron}`], words: "That is net itself, not how it changes." },
  ];
}

const newWeight = (weight) =>
  `That takes the new weight instead of the old: ${weight} is changed after all gradients are known.`;

const OTHER_SIGN = "The sign: the first factor is out − target, not target − out.";

const product = (factors) => factors.reduce((made, factor) => made * factor, 1);
const valuesOf = (path) => path.map(({ value }) => value);

// Of the sum over both outputs; `paths`: the factors of each.
export function slipsOfSum(paths, { parts }, { next }) {
  const withNew = paths.map(([error, activation, through]) =>
    error.value * activation.value * next[through.weight]);
  const without = (kind) => paths.map((path) =>
    product(valuesOf(path.filter((link) => link.kind !== kind)))).reduce((a, b) => a + b);
  return [
    ...parts.map((value, k) => ({ value, words: `That is the way through o${k + 1} only: you forgot to`
      + " sum over both outputs." })),
    { value: -parts[0] - parts[1], words: OTHER_SIGN },
    { value: withNew[0] + withNew[1], words: "That takes the new weights instead of the old." },
    { value: without("activation"), words: "You forgot the outputs' derivatives, out · (1 − out)." },
    { value: without("through"), words: "You forgot the weights on the way to the outputs." },
    { value: without("error"), words: "You forgot how the errors change, out − target." },
    { value: parts[0] - parts[1], words: "The two ways are added, not subtracted." },
    { value: parts[1] - parts[0], words: "The two ways are added, not subtracted." },
    { value: parts[0] * parts[1], words: "The two ways are added, not multiplied." },
    { value: (parts[0] + parts[1]) / 2, words: "The two ways are added; this is their mean." },
  ];
}

// Of the product of all factors; `links`: those before it.
export function slipsOfProduct(links, { neuron, value, weight }, about) {
  const { numbers, values, next, parameter } = about;
  const [slope, input] = valuesOf(links.slice(-2));
  const above = isOutput(neuron) ? links[0] : links.find(({ kind }) => kind === "sum");
  const net = values[`net_${neuron}`];
  const slips = [
    { value: -value, words: OTHER_SIGN },
    { value: above.value * input, words: `You forgot the derivative of ${neuron}, out · (1 − out).` },
    { value: above.value * values[`out_${neuron}`] * input, words: `You took out of ${neuron} for its`
      + " derivative, which is out · (1 − out)." },
    { value: above.value * net * (1 - net) * input, words: "That takes net instead of out in"
      + " out · (1 − out)." },
    { value: above.value * slope, words: `You forgot the last factor, ∂net/∂${weight}.` },
    { value: slope * input, words: `You forgot the first factor, ∂E/∂out of ${neuron}.` },
    { value: numbers.rate * value, words: "That is multiplied by the learning rate already: that comes"
      + " with the update." },
    { value: above.value * slope * numbers[weight], words: `You multiplied by ${weight} instead of by`
      + " what it is multiplied by." },
    { value: above.value + slope + input, words: "The factors are multiplied, not added." },
  ];
  if (parameter.from?.startsWith("h")) {
    slips.push({ value: above.value * slope * values[`net_${parameter.from}`],
      words: `That takes net of ${parameter.from} instead of its out.` });
  }
  if (isOutput(neuron)) return slips;
  outOf(neuron).forEach(({ to }, k) => slips.push({ value: above.parts[k] * slope * input,
    words: `That is the way through ${to} only: you forgot to sum over both outputs.` }));
  const withNew = outOf(neuron).reduce((sum, { name, to }) => sum + next[name]
    * product(valuesOf(links.filter((link) => link.neuron === to && link.kind !== "through"))), 0);
  slips.push({ value: withNew * slope * input,
    words: "That takes the new weights instead of the old." });
  return slips;
}

// Of the new weight.
export function slipsOfUpdate(gradient, { numbers, parameter }) {
  const { rate, [parameter.name]: weight } = numbers;
  return [
    { value: weight + rate * gradient, words: "The sign: a step goes against the gradient, so it is"
      + " subtracted." },
    { value: weight - gradient, words: "You forgot the learning rate." },
    { value: weight, words: "That is the old weight." },
    { value: rate * gradient, words: "That is the step; it is to be subtracted from the weight." },
    { value: -rate * gradient, words: "That is the step; it is to be added to the weight." },
    { value: gradient - weight, words: "The other way round: the weight minus the step." },
    { value: rate * gradient - weight, words: "The other way round: the weight minus the step." },
    { value: weight * rate * gradient, words: "The step is subtracted, not multiplied." },
  ];
}
