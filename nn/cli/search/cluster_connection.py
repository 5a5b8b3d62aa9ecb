"""The connection of a search to its cluster: which workers can train, the data, and coming back.

A scheduler that vanishes takes with it all that its clients and workers had from it. A new one at
the same address is waited for, and everything is ordered anew there.
"""

import asyncio
import pickle
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import click
from distributed import Client, Future

from nn.cli import datasets
from nn.cli.search import cluster_worker
from nn.cli.search.cluster_messages import CODE, Images, Order

Published = dict[str, Any]

CONNECT_SECONDS = 10.0
LOOK_SECONDS = 2.0
"""How often it is looked which workers there are."""
_GIVE_ATTEMPTS = 4
RETURN_SECONDS = 60.0
"""So long a scheduler that has vanished is waited for."""


class Unreachable(OSError):
    """The scheduler, or a worker, can't be asked at the moment."""


class Connection:
    """Connected to the scheduler of a Dask cluster until it is closed or `lost`.

    Args:
        address: of the scheduler.
        session: under which this search orders.
        topic: under which workers publish.
        on_news: called with what they publish, in a thread that must not wait.
        on_change: called when workers have come or gone, the scheduler has come back or is lost.
        say: called with a sentence for people.

    Raises ClickException where there is no scheduler.
    """

    def __init__(
        self,
        address: str,
        session: str,
        topic: str,
        *,
        on_news: Callable[[Published], None],
        on_change: Callable[[], None],
        say: Callable[[str], None],
    ) -> None:
        self.address = address
        self.lost: str | None = None
        self.generation = 0
        """Counts the schedulers that there were."""
        self.workers = set[str]()
        """The addresses of those that can train."""
        self._unfit = dict[str, str]()
        self._said = Counter[str]()
        self._session, self._topic = session, topic
        self._on_news, self._on_change, self._say = on_news, on_change, say
        self._loading, self._looking = threading.Lock(), threading.Lock()
        self._images = dict[str, Images]()
        self._closing = threading.Event()
        try:
            self._client = self._connect(CONNECT_SECONDS)
        except (OSError, TimeoutError) as error:
            raise click.ClickException(
                f"no Dask scheduler answers at {self.address}: {error}. Is it started "
                "(dask scheduler), and may this computer reach it?"
            ) from error
        try:
            self.look()
        except Unreachable as error:
            raise click.ClickException(
                f"the Dask scheduler at {self.address} does not answer: {error}"
            ) from error
        self._watch = threading.Thread(target=self._watch_workers, name="cluster", daemon=True)
        self._watch.start()

    @property
    def fit_workers(self) -> list[str] | None:
        """The addresses of those that can train, None if all can."""
        return sorted(self.workers) if self._unfit else None

    def order(self, order: Order, fit: list[str] | None) -> Future:
        """Let the cluster train a network, on one of the workers in `fit`, None for any."""
        # Each time: a client that has lost its scheduler for a moment has forgotten it.
        self._listen(self._client)
        return self._ask(
            self._client.submit,
            _call(),
            pickle.dumps(cluster_worker.train),
            pickle.dumps(order),
            key=order.key,
            workers=fit,
            pure=False,
        )

    def run(self, worker: str, function: Callable[..., Any], *args: Any) -> Any:
        """Call a function on a worker, beside its tasks; its own errors are raised here.

        Unreachable if the worker is not there.
        """
        if worker not in self.workers:
            self.look()  # it may have come just now
        if worker not in self.workers:
            raise Unreachable(f"the worker {worker} is gone")
        return self._ask(self._client.run, function, *args, workers=[worker])[worker]

    def end(self, *, session: str | None = None, run: str | None = None) -> None:
        """End what is trained of a session, or of a run, on all workers that can be reached.

        Others end by themselves, when they hear nothing more."""
        workers = list(self.workers)
        if workers:
            with suppress(Unreachable):
                self._run(workers, cluster_worker.end, session, run)

    def look(self) -> None:
        """See which workers there are. Unreachable if the scheduler is not there."""
        with self._looking:
            present = self._ask(self._client.nthreads)
            for gone in self._unfit.keys() - present.keys():
                del self._unfit[gone]
            workers = self.workers & present.keys()
            new = [one for one in present if one not in workers and one not in self._unfit]
            if new:
                answers = self._ask(
                    self._client.run, cluster_worker.code, workers=new, on_error="return"
                )
                fit = [one for one, answer in answers.items() if self._fits(one, answer)]
                for images in list(self._images.values()):
                    self._give(images, fit)
                workers |= set(fit)
            # At once, and last: others read it, and a look that is broken off must not hide that
            # somebody has gone.
            if workers != self.workers:
                self.workers = workers
                self._on_change()

    def close(self) -> None:
        """Leave the cluster; what was ordered there is not wanted any more."""
        self._closing.set()
        self._watch.join()
        self._leave()

    def _fits(self, address: str, answer: object) -> bool:
        """Whether a worker can train, by what it answers as its code; if not, it is said why."""
        if answer == CODE:
            return True
        if isinstance(answer, OSError):
            return False  # just gone, or not yet there
        if isinstance(answer, str):
            why = (
                f"the project's code there is another than here ({answer}, here {CODE}): bring "
                "both to the same state and start the worker anew"
            )
        elif "No module named" in str(answer):
            why = (
                f"there is something missing ({answer}). Install what requirements-cluster.txt "
                "names, and start it in the project's folder by python -m dask worker"
            )
        else:
            why = f"it answers {type(answer).__name__}: {answer}"
        self._unfit[address] = why
        self._said[why] += 1
        if self._said[why] == 1:
            self._say(f"The worker {address} can't train: {why}.")
        return False

    def send_data(self, name: str, *, again: bool = False) -> str:
        """See to it that the workers have a dataset; returns its key.

        It is sent once to each that hasn't got it, of this search or another, now or when it comes.
        """
        with self._loading:
            images = self._images.get(name)
            if images is None:
                images = Images.of(datasets.load_dataset(name))
            elif not again:
                return images.key
            self._give(images, list(self.workers))
            self._images[name] = images
            return images.key

    def _give(self, images: Images, workers: list[str]) -> None:
        """Send a dataset to those of the workers that haven't got it: from here to the first, and
        on from worker to worker."""
        held = None  # until they have been asked again
        for _ in range(_GIVE_ATTEMPTS):
            if not workers:
                break
            answers = self._run(workers, cluster_worker.has_images, images.key)
            workers = [worker for worker, has_them in answers.items() if not has_them]
            if workers:
                try:
                    held = self._ask(
                        self._client.scatter, {images.key: images}, workers=workers, broadcast=True
                    )
                except KeyError as error:
                    raise Unreachable("a worker has gone") from error
        del held

    def _run(self, workers: list[str], function: Callable[..., Any], *args: Any) -> dict[str, Any]:
        """Call a function on workers; what it gave, by their addresses, where it did."""
        answers: dict[str, Any] = self._ask(
            self._client.run, function, *args, workers=workers, on_error="ignore"
        )
        return answers

    def _ask(self, function: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """Call a function of the client; Unreachable if the connection is broken."""
        if self._client.status != "running":
            raise Unreachable(f"the scheduler at {self.address} is gone")
        try:
            return function(*args, **options)
        except (OSError, TimeoutError, asyncio.CancelledError) as error:
            raise Unreachable(str(error) or type(error).__name__) from error
        except (RuntimeError, AttributeError, ValueError) as error:
            if self._client.status == "running":
                raise
            raise Unreachable(f"the scheduler at {self.address} is gone") from error

    def _connect(self, seconds: float) -> Client:
        client = Client(self.address, timeout=seconds, set_as_default=False, name="scratch-nn")
        self._listen(client)
        return client

    def _listen(self, client: Client) -> None:
        client.subscribe_topic(self._topic, lambda event: self._on_news(event[1]))

    def _watch_workers(self) -> None:
        while not self._closing.wait(LOOK_SECONDS):
            try:
                self.look()
            except Unreachable:
                if self._client.status != "running":
                    self._come_back()
            if self.lost:
                return

    def _come_back(self) -> None:
        """Wait for a scheduler at the same address."""
        self._say(
            f"The Dask scheduler at {self.address} is gone; waiting {RETURN_SECONDS:.0f} s for it "
            "to come back."
        )
        self.workers = set()
        self._unfit.clear()
        self._on_change()
        self._leave()
        until = time.monotonic() + RETURN_SECONDS
        while not self._closing.is_set():
            try:
                client = self._connect(min(LOOK_SECONDS, RETURN_SECONDS))
            except (OSError, TimeoutError):
                if time.monotonic() > until:
                    self.lost = f"the Dask scheduler at {self.address} is gone"
                    break
                self._closing.wait(LOOK_SECONDS / 4)
                continue
            self._client = client
            self.generation += 1
            self._say(f"The Dask scheduler at {self.address} is back.")
            with suppress(Unreachable):
                self.look()
            self.end(session=self._session)  # by workers that have missed nothing of it
            break
        self._on_change()

    def _leave(self) -> None:
        with suppress(OSError, TimeoutError, RuntimeError):
            self._client.close(timeout=LOOK_SECONDS)


def _call() -> Callable[[bytes, bytes], Any]:
    """A function that calls a pickled one with a pickled argument.

    The scheduler unpickles what it is ordered, where it need not have this project. A function
    within a function travels as its code.
    """

    def call(function: bytes, argument: bytes) -> Any:
        import pickle

        return pickle.loads(function)(pickle.loads(argument))

    return call
