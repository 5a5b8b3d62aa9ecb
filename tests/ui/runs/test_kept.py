"""What a run has kept of its way, while the run changes."""

import shutil
from pathlib import Path

import pytest

from nn.history import History
from tests.ui.train.recorded_run import record
from ui.runs import kept as kept_module
from ui.runs.kept import FILES, Kept, kept


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    record(tmp_path / "run", monkeypatch, hidden=(12,), epochs=2)
    return tmp_path / "run"


def found(run: Path, kind: str) -> Kept:
    one = kept(run, "digits", 0, kind)
    assert one is not None
    return one


@pytest.mark.parametrize("kind", FILES)
def test_a_run_that_goes_away_takes_nothing_from_what_was_read(run: Path, kind: str) -> None:
    one = found(run, kind)
    steps = one.steps
    shutil.rmtree(run)
    assert kept(run, "digits", 0, kind) is None
    assert [int(one.record(step)["step"]) for step in steps] == steps
    assert len(one.names) == len(steps)


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("about", ["", '{"format": 1, "lay', "[]", '{"format": 1}', "torn"])
def test_a_torn_history_is_none(run: Path, kind: str, about: str) -> None:
    file = run / "history" / "0" / "about.json"
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole[:-20] if about == "torn" else about, encoding="utf-8")
    assert kept(run, "digits", 0, kind) is None


def test_the_record_of_a_step_is_the_nearest_one(run: Path) -> None:
    one = found(run, "answers")
    last, before = one.steps[-1], one.steps[-2]
    assert one.record(last + 10**9)["step"] == last
    assert one.record(before + 1)["step"] == before


def test_files_are_read_again_only_when_they_have_changed(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, readings = kept_module.read, []

    def counted(history: History, kind: str) -> kept_module.Array:
        readings.append(kind)
        return read(history, kind)

    monkeypatch.setattr(kept_module, "read", counted)
    steps = found(run, "whole").steps
    found(run, "whole")
    assert readings == ["whole"]
    weights = run / "history" / "0" / "weights.bin"
    weights.write_bytes(weights.read_bytes()[:-1])
    assert found(run, "whole").steps == steps[:-1]
    assert readings == ["whole", "whole"]


def test_a_run_that_is_made_anew_has_another_key(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = found(run, "whole")
    shutil.rmtree(run)
    record(run, monkeypatch, hidden=(12,), epochs=2)
    after = found(run, "whole")
    assert (after.key != before.key, after.begun != before.begun) == (True, True)
