// A place for the tag of each frame on a picture, where it hides nothing and seems to belong to no
// other frame.
//
// A rectangle is [left, top, right, bottom], in pixels.

const NEAR = 60; // pixels: tags of two rows nearer than this would be read as one row
const ROOM = 4; // pixels between a tag and what is not its own

const EDGES = {
  above: { left: "-2px", bottom: "100%" },
  below: { left: "-2px", top: "100%" },
  right: { left: "100%", top: "-2px" },
  left: { right: "100%", top: "-2px" },
  inside: { left: "-2px", top: "-2px" },
};

const watched = new WeakSet();

// Puts the tags of the frames in `container`, whose spans they are, at their places, and again
// whenever it gets another size. A frame without a tag is kept free too.
export function layTags(container) {
  if (!watched.has(container)) {
    watched.add(container);
    new ResizeObserver(() => lay(container)).observe(container);
  }
  lay(container);
}

function lay(container) {
  const frames = [...container.children];
  const small = placesAt(container, frames, true);
  const large = placesAt(container, frames, false);
  const isSmall = hiding(small) < hiding(large);
  frames.forEach((frame, k) => {
    frame.classList.toggle("small", isSmall);
    const tag = frame.querySelector("span");
    if (!tag) return;
    for (const edge of ["left", "top", "right", "bottom"]) tag.style[edge] = "auto";
    Object.assign(tag.style, EDGES[(isSmall ? small : large)[k]]);
  });
}

function placesAt(container, frames, isSmall) {
  for (const frame of frames) frame.classList.toggle("small", isSmall);
  const sizes = frames.map((frame) => {
    const tag = frame.querySelector("span");
    return tag && [tag.offsetWidth, tag.offsetHeight];
  });
  const boxes = frames.map(({ offsetLeft: left, offsetTop: top, offsetWidth, offsetHeight }) => [
    left, top, left + offsetWidth, top + offsetHeight,
  ]);
  return places(boxes, sizes, [container.clientWidth, container.clientHeight]);
}

function hiding(places) {
  return places.filter((place) => place === "inside").length;
}

// Where the tag of each frame goes, a name of `EDGES`: the first place in which it lies on the
// picture, on no other frame and no tag, and not beside a tag of another row. Where there is none
// it is inside of its own frame. `sizes` are those of the tags, null where there is none.
export function places(frames, sizes, [width, height]) {
  const laid = [];
  return frames.map((frame, k) => {
    if (!sizes[k]) return null;
    const others = frames.filter((_, other) => other !== k);
    const isFree = (tag) =>
      tag[0] >= 0 && tag[1] >= 0 && tag[2] <= width && tag[3] <= height &&
      !others.some((other) => meet(tag, other, ROOM, 0)) &&
      !laid.some((one) => meet(tag, one.tag, areOneRow(frame, one.frame) ? ROOM : NEAR, 0));
    const around = beside(frame, sizes[k]);
    const place = Object.keys(around).find((name) => isFree(around[name])) ?? "inside";
    laid.push({ frame, tag: around[place] ?? within(frame, sizes[k]) });
    return place;
  });
}

function beside([left, top, right, bottom], [width, height]) {
  return {
    above: [left, top - height, left + width, top],
    below: [left, bottom, left + width, bottom + height],
    right: [right, top, right + width, top + height],
    left: [left - width, top, left, top + height],
  };
}

function within([left, top], [width, height]) {
  return [left, top, left + width, top + height];
}

function meet(a, b, across, down) {
  return (
    a[0] < b[2] + across && b[0] < a[2] + across && a[1] < b[3] + down && b[1] < a[3] + down
  );
}

// Frames of one row stand beside one another for half of the lower one's height at least.
function areOneRow(a, b) {
  const shared = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  return 2 * shared >= Math.min(a[3] - a[1], b[3] - b[1]);
}
