"""Downloading a dataset into the cache, in a child process of its own.

A download that hangs or crashes hurts nobody there, and can be stopped at any moment.
"""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from data.datasets import local, store
from data.datasets.catalog import dataset_info
from data.datasets.info import DatasetInfo

_ROOT = Path(__file__).absolute().parents[2]
_POLL_SECONDS = 0.2
# Where a firewall drops everything, each of a server's addresses would be waited for in turn.
_FIRST_BYTE_SECONDS = 45


class DownloadError(Exception):
    """A download failed; the message says why and what to do.

    cause: what of the message came from a system or library, "" for nothing.
    """

    def __init__(self, message: str, cause: str = "") -> None:
        super().__init__(message)
        self.cause = cause

    @property
    def sentence(self) -> str:
        """The message without the cause, for people to whom that means nothing."""
        message = str(self)
        if self.cause:
            message = message.replace(f": {self.cause}", "", 1).replace(f" ({self.cause})", "", 1)
        return message


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
            each megabyte. Where nothing arrives at all it is given up after 45 seconds.
        on_progress: called several times a second with {"done": bytes, "total": bytes}.
            If it raises, the download is stopped.

    Raises:
        DownloadError: if it did not succeed.
        ValueError: if there is no dataset of that name.
    """
    info = dataset_info(name)
    if info.embedded or store.read(info) is not None:
        return
    seconds = 120 + 2 * info.megabytes if timeout is None else timeout
    try:
        store.remove_leftovers(info)
        if shutil.disk_usage(store.cache_folder()).free < info.disk_bytes:
            raise _error(info, "disk")
        try:
            _run_child(info, seconds, on_progress or (lambda progress: None))
        except BaseException:
            store.remove_leftovers(info)
            raise
    except TimeoutError as error:
        raise _error(info, "timeout", str(error)) from None
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise _error(info, "disk" if full else "cache", str(error)) from error


def _run_child(info: DatasetInfo, timeout: float, on_progress: Callable[[dict], None]) -> None:
    """Runs `data.datasets.download_process` to its end.

    The child has a pipe as standard input, whose closing tells it that this process is gone.

    Raises:
        DownloadError: if it failed.
        TimeoutError, with the number of seconds: if it took too long.
    """
    began = time.monotonic()
    limit = min(timeout, _FIRST_BYTE_SECONDS)
    said: dict[str, Any] = {"done": 0, "total": round(1e6 * info.megabytes)}
    with subprocess.Popen(
        [sys.executable, "-m", "data.datasets.download_process", info.name],
        cwd=_ROOT,
        # A folder that is named relatively is meant from here.
        env=os.environ | {"SCRATCH_NN_CACHE": str(store.cache_folder())},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None
        listener = threading.Thread(target=_listen, args=(process.stdout, said), daemon=True)
        listener.start()
        try:
            while True:
                ended = not listener.is_alive()
                on_progress({key: said[key] for key in ("done", "total")})
                if ended:
                    break
                if said["done"]:
                    limit = timeout
                if time.monotonic() > began + limit:
                    raise TimeoutError(f"{limit:.0f} seconds")
                listener.join(_POLL_SECONDS)
            process.wait()
        finally:
            process.kill()
            listener.join()
    if process.returncode != 0:
        raise _failure(info, process.returncode, said)


def _listen(pipe: IO[bytes], said: dict[str, Any]) -> None:
    """Keeps what the child says, up to its end: a thread's work."""
    for line in pipe:
        with suppress(ValueError):  # half a line, of a child that was killed
            said.update(json.loads(line))


def _failure(info: DatasetInfo, code: int, said: dict[str, Any]) -> DownloadError:
    if code < 0:
        return _error(info, "killed", signal.Signals(-code).name)
    if "kind" not in said:
        return _error(info, "unknown", f"exit code {code}")
    return _error(info, said["kind"], said["detail"])


def _error(info: DatasetInfo, kind: str, detail: str = "") -> DownloadError:
    if len(detail) > 300:
        detail = f"{detail[:300]} ..."
    # After how long it was given up is no riddle: it stays in the sentence.
    return DownloadError(_explain(info, kind, detail), "" if kind == "timeout" else detail)


def _explain(info: DatasetInfo, kind: str, detail: str) -> str:
    """The message for one kind of failure: what happened, then what to do."""
    title, cache = info.title, store.cache_folder()
    match kind:
        case "missing":
            return (
                f"Downloading {title} needs torchvision, whose list says where it is published. "
                f"torchvision is not installed: install it as the README describes and try "
                f"again{local.hint(info)}."
            )
        case "broken":
            return (
                f"torchvision is installed, but its list of datasets cannot be read: {detail}. "
                f"Install it again as the README describes{local.hint(info)}."
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
                f"{info.disk_bytes / 1e6:,.0f} MB for a while in {cache}. Free some space, "
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
                f"takes up to 250 MB. Close other programs and try again."
            )
        case _:
            return f"Downloading {title} failed: {detail}. Try again{local.hint(info)}."
