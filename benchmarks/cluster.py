"""Trials of a search on a Dask cluster of this computer: how many an hour, and what comes on top.

    python -m benchmarks.cluster [--dataset digits] [--epochs 40] [--trials 24]

For 1, 2 and 4 workers: trials an hour; the time a trial takes beyond its training, which is from
the order to the first step and from the last word of its events to its files being here; what the
scheduler and the search work for a trial; and the bytes that travel. More workers than cores are
not faster: they show what the cluster itself takes.
"""

import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click
import numpy as np
import psutil

from benchmarks.local_cluster import Cluster, wait_until
from nn.cli.search import cluster_trial
from nn.cli.search.cluster_files import Piece
from nn.cli.search.cluster_place import ClusterPlace
from nn.runs import Run, RunWriter, new_run_id, write_config
from nn.training.config import TrainingConfig

WORKERS = (1, 2, 4)


@dataclass
class Row:
    """What was measured: `overhead` of each trial, in seconds; the others for all together."""

    workers: int
    seconds: float = 0.0
    overhead: list[float] = field(default_factory=list)
    trained: float = 0.0
    scheduler: float = 0.0
    search: float = 0.0
    file_bytes: int = 0
    event_bytes: int = 0

    def __str__(self) -> str:
        trials = len(self.overhead)
        cells = [
            f"{self.workers}",
            f"{3600 * trials / self.seconds:,.0f}",
            f"{self.trained / trials:.2f} s",
            f"{np.median(self.overhead):.3f} s",
            f"{np.quantile(self.overhead, 0.95):.3f} s",
            f"{1000 * self.scheduler / trials:.0f} ms",
            f"{1000 * self.search / trials:.0f} ms",
            f"{self.file_bytes / trials / 1000:,.0f} kB",
            f"{self.event_bytes / trials / 1000:,.1f} kB",
        ]
        return f"| {' | '.join(cells)} |"


HEAD = (
    "| workers | trials an hour | a training | on top, median | 95 % | scheduler works | "
    "search works | files | events |\n|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)


@click.command()
@click.option("--dataset", default="digits", show_default=True)
@click.option("--epochs", default=40, show_default=True)
@click.option("--trials", default=24, show_default=True, help="For each number of workers.")
def main(dataset: str, epochs: int, trials: int) -> None:
    click.echo(HEAD)
    for workers in WORKERS:
        config = TrainingConfig(dataset=dataset, epochs=epochs, val_size=200)
        click.echo(str(measure(workers, config, trials)))


def measure(workers: int, config: TrainingConfig, trials: int) -> Row:
    """Train so many trials on a cluster with so many workers."""
    row = Row(workers)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cluster = Cluster(folder)
        for _ in range(workers):
            cluster.worker()
        place = ClusterPlace(cluster.address, lambda text: click.echo(text, err=True))
        try:
            wait_until(lambda: len(place.workers) == workers, "workers")
            _train_all(place, folder / "first", config, workers, Row(workers))
            scheduler, search = psutil.Process(cluster.scheduler.pid), psutil.Process()
            before = _work(scheduler), _work(search)
            began = time.perf_counter()
            with _counted(row):
                _train_all(place, folder / "runs", config, trials, row)
            row.seconds = time.perf_counter() - began
            row.scheduler = _work(scheduler) - before[0]
            row.search = _work(search) - before[1]
        finally:
            place.close()
            cluster.close()
    return row


def _train_all(
    place: ClusterPlace, folder: Path, config: TrainingConfig, trials: int, row: Row
) -> None:
    """Train so many, as many at once as there are workers."""
    left = iter(range(trials))
    taking = threading.Lock()

    def serve() -> None:
        while True:
            with taking:
                if next(left, None) is None:
                    return
            _train(place, folder / new_run_id(), config, row)

    threads = [threading.Thread(target=serve) for _ in range(row.workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _train(place: ClusterPlace, folder: Path, config: TrainingConfig, row: Row) -> None:
    write_config(folder, config.to_dict())
    run = Run(folder)
    began = time.perf_counter()
    with RunWriter(folder, None) as writer:
        ending = place.train(run, writer, config, lambda _: True, resume=False)
    seconds = time.perf_counter() - began
    started, finished = run.last("started"), run.last("finished")
    if started is None or finished is None:
        raise click.ClickException(f"a trial ended as {ending}: {run.events[-1:]}")
    trained = finished["time"] - started["time"]
    row.trained += trained
    row.overhead.append(seconds - trained)
    row.event_bytes += run.events_path.stat().st_size


@contextmanager
def _counted(row: Row) -> Iterator[None]:
    """Count the bytes of files that come."""
    apply = cluster_trial.apply

    def count(pieces: Iterable[Piece], folder: Path) -> None:
        came = list(pieces)
        row.file_bytes += sum(len(piece.content or b"") for piece in came)
        apply(came, folder)

    cluster_trial.apply = count
    try:
        yield
    finally:
        cluster_trial.apply = apply


def _work(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


if __name__ == "__main__":
    main()
