"""On a worker of a Dask cluster: training a network for a search that runs on another computer.

`train` is the task. It says where it is executed and waits for what it begins with, publishes its
events while it trains, and returns the last of them. In between the search fetches files and gives
commands by running the other functions on the worker, beside its tasks.
"""

import asyncio
import json
import secrets
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from distributed import Reschedule, Worker, get_worker

from nn.cli.search.cluster_files import FolderNews, apply
from nn.cli.search.cluster_messages import (
    CODE,
    Beginning,
    DataMissing,
    Images,
    News,
    Order,
    Result,
)
from nn.cli.train.control import Command, Commands
from nn.cli.train.training import perform
from nn.runs import Run, RunWriter, write_config
from nn.runs.reader import EVENTS
from nn.training.blas_threads import limited_threads
from nn.training.config import TrainingConfig

BUSY_SECONDS = 5.0
"""So long a task waits for another training of the same worker, before it goes elsewhere."""

NONE = -1
"""The number of no news: none may have come."""
HELLO_SECONDS = 5.0
"""So often a task that is about to begin says so."""

_slot = threading.Lock()
"""A worker trains one network at a time, with all of its threads."""
_executions = dict[str, "_Execution"]()
_images = dict[str, Images]()
"""The data that have come here, by their keys."""


@dataclass
class _Execution:
    """A training on this worker.

    events: those that the search may not have yet, after the first `known` ones.
    number: of the last news that were fetched.
    """

    id: str
    order: Order
    beginning: Beginning | None = None
    has_beginning: threading.Event = field(default_factory=threading.Event)
    commands: Commands = field(default_factory=Commands)
    events: list[str] = field(default_factory=list)
    known: int = 0
    published: int = 0
    number: int = 0
    files: FolderNews | None = None
    heard: float = field(default_factory=time.monotonic)
    changing: threading.Lock = field(default_factory=threading.Lock)
    fetching: threading.Lock = field(default_factory=threading.Lock)

    def add(self, event: dict[str, Any]) -> None:
        line = json.dumps(event, default=lambda number: number.item())
        with self.changing:
            self.events.append(line)

    def news(self, known: int, number: int) -> News:
        """All that is new to a search that knows so many events, and the news of a number."""
        with self.fetching:
            if self.files is not None and number == self.number:
                self.files.confirm()
            self.number += 1
            pieces = [] if self.files is None else self.files.take()
        with self.changing:  # after the files: the events are at least as new as they are
            self._forget(known)
            return News(self.id, self.number, self.known, list(self.events), pieces)

    def unpublished(self) -> tuple[int, list[str]]:
        """The events that were not published yet, and how many there are before them."""
        with self.changing:
            first = max(self.published, self.known)
            self.published = self.known + len(self.events)
            return first, self.events[first - self.known :]

    def close(self) -> None:
        """Let it save and end, or not begin at all."""
        self.commands.put(Command("closed"))
        self.has_beginning.set()

    def _forget(self, known: int) -> None:
        del self.events[: known - self.known]
        self.known = known


class _Writer(RunWriter):
    """Writes the events of a run, and keeps them for the search."""

    def __init__(self, folder: Path, execution: _Execution, threads: int) -> None:
        super().__init__(folder, None)
        self._execution, self._threads = execution, threads

    def write(self, type: str, step: int = 0, epoch: float = 0.0, **fields: Any) -> None:
        if "threads" in fields:
            fields["threads"] = self._threads  # BLAS's: the trainer starts no processes here
        super().write(type, step, epoch, **fields)
        event = {"type": type, "time": time.time(), "step": step, "epoch": epoch}
        self._execution.add(event | fields)


def train(order: Order) -> Result:
    """Train a network. Nothing is left on this computer's disk. DataMissing without its data."""
    images = _images.get(order.images)
    if images is None:
        raise DataMissing(order.images)
    if not _slot.acquire(timeout=BUSY_SECONDS):
        raise Reschedule
    worker = get_worker()
    execution = _Execution(secrets.token_hex(8), order)
    _executions[execution.id] = execution
    try:
        beginning = _wait_for_beginning(worker, execution)
        if beginning is None:
            return Result("closed", execution.news(0, NONE))
        with tempfile.TemporaryDirectory(
            prefix="scratch-nn-", dir=worker.local_directory, ignore_cleanup_errors=True
        ) as folder:
            return _train(worker, execution, beginning, images, Path(folder) / order.run)
    finally:
        del _executions[execution.id]
        _slot.release()


