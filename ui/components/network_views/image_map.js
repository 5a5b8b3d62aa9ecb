// The map of the test images: each a mark, near those that the network takes for much the same.

import { MapChosen } from "./map_chosen.js";
import { groups } from "./map_colours.js";
import { listenToHand } from "./map_hand.js";
import { Layout } from "./map_layout.js";
import { paint } from "./map_paint.js";
import { listen, points } from "./map_points.js";
import { confusion, showLooked, wordsOf } from "./map_words.js";
import { mounted } from "./mounted.js";
import { isDark } from "./paint.js";
import { readFloats } from "./tensors.js";

const LARGEST = 620; // CSS pixels

export default mounted(create);

function create(parentElement) {
  const box = document.createElement("div");
  box.className = "inside-map";
  box.innerHTML = `
    <div class="map-plane"><figure><figcaption></figcaption>
    <div class="map-frame"><span class="map-up"></span><canvas tabindex="0" role="slider"
    aria-valuemin="0" aria-valuenow="0" aria-label="Map of the test images. Arrow keys go from one
    to the next, Enter looks into it, Space selects the 50 around it."></canvas></div>
    <p class="map-across"></p></figure>
    <div class="map-legend" role="group" aria-label="Show one group alone"></div>
    <button class="inside-button map-lasso" aria-pressed="false" title="Draw a line around images
    instead of scrolling the page">Lasso with a finger</button></div>
    <div class="map-panel"><canvas width="140" height="140" role="img"
    aria-label="The image that is pointed at" hidden></canvas>
    <p class="map-words" role="status">Point at a mark, click to look into its image, draw a line
    around some to count them.</p>
    <button class="inside-button" title="Choose this image, for all views" hidden>Look into
    it</button><table></table>
    <div class="map-confusion inside-numbers" tabindex="0" role="region"
    aria-label="What is in the lasso" hidden></div></div>`;
  parentElement.appendChild(box);
  const find = (selector) => box.querySelector(selector);
  const map = {
    box, find, canvas: find(".map-frame canvas"), size: 0, marks: "dots", groups: [], alone: null,
    selected: [], looked: null, lasso: [], isLassoing: false,
  };
  map.shown = (i) => i < map.points.count && (map.alone === null || map.groups[map.alone]?.of(i));
  const retake = () => map.data && take(map, map.data, map.setTriggerValue);
  map.chosen = new MapChosen(map, (chosen) => map.setTriggerValue("shown", chosen), retake);
  const repaint = () => show(map);
  map.layout = new Layout(repaint);
  listenToHand(map, {
    look: (i) => look(map, i),
    choose: (i) => map.points && map.setTriggerValue("chosen", { number: map.points.numbers[i] }),
    select: (images) => {
      map.chosen.choose({ selected: images });
      showSelected(map);
    },
    repaint,
  });
  find(".map-panel .inside-button").addEventListener("click", () => (
    map.setTriggerValue("chosen", { number: map.points.numbers[map.looked] })));
  find(".map-lasso").addEventListener("click", ({ target }) => {
    map.isLassoing = !map.isLassoing;
    target.setAttribute("aria-pressed", map.isLassoing);
    map.canvas.style.touchAction = map.isLassoing ? "none" : "";
  });
  const watch = new ResizeObserver(repaint);
  watch.observe(find(".map-frame"));
  const stop = listen(retake);
  map.take = (data, setTriggerValue) => take(map, data, setTriggerValue);
  map.forget = () => {
    stop();
    watch.disconnect();
    map.layout.stop();
    map.chosen.end();
  };
  return map;
}

// `data`: see ui/inside/image_map.py.
function take(map, data, setTriggerValue) {
  Object.assign(map, { data, setTriggerValue });
  const { find } = map;
  find("figcaption").textContent = data.title;
  find(".map-across").textContent = data.across;
  find(".map-up").textContent = data.up;
  const there = points();
  if (!there || there.id !== data.points) return; // they are on their way
  const looked = map.points?.numbers[map.looked];
  const areOthers = map.points !== there;
  if (areOthers) Object.assign(map, { points: there, looked: null });
  const isChosen = map.chosen.take(data, areOthers);
  map.marks = data.marks;
  map.groups = groups(data.by, there, data.learned, isDark(map.box));
  legend(map);
  map.canvas.setAttribute("aria-valuemax", there.count - 1);
  if (data.places && data.places !== map.heard) {
    map.heard = data.places;
    map.layout.go(readFloats(data.places));
  }
  if (isChosen) showSelected(map);
  // What stands beside the map is of these, too.
  if (areOthers && looked !== undefined) look(map, Math.max(0, there.numbers.indexOf(looked)));
  offer(map);
  show(map);
}

function legend(map) {
  const list = map.find(".map-legend");
  const text = JSON.stringify(map.groups);
  if (text !== map.legendOf) { // else the buttons stay, and the focus on one of them
    map.legendOf = text;
    list.replaceChildren(...map.groups.map((group, k) => {
      const button = document.createElement("button");
      button.innerHTML = "<i></i><span></span>";
      button.firstElementChild.style.background = group.colour;
      button.lastElementChild.textContent = group.name;
      button.title = "Show these images alone, or all again";
      button.addEventListener("click", () => {
        map.chosen.choose({ alone: map.alone === k ? null : k });
        legend(map);
        show(map);
      });
      return button;
    }));
  }
  [...list.children].forEach((one, k) => one.setAttribute("aria-pressed", map.alone === k));
}

function show(map) {
  const { box, canvas, data, layout } = map;
  const size = Math.min(LARGEST, map.find(".map-frame").clientWidth - 20);
  if (!map.points || !layout.places || size <= 0) return;
  if (size !== map.size) canvas.style.width = canvas.style.height = `${(map.size = size)}px`;
  const style = getComputedStyle(box);
  map.ink = style.color;
  map.accent = style.getPropertyValue("--st-primary-color");
  map.here = data.here;
  paint(map);
}

function look(map, i) {
  if (map.looked === i || !map.points) return;
  map.looked = i;
  const { find, points: there } = map;
  const [canvas, words, table] = ["canvas", "p", "table"].map((name) => find(`.map-panel ${name}`));
  canvas.hidden = false;
  offer(map);
  showLooked({ canvas, words, table }, there, i);
  map.canvas.setAttribute("aria-valuenow", i);
  map.canvas.setAttribute("aria-valuetext", wordsOf(there, i));
  show(map);
}

// What is looked at can be made the page's image, unless it is.
function offer(map) {
  const button = map.find(".map-panel button");
  const isThere = map.looked === map.data.here;
  if (isThere && document.activeElement === button) map.canvas.focus();
  button.hidden = map.looked === null;
  button.style.visibility = isThere ? "hidden" : ""; // its room stays
}

function showSelected(map) {
  const { selected: images } = map;
  const place = map.find(".map-confusion");
  place.hidden = !images.length;
  place.replaceChildren(...(images.length ? [confusion(map.points, images)] : []));
  show(map);
}
