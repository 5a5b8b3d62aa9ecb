"""Which number of threads a training uses, and goes on with."""

import joblib
import pytest

from nn.runs import Run, RunWriter
from nn.training import blas_threads as blas

SMALL = ("--dataset", "digits", "--hidden", 8, "--epochs", 1)


@pytest.fixture
def used(monkeypatch):
    """The numbers of threads that were asked for, on a machine of three cores."""
    numbers = []
    monkeypatch.setattr(blas, "set_threads", numbers.append)
    monkeypatch.setattr(joblib, "cpu_count", lambda: 3)
    return numbers


@pytest.fixture
def interrupted(cli, tmp_path, used):
    """`interrupted(*options)`: the folder of a run begun so, as if its end had not come yet."""

    def begin(*options):
        folder = tmp_path / "r"
        result = cli("train", *SMALL, "--run", folder, *options)
        assert result.exit_code == 0, result.output
        events = folder / "events.jsonl"
        events.write_text(
            events.read_text(encoding="utf-8").splitlines(keepends=True)[0], encoding="utf-8"
        )
        assert Run(folder).status == "interrupted"
        used.clear()
        return folder

    return begin


def test_all_cores_unless_told_otherwise(cli, tmp_path, used):
    cli("train", *SMALL, "--run", tmp_path / "a")
    cli("train", *SMALL, "--run", tmp_path / "b", "--threads", 2)
    assert used == [3, 2]


def test_a_resumed_run_has_as_many_as_before(cli, interrupted, used):
    folder = interrupted("--threads", 2)
    assert cli("train", "--run", folder, "--resume").exit_code == 0
    assert used == [2]


def test_as_many_as_when_it_was_resumed_last(cli, interrupted, used):
    folder = interrupted("--threads", 2)
    with RunWriter(folder, None) as writer:
        writer.write("resumed", from_step=0, threads=1)
    assert cli("train", "--run", folder, "--resume").exit_code == 0
    assert used == [1]


def test_a_number_that_is_given_wins(cli, interrupted, used):
    folder = interrupted("--threads", 2)
    assert cli("train", "--run", folder, "--resume", "--threads", 1).exit_code == 0
    assert used == [1]
    assert [event["threads"] for event in Run(folder).events if "threads" in event] == [2, 1]


@pytest.mark.parametrize("threads", [None, "two", 0, 10**9])
def test_a_run_that_does_not_tell_has_all_cores(cli, interrupted, used, threads):
    folder = interrupted()
    with RunWriter(folder, None) as writer:
        (folder / "events.jsonl").write_text("", encoding="utf-8")
        writer.write("started", threads=threads)
    assert cli("train", "--run", folder, "--resume").exit_code == 0
    assert used == [3]
