"""The trainings this server runs: each in a process of its own, steered through its input.

A run is a folder (see `nn/runs/`), and what a page shows it reads there. This module starts the
processes, a few at a time, and passes commands on. It works without any page open: a thread waits
for each process, and when that ends the next run in line begins.
"""

import threading
from pathlib import Path
from typing import Any

import joblib
import streamlit as st

import data
import nn
from nn import runs
from nn.checks import learning_rate as check_learning_rate
from nn.runs.deleted import set_aside
from nn.runs.reader import START
from ui.runs import files as run_files
from ui.runs import owners
from ui.runs.budget import check_budget, check_rest
from ui.runs.clearing import clear_away
from ui.runs.estimate import Estimate, estimate
from ui.runs.line import TrainingLine
from ui.runs.line_limits import check_line
from ui.runs.looked_at import looked_at
from ui.runs.pace import Pace
from ui.runs.places import CommandLine, Places
from ui.runs.process import command_line
from ui.runs.readers import RunReaders, Work, is_search
from ui.runs.resumed_rate import may_change_rate
from ui.runs.searches import Searches
from ui.runs.standing import new_entry, state_of
from ui.runs.state import Line, RunState, State


@st.cache_resource(show_spinner=False)
def jobs() -> "Jobs":
    """The one `Jobs` of this server."""
    return Jobs(runs.runs_folder(), max(1, joblib.cpu_count() // 2), command_line)


class Jobs:
    """Starts and steers training processes, at most `limit` at a time; safe to use from threads.

    searches: those of this server, which are in the same line.

    Args:
        folder: where the runs' folders are.
        limit: how many processes may live at the same time; further runs wait in line.
        command_line: makes that of a process.
    """

    def __init__(self, folder: Path, limit: int, command_line: CommandLine) -> None:
        self._folder = folder
        self._lock = threading.RLock()
        self._readers = RunReaders(folder)
        self._pace = Pace()
        with self._lock:
            self._places = Places(
                folder, limit, command_line, self._readers, self._lock, self._ended
            )
            self.searches = Searches(
                folder, self._lock, self._places, self._readers, self.make_room
            )
            self._places.take_over()

    def check(self, config: nn.TrainingConfig) -> Estimate:
        """What a training of these settings will take here; TooLarge, a ValueError, if that is
        more than one may."""
        return check_budget(config, self._pace.factor, self._places.limit)

    def seconds_of(self, run: runs.Run) -> float | None:
        """What all of a run is thought to take here; None where its settings don't tell."""
        try:
            config = nn.TrainingConfig.from_dict(run.config)
        except ValueError:
            return None
        known = config.dataset in data.DATASETS  # another version may know more
        return estimate(config, self._pace.factor).seconds if known else None

    def start(
        self,
        config: nn.TrainingConfig,
        owner: owners.Owner | None = None,
        *,
        address: str = "",
        first: nn.Network | None = None,
    ) -> str:
        """Put a new run in line and return its id; `owner` may steer it without its token.

        Args:
            config: its settings.
            owner: whose it is.
            address: from where it is started; "" where that is not known.
            first: the network that it begins with; None for random weights.

        Raises ValueError if the line or the disk is too full, or the training would take too much;
        OSError if nothing can be written.
        """
        self.check(config)
        run_id = runs.new_run_id()
        with self._lock:
            self._places.take_over()
            entry = new_entry(run_id, owner, address)
            check_line(self._places.line, entry.visitor, address)
            self.make_room()
            runs.write_config(self._folder / run_id, config.to_dict())
            if first is not None:
                nn.save(first, self._folder / run_id / START)
            run_files.write_token(self._folder / run_id)
            if owner is not None:
                owners.write_owner(self._folder / run_id, owner)
            self._places.queue(entry)
            self._clear_away()
        return run_id

    def resume(self, run_id: str, *, address: str = "", learning_rate: float | None = None) -> None:
        """Put a run that has ended early in line again, to go on where it was.

        Args:
            run_id: of the run.
            address: as above.
            learning_rate: another one, from there on; None for that which it had.

        Raises ValueError if there is no such run, it can't have that rate, the line is too long, or
        the run has had all the time that it may.
        """
        if learning_rate is not None:
            check_learning_rate(learning_rate)
        with self._lock:
            state = self.state(run_id)
            if state is None:
                raise ValueError("There is no such training any more.")
            if not state.is_moving:
                check_rest(state.run)
                if learning_rate is not None and not may_change_rate(state.run):
                    raise ValueError("This training can't go on with another learning rate.")
                owner = owners.read_owner(state.run.folder)
                entry = new_entry(run_id, owner, address, learning_rate)
                check_line(self._places.line, entry.visitor, address)
                self._places.queue(entry)

    def delete(self, run_id: str) -> Path:
        """Delete a run that is not under way; returns where it lies until it can't be brought back
        any more. ValueError if there is none or it is under way, OSError if it can't be moved.
        """
        with self._lock:
            state = self.state(run_id)
            if state is None:
                raise ValueError("There is no such training any more.")
            if state.is_moving:
                how = "stop it" if state.place is None else "take it out of the line"
                raise ValueError(f"It is not over yet: {how} first.")
            place = set_aside(state.run)
            self._readers.forget_removed()
        return place

    def cancel(self, run_id: str) -> None:
        """Take a run out of the line; one that has never begun is removed."""
        with self._lock:
            if self._places.withdraw(run_id):
                run = self._readers.read_run(run_id)
                if run is not None and not run.events:
                    run_files.remove(run)

    def move(self, run_id: str, place: int) -> None:
        """Give a run that waits another place in the line, 1 for the next to begin."""
        with self._lock:
            self._places.move(run_id, place)

    def send(self, run_id: str, command: dict[str, Any]) -> bool:
        """Send a command to the process of a run; False if there is none (any more)."""
        with self._lock:
            return self._places.send(run_id, command)

    def end_now(self, run_id: str) -> None:
        """End the process of a run at once, which doesn't do what it was told."""
        with self._lock:
            self._places.end_now(run_id)

    def state(self, run_id: str) -> RunState | None:
        """How it is with a run; None if there is none of this name.

        All visitors share one reader per run, which reads each line of its events once.
        """
        with self._lock:
            state = self._state(run_id, self._places.line)
        return state if isinstance(state, RunState) else None

    def recent(self, most: int = 20, skip: int = 0) -> list[RunState]:
        """The newest runs after so many newer ones, also those that a terminal started."""
        found = runs.list_runs(self._folder)[skip : skip + most]
        states = [self.state(run.id) for run in found]
        return [state for state in states if state is not None]

    def own(self, browser: str) -> list[RunState]:
        """The runs that a browser may steer, the newest first."""
        states = [self.state(path.name) for path in owners.owned_by(self._folder, browser)]
        return [state for state in states if state is not None]

    def own_under_way(self, browser: str) -> str | None:
        """The id of the run that a browser may steer and that has a process or else waits for one,
        the newest if there are several."""
        with self._lock:
            waiting = [entry.run_id for entry in self._places.line.waiting]
            for keys in (self._places.processes, waiting):
                for run_id in sorted((key for key in keys if not is_search(key)), reverse=True):
                    if owners.read_owner(self._folder / run_id).has(browser):
                        return run_id
        return None

    def place_of_next(self, browser: str) -> int | None:
        """Which place another run of this browser would have in the line; None if it would begin
        at once."""
        with self._lock:
            place = self._places.line.with_another(browser).place("")
            # The process of one that has ended is gone in a moment.
            ending = [state.key for state in self.line().active if not state.is_moving]
            has_room = len(self._places.processes) - len(ending) < self._places.limit
            is_free = has_room and self._places.may_have_another(browser, but=ending)
            return None if is_free and place == 1 else place

    def line(self, joining: str | None = None) -> Line:
        """What has a process now, and what waits for one: who gives way and when as if a run of
        the browser `joining` waited too."""
        with self._lock:
            line = self._places.line
            if joining is not None:
                line = line.with_another(joining)
            active = [self._state(run_id, line) for run_id in self._places.processes]
            waiting = [self._state(entry.run_id, line) for entry in line.waiting]
        return Line(
            [state for state in active if state is not None and state.place is None],
            [state for state in waiting if state is not None],
            self._places.limit,
        )

    def process_id(self, run_id: str) -> int | None:
        """The number of a run's process; None if it has none."""
        with self._lock:
            process = self._places.processes.get(run_id)
            return None if process is None else process.pid

    def folder_of(self, run_id: str) -> Path | None:
        """The folder of a run; None if there is none of this name, which may be anything."""
        return self._folder / run_id if self._readers.is_run(run_id) else None

    def token(self, run_id: str) -> str | None:
        """The secret that allows to steer a run; None for a run that the app didn't start."""
        folder = self.folder_of(run_id)
        return None if folder is None else run_files.read_token(folder)

    def may_steer(self, run_id: str, token: str | None) -> bool:
        """Whether `token` is the secret of the run."""
        folder = self.folder_of(run_id)
        return folder is not None and run_files.fits(token, folder)

    def make_room(self) -> None:
        """Remove old runs; ValueError, in words for the page, if there is no room for more."""
        with self._lock:
            if not self._clear_away():
                raise ValueError(
                    "The trainings of the last hour take all the room that there is for them. "
                    "Delete one of yours, or try again later."
                )

    # What follows is called with the lock held.

    def _state(self, key: str, line: TrainingLine) -> State | None:
        """How it is with a run or a search if this is the line."""
        return state_of(key, self._readers, self._places, line)

    def _clear_away(self) -> bool:
        places = self._places
        waiting = {entry.run_id for entry in places.line.waiting}
        in_use = looked_at().union(places.processes)
        has_room = clear_away(self._folder, waiting, in_use)
        self._readers.forget_removed()
        places.forget([run_id for run_id in places.exit_codes if not self._readers.is_run(run_id)])
        return has_room

    def _ended(self, work: Work | None) -> None:
        """The process of a run or a search has ended."""
        if isinstance(work, runs.Run):
            self._pace.hear(work)
        elif work is not None:
            self.searches.give_trials(work)
        self._clear_away()
