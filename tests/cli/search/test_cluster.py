"""Trials on a Dask cluster: a real scheduler and workers, of which some die."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import numpy as np
import pytest

import nn
from benchmarks.local_cluster import DEADLINE, Cluster, wait_until
from nn.cli.search import cluster_connection, cluster_trial
from nn.cli.search.cluster import open_cluster
from nn.cli.search.cluster_place import ClusterPlace
from nn.cli.train.control import Command, Commands
from nn.cli.train.session import GoesOn
from nn.cli.train.training import perform
from nn.history.reader import History
from nn.runs import Run, RunWriter, new_run_id, write_config
from nn.runs.schema import PRUNED, RunEvent
from nn.training.blas_threads import limited_threads
from nn.training.config import TrainingConfig


@pytest.fixture(autouse=True)
def look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that nothing waits for it: what workers there are, what is new in their folders, and
    whether a training can be ordered again."""
    monkeypatch.setattr(cluster_connection, "LOOK_SECONDS", 0.1)
    monkeypatch.setattr(cluster_trial, "FIRST_FETCH_SECONDS", 0.2)
    monkeypatch.setattr(cluster_trial, "FETCH_SECONDS", 0.2)
    monkeypatch.setattr(cluster_trial, "AGAIN_SECONDS", 0.1)


QUICK = {"dataset": "digits", "hidden": (16,), "val_size": 200, "batch_size": 32}
LONG = 100_000
"""Epochs: it ends only when it is stopped."""


def new_run(folder: Path, **settings: Any) -> Run:
    path = folder / new_run_id()
    write_config(path, TrainingConfig(**QUICK | settings).to_dict())
    return Run(path)


class Training(threading.Thread):
    """A run that is trained at a place, in a thread."""

    def __init__(
        self,
        place: ClusterPlace,
        run: Run,
        goes_on: GoesOn = lambda _: True,
        *,
        resume: bool = False,
    ) -> None:
        super().__init__(daemon=True)
        self.run_ = run
        self.ending: str | None = None
        self._place, self._goes_on, self._resume = place, goes_on, resume
        self.start()

    def run(self) -> None:
        config = TrainingConfig.from_dict(self.run_.config)
        with RunWriter(self.run_.folder, None) as writer:
            self.ending = self._place.train(self.run_, writer, config, self._goes_on, self._resume)

    def end(self) -> str | None:
        """Wait for the end; how it was."""
        self.join(DEADLINE)
        self.run_.refresh()
        return self.ending

    def wait_for(self, kind: str, count: int = 1) -> None:
        def has_come() -> bool:
            self.run_.refresh()
            return sum(event["type"] == kind for event in self.run_.events) >= count

        wait_until(has_come, kind)


def trained_here(run: Run) -> Run:
    """The same training without a cluster, as a worker with one thread does it."""
    config = TrainingConfig.from_dict(run.config)
    folder = run.folder.with_name(f"{run.id}-here")
    write_config(folder, run.config)
    with limited_threads(1), RunWriter(folder, None) as writer:
        perform(Run(folder), config, writer, Commands(), threads=1, resume=False, steered=True)
    return Run(folder)


def wait_for_checkpoint(run: Run) -> None:
    """Wait until the second one is here: the first is of the very beginning."""
    wait_until(run.checkpoint_path.exists, "checkpoint")
    first = run.checkpoint_path.stat().st_mtime_ns
    wait_until(lambda: run.checkpoint_path.stat().st_mtime_ns > first, "second checkpoint")


def same_weights(one: Run, other: Run) -> bool:
    return np.array_equal(nn.load(one.model_path).parameters, nn.load(other.model_path).parameters)


@pytest.fixture(scope="module")
def clusters() -> Iterator[list[Cluster]]:
    """The tests share the last one; those before it have lost their scheduler."""
    started: list[Cluster] = []
    yield started
    for cluster in started:
        cluster.close()


@pytest.fixture
def cluster(clusters: list[Cluster], tmp_path_factory: pytest.TempPathFactory) -> Cluster:
    """A scheduler and one worker."""
    if not clusters or clusters[-1].scheduler.poll() is not None:
        clusters.append(Cluster(tmp_path_factory.mktemp("cluster")))
        clusters[-1].worker()
    return clusters[-1]


@pytest.fixture
def said() -> list[str]:
    """What is said to people."""
    return []


@pytest.fixture
def place(cluster: Cluster, said: list[str]) -> Iterator[ClusterPlace]:
    """The cluster, with a worker that is ready."""
    place = open_cluster(cluster.address, said.append)
    yield place
    place.steer(Command("closed"))
    place.close()


def test_a_run_trained_on_a_worker_is_as_one_that_is_trained_here(
    place: ClusterPlace, runs: Path
) -> None:
    run = new_run(runs, epochs=3)
    asked: list[RunEvent] = []
    training = Training(place, run, lambda event: not asked.append(event))

    assert training.end() == "finished"
    here = trained_here(run)
    assert same_weights(run, here)
    assert [event["epoch"] for event in asked] == [1, 2]
    assert [event["val_loss"] for event in run.epochs] == [e["val_loss"] for e in here.epochs]
    closing, expected = run.last("finished"), here.last("finished")
    assert closing is not None
    assert expected is not None
    for name in ("test_accuracy", "val_loss", "best_epoch", "temperature"):
        assert closing[name] == expected[name]
    assert not run.checkpoint_path.exists()
    assert len(History(run.folder).whole()) > 1


