"""Searches that were deleted: there to be brought back for a while, then gone for good."""

from pathlib import Path

import pytest

from nn.runs.deleted import UNDO_SECONDS, bring_back
from nn.runs.lock import RunLocked, take_lock
from nn.search import Search, list_searches, parse_parameter, write_search
from nn.search.deleted import remove_deleted_searches, set_aside_search
from nn.search.settings import SearchSettings
from nn.training.config import TrainingConfig

SETTINGS = SearchSettings(
    TrainingConfig(dataset="digits", val_size=9), (parse_parameter("l1=0|1"),)
)


def a_search(folder: Path) -> Path:
    write_search(folder / "one", SETTINGS)
    return folder / "one"


def test_it_is_in_no_list_and_comes_back_as_it_was(tmp_path: Path) -> None:
    folder = a_search(tmp_path)

    place = set_aside_search(folder)
    remove_deleted_searches(tmp_path)
    assert list_searches(tmp_path) == []
    assert bring_back(place) == folder
    assert Search(folder).settings == SETTINGS


def test_after_a_while_it_is_gone_for_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = set_aside_search(a_search(tmp_path))
    later = int(place.name.split("-")[0]) + UNDO_SECONDS + 1
    monkeypatch.setattr("nn.search.deleted.time.time", lambda: later)

    remove_deleted_searches(tmp_path)
    assert not place.exists()


def test_one_that_a_process_works_on_stays(tmp_path: Path) -> None:
    folder = a_search(tmp_path)
    with take_lock(folder), pytest.raises(RunLocked):
        set_aside_search(folder)
    assert folder.is_dir()
