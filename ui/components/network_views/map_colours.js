// The colours of the map's images: by class, right or wrong, or when they were learned.

import { css } from "./paint.js";

// Ten that most eyes tell apart, after Paul Tol's "muted" (personal.sron.nl/~pault); where eyes don't,
// the marks can be the names of the classes.
const CLASSES = {
  light: ["#332288", "#0E7C8B", "#117733", "#8A8A1E", "#C4683E", "#CC3355", "#882255", "#AA4499",
    "#5C5C5C", "#3C78D8"],
  dark: ["#9C8CF5", "#88CCEE", "#4FC27A", "#DDCC77", "#F2A074", "#F0708A", "#D97FB4", "#C9A0E8",
    "#B9B9B9", "#6FA8FF"],
};
const RIGHT = { light: "#2F7FC1", dark: "#6FB1EC" };
const WRONG = { light: "#D5661B", dark: "#FF9A4D" };
const NEVER = { light: "#8C8C8C", dark: "#9A9A9A" };
// From early to late, after Matplotlib's "plasma"; late ones, which are few, stand out.
const TIMES = {
  light: [[245, 176, 60], [214, 76, 112], [52, 10, 120]],
  dark: [[112, 70, 205], [226, 92, 110], [255, 226, 96]],
};

// The groups that the images are in: {name, colour, of(i)} each; `of` says which image is in it.
export function groups(by, points, learned, dark) {
  const theme = dark ? "dark" : "light";
  const classes = (values) => points.labels.map((name, k) => (
    { name, colour: CLASSES[theme][k % CLASSES[theme].length], of: (i) => values[i] === k }));
  if (by === "label") return classes(points.classes);
  if (by === "read") return classes(points.read);
  const right = (i) => points.classes[i] === points.read[i];
  if (by === "right") {
    return [
      { name: "right", colour: RIGHT[theme], of: right },
      { name: "wrong", colour: WRONG[theme], of: (i) => !right(i) },
    ];
  }
  // By parts of the training; `learned`: {names, at}: `at` is a place in names, 255 for never.
  const shade = (k) => {
    const way = (2 * k) / Math.max(1, learned.names.length - 1);
    const [from, to] = TIMES[theme].slice(Math.min(1, Math.floor(way)));
    const share = way - Math.min(1, Math.floor(way));
    return css(from.map((value, c) => Math.round(value + (to[c] - value) * share)));
  };
  const times = learned.names.map((name, k) => (
    { name, colour: shade(k), of: (i) => learned.at[i] === k }));
  return [...times, { name: "never", colour: NEVER[theme], of: (i) => learned.at[i] === 255 }];
}
