"""Downloading a dataset into the cache, with torchvision, in a child process of its own.

torch and torchvision take seconds to import and hundreds of megabytes, so no other process ever
imports them; and a download that hangs or crashes hurts nobody.
"""

import errno
import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from data.datasets import local, store
from data.datasets.catalog import DatasetInfo, dataset_info

_ROOT = Path(__file__).absolute().parents[2]
_POLL_SECONDS = 0.2
# torchvision keeps archives here while it downloads; unpacked files lie beside or below them.
_ARCHIVES = ("*/raw/*.gz", "*/raw/*.zip", "*.bz2")


class DownloadError(Exception):
    """A download failed; the message says why and what to do."""


def download(
    name: str,
    *,
    timeout: float | None = None,
    on_progress: Callable[[dict], None] | None = None,
) -> None:
    """Downloads a dataset into the cache; does nothing if it is there already.

    If another process is downloading the same one, waits for its result. Whatever happens,
    the cache then holds the whole dataset or nothing of it.

    Args:
        name: one of `data.DATASETS`.
        timeout: seconds until it is given up; by default two minutes and two seconds for
            each megabyte.
        on_progress: called several times a second with {"done": bytes, "total": bytes}.
            If it raises, the download is stopped.

    Raises:
        DownloadError: if it did not succeed.
        ValueError: if there is no dataset of that name.
    """
    info = dataset_info(name)
    if info.embedded:
        return
    seconds = 120 + 2 * info.megabytes if timeout is None else timeout
    deadline = time.monotonic() + seconds

    def report() -> None:
        if on_progress is not None:
            on_progress(_progress(info))

    try:
        with store.lock(info, seconds, on_wait=report) as lock:
            if store.read(info) is not None:
                return
            with store.partial_folder(info) as folder:
                if shutil.disk_usage(folder).free < _needed_bytes(info):
                    raise DownloadError(_explain(info, "disk"))
                _run_child(info, folder, lock, deadline, report)
                _publish(info, folder / "arrays")
    except TimeoutError:
        raise DownloadError(_explain(info, "timeout", f"{seconds:.0f} seconds")) from None
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise DownloadError(_explain(info, "disk" if full else "cache", str(error))) from error


def _run_child(
    info: DatasetInfo, folder: Path, lock: int, deadline: float, report: Callable[[], None]
) -> None:
    """Runs `data.datasets.torchvision_download` to its end.

    The child inherits the lock, so that nobody touches the folder while it lives, and a pipe
    as standard input, whose closing tells it that this process is gone.
    """
    with subprocess.Popen(
        [sys.executable, "-m", "data.datasets.torchvision_download", info.name, str(folder)],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=[lock],
    ) as process:
        try:
            while process.poll() is None:
                report()
                if time.monotonic() > deadline:
                    raise TimeoutError
                with suppress(subprocess.TimeoutExpired):
                    process.wait(_POLL_SECONDS)
        finally:
            process.kill()
        output, _ = process.communicate()
    if process.returncode != 0:
        raise DownloadError(_failure(info, process.returncode, output))


def _publish(info: DatasetInfo, folder: Path) -> None:
    try:
        store.publish(info, folder)
    except ValueError as error:
        raise DownloadError(_explain(info, "corrupt", str(error))) from error


def _failure(info: DatasetInfo, code: int, output: bytes) -> str:
    if code < 0:
        return _explain(info, "killed", signal.Signals(-code).name)
    try:
        said = json.loads(output.splitlines()[-1])
        return _explain(info, said["kind"], said["detail"])
    except (IndexError, ValueError):
        return _explain(info, "unknown", f"exit code {code}")


def _progress(info: DatasetInfo) -> dict:
    folder, total = store.partial_path(info) / "download", round(info.megabytes * 1e6)
    done = 0
    for pattern in _ARCHIVES:
        for path in folder.glob(pattern):
            with suppress(FileNotFoundError):
                done += path.stat().st_size
    return {"done": min(done, total), "total": total}


def _needed_bytes(info: DatasetInfo) -> float:
    """Disk space while it is downloaded and unpacked, roughly."""
    images = 784 * (info.train_size + info.test_size)
    if info.name.startswith("emnist"):
        # All six parts of the archive are unpacked, first to .gz files, then to 2.2 GB.
        return 2 * info.megabytes * 1e6 + 2.2e9 + images
    return info.megabytes * 1e6 + 2 * images


def _explain(info: DatasetInfo, kind: str, detail: str = "") -> str:
    """The message for one kind of failure: what happened, then what to do."""
    if len(detail) > 300:
        detail = f"{detail[:300]} ..."
    title, cache = info.title, store.cache_folder()
    match kind:
        case "missing":
            return (
                f"Downloading {title} needs torchvision, which is not installed. Install it as "
                f"the README describes and try again{local.hint(info)}."
            )
        case "broken":
            return (
                f"torchvision is installed but does not start: {detail}. Most often torch and "
                f"torchvision don't fit together: install both again, from the same place, as "
                f"the README describes{local.hint(info)}."
            )
        case "network":
            return (
                f"{title} could not be downloaded: {detail}. Check the internet connection and "
                f"try again{local.hint(info)}."
            )
        case "corrupt":
            return (
                f"What arrived is not {title} as it was published ({detail}): the download was "
                f"damaged, or a proxy or login page answered instead of the server. Nothing of "
                f"it was kept; try again{local.hint(info)}."
            )
        case "disk":
            return (
                f"The disk is too full: downloading {title} takes about "
                f"{_needed_bytes(info) / 1e6:,.0f} MB for a while in {cache}. Free some space, "
                f"or set SCRATCH_NN_CACHE to a folder on another disk."
            )
        case "cache":
            return (
                f"{title} can't be kept in {cache}: {detail}. Make that folder writable, or set "
                f"SCRATCH_NN_CACHE to one that is."
            )
        case "timeout":
            return (
                f"Downloading {title} was given up after {detail}. Nothing of it was kept; "
                f"try again when the connection is better{local.hint(info)}."
            )
        case "killed":
            return (
                f"The download of {title} was killed ({detail}), perhaps for lack of memory: it "
                f"takes about 1 GB. Close other programs and try again."
            )
        case _:
            return f"Downloading {title} failed: {detail}. Try again{local.hint(info)}."
