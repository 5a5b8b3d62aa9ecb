"""How many runs can be pinned: of one browser, and of all together."""

from pathlib import Path

import pytest

from nn.runs.pinned import is_pinned, set_pinned
from tests.ui.runs.test_clearing import MINE, OTHER, ended
from ui.runs.pins import pin


@pytest.fixture(autouse=True)
def limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRATCH_NN_PINNED_EACH", "2")
    monkeypatch.setenv("SCRATCH_NN_KEPT_RUNS", "6")
    monkeypatch.setenv("SCRATCH_NN_KEPT_MEGABYTES", "10")


def test_each_browser_has_so_many(tmp_path: Path) -> None:
    mine, theirs = [ended(tmp_path, MINE) for _ in range(3)], ended(tmp_path, OTHER)
    for path in (*mine[:2], mine[1], theirs):  # one of them twice, which is no other
        pin(path, unlimited=False)
    with pytest.raises(ValueError, match="At most 2"):
        pin(mine[2], unlimited=False)
    set_pinned(theirs, False)
    pin(mine[2], unlimited=True)  # the operator
    assert [is_pinned(path) for path in (*mine, theirs)] == [True, True, True, False]


def test_all_together_have_half_of_what_is_kept(tmp_path: Path) -> None:
    for browser in "abc":
        pin(ended(tmp_path, browser * 64), unlimited=False)
    with pytest.raises(ValueError, match="half of the room"):
        pin(ended(tmp_path, "d" * 64), unlimited=True)


def test_and_half_of_the_disk(tmp_path: Path) -> None:
    pin(ended(tmp_path, MINE, megabytes=3), unlimited=False)
    with pytest.raises(ValueError, match="half of the room"):
        pin(ended(tmp_path, MINE, megabytes=3), unlimited=False)
