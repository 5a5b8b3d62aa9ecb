"""A whole search on a Dask cluster, of which processes are killed."""

from collections.abc import Callable
from pathlib import Path

from benchmarks.local_cluster import Cluster, wait_until
from nn.runs import Run
from nn.search import Search
from tests.cli.conftest import Process

EPOCHS = 80
OPTIONS = (
    *("--dataset", "digits", "--hidden", "16", "--val-size", "200", "--epochs", EPOCHS),
    *("--param", "learning_rate=log:0.01..0.5", "--sampler", "random", "--no-prune"),
    *("--trials", 4, "--json"),
)


def has_come(runs: Path, kind: str) -> bool:
    """Whether any of the runs has an event of this type."""
    return any(Run(path.parent).last(kind) for path in runs.glob("*/events.jsonl"))


def test_no_trial_is_lost_or_counted_twice_when_the_search_and_a_worker_are_killed(
    tmp_path: Path, runs: Path, start: Callable[..., Process]
) -> None:
    folder = runs / "searches" / "here"
    cluster = Cluster(tmp_path)
    try:
        workers = [cluster.worker(), cluster.worker()]
        command = ("search", "--search", folder, "--dask", cluster.address)
        first = start(*command, *OPTIONS)
        wait_until(lambda: has_come(runs, "epoch"), "epoch")
        first.popen.kill()
        first.popen.wait()
        second = start(
            "search", "--search", folder, "--dask", cluster.address, "--resume", "--json"
        )
        wait_until(lambda: has_come(runs, "resumed"), "training that goes on")
        workers[0].kill()
        code, _, err = second.end()
        assert code == 0, err
    finally:
        cluster.close()

    search = Search(folder)
    assert search.status == "finished"
    assert [trial.number for trial in search.trials] == [0, 1, 2, 3]
    assert {trial.state for trial in search.trials} == {"finished"}
    assert len({trial.run_id for trial in search.trials}) == 4
    for trial in search.trials:
        run = Run(search.run_folder(trial.run_id))
        assert [event["epoch"] for event in run.epochs] == list(range(1, EPOCHS + 1))
        assert run.model_path.exists()
