"""Downloads in a child process: what goes wrong, and that nothing half-done stays.

torchvision is replaced by a few lines here; test_torchvision.py has the real one.
"""

import shutil
import subprocess
import sys
import threading
from collections import namedtuple
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import data
from data.datasets import store

ROOT = Path(__file__).parents[3]
GOOD = """
import numpy as np
class MNIST:
    def __init__(self, root, train, download):
        n = 20 if train else 10
        self.data = np.full((n, 28, 28), n, np.uint8)
        self.targets = [i % 10 for i in range(n)]
"""


@pytest.fixture(autouse=True)
def small_mnist(monkeypatch):
    """An MNIST of 20 + 10 images."""
    info = replace(data.DATASETS["mnist"], train_size=20, test_size=10)
    monkeypatch.setitem(data.DATASETS, "mnist", info)


@pytest.fixture
def torchvision(tmp_path, monkeypatch):
    """Puts a torchvision of a few lines where children find it; called with its `datasets`."""
    package = tmp_path / "fake" / "torchvision"
    package.mkdir(parents=True)
    monkeypatch.setenv("PYTHONPATH", str(package.parent))

    def write(datasets, init=""):
        (package / "__init__.py").write_text(init)
        (package / "datasets.py").write_text(datasets)

    return write


def assert_nothing_is_left(cache):
    assert not data.is_available("mnist")
    assert [path.name for path in cache.iterdir()] == [".mnist.lock"]


def test_downloaded_dataset_is_there_and_stays(torchvision, monkeypatch, cache):
    torchvision(GOOD)
    data.download("mnist")
    assert data.is_available("mnist")
    mnist = data.load("mnist")
    assert mnist.train_images[0, 0, 0] == 20
    assert mnist.test_labels.tolist() == list(range(10))
    assert sorted(path.name for path in cache.iterdir()) == [".mnist.lock", "mnist"]
    # torchvision is never asked again.
    torchvision("raise SystemExit('asked again')")
    data.download("mnist")
    assert "torchvision" not in sys.modules


def test_embedded_digits_need_no_download(cache):
    data.download("digits")
    assert not cache.exists()
    with pytest.raises(ValueError, match="got 'cifar'"):
        data.download("cifar")


@pytest.mark.parametrize(
    ("init", "datasets", "message"),
    [
        (
            "raise ModuleNotFoundError(\"No module named 'torchvision'\", name='torchvision')",
            "",
            r"needs torchvision, which is not installed\. Install it",
        ),
        (
            "raise RuntimeError('operator torchvision::nms does not exist')",
            "",
            r"does not start: operator torchvision::nms does not exist\. .*install both again",
        ),
        (
            "import a_module_that_it_needs",
            "",
            r"does not start: No module named 'a_module_that_it_needs'",
        ),
        (
            "",
            "import errno\ndef MNIST(**o): raise OSError(errno.ENOSPC, 'No space left on device')",
            r"disk is too full.*MB.*SCRATCH_NN_CACHE",
        ),
        (
            "",
            "def MNIST(**o): raise RuntimeError('File not found or corrupted.')",
            r"not MNIST as it was published.*try again",
        ),
        (
            "",
            "import gzip\ndef MNIST(**o): gzip.decompress(b'<html>')",
            r"not MNIST as it was published \(Not a gzipped file",
        ),
        (
            "",
            GOOD.replace("28, 28", "14, 14"),
            r"not MNIST as it was published",
        ),
        (
            "",
            GOOD.replace("i % 10", "i"),
            r"not MNIST as it was published",
        ),
        (
            "",
            "def MNIST(**o): raise TimeoutError('timed out')",
            r"could not be downloaded: timed out\. Check the internet connection",
        ),
        (
            "",
            "def MNIST(**o): raise RuntimeError('Tried http://x, got:\\nHTTP Error 404: Gone')",
            r"could not be downloaded: Tried http://x, got: HTTP Error 404: Gone\.",
        ),
        (
            "",
            "import os, signal\ndef MNIST(**o): os.kill(os.getpid(), signal.SIGKILL)",
            r"was killed \(SIGKILL\), perhaps for lack of memory",
        ),
        ("", "import os\ndef MNIST(**o): os._exit(3)", r"failed: exit code 3"),
        ("", "def MNIST(**o): raise KeyError('odd')", r"failed: 'odd'"),
    ],
)
def test_every_failure_says_what_to_do_and_leaves_nothing(
    torchvision, cache, init, datasets, message
):
    torchvision(datasets, init)
    with pytest.raises(data.DownloadError, match=message) as caught:
        data.download("mnist")
    assert "\n" not in str(caught.value)
    assert_nothing_is_left(cache)
    # And a later try is not held up by it.
    torchvision(GOOD)
    data.download("mnist")
    assert data.is_available("mnist")