def test_a_training_goes_on_elsewhere_from_its_checkpoint_when_its_worker_is_killed(
    cluster: Cluster, place: ClusterPlace, runs: Path
) -> None:
    run = new_run(runs, epochs=LONG)
    training = Training(place, run)
    wait_for_checkpoint(run)
    (worker,) = (worker for worker in cluster.workers if worker.poll() is None)
    worker.kill()
    cluster.worker()
    training.wait_for("resumed")
    epochs = len(run.epochs)
    training.wait_for("epoch", epochs + 3)
    place.steer(Command("stop"))

    assert training.end() == "stopped"
    assert run.last("resumed")["from_step"] > 0
    assert [event["epoch"] for event in run.epochs] == list(range(1, len(run.epochs) + 1))
    here = trained_here(new_run(runs, epochs=len(run.epochs)))
    assert [event["val_loss"] for event in run.epochs] == [e["val_loss"] for e in here.epochs]
    nn.load(run.model_path)


def test_what_is_decided_here_after_an_epoch_ends_the_training_there(
    place: ClusterPlace, runs: Path
) -> None:
    asked: list[float] = []

    def goes_on(event: RunEvent) -> bool:
        asked.append(event["epoch"])
        return len(asked) < 3

    run = new_run(runs, epochs=LONG)
    assert Training(place, run, goes_on).end() == "stopped"
    assert run.last("stopped")["reason"] == PRUNED
    assert asked == [1, 2, 3]
    nn.load(run.model_path)


def test_a_training_is_paused_closed_and_resumed(
    cluster: Cluster, place: ClusterPlace, runs: Path
) -> None:
    run = new_run(runs, epochs=LONG)
    training = Training(place, run)
    training.wait_for("epoch", 2)
    place.steer(Command("pause"))
    training.wait_for("paused")
    place.steer(Command("closed"))
    assert training.end() == "interrupted"
    assert run.status == "interrupted"
    step = run.last("paused")["step"]

    another = open_cluster(cluster.address, print)
    training = Training(another, run, resume=True)
    training.wait_for("resumed")
    another.steer(Command("stop"))
    assert training.end() == "stopped"
    another.close()
    assert run.last("resumed")["from_step"] == step


def test_a_worker_without_the_project_is_passed_over_and_one_that_joins_trains(
    cluster: Cluster, place: ClusterPlace, said: list[str], tmp_path: Path, runs: Path
) -> None:
    assert place.slots == 1
    without = cluster.worker(tmp_path)
    wait_until(lambda: said, "sentence")
    assert "No module named 'nn'" in said[0]
    joined = cluster.worker()
    wait_until(lambda: place.slots == 2, "second worker")
    trainings = [Training(place, new_run(runs, epochs=LONG)) for _ in range(2)]
    for training in trainings:
        training.wait_for("epoch")
    place.steer(Command("stop"))
    assert [training.end() for training in trainings] == ["stopped", "stopped"]
    without.kill()
    joined.kill()
    wait_until(lambda: place.slots == 1, "end of the second worker")


def test_a_worker_with_other_code_is_refused(
    cluster: Cluster, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_connection, "CODE", "of another state")
    place = open_cluster(cluster.address, said.append)
    place.close()
    assert "the project's code there is another than here" in said[0]
    assert said[-1].startswith("There is no worker that can train yet")


def test_a_scheduler_that_comes_back_is_used_and_one_that_does_not_interrupts(
    clusters: list[Cluster],
    cluster: Cluster,
    place: ClusterPlace,
    tmp_path: Path,
    runs: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A connection may take so long on a busy computer.
    monkeypatch.setattr(cluster_connection, "LOOK_SECONDS", 0.5)
    run = new_run(runs, epochs=LONG)
    training = Training(place, run)
    wait_for_checkpoint(run)
    cluster.scheduler.kill()
    cluster.scheduler.wait()
    back = Cluster(tmp_path, cluster.port)
    clusters.append(back)
    back.worker()
    training.wait_for("resumed")
    assert run.last("resumed")["from_step"] > 0

    monkeypatch.setattr(cluster_connection, "RETURN_SECONDS", 0.1)
    back.scheduler.kill()
    back.scheduler.wait()  # the next test starts another
    assert training.end() == "interrupted"
    assert run.status == "interrupted"
    assert run.can_go_on
    assert place.lost == f"the Dask scheduler at {place.address} is gone"


@pytest.mark.parametrize("address", ["10.0.0.5", "10.0.0.5:8786", "http://10.0.0.5:80", "tcp://"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(click.ClickException, match=r"like tcp://10\.0\.0\.5:8786, got"):
        open_cluster(address, print)


def test_where_no_scheduler_answers_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_connection, "CONNECT_SECONDS", 0.3)
    with pytest.raises(click.ClickException, match="no Dask scheduler answers"):
        open_cluster("tcp://127.0.0.1:9", print)


def test_without_distributed_the_command_that_installs_it_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in [name for name in sys.modules if name.startswith("nn.cli.search.cluster_")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(click.ClickException, match=r"pip install -r requirements-cluster\.txt"):
        open_cluster("tcp://127.0.0.1:9", print)
