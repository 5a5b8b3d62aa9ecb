"""The real torchvision, downloading from a server in this process.

A `sitecustomize` module, which Python runs at its start, tells the child's torchvision to ask
this server instead of the internet and which checksums the files here have.
"""

import bz2
import gzip
import hashlib
import http.server
import io
import json
import socket
import subprocess
import sys
import threading
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import data
from data.datasets.small_images import enlarge
from tests.data.conftest import IDX_FILES

ROOT = Path(__file__).parents[3]
SITECUSTOMIZE = """
import json, os, sys

if "data.datasets.torchvision_download" in sys.orig_argv:
    from torchvision import datasets

    url = os.environ["TEST_SERVER"]
    md5 = json.loads(os.environ["TEST_CHECKSUMS"])
    for kind in (datasets.MNIST, datasets.FashionMNIST, datasets.KMNIST):
        kind.mirrors = [url]
        kind.resources = [(name, md5.get(name)) for name, _ in kind.resources]
    datasets.EMNIST.url, datasets.EMNIST.md5 = url + "gzip.zip", md5.get("gzip.zip")
    datasets.USPS.split_list = {
        part: [url + name, name, md5.get(name)]
        for part, (_, name, _) in datasets.USPS.split_list.items()
    }
"""


@pytest.fixture(scope="module", autouse=True)
def _torchvision_works():
    result = subprocess.run(
        [sys.executable, "-c", "import torchvision"], capture_output=True, text=True
    )
    if result.returncode != 0:
        pytest.skip(f"a working torchvision is needed: {result.stderr.splitlines()[-1]}")


class Server(http.server.ThreadingHTTPServer):
    """Serves `files`; counts what it was asked; stops in the middle of the one named `hold`."""

    daemon_threads = True

    def __init__(self):
        self.files, self.asked = {}, Counter()
        self.hold, self.holding, self.go_on = None, threading.Event(), threading.Event()
        super().__init__(("127.0.0.1", 0), Handler)


class Handler(http.server.BaseHTTPRequestHandler):
    server: Server

    def do_GET(self):
        name = self.path.lstrip("/")
        self.server.asked[name] += 1
        content = self.server.files.get(name)
        if content is None:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        half = len(content) // 2
        try:
            self.wfile.write(content[:half])
            # torchvision asks twice: first only where a redirection leads, without reading on.
            if name == self.server.hold and self.server.asked[name] == 2:
                self.server.holding.set()
                self.server.go_on.wait(60)
            self.wfile.write(content[half:])
        except ConnectionError:
            pass

    def log_message(self, *args):
        pass