def test_a_download_that_hangs_is_given_up(torchvision, cache):
    torchvision("import threading\ndef MNIST(**o): threading.Event().wait()")
    with pytest.raises(data.DownloadError, match=r"given up after 1 seconds"):
        data.download("mnist", timeout=1)
    assert_nothing_is_left(cache)


def test_full_disk_is_noticed_before_it_is_filled(torchvision, cache, monkeypatch):
    torchvision(GOOD)
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**9, 10**9, 10**6))
    with pytest.raises(data.DownloadError, match="disk is too full"):
        data.download("mnist")
    assert_nothing_is_left(cache)


def test_cache_that_cannot_be_written_is_named(cache):
    cache.write_text("a file stands where the folder should be")
    with pytest.raises(data.DownloadError, match=r"can't be kept in .*SCRATCH_NN_CACHE"):
        data.download("mnist")


def test_progress_counts_the_bytes_that_arrived(torchvision):
    torchvision(
        GOOD
        + """
import os, pathlib
def MNIST(root, train, download, Real=MNIST):
    if train:
        raw = pathlib.Path(root, "MNIST", "raw")
        raw.mkdir(parents=True)
        (raw / "train-images-idx3-ubyte.gz").write_bytes(bytes(5_000_000))
        (raw / "train-images-idx3-ubyte").write_bytes(bytes(50_000_000))
        while not (raw / "seen").exists():
            pass
    return Real(root, train, download)
"""
    )
    reports = []

    def on_progress(report):
        reports.append(report)
        if report["done"] == 5_000_000:
            folder = store.partial_path(data.DATASETS["mnist"]) / "download" / "MNIST" / "raw"
            (folder / "seen").touch()

    data.download("mnist", on_progress=on_progress)
    assert reports[0] == {"done": 0, "total": 11_600_000}
    assert reports[-1] == {"done": 5_000_000, "total": 11_600_000}


def test_whoever_watches_the_progress_can_stop_the_download(torchvision, cache):
    torchvision("import threading\ndef MNIST(**o): threading.Event().wait()")

    class Stop(Exception):
        pass

    def on_progress(report):
        raise Stop

    with pytest.raises(Stop):
        data.download("mnist", on_progress=on_progress)
    assert_nothing_is_left(cache)


def test_a_second_download_waits_for_the_first_and_uses_its_result(torchvision, tmp_path):
    # Says in a file that it was asked, then waits for another file.
    torchvision(
        GOOD
        + f"""
import pathlib
def MNIST(root, train, download, Real=MNIST):
    with open({str(tmp_path / "asked")!r}, "a") as file:
        file.write(f"{{train}} ")
    while not pathlib.Path({str(tmp_path / "go")!r}).exists():
        pass
    return Real(root, train, download)
"""
    )
    errors = []
    both_run = threading.Barrier(3)

    def run():
        waiting = [True]

        def on_progress(report):
            if waiting and (tmp_path / "asked").exists():
                waiting.pop()
                both_run.wait(60)

        try:
            data.download("mnist", on_progress=on_progress)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    both_run.wait(60)
    (tmp_path / "go").touch()
    for thread in threads:
        thread.join(60)
    assert not errors
    assert (tmp_path / "asked").read_text() == "True False "
    assert data.load("mnist").train_labels.shape == (20,)


def test_waiting_for_another_download_has_a_limit_too(torchvision):
    info = data.DATASETS["mnist"]
    with (
        store.lock(info, timeout=0),
        pytest.raises(data.DownloadError, match="given up after 0 seconds"),
    ):
        data.download("mnist", timeout=0.2)


def test_killed_half_way_leaves_nothing_half(torchvision, tmp_path, cache):
    torchvision(
        GOOD
        + f"""
import pathlib, threading
def MNIST(root, train, download, Real=MNIST):
    result = Real(root, train, download)
    if not train:
        pathlib.Path({str(tmp_path / "half-way")!r}).touch()
        threading.Event().wait()
    return result
"""
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", "import data; data.download('mnist')"], cwd=ROOT
    )
    while not (tmp_path / "half-way").exists():
        assert parent.poll() is None
    assert not data.is_available("mnist")
    parent.kill()
    parent.wait()
    # The child holds the lock as long as it lives: that the next one gets it shows it has ended.
    torchvision(GOOD)
    data.download("mnist", timeout=60)
    np.testing.assert_array_equal(data.load("mnist").test_images, 10)
    assert sorted(path.name for path in cache.iterdir()) == [".mnist.lock", "mnist"]
