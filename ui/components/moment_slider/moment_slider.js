// A range input that says where it is while it moves, and plays from there to the end.

const EVERY = 120; // milliseconds between two words to the server while it is dragged
const FRAME = 350; // and while it plays

const sliders = new WeakMap();

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
  slider.name.textContent = data.label;
  // What the server shows may be behind the hand that moves it.
  if (performance.now() - slider.movedAt > 1000 && !slider.playing) range.value = data.index;
  show(slider);
  return () => {
    if (!parentElement.isConnected) stop(slider);
  };
}

function create(parentElement) {
  const find = (name) => parentElement.querySelector(`.moment-${name}`);
  const slider = { range: find("range"), play: find("play"), name: find("name"), now: find("now") };
  slider.movedAt = -Infinity;
  slider.sentAt = -Infinity;
  slider.range.addEventListener("input", () => {
    stop(slider);
    moved(slider);
  });
  slider.play.addEventListener("click", () => (slider.playing ? stop(slider) : start(slider)));
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
  show(slider);
  const wait = slider.sentAt + EVERY - slider.movedAt;
  clearTimeout(slider.later);
  if (wait > 0) slider.later = setTimeout(() => send(slider), wait);
  else send(slider);
}

function send(slider) {
  slider.sentAt = performance.now();
  slider.setTriggerValue("moved", Number(slider.range.value));
}

function start(slider) {
  const { range } = slider;
  if (Number(range.value) === Number(range.max)) range.value = 0;
  slider.playing = setInterval(() => {
    if (Number(range.value) === Number(range.max)) {
      stop(slider);
      return;
    }
    range.value = Number(range.value) + 1;
    moved(slider);
  }, FRAME);
  moved(slider);
}

function stop(slider) {
  clearInterval(slider.playing);
  slider.playing = undefined;
  show(slider);
}
