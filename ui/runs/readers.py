"""One reader for each run that is looked at, so that each line of its events is read once.

A search is read in the same way. In the line, and wherever something stands for either, the key of
a run is its id, and that of a search has `searches/` before it: so it is where its folder is.
"""

import time
from pathlib import Path

from nn import runs
from nn.runs.folder import is_folder_name
from nn.runs.reader import EVENTS
from nn.search import Search
from nn.search.folder import SEARCHES

Work = runs.Run | Search

KEPT_READERS = 50
"""Runs whose events are kept in memory, those used last; each may hold some megabytes."""


def search_key(search_id: str) -> str:
    """The name of a search in the line."""
    return f"{SEARCHES}/{search_id}"


def is_search(key: str) -> bool:
    """Whether a key is that of a search."""
    return key.startswith(f"{SEARCHES}/")


class RunReaders:
    """The readers of the runs and searches in `folder`. Not safe to use from several threads at
    once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._readers: dict[str, Work] = {}
        self._heard: dict[str, float] = {}
        """When something new was last found in a run, of `time.monotonic`."""

    def is_run(self, run_id: str) -> bool:
        """Whether this is the name of a folder of a run or search, and no path to elsewhere."""
        name = run_id.removeprefix(f"{SEARCHES}/")
        if name == SEARCHES or not is_folder_name(name):
            return False
        try:
            return (self._folder / run_id).is_dir()
        except OSError:  # a name that is too long for this disk
            return False

    def read_run(self, run_id: str) -> runs.Run | None:
        """The run, read up to now; None if there is none of this name."""
        work = None if is_search(run_id) else self.read(run_id)
        return work if isinstance(work, runs.Run) else None

    def read_search(self, search_id: str) -> Search | None:
        """The search, read up to now; None if there is none of this id."""
        work = self.read(search_key(search_id))
        return work if isinstance(work, Search) else None

    def read(self, run_id: str) -> Work | None:
        """The run or search, read up to now; None if there is none of this name."""
        reader = self._readers.pop(run_id, None)
        if not self.is_run(run_id):
            self._heard.pop(run_id, None)
            return None
        try:
            kind = Search if is_search(run_id) else runs.Run
            run = reader or kind(self._folder / run_id)
            is_news = run.refresh()
        except (OSError, ValueError):  # it can't be read, or has just been removed
            self._heard.pop(run_id, None)
            return None
        if reader is None:
            self._heard[run_id] = time.monotonic() - _age(run)
        elif is_news:
            self._heard[run_id] = time.monotonic()
        self._readers[run_id] = run  # as the last one
        if len(self._readers) > KEPT_READERS:
            self._forget(next(iter(self._readers)))
        return run

    def silence(self, run_id: str) -> float:
        """For how many seconds nothing new has been found in a run that has been read; by no clock
        that anybody sets, nor by what its process says."""
        return time.monotonic() - self._heard[run_id]

    def forget_removed(self) -> None:
        """Let go of the readers of runs that are no more."""
        for run_id in [name for name in self._readers if not self.is_run(name)]:
            self._forget(run_id)

    def _forget(self, run_id: str) -> None:
        del self._readers[run_id]
        self._heard.pop(run_id, None)


def _age(run: Work) -> float:
    """How long ago something was last written into a run that nobody has looked at before."""
    try:
        return max(0.0, time.time() - (run.folder / EVENTS).stat().st_mtime)
    except OSError:
        return 0.0