@pytest.fixture
def server(tmp_path, monkeypatch):
    """A running server that the child's torchvision asks; give it its files with `serve`."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(SITECUSTOMIZE)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    server = Server()
    monkeypatch.setenv("TEST_SERVER", f"http://127.0.0.1:{server.server_port}/")

    def serve(files):
        server.files = files
        checksums = {name: hashlib.md5(content).hexdigest() for name, content in files.items()}
        monkeypatch.setenv("TEST_CHECKSUMS", json.dumps(checksums))

    server.serve = serve
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.go_on.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def small(monkeypatch):
    """Makes the catalogue say that a dataset has 20 + 10 images."""

    def shrink(name):
        info = replace(data.DATASETS[name], train_size=20, test_size=10)
        monkeypatch.setitem(data.DATASETS, name, info)

    return shrink


def arrays(side=28, first_label=0, seed=0):
    """Random images and labels, 20 for training and 10 for testing."""
    rng = np.random.default_rng(seed)
    for count in (20, 10):
        yield rng.integers(0, 256, (count, side, side), np.uint8)
        yield (np.arange(count) % 10 + first_label).astype(np.uint8)


def idx_archives(idx_bytes, parts):
    return {
        f"{name}.gz": gzip.compress(idx_bytes(array))
        for name, array in zip(IDX_FILES, parts, strict=True)
    }


def test_whole_mnist_is_the_one_found_in_a_folder(server, mnist_bytes, mnist_folder, monkeypatch):
    server.serve({f"{name}.gz": gzip.compress(mnist_bytes[name], 1) for name in IDX_FILES})
    server.hold = "train-images-idx3-ubyte.gz"
    reports = []

    def on_progress(report):
        reports.append(report)
        if report["done"] > 1_000_000:  # half of the largest file has arrived
            server.go_on.set()

    data.download("mnist", on_progress=on_progress)
    assert server.go_on.is_set()
    assert [report["done"] for report in reports] == sorted(report["done"] for report in reports)
    downloaded = data.load("mnist")
    monkeypatch.setenv("SCRATCH_NN_CACHE", str(data.cache_folder().parent / "other"))
    monkeypatch.setenv("SCRATCH_NN_DATA", str(mnist_folder))
    found = data.load("mnist")
    np.testing.assert_array_equal(downloaded.train_images, found.train_images)
    np.testing.assert_array_equal(downloaded.train_labels, found.train_labels)
    np.testing.assert_array_equal(downloaded.test_images, found.test_images)
    np.testing.assert_array_equal(downloaded.test_labels, found.test_labels)


def test_two_at_once_download_once(server, small, idx_bytes, cache):
    small("fashion_mnist")
    parts = list(arrays())
    server.serve(idx_archives(idx_bytes, parts))
    server.hold = "train-images-idx3-ubyte.gz"
    second_waits = threading.Event()
    first = threading.Thread(target=data.download, args=("fashion_mnist",))
    first.start()
    assert server.holding.wait(60)
    second = threading.Thread(
        target=data.download,
        args=("fashion_mnist",),
        kwargs={"on_progress": lambda report: second_waits.set()},
    )
    second.start()
    assert second_waits.wait(60)
    server.go_on.set()
    first.join(60)
    second.join(60)
    assert set(server.asked.values()) == {2}  # once for redirections, once for the file
    loaded = data.load("fashion_mnist")
    np.testing.assert_array_equal(loaded.train_images, parts[0])
    np.testing.assert_array_equal(loaded.train_labels, parts[1])
    np.testing.assert_array_equal(loaded.test_images, parts[2])
    np.testing.assert_array_equal(loaded.test_labels, parts[3])
    # Once there, neither server nor torchvision is needed.
    data.download("fashion_mnist")
    assert set(server.asked.values()) == {2}
    assert sorted(path.name for path in cache.iterdir()) == [".fashion_mnist.lock", "fashion_mnist"]


def test_emnist_is_turned_upright_and_counted_from_zero(server, small, idx_bytes):
    small("emnist_letters")
    parts = list(arrays(first_label=1))
    files = [
        f"{part}-{kind}" for part in ("train", "test") for kind in ("images-idx3", "labels-idx1")
    ]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for suffix, array in zip(files, parts, strict=True):
            packed = gzip.compress(idx_bytes(array))
            file.writestr(f"gzip/emnist-letters-{suffix}-ubyte.gz", packed)
    server.serve({"gzip.zip": archive.getvalue()})
    data.download("emnist_letters")
    loaded = data.load("emnist_letters")
    np.testing.assert_array_equal(loaded.train_images[3], parts[0][3].T)
    np.testing.assert_array_equal(loaded.test_images[3], parts[2][3].T)
    assert parts[1][2] == 3
    assert loaded.info.labels[loaded.train_labels[2]] == "C"


def test_usps_is_brought_to_28_pixels_like_a_drawing(server, small):
    small("usps")
    images, labels, test_images, test_labels = arrays(side=16)

    def archive(images, labels):
        lines = []
        for image, label in zip(images / 127.5 - 1, labels, strict=True):
            pixels = " ".join(f"{i}:{value:.6f}" for i, value in enumerate(image.ravel(), 1))
            lines.append(f"{label + 1} {pixels} \n")
        return bz2.compress("".join(lines).encode())

    server.serve(
        {"usps.bz2": archive(images, labels), "usps.t.bz2": archive(test_images, test_labels)}
    )
    data.download("usps")
    loaded = data.load("usps")
    assert loaded.train_images.shape == (20, 28, 28)
    np.testing.assert_array_equal(loaded.train_labels, labels)
    np.testing.assert_array_equal(loaded.test_labels, test_labels)
    # The text holds six digits and torchvision rounds down, so a grey value may be one off.
    expected = enlarge(images.astype(np.float32) / 255)
    assert np.abs(loaded.train_images - expected.astype(float)).mean() < 3


def test_no_connection(server, cache, monkeypatch):
    server.serve({})
    with socket.socket() as nobody_listens:
        nobody_listens.bind(("127.0.0.1", 0))
        port = nobody_listens.getsockname()[1]
        monkeypatch.setenv("TEST_SERVER", f"http://127.0.0.1:{port}/")
        with pytest.raises(
            data.DownloadError, match=r"could not be downloaded.*refused.*internet connection"
        ):
            data.download("mnist")
    assert [path.name for path in cache.iterdir()] == [".mnist.lock"]


def test_after_a_kill_and_a_damaged_file_a_sound_one_is_taken(server, small, idx_bytes, cache):
    small("mnist")
    server.serve(idx_archives(idx_bytes, arrays()))
    server.hold = "train-images-idx3-ubyte.gz"
    parent = subprocess.Popen(
        [sys.executable, "-c", "import data; data.download('mnist')"], cwd=ROOT
    )
    assert server.holding.wait(60)
    parent.kill()
    parent.wait()
    assert not data.is_available("mnist")

    sound = server.files[server.hold]
    server.files[server.hold] = sound[:-20] + bytes(20)
    with pytest.raises(data.DownloadError, match=r"not MNIST as it was published.*corrupted"):
        data.download("mnist")
    assert [path.name for path in cache.iterdir()] == [".mnist.lock"]

    server.files[server.hold] = sound
    data.download("mnist")
    assert data.load("mnist").train_labels.tolist() == [*range(10)] * 2
    assert sorted(path.name for path in cache.iterdir()) == [".mnist.lock", "mnist"]
