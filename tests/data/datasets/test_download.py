"""Downloads in a child process: what goes wrong, and that nothing half-done stays."""

import gzip
import json
import shutil
import socket
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import numpy as np
import pytest

import data
from data.datasets import download, download_process, store
from tests.data.datasets.mirror import arrays, idx_archives, idx_content, write_torchvision

ROOT = Path(__file__).parents[3]
IMAGES, LABELS = "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"
REPLACE_URLOPEN = "import errno, os, signal, urllib.request\nurllib.request.urlopen = "
# A function that raises, as an expression.
RAISE = "lambda *args, **options: (_ for _ in ()).throw({})"
KILL = "lambda *args, **options: os.kill(os.getpid(), signal.SIGKILL)"


def assert_nothing_is_left(cache):
    assert not data.is_available("mnist")
    assert [path.name for path in cache.iterdir()] == [".mnist.lock"]


def test_downloaded_dataset_is_there_and_stays(good, mirror, cache):
    data.download("mnist")
    assert data.is_available("mnist")
    mnist = data.load("mnist")
    expected = list(arrays("mnist"))
    np.testing.assert_array_equal(mnist.train_images, expected[0])
    np.testing.assert_array_equal(mnist.test_labels, expected[3])
    assert sorted(path.name for path in cache.iterdir()) == [".mnist.lock", "mnist"]
    # The server is never asked again.
    assert set(mirror.asked.values()) == {1}
    data.download("mnist")
    assert set(mirror.asked.values()) == {1}
    assert "torchvision" not in sys.modules


def test_a_cache_named_relatively_is_meant_from_here(good, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCRATCH_NN_CACHE", "mine")
    data.download("mnist")
    assert data.is_cached("mnist")
    assert (tmp_path / "mine" / "mnist").is_dir()


def test_what_another_process_has_got_is_not_counted_twice(cache, capsys):
    info = data.DATASETS["mnist"]
    store.partial_path(info).mkdir(parents=True)
    (store.partial_path(info) / IMAGES).write_bytes(bytes(5_000_000))
    progress = download_process._Progress(info)
    progress.watch()  # it dies now, and this process begins anew
    progress.begin(is_last=False)
    progress.report(1_000_000, None)
    said = [json.loads(line)["done"] for line in capsys.readouterr().out.splitlines()]
    assert said == [5_000_000, 1_000_000]


def test_embedded_digits_need_no_download(cache):
    data.download("digits")
    assert not cache.exists()
    with pytest.raises(ValueError, match="got 'cifar'"):
        data.download("cifar")


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (
            "sys.modules['torchvision'] = None",
            r"torchvision is not installed: install it as the README",
        ),
        (
            REPLACE_URLOPEN + RAISE.format("OSError(errno.ENOSPC, 'No space left on device')"),
            r"could not be downloaded: 127.0.0.1:\d+: \[Errno 28\]",
        ),
        (
            "import errno, os\nos.fsync = "
            + RAISE.format("OSError(errno.ENOSPC, 'No space left on device')"),
            r"disk is too full.*MB.*SCRATCH_NN_CACHE",
        ),
        (
            "import errno, os\nos.fsync = " + RAISE.format("OSError(errno.EIO, 'I/O error')"),
            r"can't be kept in .*I/O error.*SCRATCH_NN_CACHE",
        ),
        (
            REPLACE_URLOPEN + RAISE.format("TimeoutError('timed out')"),
            r"could not be downloaded: 127.0.0.1:\d+: timed out\. Check the internet connection",
        ),
        (
            REPLACE_URLOPEN + KILL,
            r"was killed \(SIGKILL\), perhaps for lack of memory: it takes up to 250 MB",
        ),
        (REPLACE_URLOPEN + "lambda *args, **options: os._exit(3)", r"failed: exit code 3"),
        (REPLACE_URLOPEN + RAISE.format("KeyError('odd')"), r"failed: 'odd'"),
    ],
)
def test_every_failure_says_what_to_do_and_leaves_nothing(good, cache, sabotage, code, message):
    sabotage(code)
    with pytest.raises(data.DownloadError, match=message) as caught:
        data.download("mnist")
    assert "\n" not in str(caught.value)
    assert_nothing_is_left(cache)


