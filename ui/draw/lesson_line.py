"""Lessons keep a core busy for a moment: those of several visitors come one after another."""

import statistics
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Say = Callable[[str], None]
"""Shows a text to the visitor."""

LEARNING = "Learning ..."
TELL_SECONDS = 0.5
_LATELY = 10
"""So many of the last lessons tell how long one takes."""


class LessonLine:
    """Gives turns in the order in which they are asked for; safe to use from threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._line: deque[object] = deque()
        """Whose turn it is, and those who wait."""
        self._began = 0.0
        self._took: deque[float] = deque(maxlen=_LATELY)

    @contextmanager
    def turn(self, say: Say) -> Iterator[None]:
        """Wait for one's turn, and have it within the context. Who waits is told so; `say` may
        raise, for a visitor who has left the page: then there is no turn."""
        mine = object()
        with self._changed:
            self._line.append(mine)
        try:
            self._wait(mine, say)
            yield
        finally:
            with self._changed:
                if self._line[0] is mine:
                    if self._began:
                        self._took.append(time.monotonic() - self._began)
                    self._began = 0.0
                self._line.remove(mine)
                self._changed.notify_all()

    def _wait(self, mine: object, say: Say) -> None:
        said = ""
        while True:
            with self._changed:
                if self._line[0] is mine:
                    self._began = time.monotonic()
                    break
                text = self._words(self._line.index(mine))
            if text != said:
                said = text
                say(text)
            with self._changed:
                self._changed.wait_for(lambda: self._line[0] is mine, TELL_SECONDS)
        if said:
            say(LEARNING)

    def _words(self, ahead: int) -> str:
        """How many come first, and about how long they take; called with the lock held."""
        words = "Another visitor learns" if ahead == 1 else f"{ahead} others learn"
        if not self._took:
            return f"{words} first ..."
        one = statistics.median(self._took)
        begun = time.monotonic() - self._began if self._began else 0.0
        left = max(1, round(max(0.0, one - begun) + (ahead - 1) * one))
        return f"{words} first, about {left} s ..."
