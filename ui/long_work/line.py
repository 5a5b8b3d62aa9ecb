"""The line of pieces of work, the process that does the first, and what came of those before.

Who asks for another piece gives up the one before: so nobody can fill the line, and what somebody
tries out with a slider does not add up.
"""

import logging
import pickle
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ui.long_work.piece import Done, Failed, Piece, Progress, Running, State, Waiting
from ui.shared.child_environment import child_environment
from ui.shared.lately import Lately

MOST_KEPT_BYTES = 32_000_000
"""Of results, as they are sent."""
UNSEEN_SECONDS = 30.0
"""A piece that nobody has looked at for so long is not begun when its turn comes, and ended where
somebody waits for another one."""
MOST_SECONDS = 180.0
"""No piece may take longer."""

_log = logging.getLogger(__name__)


@dataclass
class _Asked:
    piece: Piece
    askers: set[str]
    seen: float
    progress: Progress | None = None
    process: subprocess.Popen[bytes] | None = None
    is_given_up: bool = False


@dataclass
class LongWork:
    """For all visitors and all threads of a server.

    Args:
        clock: seconds.
        most_seconds: that a piece may take.
    """

    clock: Callable[[], float] = time.monotonic
    most_seconds: float = MOST_SECONDS
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _line: OrderedDict[str, _Asked] = field(default_factory=OrderedDict)
    _is_working: bool = False

    def __post_init__(self) -> None:
        self._kept: Lately[Done | Failed] = Lately(MOST_KEPT_BYTES, self.clock)

    def state(self, key: str) -> State | None:
        """How it stands with a piece; None if nobody has asked for it, or it was given up."""
        with self._lock:
            kept = self._kept.find(key)
            if kept is not None:
                return kept
            asked = self._line.get(key)
            if asked is None or asked.is_given_up:
                return None
            asked.seen = self.clock()
            if asked.progress is not None:
                return Running(asked.progress)
            self._make_way()
            return Waiting(list(self._line).index(key))

    def ask(self, piece: Piece, asker: str) -> None:
        """Have a piece done, after those that are in line, unless that is so already.

        Args:
            asker: names a visit; what it asked for before it does not want any more.
        """
        with self._lock:
            self._leave(asker, but=piece.key)
            if isinstance(self._kept.find(piece.key), Done):
                return
            self._kept.drop(piece.key)
            asked = self._line.get(piece.key)
            if asked is not None and not asked.is_given_up:
                asked.askers.add(asker)
                return
            # One that was given up a moment ago ends, and leaves this one in its place.
            self._line[piece.key] = _Asked(piece, {asker}, self.clock())
            if not self._is_working:
                self._is_working = True
                threading.Thread(target=self._work, name="long work", daemon=True).start()

    def at_once(self, piece: Piece) -> Any:
        """What comes of a piece that takes a moment: here, and kept with the others."""
        found = self._kept.get(piece.key, lambda: Done(_result(piece)), _size)
        return found.result if isinstance(found, Done) else _result(piece)

    def give_up(self, asker: str) -> None:
        """A visit does not want its piece any more; if nobody else does, it is ended at once."""
        with self._lock:
            self._leave(asker, but=None)

    def _leave(self, asker: str, but: str | None) -> None:
        for key, asked in list(self._line.items()):
            if key == but or asker not in asked.askers:
                continue
            asked.askers.discard(asker)
            if not asked.askers:
                self._end(key, asked)

    def _end(self, key: str, asked: _Asked) -> None:
        asked.is_given_up = True
        if asked.process is not None:
            asked.process.kill()
        else:
            del self._line[key]

    def _make_way(self) -> None:
        """Somebody waits: what is being done and nobody looks at any more is ended."""
        for key, asked in list(self._line.items()):
            is_unseen = self.clock() - asked.seen > UNSEEN_SECONDS
            if asked.progress is not None and not asked.is_given_up and is_unseen:
                self._end(key, asked)

    def _work(self) -> None:
        """Do what is in line, one after another; until nothing is."""
        while (asked := self._next()) is not None:
            try:
                state, size = self._do(asked)
            except Exception:  # such as no room for another process; the line goes on
                _log.exception("%s can't be done", asked.piece.function.__name__)
                state, size = Failed("the server can't do this at the moment"), 0
            with self._lock:
                key = asked.piece.key
                if self._line.get(key) is asked:
                    del self._line[key]
                if not asked.is_given_up:
                    self._kept.keep(key, state, size)

    def _next(self) -> _Asked | None:
        with self._lock:
            for key, asked in list(self._line.items()):
                if self.clock() - asked.seen <= UNSEEN_SECONDS:
                    asked.progress = Progress()
                    return asked
                del self._line[key]
            self._is_working = False
            return None

    def _do(self, asked: _Asked) -> tuple[Done | Failed, int]:
        """What comes of a piece, and how many bytes that was."""
        with subprocess.Popen(
            [sys.executable, "-P", "-m", "ui.long_work.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=child_environment(),
            start_new_session=True,
            creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
        ) as process:
            with self._lock:
                asked.process = process
                if asked.is_given_up:
                    process.kill()
            began = self.clock()  # before the timer, so that what it kills took too long
            limit = threading.Timer(self.most_seconds, process.kill)
            limit.start()
            try:
                return self._hear(asked, process, began)
            finally:
                limit.cancel()
                process.kill()
                with suppress(BrokenPipeError):  # of what it was not sent any more
                    assert process.stdin is not None
                    process.stdin.close()

    def _hear(
        self, asked: _Asked, process: subprocess.Popen[bytes], began: float
    ) -> tuple[Done | Failed, int]:
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(OSError, EOFError, pickle.UnpicklingError):
            work = asked.piece.function, asked.piece.arguments
            pickle.dump(work, process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            while True:
                counted = _Counted(process.stdout.read, process.stdout.readline)
                message = pickle.load(counted)
                if not isinstance(message, Progress):
                    return message, counted.size
                asked.progress = message
        if asked.is_given_up:
            return Failed("given up"), 0
        if self.clock() - began >= self.most_seconds:
            return Failed(f"this takes longer than the {self.most_seconds:g} s it may"), 0
        _log.error("the process of %s ended without a result", asked.piece.function.__name__)
        return Failed("the server has ended this: perhaps it has too little memory"), 0


@dataclass
class _Counted:
    """A file that is read, and how many bytes came."""

    _read: Callable[[int], bytes]
    _readline: Callable[[], bytes]
    size: int = 0

    def read(self, count: int) -> bytes:
        content = self._read(count)
        self.size += len(content)
        return content

    def readline(self) -> bytes:
        content = self._readline()
        self.size += len(content)
        return content


def _result(piece: Piece) -> Any:
    steps = piece.function(*piece.arguments)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def _size(state: Done | Failed) -> int:
    """As it would be sent; arrays are not copied for it."""
    arrays: list[int] = []
    rest = pickle.dumps(
        state, protocol=5, buffer_callback=lambda one: arrays.append(one.raw().nbytes)
    )
    return len(rest) + sum(arrays)


@cache
def long_work() -> LongWork:
    """That of this server."""
    return LongWork()
