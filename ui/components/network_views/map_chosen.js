// Which group of the map's images is shown alone, and which images are selected: chosen by the hand,
// and told to the server, since the address has it.

import { readBytes } from "./tensors.js";
import { Told } from "./told.js";

const REST = 250; // milliseconds: Escape may follow at once

export class MapChosen {
  // `map`: has `alone` and `selected`, which change here, and its `box`. tell(chosen): the server is
  // told {alone, selected}. back(): called when the visitor has gone Back; what the server said last
  // counts again, since it may not say it once more.
  constructor(map, tell, back) {
    this.map = map;
    this.told = new Told({
      rest: REST,
      send: () => {
        const chosen = { alone: map.alone, selected: bitsOf(map.selected) };
        const known = JSON.stringify(chosen);
        if (known === this.toldAs) return undefined;
        this.toldAs = known;
        tell(chosen);
        return known;
      },
      back: () => {
        this.heard = undefined;
        back();
      },
    });
    this.told.tellOnLeaving(map.box);
  }

  // By the hand.
  choose(values) {
    Object.assign(this.map, values);
    this.told.wait();
  }

  // What the server says; returns whether it is taken over. `areOthers`: the images are not those
  // of before.
  take({ alone, selected }, areOthers) {
    const known = JSON.stringify({ alone, selected });
    const isNews = !this.told.isAnswer(known) && known !== this.heard;
    this.heard = known;
    if (!isNews && !areOthers) return false;
    this.told.drop();
    this.toldAs = known;
    Object.assign(this.map, { alone, selected: imagesOf(selected) });
    return true;
  }

  end() {
    this.told.end();
  }
}

// A bit for each image, 1 for those that are selected, as base64 that an address can hold.
function bitsOf(images) {
  const bytes = new Uint8Array(Math.ceil((Math.max(-1, ...images) + 1) / 8));
  for (const i of images) bytes[i >> 3] |= 1 << (i & 7);
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function imagesOf(bits) {
  const bytes = readBytes(bits.replaceAll("-", "+").replaceAll("_", "/"));
  const all = Array.from({ length: 8 * bytes.length }, (_, i) => i);
  return all.filter((i) => bytes[i >> 3] & (1 << (i & 7)));
}
