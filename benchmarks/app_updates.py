"""What an update of the charts costs, at the beginning of a run of 200 epochs and at its end.

The run is written by the benchmark, so that only the pages are measured: five events a second, 20
an epoch, as in a training that takes four seconds an epoch.
"""

import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

import nn
from benchmarks.app_browser import BusyTime, chromium, new_page, wait_until_drawn
from benchmarks.app_row import Row
from benchmarks.app_server import Server, server
from nn.runs import RunWriter

EPOCHS = 200
EVENTS_AN_EPOCH = 20
EVENT_MILLISECONDS = 200
SETTLING_EVENTS = 20
MARK = b"Loss over the epochs"
"""Stands in each message with a new loss chart."""


@dataclass(frozen=True)
class Cost:
    """Of one update: milliseconds of the server and of the page's main thread, bytes received."""

    server: float
    browser: float
    bytes: float


def updates(folder: Path, events: int) -> list[Row]:
    """Watch `events` events at the beginning and as many at the end."""
    with chromium() as browser, server(folder) as app:
        page = new_page(browser)
        received: list[bytes] = []
        page.on(
            "websocket",
            lambda socket: socket.on(
                "framereceived",
                lambda frame: received.append(
                    frame if isinstance(frame, bytes) else frame.encode()
                ),
            ),
        )
        config = nn.TrainingConfig(epochs=EPOCHS).to_dict()
        with RunWriter(app.runs / "long", config) as writer:
            run = _LongRun(writer)
            run.write(2)
            page.goto(f"{app.url}/train?run=long")
            wait_until_drawn(page, "Train")
            busy = BusyTime(page)
            start = _watch(app, page, busy, run, received, events)
            run.write(EPOCHS * EVENTS_AN_EPOCH - run.step - events - SETTLING_EVENTS - 1)
            end = _watch(app, page, busy, run, received, events)
    return [
        _row("server's time per update", [start.server, end.server], "ms"),
        _row("browser's time per update", [start.browser, end.browser], "ms"),
        _row("data per update", [start.bytes / 1000, end.bytes / 1000], "kB"),
    ]


def _row(what: str, costs: list[float], unit: str) -> Row:
    start, end = (f"{cost:.1f} {unit}" for cost in costs)
    return Row(
        f"{what}, at the end of {EPOCHS} epochs (at the start)", "no more", f"{end} ({start})"
    )


class _LongRun:
    """The events of a training that doesn't take place."""

    def __init__(self, writer: RunWriter) -> None:
        self._writer = writer
        self.step = 0
        samples = 55_000
        writer.write("started", epochs=EPOCHS, train_samples=samples, num_parameters=109_386)

    def write(self, events: int) -> None:
        for _ in range(events):
            self.step += 1
            epoch = self.step / EVENTS_AN_EPOCH
            loss = 0.02 + 2 / (1 + self.step / 20) * (1 + 0.1 * (self.step % 7))
            figures = {"train_loss": loss, "train_accuracy": 1 - loss / 4}
            speed = {"samples_per_second": 13_750.0, "learning_rate": 0.1}
            self._writer.write("progress", self.step, epoch, **figures, **speed)
            if self.step % EVENTS_AN_EPOCH == 0:
                validation = {"val_loss": loss + 0.05, "val_accuracy": 0.98 - loss / 4}
                self._writer.write("epoch", self.step, int(epoch), **figures, **validation)


def _watch(
    app: Server, page: Page, busy: BusyTime, run: _LongRun, received: list[bytes], events: int
) -> Cost:
    """Let some events happen, then count what the next cost."""
    _happen(page, run, SETTLING_EVENTS)
    received.clear()
    cpu, worked = app.cpu_seconds(), busy.seconds()
    _happen(page, run, events)
    cpu, worked = app.cpu_seconds() - cpu, busy.seconds() - worked
    count = sum(MARK in frame for frame in received)
    if not count:
        raise RuntimeError("the page showed no update")
    return Cost(1000 * cpu / count, 1000 * worked / count, sum(map(len, received)) / count)


def _happen(page: Page, run: _LongRun, events: int) -> None:
    for _ in range(events):
        begun = time.monotonic()
        run.write(1)
        used = 1000 * (time.monotonic() - begun)
        page.wait_for_timeout(max(0.0, EVENT_MILLISECONDS - used))
