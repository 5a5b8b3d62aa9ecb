"""How much memory a contender's processes take, as Linux counts it."""

import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

INTERVAL = 0.02  # seconds between two looks

PROC = Path("/proc")


@dataclass(frozen=True)
class Memory:
    """Megabytes (10⁶ bytes) of a process and its descendants; what they share counts once.

    `private` is what the processes have made themselves; `total` is everything that is resident,
    with programs and mapped files, of which they are taken to share all that any of them has.
    """

    total: float
    private: float


class PeakMemory:
    """Looks at a process and its descendants while in the `with` block; `peak` is the most.

    None where the system doesn't tell (not Linux).
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
    private = files = 0
    for process in (pid, *_descendants(pid)):
        with suppress(OSError):  # it has just ended
            shares = _kilobytes(PROC / str(process) / "smaps_rollup")
            private += shares.get("Pss_Anon", 0) + shares.get("Pss_Shmem", 0)
            # Not its share: other programs may have the same libraries open.
            files = max(files, _kilobytes(PROC / str(process) / "status").get("RssFile", 0))
    return Memory((private + files) * 1024 / 1e6, private * 1024 / 1e6) if private else None


def _kilobytes(file: Path) -> dict[str, int]:
    """The lines "name: number kB" of one of the system's files."""
    found = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition(":")
        if value.endswith(" kB"):
            found[name] = int(value.split()[0])
    return found


def _descendants(pid: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError):
        for task in (PROC / str(pid) / "task").iterdir():
            for child in map(int, (task / "children").read_text(encoding="utf-8").split()):
                found += [child, *_descendants(child)]
    return found
