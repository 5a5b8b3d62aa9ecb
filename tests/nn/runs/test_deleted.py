"""A deleted run is out of every list, can be brought back as it was, and goes for good later."""

from pathlib import Path

import pytest

from nn import runs
from nn.runs import deleted
from nn.runs.deleted import bring_back, remove_deleted, set_aside
from nn.runs.pinned import is_pinned, set_pinned


def a_run(folder: Path, name: str) -> runs.Run:
    with runs.RunWriter(folder / name, {"epochs": 1}) as writer:
        writer.write("finished", 7, 1.0)
    (folder / name / "model.safetensors").write_bytes(b"weights" * 1000)
    return runs.Run(folder / name)


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_is_brought_back_is_exactly_what_was(tmp_path: Path) -> None:
    run = a_run(tmp_path, "a-b_c")
    set_pinned(run.folder, True)
    before, when = content(run.folder), run.folder.stat().st_mtime_ns
    place = set_aside(run)
    assert runs.list_runs(tmp_path) == []
    assert bring_back(place) == run.folder
    assert (content(run.folder), run.folder.stat().st_mtime_ns) == (before, when)
    assert is_pinned(run.folder)


def test_one_that_trains_is_not_deleted(tmp_path: Path) -> None:
    with runs.RunWriter(tmp_path / "a", {"epochs": 1}):
        with pytest.raises(runs.RunLocked):
            set_aside(runs.Run(tmp_path / "a"))
        assert (tmp_path / "a").is_dir()


def test_it_does_not_come_back_over_another_one(tmp_path: Path) -> None:
    place = set_aside(a_run(tmp_path, "a"))
    a_run(tmp_path, "a")
    with pytest.raises(FileExistsError):
        bring_back(place)
    assert place.is_dir()


def test_after_ten_minutes_it_is_gone_for_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = deleted.time.time()
    remove_deleted(tmp_path, 1e9)  # nothing was ever deleted
    place = set_aside(a_run(tmp_path, "a"))
    remove_deleted(tmp_path, 1e9)
    assert place.is_dir()
    monkeypatch.setattr(deleted.time, "time", lambda: now + deleted.UNDO_SECONDS + 5)
    remove_deleted(tmp_path, 1e9)
    with pytest.raises(FileNotFoundError):
        bring_back(place)


def test_many_deleted_ones_do_not_fill_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = deleted.time.time()
    places = []
    for second, name in enumerate("abc"):
        monkeypatch.setattr(deleted.time, "time", lambda passed=second: now + passed)
        places.append(set_aside(a_run(tmp_path, name)))
    remove_deleted(tmp_path, 15_000)  # each has some 7,000 bytes
    assert [place.is_dir() for place in places] == [False, True, True]
