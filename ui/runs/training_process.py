"""The process of a run, as long as it lives."""

import json
import os
import signal
import subprocess
import time
from contextlib import suppress
from typing import Any

from ui.runs.readers import Work


class TrainingProcess:
    """A process that trains, and obeys what is written to its input.

    Args:
        popen: the process, which has just been started.
        run: its run, as it was before.
    """

    def __init__(self, popen: subprocess.Popen[str], run: Work) -> None:
        self.began = time.monotonic()
        self.gives_way = False
        """Whether it was told to end, so that another can have its place."""
        self.ends_now = False
        """Whether somebody had it killed."""
        self._popen = popen
        self._before = run.events[-1] if run.events else None
        self._paused: float | None = None

    @property
    def pid(self) -> int:
        """Its number."""
        return self._popen.pid

    def has_written(self, run: Work) -> bool:
        """Whether it has told something yet, whatever the clock says."""
        return bool(run.events) and run.events[-1] != self._before

    def paused_since(self, status: str) -> float | None:
        """When it was first seen to be paused, of `time.monotonic`; None if its run is not paused
        now."""
        if status != "paused":
            self._paused = None
        elif self._paused is None:
            self._paused = time.monotonic()
        return self._paused

    def send(self, command: dict[str, Any]) -> bool:
        """Write a command to its input, and wake it up if it is held; whether it can be heard."""
        if self.gives_way or self._popen.stdin is None:
            return False
        try:
            print(json.dumps(command), file=self._popen.stdin, flush=True)
        except OSError:  # it has just ended
            return False
        self._wake()
        return True

    def give_way(self) -> None:
        """Let it save everything and end, without a closing event: then it can go on later."""
        self.gives_way = True
        self._close_input()
        self._wake()

    def kill(self) -> None:
        """End it at once."""
        self._popen.kill()

    def wait(self) -> int:
        """Wait for its end; its exit code."""
        code = self._popen.wait()
        self._close_input()
        return code

    def _wake(self) -> None:
        """Let it and its workers go on if somebody holds them, as SIGSTOP does: who is held hears
        nothing. It has no effect on others."""
        if hasattr(os, "killpg"):  # not on Windows
            with suppress(OSError):
                os.killpg(self._popen.pid, signal.SIGCONT)

    def _close_input(self) -> None:
        if self._popen.stdin is not None:
            with suppress(OSError):  # a command was on its way
                self._popen.stdin.close()
