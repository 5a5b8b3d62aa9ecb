"""The download itself: a child process of `data.datasets.download`, never imported elsewhere.

    python -m data.datasets.torchvision_download NAME FOLDER

Lets torchvision fetch and check the dataset's archives in FOLDER/download and writes the images
and labels as .npy files to FOLDER/arrays. If it fails it prints one JSON object with `kind` (one
of those that `data.datasets.download` explains) and `detail`. It ends as soon as its standard input
is closed, so it never outlives the process that started it.
"""

import errno
import gzip
import http.client
import json
import os
import socket
import sys
import threading
import urllib.error
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from data.datasets import store
from data.datasets.small_images import enlarge

# A server that says nothing for so long is given up.
_SILENCE_SECONDS = 30


class _TorchvisionError(Exception):
    def __init__(self, kind: str, cause: Exception) -> None:
        super().__init__(str(cause))
        self.kind = kind


def main(name: str, folder: Path) -> int:
    """Downloads the dataset; the exit code is 0 if the arrays are complete."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    socket.setdefaulttimeout(_SILENCE_SECONDS)
    try:
        arrays = _fetch(name, folder / "download")
        (folder / "arrays").mkdir()
        store.write_arrays(folder / "arrays", arrays)
    except Exception as error:
        detail = " ".join(str(error).split()) or type(error).__name__
        print(json.dumps({"kind": _kind(error), "detail": detail}), flush=True)
        return 1
    return 0


def _end_with_parent() -> None:
    # Not sys.stdin.read(): its lock, held by this thread, would abort the interpreter's exit.
    while os.read(0, 1024):
        pass
    os._exit(1)


def _fetch(name: str, root: Path) -> dict[str, np.ndarray]:
    arrays = {}
    for part in ("train", "test"):
        dataset = _torchvision_dataset(name, root, part == "train")
        images = np.asarray(dataset.data, np.uint8)
        labels = np.asarray(dataset.targets)
        if name.startswith("emnist"):
            images = images.transpose(0, 2, 1)  # EMNIST's files hold them column by column
        if name == "emnist_letters":
            labels = labels - 1  # the file counts from 1
        if name == "usps":
            images = enlarge(images / np.float32(255))
        arrays[f"{part}_images"] = np.ascontiguousarray(images)
        arrays[f"{part}_labels"] = labels.astype(np.uint8)
    return arrays


def _torchvision_dataset(name: str, root: Path, train: bool) -> Any:
    try:
        from torchvision import datasets
    except ModuleNotFoundError as error:
        missing = error.name in ("torch", "torchvision")
        raise _TorchvisionError("missing" if missing else "broken", error) from error
    except Exception as error:  # such as RuntimeError: operator torchvision::nms does not exist
        raise _TorchvisionError("broken", error) from error

    options = {"root": str(root), "train": train, "download": True}
    match name:
        case "mnist":
            return datasets.MNIST(**options)
        case "fashion_mnist":
            return datasets.FashionMNIST(**options)
        case "kmnist":
            return datasets.KMNIST(**options)
        case "emnist_digits" | "emnist_letters":
            return datasets.EMNIST(split=name.removeprefix("emnist_"), **options)
        case "usps":
            return datasets.USPS(**options)
        case _:
            raise ValueError(f"torchvision has no dataset for {name!r}")


def _kind(error: Exception) -> str:
    """What went wrong, as `data.datasets.download` explains it to the user."""
    if isinstance(error, _TorchvisionError):
        return error.kind
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "disk"
    # torchvision tries several servers and reports their answers in one RuntimeError.
    text = str(error)
    if isinstance(error, RuntimeError) and "corrupted" in text:
        return "corrupt"
    if isinstance(error, RuntimeError) and ("urlopen error" in text or "HTTP Error" in text):
        return "network"
    if isinstance(
        error, (urllib.error.URLError, TimeoutError, ConnectionError, http.client.HTTPException)
    ):
        return "network"
    if isinstance(error, (ValueError, EOFError, gzip.BadGzipFile, zipfile.BadZipFile, zlib.error)):
        return "corrupt"
    return "unknown"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
