"""The line on disk: so that it goes on where it was when the server has ended somehow.

Each server has a folder of its own beside the runs, and holds its lock. What lies in one that
nobody holds was the line of a server that is no more: the next one takes it over.
"""

import json
import logging
import re
import secrets
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, Self

from nn.checks import learning_rate
from nn.replacing import replacing
from nn.runs.json_text import read_json
from nn.runs.lock import Lock, is_locked, take_lock
from nn.search.folder import SEARCHES
from ui.runs.line import Entry, TrainingLine

MOST_RESTARTS = 3
"""A run that was under way when the server ended so often in a row waits for its owner: perhaps it
is why."""

_FOLDER = ".line-"
_LINE = "line.json"
_MOST = 5000
_MOST_COUNT = 10**12
_NAME = re.compile(rf"({SEARCHES}/)?[\w-]{{1,100}}", re.ASCII)
_log = logging.getLogger(__name__)


class LineFile:
    """Keeps the line of this server among the runs in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._runs = folder
        self._folder = folder / f"{_FOLDER}{secrets.token_hex(6)}"
        self._lock: Lock | None = None
        self._written = ""
        self._former: dict[Path, Lock] = {}
        """Folders of servers that are no more whose line is in this server's, but perhaps not on
        disk yet."""

    def write(self, line: TrainingLine) -> None:
        """Keep it as it is now. Where that is impossible the log says why: then what is new in it
        is forgotten if the server ends.

        The files that it was taken over from go only afterwards, so that a run stands in one of
        them at each moment.
        """
        if self._keep(line):
            while self._former:
                folder, lock = self._former.popitem()
                shutil.rmtree(folder, ignore_errors=True)
                lock.close()

    def _keep(self, line: TrainingLine) -> bool:
        """Write it where it is another than is on disk; whether it is there then."""
        if not self._written and not line.waiting and not line.under_way:
            return True
        content = {
            "waiting": [_told(entry) for entry in line.waiting],
            "under_way": [_told(entry) for entry in line.under_way],
            "turns": line.turns,
            "fixed": line.fixed,
        }
        text = json.dumps(content)
        if text == self._written:
            return True
        try:
            if self._lock is None:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._lock = take_lock(self._folder)
            with replacing(self._folder / _LINE) as file:
                file.write_text(text, encoding="utf-8", newline="\n")
            self._written = text
            return True
        except OSError:
            _log.exception("the line of trainings cannot be kept")
            return False

    def take_over(self, line: TrainingLine) -> None:
        """Put what waited or was under way on servers that are no more into this line, first what
        was under way. Their files are kept, and held, until the line is written."""
        for folder in sorted(self._runs.glob(f"{_FOLDER}*")):
            if folder != self._folder and (folder / _LINE).is_file() and not is_locked(folder):
                with suppress(OSError):  # another server was quicker
                    lock = take_lock(folder)
                    try:
                        _take_over(folder / _LINE, line)
                    except BaseException:
                        lock.close()
                        raise
                    self._former[folder] = lock


def _take_over(path: Path, line: TrainingLine) -> None:
    try:
        kept = _Kept.read(path)
    except ValueError as error:
        _log.warning("a line of trainings cannot be read: %s", error)
        kept = _Kept([], [], {}, {})
    here = {entry.run_id for entry in (*line.waiting, *line.under_way)}
    line.remember(kept.turns)
    for entry in kept.waiting:
        if entry.run_id not in here:
            line.join(entry)  # in the order that they had
            here.add(entry.run_id)
    first = [
        one for one in kept.under_way if one.run_id not in here and one.restarts < MOST_RESTARTS
    ]
    for entry in first:
        line.join(replace(entry, goes_on=True, restarts=entry.restarts + 1))
    moves = {entry.run_id: place for place, entry in enumerate(first, 1)}
    moves |= {run_id: place + len(first) for run_id, place in kept.fixed.items()}
    for run_id, place in sorted(moves.items(), key=lambda move: move[1]):
        line.move(run_id, place)


class _Kept(NamedTuple):
    """What was kept of a line."""

    waiting: list[Entry]
    under_way: list[Entry]
    turns: dict[str, int]
    fixed: dict[str, int]

    @classmethod
    def read(cls, path: Path) -> Self:
        """What is in a file; ValueError if it is no line."""
        content = read_json(path.read_bytes())
        if not isinstance(content, dict):
            raise ValueError("it must hold a JSON object")
        waiting, under_way = (_entries(content.get(name)) for name in ("waiting", "under_way"))
        return cls(waiting, under_way, _counts(content.get("turns")), _counts(content.get("fixed")))


def _entries(value: Any) -> list[Entry]:
    if not isinstance(value, list) or len(value) > _MOST:
        raise ValueError("its runs must be a list")
    return [_entry(one) for one in value]


def _entry(value: Any) -> Entry:
    if not isinstance(value, dict):
        raise ValueError("a run must be a JSON object")
    goes_on, restarts = value.get("goes_on"), value.get("restarts")
    rate = value.get("learning_rate")
    if not isinstance(goes_on, bool) or not isinstance(restarts, int) or restarts < 0:
        raise ValueError("a run must say whether it goes on, and its restarts")
    return Entry(
        _name(value.get("run_id")),
        _name(value.get("visitor")),
        goes_on=goes_on,
        restarts=restarts,
        learning_rate=None if rate is None else learning_rate(rate),
    )


def _counts(value: Any) -> dict[str, int]:
    if not isinstance(value, dict) or len(value) > _MOST:
        raise ValueError("counts must be a JSON object")
    if not all(isinstance(count, int) and 0 <= count <= _MOST_COUNT for count in value.values()):
        raise ValueError("counts must be whole numbers")
    return {_name(name): count for name, count in value.items()}


def _name(value: Any) -> str:
    """The name of a run, search or visitor; never a path to elsewhere."""
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise ValueError("a name must be letters, digits, - and _")
    return value


def _told(entry: Entry) -> dict[str, Any]:
    """What is kept of a run; not from where its visitor came."""
    return {
        "run_id": entry.run_id,
        "visitor": entry.visitor,
        "goes_on": entry.goes_on,
        "restarts": entry.restarts,
        "learning_rate": entry.learning_rate,
    }
