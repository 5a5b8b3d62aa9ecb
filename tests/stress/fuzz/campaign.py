"""Trying many cases of a kind, in several processes."""

import multiprocessing
import resource
import signal
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from random import Random
from typing import Any

import joblib

Trial = Callable[[Random], None]
"""Makes a case and tries it. ValueError where it was refused."""

Kind = Callable[[Path], Trial]
"""Gets a folder of its own, once for many cases."""

HANGS_SECONDS = 120
"""Of the clock, on a machine that does other things too. What counts is the processor's time."""
_SHARE = 500
"""Cases that a process tries at a time."""
_WARM = 50
"""Cases before which memory is not looked at: libraries are loaded."""
_LONGEST_REASON = 1500
_MEMORY = Path("/dev/shm")
"""Linux's file system in memory: a file that is written anew a hundred thousand times would wait
for the disk for most of the time."""


@dataclass
class Outcome:
    """What came of many cases.

    faults: what else than a ValueError was raised, with the number of the case.
    slowest: processor seconds of the slowest case.
    growth: MB of memory that a process took more than after its first cases.
    """

    tried: int = 0
    refused: int = 0
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0
    growth: float = 0.0

    def add(self, other: "Outcome") -> None:
        """Count those of another one too."""
        self.tried += other.tried
        self.refused += other.refused
        self.faults += other.faults
        self.slowest = max(self.slowest, other.slowest)
        self.growth = max(self.growth, other.growth)


def try_many(name: str, count: int) -> Outcome:
    """Try the cases 0 to `count` - 1 of a kind."""
    whole = Outcome()
    firsts = range(0, count, _SHARE)
    counts = [min(_SHARE, count - first) for first in firsts]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(joblib.cpu_count(), context) as pool:
        for outcome in pool.map(_try_some, repeat(name), firsts, counts):
            whole.add(outcome)
    return whole


_trials: dict[str, Trial] = {}
_folders: list[tempfile.TemporaryDirectory] = []
"""Kept until this process ends, which removes them."""
_after_warming: dict[str, int] = {}


def trial_of(name: str) -> Trial:
    """What tries the cases of a kind in this process."""
    if name not in _trials:
        from tests.stress.fuzz.kinds import KINDS

        folder = tempfile.TemporaryDirectory(
            prefix="fuzz-", dir=_MEMORY if _MEMORY.is_dir() else None, ignore_cleanup_errors=True
        )
        _folders.append(folder)
        _trials[name] = KINDS[name](Path(folder.name))
    return _trials[name]


def case(name: str, number: int) -> Random:
    """The generator that a case is made with."""
    return Random(f"{name} {number}")


def _try_some(name: str, first: int, count: int) -> Outcome:
    trial, outcome = trial_of(name), Outcome()
    signal.signal(signal.SIGALRM, _hang)
    warnings.simplefilter("ignore")  # Pillow's, by the thousand
    for number in range(first, first + count):
        began = time.process_time()
        signal.alarm(HANGS_SECONDS)
        try:
            trial(case(name, number))
        except ValueError as error:
            outcome.refused += 1
            if not 0 < len(str(error)) < _LONGEST_REASON:
                outcome.faults.append(f"case {number}: a reason of {len(str(error))} characters")
        except Exception as error:
            outcome.faults.append(f"case {number}: {_where(error)}")
        finally:
            signal.alarm(0)
        outcome.tried += 1
        outcome.slowest = max(outcome.slowest, time.process_time() - began)
        if name not in _after_warming and outcome.tried == _WARM:
            _after_warming[name] = _most_memory()
    outcome.growth = (_most_memory() - _after_warming.get(name, _most_memory())) / 1e3
    return outcome


def _hang(*_: Any) -> None:
    raise TimeoutError(f"it took more than {HANGS_SECONDS} s")


def _most_memory() -> int:
    """The most that this process has had, in kB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _where(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}: {error!s:.60}"
