"""Whose a run is, as its folder tells."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from nn import runs
from ui.runs import owners
from ui.runs.owners import (
    MOST_BROWSERS,
    Owner,
    add_browser,
    owned_by,
    read_owner,
    rename_browser,
    set_person,
    write_owner,
)

MINE, OTHER = "a" * 64, "b" * 64


def test_a_run_is_its_browsers_alone(tmp_path: Path) -> None:
    for name in ("1", "2", "3"):
        runs.write_config(tmp_path / name, {})
    write_owner(tmp_path / "1", Owner((MINE,), "Mia"))
    write_owner(tmp_path / "3", Owner((OTHER, MINE)))
    (tmp_path / "file").touch()
    assert [path.name for path in owned_by(tmp_path, MINE)] == ["3", "1"]
    assert [path.name for path in owned_by(tmp_path, OTHER)] == ["3"]
    assert read_owner(tmp_path / "1") == Owner((MINE,), "Mia")
    assert not read_owner(tmp_path / "2").has(MINE)
    assert list(owned_by(tmp_path / "nothing", MINE)) == []


def test_the_reins_are_given_to_another_browser_once(tmp_path: Path) -> None:
    write_owner(tmp_path, Owner((MINE,), "Mia"))
    for _ in range(2):
        add_browser(tmp_path, OTHER)
    assert read_owner(tmp_path) == Owner((MINE, OTHER), "Mia")
    for number in range(2 * MOST_BROWSERS):
        add_browser(tmp_path, f"{number:064x}")
    assert len(read_owner(tmp_path).browsers) == MOST_BROWSERS


def test_a_browser_takes_the_place_of_another(tmp_path: Path) -> None:
    write_owner(tmp_path, Owner((OTHER, MINE)))
    rename_browser(tmp_path, MINE, "c" * 64)
    rename_browser(tmp_path, "unknown", "d" * 64)
    assert read_owner(tmp_path).browsers == (OTHER, "c" * 64)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        '{"browsers": 3, "person": ""}',
        '{"browsers": ["\\ud800"], "person": ""}',
        f'{{"browsers": ["{MINE.upper()}"], "person": ""}}',
        f'{{"browsers": ["{MINE}", 3], "person": ""}}',
        f'{{"browsers": "{MINE}", "person": ""}}',
        f'{{"browsers": ["{MINE}"]}}',
        "\0",
        "null",
        "[" * 100_000,
    ],
)
def test_a_spoilt_file_is_nobodys(tmp_path: Path, content: str) -> None:
    (tmp_path / "owner").write_text(content, encoding="utf-8")
    assert read_owner(tmp_path) == Owner()
    assert not read_owner(tmp_path).has(MINE)


def test_a_person_is_named_in_one_short_line(tmp_path: Path) -> None:
    write_owner(tmp_path, Owner((MINE,), " Mia\n" + "x" * 100))
    assert read_owner(tmp_path).person == "Mia " + "x" * (runs.MAX_NAME - 4)


@pytest.mark.parametrize(
    "other_change",
    [
        lambda folder: add_browser(folder, "c" * 64),
        lambda folder: rename_browser(folder, MINE, "c" * 64),
        lambda folder: set_person(folder, "Mia"),
    ],
)
def test_of_two_changes_at_once_none_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other_change: Callable[[Path], None]
) -> None:
    write_owner(tmp_path, Owner((MINE,)))
    both_have_read = threading.Barrier(2)

    def read_and_wait(folder: Path) -> Owner:
        owner = read_owner(folder)
        with suppress(threading.BrokenBarrierError):  # the other one waits until this has written
            both_have_read.wait(0.2)
        return owner

    monkeypatch.setattr(owners, "read_owner", read_and_wait)
    changes = (lambda folder: add_browser(folder, OTHER), other_change)
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(change, tmp_path) for change in changes]:
            done.result()
    now = read_owner(tmp_path)
    assert now.has(OTHER)
    assert now.has("c" * 64) or now.person == "Mia"


def test_a_person_may_be_called_as_no_run_may(tmp_path: Path) -> None:
    write_owner(tmp_path, Owner((MINE,), "Yours: “Mia” · small"))
    assert read_owner(tmp_path).person == "Yours: “Mia” · small"
