"""How much memory a contender's processes take, as Linux counts it."""

import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

INTERVAL = 0.02  # seconds between two looks

PROC = Path("/proc")


@dataclass(frozen=True)
class Memory:
    """Megabytes (10⁶ bytes) of a process and its descendants; shared pages count once.

    `total` is everything that is resident, programs and mapped files too; `private` is without
    what is mapped from files: what the processes have made themselves.
    """

    total: float
    private: float


class PeakMemory:
    """Looks at a process and its descendants while in the `with` block; `peak` is the most.

    None where the system doesn't tell (not Linux). A page that several processes map counts in
    each by its share, so other users of the same libraries must not run at the same time.
    """

    def __init__(self, pid: int) -> None:
        self.peak: Memory | None = None
        self._pid = pid
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "PeakMemory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while True:
            now = memory_of(self._pid)
            if now:
                peak = self.peak or now
                self.peak = Memory(max(peak.total, now.total), max(peak.private, now.private))
            if self._done.wait(INTERVAL):
                return


def memory_of(pid: int) -> Memory | None:
    """What a process and its descendants take now; None if it can't be told."""
    total = private = 0
    for process in (pid, *_descendants(pid)):
        with suppress(OSError, ValueError):  # it has just ended
            fields = {}
            for line in (PROC / str(process) / "smaps_rollup").read_text().splitlines()[1:]:
                name, kilobytes, *_ = line.split()
                fields[name] = int(kilobytes)
            total += fields.get("Pss:", 0)
            private += fields.get("Pss_Anon:", 0) + fields.get("Pss_Shmem:", 0)
    return Memory(total * 1024 / 1e6, private * 1024 / 1e6) if total else None


def _descendants(pid: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError):
        for task in (PROC / str(pid) / "task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                found += [child, *_descendants(child)]
    return found
