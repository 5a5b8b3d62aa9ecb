"""A server in this process that has the datasets' archives, and a torchvision that lists them.

The torchvision is a folder for PYTHONPATH, with source files as the real one has them. Whoever
imports it fails: it is only to be read.
"""

import gzip
import hashlib
import http.server
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

import data
from tests.data.conftest import IDX_FILES

PACKAGE = "raise ImportError('torchvision must not be imported')\n"
MIRRORED = '''
class {name}:
    """{name} as on the mirrors."""

    mirrors = {mirrors}

    resources = {resources}
    classes = ["0 - zero", "1 - one"]
'''
MNIST_MODULE = """
import torch

from .vision import VisionDataset
{mirrored}

class EMNIST(MNIST):
    url = {zip_url!r}
    md5 = {zip_md5!r}
    _all_classes = set(string.digits + string.ascii_letters)
    splits: tuple[str, ...] = ("letters", "digits")
"""
USPS_MODULE = """
from .vision import VisionDataset


class USPS(VisionDataset):
    split_list = {split_list}
"""


class Mirror(http.server.ThreadingHTTPServer):
    """Serves `files` by name.

    Stops in the middle of the file named `hold` until `go_on`; ends the connection in the middle of
    those in `cut`. `asked` counts the requests.
    """

    daemon_threads = True

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.hold: str | None = None
        self.holding, self.go_on = threading.Event(), threading.Event()
        self.cut: set[str] = set()
        self.asked: Counter[str] = Counter()
        super().__init__(("127.0.0.1", 0), _Handler)
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def close(self) -> None:
        self.go_on.set()
        self.shutdown()
        self.server_close()


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Mirror

    def do_GET(self) -> None:
        server, name = self.server, self.path.lstrip("/")
        server.asked[name] += 1
        content = server.files.get(name)
        if content is None:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        half = len(content) // 2
        try:
            self.wfile.write(content[:half])
            if name == server.hold:
                server.holding.set()
                server.go_on.wait(60)
            if name not in server.cut:
                self.wfile.write(content[half:])
        except ConnectionError:
            pass

    def log_message(self, *args: object) -> None:
        pass


def write_torchvision(
    folder: Path, urls: list[str], files: dict[str, bytes], md5: str | None = None
) -> None:
    """Put a torchvision into a folder that lists these files on the servers at `urls`, with their
    checksums or the one of `md5`."""

    def checksum(name: str) -> str:
        return md5 or hashlib.md5(files.get(name, b"")).hexdigest()

    resources = [(f"{name}.gz", checksum(f"{name}.gz")) for name in IDX_FILES]
    usps = {"train": "usps.bz2", "test": "usps.t.bz2"}
    split_list = {part: [urls[0] + name, name, checksum(name)] for part, name in usps.items()}
    mirrored = "\n".join(
        MIRRORED.format(name=name, mirrors=urls, resources=resources)
        for name in ("MNIST", "FashionMNIST", "KMNIST")
    )
    datasets = folder / "torchvision" / "datasets"
    datasets.mkdir(parents=True, exist_ok=True)
    (datasets.parent / "__init__.py").write_text(PACKAGE, encoding="utf-8")
    (datasets / "mnist.py").write_text(
        MNIST_MODULE.format(
            mirrored=mirrored, zip_url=urls[0] + "gzip.zip", zip_md5=checksum("gzip.zip")
        ),
        encoding="utf-8",
    )
    (datasets / "usps.py").write_text(USPS_MODULE.format(split_list=split_list), encoding="utf-8")


def arrays(name: str, side: int = 28, first_label: int = 0) -> Iterator[np.ndarray]:
    """A dataset's four arrays in their full size: 20 random images, again and again."""
    info = data.DATASETS[name]
    some = np.random.default_rng(0).integers(0, 256, (20, side, side), np.uint8)
    for count in (info.train_size, info.test_size):
        yield np.resize(some, (count, side, side))
        yield (np.arange(count) % info.num_classes + first_label).astype(np.uint8)


def idx_content(array: np.ndarray) -> bytes:
    """A uint8 array as an IDX file."""
    sizes = b"".join(size.to_bytes(4, "big") for size in array.shape)
    return bytes([0, 0, 8, array.ndim]) + sizes + array.tobytes()


def idx_archives(parts: Iterator[np.ndarray] | list[np.ndarray]) -> dict[str, bytes]:
    """The four files of MNIST and its like, by name."""
    return {
        f"{name}.gz": gzip.compress(idx_content(array), 1)
        for name, array in zip(IDX_FILES, parts, strict=True)
    }