def _train(
    worker: Worker, execution: _Execution, beginning: Beginning, images: Images, folder: Path
) -> Result:
    config = TrainingConfig.from_dict(execution.order.config)
    write_config(folder, config.to_dict())
    apply(beginning.pieces, folder)
    if beginning.events:
        (folder / EVENTS).write_bytes(beginning.events)
    execution.files = FolderNews(folder)
    execution.files.take()
    execution.files.confirm()
    over = threading.Event()
    watch = threading.Thread(target=_watch, args=(worker, execution, over), daemon=True)
    watch.start()
    threads = worker.state.nthreads
    try:
        with limited_threads(threads), _Writer(folder, execution, threads) as writer:
            try:
                ending = perform(
                    Run(folder),
                    config,
                    writer,
                    execution.commands,
                    threads=1,
                    resume=beginning.resume,
                    steered=True,
                    dataset=images.dataset(),
                ).ending
            except click.ClickException:  # its `failed` event says what happened
                ending = "failed"
        return Result(ending, execution.news(execution.known, NONE))
    finally:
        over.set()
        watch.join()


def _wait_for_beginning(worker: Worker, execution: _Execution) -> Beginning | None:
    """Say hello until it is heard; what to begin with, None where nobody wants this training."""
    until = time.monotonic() + execution.order.lease
    while time.monotonic() < until:
        _publish(worker, execution)
        if execution.has_beginning.wait(HELLO_SECONDS):
            break
    return execution.beginning


def _watch(worker: Worker, execution: _Execution, over: threading.Event) -> None:
    """Publish the events of a training until it is over; end it when the search is gone."""
    while not over.wait(execution.order.pace):
        _publish(worker, execution)
        if time.monotonic() - execution.heard > execution.order.lease:
            execution.close()
            return


def _publish(worker: Worker, execution: _Execution) -> None:
    """Send the new events to the search; the first time, where this is executed."""
    known, events = execution.unpublished()
    is_hello = not execution.has_beginning.is_set()
    if events or is_hello:
        message = {
            "run": execution.order.run,
            "key": execution.order.key,
            "is_hello": is_hello,
            "execution": execution.id,
            "worker": worker.address,
            "known": known,
            "events": events,
        }
        worker.log_event(execution.order.topic, message)


def code() -> str:
    """What this worker runs, see `CODE`."""
    return CODE


def has_images(key: str, dask_worker: Worker) -> bool:
    """Whether the data of this key are here, or have come just now.

    Those that were scattered are kept here: the scheduler soon drops what no task depends on. If
    tasks did, all would be given to the workers that have the data.
    """
    images = dask_worker.data.get(key)
    if isinstance(images, Images):
        _images[key] = images
    return key in _images


def begin(execution: str, beginning: Beginning) -> float:
    """Let an execution begin; returns this computer's time. KeyError if it is none of here."""
    found = _executions[execution]
    for command in beginning.commands:
        found.commands.put(command)
    found.beginning, found.heard = beginning, time.monotonic()
    found.has_beginning.set()
    return time.time()


def command(execution: str, command: Command) -> None:
    """Give a command to an execution. KeyError if it is none of here."""
    found = _executions[execution]
    found.heard = time.monotonic()
    if command.name == "closed":
        found.close()
    else:
        found.commands.put(command)


async def fetch(execution: str, known: int, number: int) -> News:
    """What is new to a search that knows so many events, and the news of a number.

    KeyError if the execution is none of here.
    """
    found = _executions[execution]
    found.heard = time.monotonic()
    return await asyncio.to_thread(found.news, known, number)


def hear(execution: str) -> None:
    """The search is still there. KeyError if the execution is none of here."""
    _executions[execution].heard = time.monotonic()


def end(session: str | None, run: str | None) -> None:
    """End the executions of a session, or of a run: nobody listens to them any more."""
    for execution in list(_executions.values()):
        if session == execution.order.session or run == execution.order.run:
            execution.close()
