"""One training on a cluster, as it is seen from here.

Its task may be executed more than once: a worker dies, and the scheduler gives the task to another.
An execution says hello and gets what the run's folder here holds to begin with, so each goes on
from the last checkpoint that came here. Only what the newest one tells is written: what an earlier
one still says is dropped.
"""

import json
import queue
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from distributed import Future, KilledWorker
from distributed.client import FutureCancelledError

from nn.cli.search import cluster_worker
from nn.cli.search.cluster_connection import LOOK_SECONDS, Connection, Published, Unreachable
from nn.cli.search.cluster_files import FolderNews, apply
from nn.cli.search.cluster_messages import Beginning, DataMissing, News, Order, Result
from nn.cli.train.control import Command
from nn.cli.train.session import GoesOn
from nn.runs import Run, RunWriter
from nn.runs.schema import PRUNED, RunEvent
from nn.training.config import TrainingConfig

FIRST_FETCH_SECONDS, FETCH_SECONDS = 1.0, 5.0
"""The files of a training are fetched so soon, and then at most so often ..."""
FETCH_WAIT = 20.0
"""... and no sooner than so many times as long after the last fetching as that took, ..."""
FETCH_EACH = 0.02
"""... nor than so many seconds for each training that is on the cluster."""
CLOSE_SECONDS = 20.0
"""So long a training that is to save and end is waited for."""
AGAIN_SECONDS = 1.0
"""Between two orders of the same training."""


@dataclass(frozen=True)
class Over:
    """The task of this key has ended somehow."""

    key: str


@dataclass(frozen=True)
class Changed:
    """Workers or the scheduler have come or gone."""


Item = Published | Command | Over | Changed


