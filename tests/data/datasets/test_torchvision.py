"""Every dataset by the way that torchvision's list shows, from a server in this process."""

import bz2
import gzip
import importlib.util
import io
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import numpy as np
import pytest

import data
from data.datasets.info import Published
from data.datasets.small_images import enlarge
from tests.data.conftest import IDX_FILES
from tests.data.datasets.mirror import arrays, idx_archives, idx_content

ROOT = Path(__file__).parents[3]
DOWNLOADABLE = [name for name, info in data.DATASETS.items() if isinstance(info.origin, Published)]


@pytest.mark.parametrize("name", DOWNLOADABLE)
def test_the_installed_torchvision_lists_every_dataset(name):
    if importlib.util.find_spec("torchvision") is None:
        pytest.skip("torchvision is needed")
    before = set(sys.modules)  # another test of this process may need torch
    archives = data.DATASETS[name].origin.archives()
    assert archives
    for archive in archives:
        assert archive.name
        assert archive.urls
        assert all(url.startswith(("http://", "https://")) for url in archive.urls)
        assert all(url.endswith(archive.name) for url in archive.urls)
        assert len(bytes.fromhex(archive.md5)) == 16
    assert not {"torch", "torchvision"} & (set(sys.modules) - before)


def test_whole_mnist_is_the_one_found_in_a_folder(
    serve, mirror, mnist_bytes, mnist_folder, monkeypatch
):
    serve({f"{name}.gz": gzip.compress(mnist_bytes[name], 1) for name in IDX_FILES})
    mirror.hold = "train-images-idx3-ubyte.gz"
    reports = []

    def on_progress(report):
        reports.append(report)
        if report["done"] > 1_000_000:  # half of the largest file has arrived
            mirror.go_on.set()

    data.download("mnist", on_progress=on_progress)
    assert mirror.go_on.is_set()
    assert [report["done"] for report in reports] == sorted(report["done"] for report in reports)
    downloaded = data.load("mnist")
    monkeypatch.setenv("SCRATCH_NN_CACHE", str(data.cache_folder().parent / "other"))
    monkeypatch.setenv("SCRATCH_NN_DATA", str(mnist_folder))
    found = data.load("mnist")
    np.testing.assert_array_equal(downloaded.train_images, found.train_images)
    np.testing.assert_array_equal(downloaded.train_labels, found.train_labels)
    np.testing.assert_array_equal(downloaded.test_images, found.test_images)
    np.testing.assert_array_equal(downloaded.test_labels, found.test_labels)


@pytest.mark.parametrize("name", ["fashion_mnist", "kmnist"])
def test_two_at_once_download_once(serve, small, mirror, cache, name):
    small(name)
    serve(idx_archives(arrays(name)))
    mirror.hold = "train-images-idx3-ubyte.gz"
    second_waits = threading.Event()
    first = threading.Thread(target=data.download, args=(name,))
    first.start()
    assert mirror.holding.wait(60)
    second = threading.Thread(
        target=data.download,
        args=(name,),
        kwargs={"on_progress": lambda report: second_waits.set()},
    )
    second.start()
    assert second_waits.wait(60)
    mirror.go_on.set()
    first.join(60)
    second.join(60)
    assert set(mirror.asked.values()) == {1}
    loaded, parts = data.load(name), list(arrays(name))
    np.testing.assert_array_equal(loaded.train_images, parts[0])
    np.testing.assert_array_equal(loaded.train_labels, parts[1])
    np.testing.assert_array_equal(loaded.test_images, parts[2])
    np.testing.assert_array_equal(loaded.test_labels, parts[3])
    # Once there, the server is not needed.
    data.download(name)
    assert set(mirror.asked.values()) == {1}
    assert sorted(path.name for path in cache.iterdir()) == [f".{name}.lock", name]


@pytest.mark.parametrize(("part", "first_label"), [("letters", 1), ("digits", 0)])
def test_emnist_is_turned_upright_and_counted_from_zero(serve, small, part, first_label):
    small(f"emnist_{part}")
    parts = list(arrays(f"emnist_{part}", first_label=first_label))
    files = [
        f"{half}-{kind}" for half in ("train", "test") for kind in ("images-idx3", "labels-idx1")
    ]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for suffix, array in zip(files, parts, strict=True):
            packed = gzip.compress(idx_content(array), 1)
            file.writestr(f"gzip/emnist-{part}-{suffix}-ubyte.gz", packed)
    serve({"gzip.zip": archive.getvalue()})
    data.download(f"emnist_{part}")
    loaded = data.load(f"emnist_{part}")
    np.testing.assert_array_equal(loaded.train_images, parts[0].transpose(0, 2, 1))
    np.testing.assert_array_equal(loaded.test_images[3], parts[2][3].T)
    assert loaded.info.labels[loaded.train_labels[2]] == {"letters": "C", "digits": "2"}[part]


@pytest.mark.parametrize("content", [b"no archive", b"empty"])
def test_an_emnist_without_the_part_is_refused(serve, cache, content):
    if content == b"empty":
        archive = io.BytesIO()
        zipfile.ZipFile(archive, "w").close()
        content = archive.getvalue()
    serve({"gzip.zip": content})
    with pytest.raises(data.DownloadError, match=r"not EMNIST digits as it was published"):
        data.download("emnist_digits")
    assert [path.name for path in cache.iterdir()] == [".emnist_digits.lock"]


def test_usps_is_brought_to_28_pixels_like_a_drawing(serve, small):
    small("usps")
    images, labels, test_images, test_labels = arrays("usps", side=16)

    def archive(images, labels):
        lines = []
        for image, label in zip(images / 127.5 - 1, labels, strict=True):
            pixels = " ".join(f"{i}:{value:.6f}" for i, value in enumerate(image.ravel(), 1))
            lines.append(f"{label + 1} {pixels} \n")
        return bz2.compress("".join(lines).encode())

    serve({"usps.bz2": archive(images, labels), "usps.t.bz2": archive(test_images, test_labels)})
    data.download("usps")
    loaded = data.load("usps")
    assert loaded.train_images.shape == (20, 28, 28)
    np.testing.assert_array_equal(loaded.train_labels, labels)
    np.testing.assert_array_equal(loaded.test_labels, test_labels)
    # The text holds six digits and is rounded down, so a grey value may be one off.
    expected = enlarge(images.astype(np.float32) / 255)
    assert np.abs(loaded.train_images - expected.astype(float)).mean() < 3


def test_after_a_kill_and_a_damaged_file_a_sound_one_is_taken(serve, mirror, published, cache):
    serve(published("mnist"))
    mirror.hold = "train-images-idx3-ubyte.gz"
    parent = subprocess.Popen(
        [sys.executable, "-c", "import data; data.download('mnist')"], cwd=ROOT
    )
    assert mirror.holding.wait(60)
    parent.kill()
    parent.wait()
    assert not data.is_available("mnist")
    mirror.go_on.set()

    sound = mirror.files[mirror.hold]
    mirror.files[mirror.hold] = sound[:-20] + bytes(20)
    with pytest.raises(data.DownloadError, match=r"not MNIST as it was published.*corrupted"):
        data.download("mnist")
    assert [path.name for path in cache.iterdir()] == [".mnist.lock"]

    mirror.files[mirror.hold] = sound
    data.download("mnist")
    assert data.load("mnist").train_labels[:20].tolist() == [*range(10)] * 2
    assert sorted(path.name for path in cache.iterdir()) == [".mnist.lock", "mnist"]