@pytest.mark.parametrize("code", [RAISE.format("KeyError('odd')"), KILL])
def test_a_later_try_is_not_held_up_by_a_failure(good, cache, sabotage, code):
    sabotage(REPLACE_URLOPEN + code)
    with pytest.raises(data.DownloadError):
        data.download("mnist")
    assert_nothing_is_left(cache)
    sabotage("")
    data.download("mnist")
    assert data.is_available("mnist")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("class Other:\n    pass", r"cannot be read: there is no class MNIST in .*mnist\.py"),
        ("class MNIST(", r"cannot be read: .*mnist\.py: '\(' was never closed"),
        ("class MNIST:\n    mirrors = ['http://x/']", r"MNIST in .* is not as expected.*resources"),
        ("class MNIST:\n    mirrors = resources = 3", r"MNIST in .* is not as expected"),
        ("class MNIST:\n    mirrors = []\n    resources = [('a',)]", r"is not as expected"),
    ],
)
def test_a_list_that_cannot_be_read_is_told(good, cache, site, source, message):
    (site / "torchvision" / "datasets" / "mnist.py").write_text(source, encoding="utf-8")
    with pytest.raises(data.DownloadError, match=message) as caught:
        data.download("mnist")
    assert "Install it again as the README describes" in str(caught.value)
    assert_nothing_is_left(cache)


def test_a_torchvision_without_the_list_is_told(good, cache, site):
    shutil.rmtree(site / "torchvision" / "datasets")
    with pytest.raises(data.DownloadError, match=r"cannot be read: .*mnist\.py"):
        data.download("mnist")
    assert_nothing_is_left(cache)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (IMAGES, b"<html>Please log in</html>", r"not MNIST as it was published \(Not a gzipped|I"),
        (
            IMAGES,
            gzip.compress(b"something else", mtime=0),
            r"not MNIST as it was published \(not an IDX",
        ),
        (
            IMAGES,
            gzip.compress(idx_content(np.zeros((60_000, 14, 14), np.uint8))),
            r"not MNIST as it was published \(the files made",
        ),
        (
            LABELS,
            gzip.compress(idx_content(np.full(60_000, 10, np.uint8))),
            r"not MNIST as it was published \(the files made",
        ),
    ],
)
def test_archives_with_something_else_in_them_are_refused(
    serve, published, cache, name, content, message
):
    serve(published("mnist") | {name: content})
    with pytest.raises(data.DownloadError, match=message):
        data.download("mnist")
    assert_nothing_is_left(cache)


def test_a_download_that_hangs_is_given_up(good, mirror, cache):
    mirror.hold = IMAGES
    with pytest.raises(data.DownloadError, match=r"given up after 1 seconds"):
        data.download("mnist", timeout=1)
    assert_nothing_is_left(cache)


def test_a_server_that_never_answers_is_given_up_sooner(site, cache, monkeypatch):
    monkeypatch.setattr(download, "_FIRST_BYTE_SECONDS", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        write_torchvision(site, [f"http://127.0.0.1:{silent.getsockname()[1]}/"], {})
        with pytest.raises(data.DownloadError, match=r"given up after 1 seconds"):
            data.download("mnist")
    assert_nothing_is_left(cache)


def test_full_disk_is_noticed_before_it_is_filled(good, mirror, cache, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**9, 10**9, 10**6))
    with pytest.raises(data.DownloadError, match=r"disk is too full.*about 67 MB"):
        data.download("mnist")
    assert_nothing_is_left(cache)
    assert not mirror.asked


def test_cache_that_cannot_be_written_is_named(cache):
    cache.write_text("a file stands where the folder should be", encoding="utf-8")
    with pytest.raises(data.DownloadError, match=r"can't be kept in .*SCRATCH_NN_CACHE"):
        data.download("mnist")


@pytest.mark.parametrize("written", [1, 4])
def test_killed_half_way_leaves_nothing_half(good, sabotage, tmp_path, cache, written):
    # After so many of the four arrays.
    sabotage(f"""
import os, pathlib, threading
def fsync(descriptor, calls=[]):
    calls.append(descriptor)
    if len(calls) == {written}:
        pathlib.Path({str(tmp_path / "half-way")!r}).touch()
        threading.Event().wait()
os.fsync = fsync
""")
    parent = subprocess.Popen(
        [sys.executable, "-c", "import data; data.download('mnist')"], cwd=ROOT
    )
    while not (tmp_path / "half-way").exists():
        assert parent.poll() is None
    assert not data.is_available("mnist")
    parent.kill()
    parent.wait()
    # The child holds the lock as long as it lives: that the next one gets it shows it has ended.
    sabotage("")
    data.download("mnist", timeout=60)
    np.testing.assert_array_equal(data.load("mnist").train_labels[:12], [*range(10), 0, 1])
    assert sorted(path.name for path in cache.iterdir()) == [".mnist.lock", "mnist"]


def test_a_damaged_dataset_in_the_cache_is_replaced(serve, cache):
    (cache / "mnist").mkdir(parents=True)
    (cache / "mnist" / "train_images.npy").write_bytes(b"damaged")
    serve(idx_archives(arrays("mnist")))
    data.download("mnist")
    assert data.is_available("mnist")
