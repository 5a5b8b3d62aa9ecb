"""When a run was begun."""

import os
from pathlib import Path

from nn.runs.begun import when_begun


def test_it_stays_the_same_after_its_turn_in_the_line(tmp_path: Path) -> None:
    settings = tmp_path / "config.json"
    settings.touch()
    os.utime(settings, (1000, 1000))
    (tmp_path / "pinned").touch()  # the folder changes, and what is in it
    assert when_begun(settings, None) == when_begun(settings, 1075.5) == 1000


def test_a_copy_began_when_the_other_did(tmp_path: Path) -> None:
    settings = tmp_path / "config.json"
    settings.touch()
    assert when_begun(settings, 1000.5) == 1000.5


def test_of_what_was_removed_it_is_not_known(tmp_path: Path) -> None:
    assert when_begun(tmp_path / "config.json", None) is None
