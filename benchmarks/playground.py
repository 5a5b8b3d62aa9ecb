"""The page Playground in Chromium: frames, epochs and answers, and what they cost."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from benchmarks.app_browser import BusyTime, chromium, new_page
from benchmarks.app_server import Server, server
from benchmarks.chromium import wait_for

NETWORKS = {"4-2": "", "6 x 16": "?layers=16,16,16,16,16,16"}
"""Addresses of what is measured."""
_READY = ".pg-play:enabled"

# The store that all parts of the page share. An open page has drawn its surface when something of
# it is not blank any more.
_STORE = """
window.playground = async () => {
  const scripts = performance.getEntriesByType("resource").map(({ name }) => name);
  const address = scripts.find((name) => /playground-[0-9a-f]+\\/store\\.js/.test(name));
  return address ? await import(address) : null;
};
window.surface = () => {
  const canvas = document.querySelector(".pg-plane canvas");
  if (!canvas?.width) return false;
  const [x, y] = [canvas.width >> 1, canvas.height >> 1];
  return canvas.getContext("2d").getImageData(x, y, 1, 1).data[3] > 0;
};
"""
_SHARED = """async () => {
  const { store, setWeight, letGo } = await playground();
  Object.assign(window, { store, setWeight, letGo });
}"""
# Counts the animation frames in which something new is on screen.
_COUNT = """() => {
  window.count = { frames: 0, epoch: store.arms[0].snapshot.epoch, from: performance.now() };
  let last = null;
  const look = () => {
    const { weights } = store.arms[0];
    if (weights !== last) { last = weights; count.frames += 1; }
    count.id = requestAnimationFrame(look);
  };
  look();
}"""
_COUNTED = """() => {
  const seconds = (performance.now() - count.from) / 1000;
  const epochs = store.arms[0].snapshot.epoch - count.epoch;
  return { seconds, frames: count.frames / seconds, epochs: epochs / seconds };
}"""
# Milliseconds from a click on a button until `isDone` says that its answer is on screen.
_CLICKED = """async ([name, isDone]) => {
  const find = (name) => [...document.querySelectorAll(".pg-stage button")].find(
    (one) => (one.getAttribute("aria-label") ?? one.textContent) === name);
  const before = store.arms[0].snapshot.step;
  const done = new Function("find", "before", `return ${isDone}`);
  const from = performance.now();
  find(name).click();
  while (!done(find, before)) await new Promise((then) => requestAnimationFrame(then));
  await new Promise((then) => requestAnimationFrame(then));
  return performance.now() - from;
}"""
_STEPPED = "store.arms[0].snapshot.step > before"
_PAUSED = "!store.playing && find('Play')"
# A weight is changed in each of so many frames, as while a hand drags it.
_DRAG = """async (frames) => {
  const first = store.arms[0].weights[0];
  for (let k = 1; k <= frames; k++) {
    setWeight(0, 0, first + Math.sin(k / 9));
    await new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then)));
  }
  letGo();
}"""


@dataclass(frozen=True)
class Playing:
    """One player alone, at one speed.

    frames, epochs: a second.
    server, browser: the share of a core that the server and the page's main thread take.
    kilobytes: a second, from the server.
    """

    network: str
    speed: str
    frames: float
    epochs: float
    server: float
    browser: float
    kilobytes: float


@dataclass(frozen=True)
class Answers:
    """Seconds, each: of pausing, of a step of a batch, and of a weight's change on screen."""

    network: str
    pause: list[float]
    step: list[float]
    change: float


class Playground:
    """The app with a browser in front of it."""

    def __init__(self, browser: Browser, app: Server) -> None:
        self._browser, self._app = browser, app

    @contextmanager
    def page(self, network: str = "4-2") -> Iterator[Page]:
        """The page, which stands still."""
        page = new_page(self._browser)
        page.add_init_script(_STORE)
        page.goto(f"{self._app.url}/playground{NETWORKS[network]}")
        page.wait_for_selector(_READY)
        page.evaluate(_SHARED)
        yield page
        page.context.close()

    def opening(self) -> float:
        """Seconds from a click in the menu until the first surface is drawn."""
        page = new_page(self._browser)
        page.add_init_script(_STORE)
        page.goto(self._app.url)
        wait_for(page, "drawn.Home()")
        time.sleep(2)  # the page loads what others need while its visitor reads
        page.get_by_role("link", name="Playground", exact=True).first.click()
        drawn = wait_for(page, "() => surface() ? Date.now() : 0")
        moment: float = drawn - page.evaluate("clickedAt")
        page.context.close()
        return moment / 1000

    def playing(self, network: str, speed: str, seconds: float) -> Playing:
        """Play for so long."""
        with self.page(network) as page:
            received = received_bytes(page)
            page.get_by_role("button", name=speed, exact=True).click()
            page.get_by_role("button", name="Play", exact=True).click()
            time.sleep(1.5)
            busy, cpu = BusyTime(page), self._app.cpu_seconds()
            page.evaluate(_COUNT)
            worked = busy.seconds()
            received.clear()
            time.sleep(seconds)
            counted = page.evaluate(_COUNTED)
            took = counted["seconds"]
            return Playing(
                network,
                speed,
                counted["frames"],
                counted["epochs"],
                (self._app.cpu_seconds() - cpu) / took,
                (busy.seconds() - worked) / took,
                sum(received) / took / 1000,
            )

    def answers(self, network: str, times: int, frames: int) -> Answers:
        """Pause and step so many times, and change a weight in so many frames."""
        with self.page(network) as page:
            step = [self._clicked(page, "+1 batch", _STEPPED) for _ in range(times)]
            pause = []
            for _ in range(times):
                page.get_by_role("button", name="Play", exact=True).click()
                time.sleep(0.7)
                pause.append(self._clicked(page, "Pause", _PAUSED))
                time.sleep(0.3)
            page.evaluate(_DRAG, 5)
            busy = BusyTime(page)
            before = busy.seconds()
            page.evaluate(_DRAG, frames)
            change = (busy.seconds() - before) / frames
        return Answers(network, pause, step, change)

    def _clicked(self, page: Page, button: str, is_done: str) -> float:
        """Seconds until what was clicked for is on screen."""
        milliseconds: float = page.evaluate(_CLICKED, [button, is_done])
        return milliseconds / 1000


@contextmanager
def playground(folder: Path) -> Iterator[Playground]:
    """Start the app with runs of its own below `folder`, and a browser."""
    with chromium() as browser, server(folder) as app:
        yield Playground(browser, app)


def received_bytes(page: Page) -> list[int]:
    """A list to which the size of each message is added that comes from the server."""
    received: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")

    def count(event: dict[str, Any]) -> None:
        received.append(len(event["response"]["payloadData"]) * 3 // 4)  # base64

    session.on("Network.webSocketFrameReceived", count)
    return received
