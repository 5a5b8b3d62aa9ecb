"""The work of one process on a search: trials as long as there are some, and time."""

import queue
import threading
import time
from contextlib import suppress
from functools import partial

from nn.cli.search.place import Place
from nn.cli.search.progress import SearchBar
from nn.cli.search.trials import Task, Trials
from nn.cli.train.control import Command, Commands, complain
from nn.runs.schema import OUT_OF_TIME
from nn.search import Search, SearchWriter
from nn.search.schema import FAILED

LEFT, FINISHED, STOPPED, BROKEN = "left", "finished", "stopped", "failed"
"""How the work of a process ends."""
IMPORTANCE_EVERY = 5
"""Trials after which the importance of the settings is told anew."""
MOST_FAILED = 20
"""If so many trials in a row fail, and none has finished, the search does."""
_LOOK_SECONDS = 1.0
_WAKE = Command("wake")


class Work:
    """Trains trials, as many at once as the place has slots, and obeys commands meanwhile.

    signal: the number of the signal that ended it, else 0.
    message: for people, why it ended.

    Args:
        search, writer: of the same folder.
        place: where networks are trained.
        commands: what to do.
        bar: where progress is shown.
    """

    def __init__(
        self,
        search: Search,
        writer: SearchWriter,
        place: Place,
        commands: Commands,
        bar: SearchBar,
    ) -> None:
        self.signal, self.message = 0, ""
        self._search, self._writer = search, writer
        self._place, self._commands, self._bar = place, commands, bar
        self._trials = Trials(search, writer)
        self._threads: dict[int, threading.Thread] = {}
        self._may_work, self._is_over = threading.Event(), threading.Event()
        self._may_work.set()
        self._ending, self._reason = "", ""
        self._is_empty = False
        self._error: BaseException | None = None
        self._telling = threading.Lock()

    def run(self) -> str:
        """Work to the end, and write that; returns how it ended. Raises what a thread raised."""
        self._begin()
        while self._staff():
            self._look()
            self._obey(self._next())
        if self._error is not None:
            self._leave()
            raise self._error
        return self._close()

    def _begin(self) -> None:
        with self._writer.alone:
            self._search.refresh()
            if not self._search.events:
                self._writer.write("started", trials=self._search.settings.most_trials)
            elif self._search.status_with_process != FINISHED and not self._writer.has_company:
                self._writer.write("resumed")

    def _staff(self) -> bool:
        """See to it that each slot has its thread; whether any is at work."""
        if not self._ending and not self._is_empty:
            for slot in range(self._place.slots):
                thread = self._threads.get(slot)
                if thread is None or not thread.is_alive():
                    self._threads[slot] = threading.Thread(
                        target=self._serve, args=(slot,), name=f"slot {slot}", daemon=True
                    )
                    self._threads[slot].start()
        return any(thread.is_alive() for thread in self._threads.values())

    def _serve(self, slot: int) -> None:
        """Train one trial after another, until there is none, or no slot for them."""
        try:
            while slot < self._place.slots:
                self._may_work.wait()
                if self._is_over.is_set():
                    return
                task = self._trials.take()
                if task is not None:
                    self._train(task)
                elif self._trials.others_train:  # if they are killed it is for us to go on
                    self._is_over.wait(_LOOK_SECONDS)
                else:
                    self._is_empty = True
                    return
        except BaseException as error:  # the main thread raises it
            self._error = error
            self._end(LEFT)
        finally:
            self._commands.put(_WAKE)

    def _train(self, task: Task) -> None:
        goes_on = partial(self._trials.goes_on, task)
        resume = bool(task.run.events)
        ending = self._place.train(task.run, task.writer, task.config, goes_on, resume)
        if ending == "interrupted":
            self._trials.leave(task)
            return
        self._trials.end(task, self._reason or STOPPED)
        with self._telling:
            self._search.refresh()
            ended = self._search.ended
            self._bar.ended(self._search, task.number)
            if len(ended) % IMPORTANCE_EVERY == 0:
                self._trials.tell_importance()
        last = ended[-MOST_FAILED:]
        if len(last) == MOST_FAILED and all(trial.state == FAILED for trial in last):
            self.message = f"the last {MOST_FAILED} trials failed: {last[-1].message}"
            self._end(BROKEN)

    def _look(self) -> None:
        """Show how far it is, and see whether the time is up or the place gone."""
        self._search.refresh()
        now = time.time()
        if self._place.lost and not self._ending:
            self.message = self._place.lost
            self._end(LEFT)
        elif self._search.seconds_worked(now) >= self._search.settings.seconds and not self._ending:
            self._reason = OUT_OF_TIME
            self._end(FINISHED)
        self._bar.show(self._search, now)

    def _next(self) -> Command:
        """The next command; one that says nothing when it is time to look again."""
        left = self._search.settings.seconds - self._search.seconds_worked(time.time())
        try:
            return self._commands.get(timeout=min(_LOOK_SECONDS, max(0.01, left)))
        except queue.Empty:
            return _WAKE

    def _obey(self, command: Command) -> None:
        if command.name == "pause" and self._may_work.is_set() and not self._ending:
            self._may_work.clear()
            self._place.steer(command)
            self._writer.write("paused")
        elif command.name == "resume" and not self._may_work.is_set():
            self._writer.write("resumed")
            self._place.steer(command)
            self._may_work.set()
        elif command.name == "stop":
            self._end(STOPPED)
        elif command.name in ("closed", "signal"):
            self.signal = int(command.value)
            self._end(LEFT)
        elif command.name == "set":
            complain("set", "a search takes pause, resume and stop")

    def _end(self, ending: str) -> None:
        """Begin no trial any more, and end those that are trained: for good, or to be gone on with
        where the process only leaves. What was told first counts, but leaving always does."""
        if not self._ending or ending == LEFT:
            self._ending = ending
            name = "closed" if ending == LEFT else "stop"
            self._place.steer(Command(name, reason=self._reason))
        self._is_over.set()
        self._may_work.set()

    def _close(self) -> str:
        ending = self._ending or FINISHED
        with self._writer.alone:
            self._search.refresh()
            if ending == FINISHED and self._trials.all_have_ended:
                if self._search.status_with_process != FINISHED:  # nobody else was faster
                    self._trials.tell_importance()
                    why = {"reason": self._reason} if self._reason else {}
                    self._writer.write("finished", **why)
            elif ending in (STOPPED, BROKEN) and not self._writer.has_company:
                self._trials.tell_importance()
                self._writer.write(ending, **({"message": self.message} if self.message else {}))
            else:
                self._leave()
        self._search.refresh()
        self._bar.show(self._search, time.time())
        return ending

    def _leave(self) -> None:
        """Say that nobody works on it any more, if nobody does."""
        if not self._writer.has_company:
            with suppress(OSError):  # the disk may be full, and that the reason
                self._writer.write("left")
