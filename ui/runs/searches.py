"""The searches of this server: each in a process of its own, with one place in the line.

A search is a folder (see `nn.search`), and its trials are runs beside all others. In the line it is
one training of its visitor: it waits, gives way at the end of its turn and goes on by itself.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from nn import runs
from nn.search import Search, SearchSettings, Trial, remove_search, write_search
from nn.search.deleted import set_aside_search
from nn.search.folder import SEARCHES
from nn.search.origin import ORIGIN
from ui.runs import files as run_files
from ui.runs import owners
from ui.runs.budget import max_seconds
from ui.runs.line_limits import check_line
from ui.runs.places import Places
from ui.runs.readers import RunReaders, search_key
from ui.runs.standing import new_entry, state_of
from ui.runs.state import SearchState
from ui.shared.operator_settings import KEPT_RUNS, operator_setting

_log = logging.getLogger(__name__)


class Searches:
    """Starts searches and tells of them; safe to use from threads.

    What is true of both is done by `ui.runs.jobs` with a search's key: to send it a command, to end
    its process at once, to move it in the line, and to tell who may steer it.

    Args:
        folder: where the runs' folders are.
        lock: of the places.
        places: who has one and who waits.
        readers: of the runs and searches.
        make_room: removes old runs; ValueError if there is no room for more.
    """

    def __init__(
        self,
        folder: Path,
        lock: threading.RLock,
        places: Places,
        readers: RunReaders,
        make_room: Callable[[], None],
    ) -> None:
        self._runs = folder
        self._folder = folder / SEARCHES
        self._lock = lock
        self._places = places
        self._readers = readers
        self._make_room = make_room
        self._given: dict[str, set[str]] = {}
        """The trials of each search that are its owner's by now."""
        self._seen: set[str] = set()
        """Searches whose owner has looked at what came of them."""

    def start(
        self,
        settings: SearchSettings,
        owner: owners.Owner | None = None,
        *,
        address: str = "",
        on_cluster: bool = False,
    ) -> str:
        """Put a new search in line and return its id; the arguments as those of `Jobs.start`, and
        whether its trials are to be trained on the operator's cluster. It searches no longer than
        the operator allows one training.

        Raises ValueError if the line or the disk is too full; OSError if nothing can be written.
        """
        search_id = runs.new_run_id()
        folder = self._folder / search_id
        settings = _in_time(settings)
        with self._lock:
            self._places.take_over()
            entry = new_entry(search_key(search_id), owner, address)
            check_line(self._places.line, entry.visitor, address)
            self._make_room()
            self._forget_oldest()
            write_search(folder, settings)
            run_files.write_token(folder)
            if on_cluster:
                run_files.set_for_cluster(folder)
            if owner is not None:
                owners.write_owner(folder, owner)
            self._places.queue(entry)
        return search_id

    def resume(self, search_id: str, *, address: str = "") -> None:
        """Put a search that has ended early in line again; ValueError if there is none, or the line
        is too long."""
        with self._lock:
            state = self.state(search_id)
            if state is None:
                raise ValueError("There is no such search any more.")
            if not state.is_moving:
                owner = owners.read_owner(state.search.folder)
                entry = new_entry(state.key, owner, address)
                check_line(self._places.line, entry.visitor, address)
                self._places.queue(entry)
                self._seen.discard(search_id)

    def leave_line(self, search_id: str) -> None:
        """Take a search out of the line; one that has never begun is removed."""
        with self._lock:
            if self._places.withdraw(search_key(search_id)):
                search = self._readers.read_search(search_id)
                if search is not None and not search.events:
                    self._remove(search)

    def delete(self, search_id: str) -> None:
        """Delete a search that is not under way, so that it can be brought back for a while; its
        trials stay, as trainings of their own.

        Raises ValueError if there is none, or it is under way; OSError if it can't be removed.
        """
        with self._lock:
            state = self.state(search_id)
            if state is None:
                raise ValueError("There is no such search any more.")
            if state.is_moving:
                raise ValueError("It is not over yet: stop it first.")
            self.give_trials(state.search)
            set_aside_search(state.search.folder)
            self._forget(search_id)

    def state(self, search_id: str) -> SearchState | None:
        """How it is with a search; None if there is none of this id, which may be anything."""
        with self._lock:
            state = state_of(search_key(search_id), self._readers, self._places, self._places.line)
            if not isinstance(state, SearchState):
                return None
            self.give_trials(state.search)
        return state

    def all(self) -> list[SearchState]:
        """All searches, also those that a terminal started, the newest first."""
        states = [self.state(name) for name in self._names()]
        return [state for state in states if state is not None]

    def note_seen(self, search_id: str) -> None:
        """Note that its owner looks at a search that has ended."""
        with self._lock:
            self._seen.add(search_id)

    def was_seen(self, search_id: str) -> bool:
        """Whether its owner has looked at a search since it ended, as far as this server knows."""
        with self._lock:
            return search_id in self._seen

    def give_trials(self, search: Search) -> None:
        """Make those trials that have ended trainings of the search's owner, whom they obey from
        then on. Until then they obey the search."""
        token, given = run_files.read_token(search.folder), self._given.setdefault(search.id, set())
        if token is None:  # started in a terminal, as its trials are then
            return
        for trial in search.trials:
            folder = search.run_folder(trial.run_id)
            if trial.ended is None or trial.run_id in given or not _has_training(trial, folder):
                continue
            try:
                if run_files.read_token(folder) is None:
                    owners.write_owner(folder, owners.read_owner(search.folder))
                    run_files.write_token(folder)
                given.add(trial.run_id)
            except OSError:
                _log.exception("trial %s can't be given to its owner", trial.run_id)

    def _names(self) -> Sequence[str]:
        with suppress(OSError):
            return sorted((entry.name for entry in self._folder.iterdir()), reverse=True)
        return ()

    def _forget_oldest(self) -> None:
        """Remove the oldest searches of the app until there is room for one more: as many are kept
        as trainings are. They are small."""
        app = [
            state
            for state in self.all()
            if run_files.read_token(state.search.folder) is not None and not state.is_moving
        ]
        for state in app[operator_setting(KEPT_RUNS) - 1 :]:
            self._remove(state.search)

    def _remove(self, search: Search) -> None:
        try:
            remove_search(search.folder)
        except (OSError, ValueError):
            _log.exception("cannot remove search %s", search.id)
        self._forget(search.id)

    def _forget(self, search_id: str) -> None:
        self._given.pop(search_id, None)
        self._seen.discard(search_id)
        self._readers.forget_removed()
        self._places.forget([search_key(search_id)])


def _has_training(trial: Trial, folder: Path) -> bool:
    """Whether there is a training of a trial: none where its settings didn't go together."""
    return bool(trial.run_id) and (folder / ORIGIN).is_file()


def _in_time(settings: SearchSettings) -> SearchSettings:
    """The search with no more time than the operator allows one training, all trials together."""
    most = max_seconds()
    if most is None or settings.seconds <= most:
        return settings
    return replace(settings, minutes=most / 60)
