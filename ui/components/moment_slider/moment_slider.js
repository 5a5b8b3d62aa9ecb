// A range input that says where it is while it moves, and plays from there to the end.
//
// Where it comes to rest is chosen, which is an entry of the history: once for a drag, for some keys
// one after the other, and for playing.

const EVERY = 120; // milliseconds between two words to the server while it is dragged
const FRAME = 350; // and while it plays
const REST = 600; // after a key

const sliders = new WeakMap();
let count = 0;

export default function ({ data, parentElement, setTriggerValue }) {
  let slider = sliders.get(parentElement);
  if (!slider) {
    slider = create(parentElement);
    sliders.set(parentElement, slider);
  }
  Object.assign(slider, { data, setTriggerValue });
  const { range } = slider;
  range.max = data.labels.length - 1;
  range.setAttribute("aria-label", data.label);
  range.title = data.help;
  slider.help.textContent = data.help; // a title is not told everywhere
  slider.name.textContent = data.label;
  // What the server shows may be behind the hand that moves it.
  if (performance.now() - slider.movedAt > 1000 && !slider.playing) range.value = data.index;
  show(slider);
  parentElement.querySelector(".moment").classList.remove("moment-empty");
  window.addEventListener("popstate", slider.leave);
  return () => {
    if (parentElement.isConnected) return;
    slider.leave();
    window.removeEventListener("popstate", slider.leave);
  };
}

function create(parentElement) {
  const find = (name) => parentElement.querySelector(`.moment-${name}`);
  const slider = { range: find("range"), play: find("play"), name: find("name"), now: find("now") };
  slider.help = find("help");
  slider.help.id = `moment-help-${++count}`;
  slider.range.setAttribute("aria-describedby", slider.help.id);
  slider.movedAt = -Infinity;
  slider.sentAt = -Infinity;
  const { range } = slider;
  range.addEventListener("pointerdown", () => (slider.held = true));
  range.addEventListener("input", () => {
    stop(slider);
    moved(slider);
    if (!slider.held) slider.rest = setTimeout(() => choose(slider), REST);
  });
  // Not every browser tells each of these after a drag.
  for (const type of ["pointerup", "pointercancel", "change"]) {
    range.addEventListener(type, () => {
      if (slider.held && slider.isMoved) choose(slider);
      if (type !== "change") slider.held = false;
    });
  }
  // What is pressed next may write into the address: this word must not come after that one.
  range.addEventListener("blur", () => {
    if (slider.isMoved && !slider.playing) choose(slider);
  });
  slider.play.addEventListener("click", () => {
    if (!slider.playing) return start(slider);
    stop(slider);
    choose(slider);
  });
  // Back: the page shows what is in the address.
  slider.leave = () => {
    stop(slider);
    clearTimeout(slider.later);
    slider.isMoved = false;
    slider.movedAt = -Infinity;
  };
  return slider;
}

function show({ range, now, data, play, playing }) {
  const text = data.labels[range.value] ?? "";
  now.textContent = text;
  range.setAttribute("aria-valuetext", text);
  play.textContent = playing ? "❚❚" : "▶";
  play.setAttribute("aria-label", playing ? "Pause" : "Play");
  play.title = playing ? "Stop here." : "Play from here to the end, or from the beginning.";
}

function moved(slider) {
  slider.movedAt = performance.now();
  slider.isMoved = true;
  show(slider);
  const wait = slider.sentAt + EVERY - slider.movedAt;
  clearTimeout(slider.later);
  if (wait > 0) slider.later = setTimeout(() => send(slider, false), wait);
  else send(slider, false);
}

function choose(slider) {
  clearTimeout(slider.later);
  clearTimeout(slider.rest);
  slider.isMoved = false;
  send(slider, true);
}

function send(slider, chosen) {
  slider.sentAt = performance.now();
  slider.setTriggerValue("moved", { to: Number(slider.range.value), chosen });
}

function start(slider) {
  const { range } = slider;
  const isAtEnd = () => Number(range.value) === Number(range.max);
  const next = () => (range.value = isAtEnd() ? 0 : Number(range.value) + 1);
  // The first step is chosen: the end may come long after the click, and takes its entry.
  next();
  choose(slider);
  if (!isAtEnd()) {
    slider.playing = setInterval(() => {
      next();
      moved(slider);
      if (!isAtEnd()) return;
      stop(slider);
      choose(slider);
    }, FRAME);
  }
  show(slider);
}

function stop(slider) {
  clearInterval(slider.playing);
  clearTimeout(slider.rest);
  slider.playing = undefined;
  show(slider);
}
