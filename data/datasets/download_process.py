"""The download itself: a child process of `data.datasets.download`, never imported elsewhere.

    python -m data.datasets.download_process NAME

Puts a dataset into the cache. It prints a JSON object a line: `done` and `total` bytes whenever
some have arrived and, if it fails, `kind` (one of those that `data.datasets.download` explains)
and `detail`. It ends as soon as its standard input is closed, so it never outlives the process
that started it.
"""

import errno
import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

from data.datasets import store
from data.datasets.catalog import dataset_info
from data.datasets.checked_download import CorruptArchive, NetworkError, download_checked
from data.datasets.info import DatasetInfo, Published
from data.datasets.torchvision_list import TorchvisionMissing, TorchvisionUnreadable


def main(name: str) -> int:
    """Downloads the dataset; the exit code is 0 if it is in the cache."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    info = dataset_info(name)
    assert isinstance(info.origin, Published)
    progress = _Progress(info)
    try:
        with store.lock(info, timeout=-1, on_wait=progress.watch):
            if store.read(info) is None:
                with store.partial_folder(info) as folder:
                    _download(info, info.origin, folder, progress)
    except Exception as error:
        _say(kind=_kind(error), detail=" ".join(str(error).split()) or type(error).__name__)
        return 1
    return 0


def _end_with_parent() -> None:
    # Not sys.stdin.read(): its lock, held by this thread, would abort the interpreter's exit.
    while os.read(0, 1024):
        pass
    os._exit(1)


def _download(info: DatasetInfo, origin: Published, folder: Path, progress: "_Progress") -> None:
    wanted = origin.archives()
    paths = []
    for i, archive in enumerate(wanted):
        progress.begin(is_last=i == len(wanted) - 1)
        paths.append(download_checked(archive, folder, progress.report))
    arrays = folder / "arrays"
    arrays.mkdir()
    store.write_arrays(arrays, origin.read(paths))
    store.publish(info, arrays)


class _Progress:
    """Tells how many bytes have arrived, of how many.

    Only the last archive's server makes the total known; until then it is what the catalog says.
    """

    def __init__(self, info: DatasetInfo) -> None:
        self._info = info
        self._before = 0  # bytes of the archives that are complete
        self._done = 0
        self._is_last = False

    def begin(self, is_last: bool) -> None:
        """An archive comes next."""
        self._before, self._is_last = self._done, is_last

    def report(self, done: int, size: int | None) -> None:
        """So many bytes of the archive have arrived."""
        self._done = self._before + done
        total = round(1e6 * self._info.megabytes)
        if self._is_last and size is not None:
            total = self._before + size
        _say(done=self._done, total=max(total, self._done))

    def watch(self) -> None:
        """Another process downloads it: tell how far it is."""
        done = 0
        for path in store.partial_path(self._info).glob("*.*"):
            try:
                done += path.stat().st_size
            except OSError:  # it has just gone
                return
        _say(done=done, total=max(round(1e6 * self._info.megabytes), done))


def _say(**message: Any) -> None:
    print(json.dumps(message), flush=True)


def _kind(error: Exception) -> str:
    """What went wrong, as `data.datasets.download` explains it to the user."""
    match error:
        case TorchvisionMissing():
            return "missing"
        case TorchvisionUnreadable():
            return "broken"
        case NetworkError():
            return "network"
        case CorruptArchive() | ValueError() | EOFError():
            return "corrupt"
        case OSError(errno=errno.ENOSPC | errno.EDQUOT):
            return "disk"
        case OSError():
            return "cache"
    return "unknown"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
