"""Threads of the matrix products."""

import os

import pytest

from nn.threads import available_cores, current_threads, set_threads


@pytest.fixture(autouse=True)
def same_number_afterwards():
    before = current_threads()
    yield
    set_threads(before)


def test_sets_the_number():
    assert set_threads(1) == 1
    assert current_threads() == 1


def test_none_means_all_cores():
    assert set_threads(None) == available_cores()
    assert current_threads() == available_cores()


def test_counts_no_more_cores_than_there_are():
    assert 1 <= available_cores() <= (os.cpu_count() or 1)


@pytest.mark.parametrize(
    ("limit", "cores"),
    [("max 100000", 8), ("250000 100000", 2), ("50000 100000", 1), ("nonsense", 8), (None, 8)],
)
def test_counts_cores_as_a_container_allows(monkeypatch, tmp_path, limit, cores):
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: range(8), raising=False)
    monkeypatch.setattr("nn.threads._CPU_LIMIT", tmp_path / "cpu.max")
    if limit is not None:
        (tmp_path / "cpu.max").write_text(limit + "\n")
    assert available_cores() == cores


@pytest.mark.parametrize("threads", [0, -1, 1.5, "two"])
def test_refuses_what_is_no_number_of_threads(threads):
    with pytest.raises(ValueError, match="threads must be a whole number from 1"):
        set_threads(threads)
