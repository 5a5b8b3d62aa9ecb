"""Which trials of searches can be done without: all that have ended but the best few of each."""

from pathlib import Path

from nn.runs.folder import is_folder_name
from nn.search import Search, read_origin
from nn.search.folder import SEARCHES

KEPT_BEST = 3
"""So many of a search are kept as any other training is: those that its page puts beside each
other."""


class SpareTrials:
    """Tells of the runs in `folder`, as they are at this moment."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / SEARCHES
        self._spare: dict[str, frozenset[str]] = {}
        """The ids of the runs that can be done without, by search."""

    def has(self, run_folder: Path) -> bool:
        """Whether the run there is a trial that can be done without."""
        origin = read_origin(run_folder)
        if origin is None or not is_folder_name(origin.search):
            return False
        if origin.search not in self._spare:
            self._spare[origin.search] = self._of(origin.search)
        return run_folder.name in self._spare[origin.search]

    def _of(self, search_id: str) -> frozenset[str]:
        try:
            search = Search(self._folder / search_id)
            ended = {trial.run_id for trial in search.ended}
            best = {trial.run_id for trial in search.ranking[:KEPT_BEST]}
        except (OSError, ValueError):  # it was deleted: its trials are trainings like any other
            return frozenset()
        return frozenset(ended - best)
