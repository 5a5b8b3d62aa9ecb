// "Add 3 to all" as it happens: first the axis of the exponentials makes room, then all grow.

const ROOM = 500; // milliseconds
const GROWTH = 1500;

const eased = (part) => part * part * (3 - 2 * part);

// `act({ added, room })`: called in each frame; `added` goes from 0 to `amount`, `room` from 0 to 1;
// `done()` at the end. Returns what ends it early. Whoever wants no motion sees the end at once.
export function playShift(amount, act, done) {
  let frame = 0;
  const end = () => {
    cancelAnimationFrame(frame);
    act({ added: amount, room: 1 });
    done();
  };
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    end();
    return () => {};
  }
  const began = performance.now();
  const turn = (now) => {
    const passed = Math.max(0, now - began); // a frame may have begun before the button
    if (passed >= ROOM + GROWTH) return end();
    frame = requestAnimationFrame(turn);
    act({ added: amount * eased(Math.max(0, passed - ROOM) / GROWTH),
      room: eased(Math.min(1, passed / ROOM)) });
  };
  frame = requestAnimationFrame(turn);
  return end;
}