class Trial:
    """Trains one run on the cluster.

    Args:
        connection: to the cluster.
        new_order: makes an order for the settings of a run, with a key of its own.
        run, writer, config, goes_on, resume: as for `Place.train`.
        trainings: how many there are on the cluster.
    """

    def __init__(
        self,
        connection: Connection,
        new_order: Callable[[Run, TrainingConfig], Order],
        run: Run,
        writer: RunWriter,
        config: TrainingConfig,
        goes_on: GoesOn,
        resume: bool,
        trainings: Callable[[], int],
    ) -> None:
        self.inbox = queue.SimpleQueue[Item]()
        self._connection, self._new_order, self._trainings = connection, new_order, trainings
        self._run, self._writer, self._config, self._goes_on = run, writer, config, goes_on
        self._resume = resume
        self._epochs = sum(one.epochs for one in config.members)
        self._begun = resume
        self._wanted: Command | None = None
        """What an execution is told that begins: to stop, or to pause."""
        self._is_closed = self._is_pruned = False
        self._step, self._epoch, self._time = 0, 0.0, 0.0
        self._killed_at = -1
        """The step that it had reached when its task was given up, since too many workers died."""
        self._order: Order | None = None
        self._execution: str | None = None
        self._worker = ""
        self._known, self._number, self._skew = 0, cluster_worker.NONE, 0.0
        self._fetch_due = self._hear_due = self._close_due = float("inf")

    def train(self) -> str:
        """Train to the end; how that was, as for `Place.train`."""
        if self._resume:
            self._connection.end(run=self._run.id)  # what the search before this one has left
        while True:
            if not self._wait_for_workers():
                return "interrupted"
            try:
                ending = self._attempt()
            except Unreachable:
                ending = None
            if ending is not None:
                return ending
            time.sleep(AGAIN_SECONDS)

    def _wait_for_workers(self) -> bool:
        """Whether there is a worker, at last; False if this training is not to begin here."""
        while not self._is_closed and not self._connection.lost:
            if self._is_stopped:
                return False
            if self._connection.workers:
                return True
            item = self.inbox.get()
            if isinstance(item, Command):
                self._command(item)
        return False

    @property
    def _is_stopped(self) -> bool:
        return self._wanted is not None and self._wanted.name == "stop"

    def _attempt(self) -> str | None:
        """Order the training once; how it ended, None if it must be ordered again."""
        generation, fit = self._connection.generation, self._connection.fit_workers
        order = self._order = self._new_order(self._run, self._config)
        self._forget_execution()
        self._hear_every = order.lease / 4
        future = self._connection.order(order, fit)
        future.add_done_callback(lambda _: self.inbox.put(Over(order.key)))
        try:
            while True:
                item = self._next()
                if isinstance(item, dict):
                    self._published(item)
                elif isinstance(item, Command):
                    self._command(item)
                elif isinstance(item, Over) and item.key == order.key:
                    return self._over(future, fit)
                elif isinstance(item, Changed):
                    if self._connection.lost:
                        return "interrupted"
                    if self._connection.generation != generation:
                        return None
                    workers = self._connection.workers
                    if self._worker not in workers:
                        self._forget_execution()
                    if fit is not None and not set(fit) & set(workers):
                        return None  # nobody is left who may do it
                if time.monotonic() > self._fetch_due:
                    self._fetch()
                elif self._execution is not None and time.monotonic() > self._hear_due:
                    self._ask(cluster_worker.hear)
                has_nobody = self._execution is None and (self._is_closed or self._is_stopped)
                if has_nobody or time.monotonic() > self._close_due:
                    return "interrupted"
        finally:
            self._order = None
            if not future.done():
                future.cancel()
                if self._execution is not None:  # it would train on for nobody
                    self._tell(self._worker, self._execution, Command("closed"))

    def _forget_execution(self) -> None:
        self._execution, self._fetch_due = None, float("inf")

    def _next(self) -> Item | None:
        """What comes next, None where it is time to fetch files, or to look how the task is."""
        due = min(self._fetch_due, self._close_due) - time.monotonic()
        try:
            return self.inbox.get(timeout=min(LOOK_SECONDS, max(0.0, due)))
        except queue.Empty:
            return None

    def _published(self, message: Published) -> None:
        if self._order is None or message["key"] != self._order.key:
            if message["is_hello"]:  # of an order that was withdrawn
                self._tell(message["worker"], message["execution"], Command("closed"))
        elif message["is_hello"] and message["execution"] != self._execution:
            self._begin(message["execution"], message["worker"])
        elif message["execution"] == self._execution:
            self._receive(message["known"], message["events"])

    def _begin(self, execution: str, worker: str) -> None:
        """Let an execution begin from what is here; one before it is not listened to any more."""
        has_events = self._begun and self._run.events_path.exists()
        events = self._run.events_path.read_bytes() if has_events else b""
        pieces = FolderNews(self._run.folder).take() if self._begun else []
        commands = [] if self._wanted is None else [self._wanted]
        beginning = Beginning(pieces, events, self._begun, commands)
        asked = time.time()
        try:
            there = self._connection.run(worker, cluster_worker.begin, execution, beginning)
        except (Unreachable, KeyError):
            return
        self._skew = there - (asked + time.time()) / 2
        self._execution, self._worker = execution, worker
        self._known, self._number = 0, cluster_worker.NONE
        now = time.monotonic()
        self._fetch_due, self._hear_due = now + FIRST_FETCH_SECONDS, now + self._hear_every

    def _receive(self, known: int, events: list[str]) -> None:
        """Write those of the execution's events that have not come yet."""
        if known > self._known:
            return  # some are missing: all come with the next files
        for line in events[self._known - known :]:
            event: dict[str, Any] = json.loads(line)
            self._known += 1
            # By the clock here, and never back.
            self._time = max(self._time, event.pop("time") - self._skew)
            self._step, self._epoch = event["step"], event["epoch"]
            self._writer.write(**event, time=self._time)
            self._begun = True
            if event["type"] == "epoch" and not self._may_go_on(event | {"time": self._time}):
                self._is_pruned = True
                self._command(Command("stop", reason=PRUNED))

    def _may_go_on(self, event: RunEvent) -> bool:
        """Asked once, and not after the last epoch, as where a training is done here."""
        is_last = event["epoch"] >= self._epochs
        return self._is_pruned or is_last or self._goes_on(event)

    def _take(self, news: News) -> None:
        self._receive(news.known, news.events)
        apply(news.pieces, self._run.folder)
        self._number = news.number

    def _fetch(self) -> None:
        """Fetch what is new in the folder there."""
        began = time.monotonic()
        news = self._ask(cluster_worker.fetch, self._known, self._number)
        if news is not None:
            self._take(news)
        now = time.monotonic()
        pace = FETCH_WAIT * (now - began), FETCH_EACH * self._trainings()
        self._fetch_due = now + max(FETCH_SECONDS, *pace)

    def _ask(self, function: Callable[..., Any], *args: Any) -> Any:
        """Call a function on the worker, for the execution there is; None where there is none."""
        if self._execution is None:
            return None
        self._hear_due = time.monotonic() + self._hear_every
        try:
            return self._connection.run(self._worker, function, self._execution, *args)
        except (Unreachable, KeyError):
            return None  # it has ended, or begins anew elsewhere, which is said soon

    def _command(self, command: Command) -> None:
        """Give a command to the execution there is, and to those that come."""
        if command.name == "closed":
            self._is_closed = True
            self._close_due = time.monotonic() + CLOSE_SECONDS
        elif command.name in ("stop", "pause"):
            self._wanted = command
        elif command.name == "resume" and not self._is_stopped:
            self._wanted = None
        self._ask(cluster_worker.command, command)

    def _tell(self, worker: str, execution: str, command: Command) -> None:
        with suppress(Unreachable, KeyError):  # it has ended, or begins elsewhere and is told then
            self._connection.run(worker, cluster_worker.command, execution, command)

    def _over(self, future: Future, fit: list[str] | None) -> str | None:
        """How the training ended whose task has; None if it must be ordered again."""
        try:
            result: Result = future.result()
        except KilledWorker:
            if self._step > self._killed_at:
                self._killed_at = self._step
                return None
            return self._fail(
                "the workers that trained this died one after another: has it too little memory "
                "there?"
            )
        except (FutureCancelledError, OSError, TimeoutError):
            return None  # the scheduler is gone
        except DataMissing:
            self._connection.send_data(self._config.dataset, again=True)
            return None
        except Exception as error:  # whatever went wrong there
            self._connection.look()
            if self._connection.fit_workers != fit:
                return None  # one had it that can't train
            cause = error.__cause__ or error
            return self._fail(f"on its worker: {type(cause).__name__}: {cause}")
        if result.news.execution == self._execution:
            self._take(result.news)
            if result.ending != "closed":
                return result.ending
        return "interrupted" if self._is_closed else None

    def _fail(self, message: str) -> str:
        self._writer.write("failed", step=self._step, epoch=self._epoch, message=message)
        return "failed"
