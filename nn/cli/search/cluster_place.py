"""Trials of a search on other computers: tasks of a Dask cluster that is there already."""

import secrets
import threading
from collections.abc import Callable

from nn.cli.search.cluster_connection import Connection, Published
from nn.cli.search.cluster_messages import Order
from nn.cli.search.cluster_trial import Changed, Trial
from nn.cli.train.control import Command
from nn.cli.train.session import GoesOn
from nn.runs import Run, RunWriter
from nn.training.config import TrainingConfig

PACE_SECONDS, PACE_EACH = 0.2, 0.002
"""A worker publishes its events so often, or seldomer: so many seconds for each of the workers."""
LEASE_SECONDS, LEASE_EACH = 180.0, 0.1
"""A training of which the search has not been heard for so long ends, and longer with many."""

TOPICS = 16
"""A scheduler keeps the last thousand messages of each topic for good: searches share a few."""


class ClusterPlace:
    """Trains on the workers of a Dask cluster, see `Place`: one network at a time on each.

    The events, the newest model, the checkpoints and the history come into the run's folder here
    while it trains. When a worker dies, its training goes on elsewhere from what came last.

    Args:
        address: of the cluster's scheduler.
        say: called with a sentence for people.

    Where none of its workers can train it waits for one that can. Raises ClickException where there
    is no scheduler.
    """

    def __init__(self, address: str, say: Callable[[str], None]) -> None:
        self._session = secrets.token_hex(8)
        self._topic = f"scratch-nn-{secrets.randbelow(TOPICS)}"
        self._trials = dict[str, Trial]()
        self._before: list[Command] = []
        self._changing = threading.Lock()
        self._connection = Connection(
            address,
            self._session,
            self._topic,
            on_news=self._publish,
            on_change=self._change,
            say=say,
        )
        if not self._connection.workers:
            say("There is no worker that can train yet; waiting for the first.")

    @property
    def address(self) -> str:
        """Of the scheduler."""
        return self._connection.address

    @property
    def workers(self) -> list[str]:
        """The addresses of those that can train."""
        return list(self._connection.workers)

    @property
    def slots(self) -> int:
        """As many as there are workers that can train; one if there is none yet."""
        return max(1, len(self._connection.workers))

    @property
    def lost(self) -> str | None:
        """A sentence for people if the cluster is gone for good: then nothing trains any more."""
        return self._connection.lost

    def train(
        self, run: Run, writer: RunWriter, config: TrainingConfig, goes_on: GoesOn, resume: bool
    ) -> str:
        """As `Place.train`."""
        trial = Trial(
            self._connection,
            self._new_order,
            run,
            writer,
            config,
            goes_on,
            resume,
            lambda: len(self._trials),
        )
        with self._changing:
            self._trials[run.id] = trial
            for command in self._before:
                trial.inbox.put(command)
        try:
            return trial.train()
        finally:
            with self._changing:
                del self._trials[run.id]

    def steer(self, command: Command) -> None:
        """As `Place.steer`."""
        with self._changing:
            # What was said before a training counts for it too.
            self._before = [] if command.name == "resume" else [command]
            for trial in self._trials.values():
                trial.inbox.put(command)

    def close(self) -> None:
        """As `Place.close`."""
        self._connection.close()

    def _new_order(self, run: Run, config: TrainingConfig) -> Order:
        slots = self.slots
        return Order(
            session=self._session,
            key=f"scratch-nn-{run.id}-{secrets.token_hex(4)}",
            topic=self._topic,
            run=run.id,
            config=config.to_dict(),
            images=self._connection.send_data(config.dataset),
            pace=max(PACE_SECONDS, PACE_EACH * slots),
            lease=max(LEASE_SECONDS, LEASE_EACH * slots),
        )

    def _publish(self, message: Published) -> None:
        with self._changing:
            trial = self._trials.get(message["run"])
        if trial is not None:
            trial.inbox.put(message)

    def _change(self) -> None:
        with self._changing:
            for trial in self._trials.values():
                trial.inbox.put(Changed())
