"""The other end of `benchmarks.worker`: starts it and gives it orders."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.cases import Case
from benchmarks.contenders import LABELS

PROJECT = Path(__file__).resolve().parents[1]

TIMEOUT = 600.0
"""Seconds for one order, compiling included; who needs longer is left out."""

TUNING = ("OPENBLAS_", "GOTO_", "OMP_", "GOMP_", "KMP_", "MKL_")
"""Beginnings of the variables with which one tunes matrix products and threads from outside."""


class LeftOut(Exception):
    """A contender can't take part; the message says why in one line."""


@dataclass(frozen=True)
class Entrant:
    """A contender, with how many threads, at what."""

    contender: str
    threads: int
    case: Case

    def __str__(self) -> str:
        threads = "1 thread" if self.threads == 1 else f"{self.threads} threads"
        return f"{LABELS[self.contender]}, {threads}"


def child_environment(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment without what tunes libraries: each contender is as its authors ship it."""
    return {name: value for name, value in environment.items() if not name.startswith(TUNING)}


class Child:
    """A contender in a process of its own, and of whatever it starts; close it in the end.

    Args:
        entrant: what it is.
        folder: with the files of `benchmarks.images`.

    The first `ask` or `wait_until_ready` waits until it is ready. Both raise LeftOut.
    """

    def __init__(self, entrant: Entrant, folder: Path) -> None:
        self.entrant = entrant
        self.details: str | None = None
        self._errors = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 (`close` closes it)
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "benchmarks.worker", entrant.contender),
                *(str(entrant.threads), json.dumps(asdict(entrant.case)), str(folder)),
            ],
            cwd=PROJECT,
            env=child_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            start_new_session=True,  # so that `close` ends the processes it has started, too
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait_until_ready(self) -> None:
        if self.details is None:
            self.details = self._answer()["details"]

    def ask(self, do: str, **order: Any) -> dict[str, Any]:
        """Give an order, see `benchmarks.worker.obey`, and wait for the answer."""
        self.wait_until_ready()
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):  # it has died: `_answer` says of what
            print(json.dumps({"do": do, **order}), file=self._process.stdin, flush=True)
        return self._answer()

    def close(self) -> None:
        self._kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            with suppress(BrokenPipeError):
                if stream:
                    stream.close()

    def _kill(self) -> None:
        """End the process and, but on Windows, those it has started."""
        if hasattr(os, "killpg"):
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
        else:
            self._process.kill()

    def _answer(self) -> dict[str, Any]:
        late = threading.Event()

        def give_up() -> None:
            late.set()
            self._kill()

        timer = threading.Timer(TIMEOUT, give_up)
        timer.start()
        try:
            assert self._process.stdout is not None
            line = self._process.stdout.readline()
        finally:
            timer.cancel()
        if late.is_set():
            raise LeftOut(f"took longer than {TIMEOUT:g} s")
        if not line:
            self._errors.seek(0)
            last = self._errors.read().strip().splitlines()[-1:]
            raise LeftOut(f"its process ended: {last[0] if last else 'without a word'}")
        answer = json.loads(line)
        if "error" in answer:
            raise LeftOut(answer["error"])
        return answer
