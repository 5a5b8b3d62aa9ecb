"""Where datasets are found, and what is said when they are not."""

import gzip
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import data
from data.datasets import catalog

ROOT = Path(__file__).parents[3]


def lay_out(folder, contents, packed):
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        if packed:
            (folder / f"{name}.gz").write_bytes(gzip.compress(content, 1))
        else:
            (folder / name).write_bytes(content)


def test_unknown_name_is_refused_with_the_allowed_ones():
    for function in (data.load, data.is_available):
        with pytest.raises(ValueError, match=r"one of mnist, fashion_mnist.*got 'cifar'"):
            function("cifar")


def test_catalogue_is_complete():
    ours = [
        "mnist",
        "fashion_mnist",
        "kmnist",
        "emnist_digits",
        "emnist_letters",
        "usps",
        "digits",
    ]
    assert [name for name in data.DATASETS if name in ours] == ours
    # One file for each.
    files = {path.stem for path in Path(catalog.__file__).parent.glob("*.py")}
    assert len(data.DATASETS) == len(files - {"__init__"})
    for name, info in data.DATASETS.items():
        assert info.name == name
        assert info.title
        assert info.licence
        assert info.source
        assert info.num_classes == len(set(info.labels))
        assert info.embedded == (info.megabytes == 0)
    assert data.DATASETS["digits"].embedded
    assert [data.DATASETS[name].num_classes for name in ours] == [10, 10, 10, 10, 26, 10, 10]


@pytest.mark.parametrize(
    ("sub", "packed"), [("", True), ("", False), ("mnist", True), ("MNIST/raw", False)]
)
def test_finds_mnist_in_the_data_folder(tmp_path, monkeypatch, mnist_bytes, sub, packed):
    lay_out(tmp_path / "mine" / sub, mnist_bytes, packed)
    monkeypatch.setenv("SCRATCH_NN_DATA", str(tmp_path / "mine"))
    assert data.is_available("mnist")
    mnist = data.load("mnist")
    assert mnist.train_images.shape == (60_000, 28, 28)
    assert mnist.test_images.shape == (10_000, 28, 28)
    # Facts about MNIST that anyone can look up: class sizes, and the mean pixel.
    assert np.bincount(mnist.train_labels)[:3].tolist() == [5923, 6742, 5958]
    assert np.bincount(mnist.test_labels)[:3].tolist() == [980, 1135, 1032]
    assert mnist.train_images.mean() / 255 == pytest.approx(0.1307, abs=5e-5)


def test_once_found_mnist_is_served_from_the_cache(tmp_path, monkeypatch, mnist_bytes, cache):
    lay_out(tmp_path / "mine", mnist_bytes, packed=False)
    monkeypatch.setenv("SCRATCH_NN_DATA", str(tmp_path / "mine"))
    first = data.load("mnist").test_images.copy()
    shutil.rmtree(tmp_path / "mine")
    assert data.is_available("mnist")
    mnist = data.load("mnist")
    np.testing.assert_array_equal(mnist.test_images, first)
    assert not mnist.train_images.flags.writeable
    # Mapped, not read: the kernel lists the file among this process's mappings.
    if os.path.exists("/proc/self/maps"):
        assert str(cache / "mnist" / "train_images.npy") in Path("/proc/self/maps").read_text(
            "utf-8"
        )


def test_fashion_mnist_under_the_same_names_is_not_mnist(tmp_path, monkeypatch, mnist_bytes):
    other = {name: content[:-1] + b"\x01" for name, content in mnist_bytes.items()}
    lay_out(tmp_path, other, packed=False)
    lay_out(tmp_path / "mnist", mnist_bytes, packed=False)
    monkeypatch.setenv("SCRATCH_NN_DATA", str(tmp_path))
    assert data.load("mnist").test_labels[0] == 7
    shutil.rmtree(tmp_path / "mnist")
    shutil.rmtree(data.cache_folder())
    assert not data.is_available("mnist")
    assert not data.is_available("fashion_mnist")
    with pytest.raises(data.DatasetNotFound):
        data.load("mnist")


def test_fashion_mnist_is_found_where_torchvision_keeps_it(tmp_path, monkeypatch, fashion_bytes):
    lay_out(tmp_path / "FashionMNIST" / "raw", fashion_bytes, packed=True)
    monkeypatch.setenv("SCRATCH_NN_DATA", str(tmp_path))
    assert data.is_available("fashion_mnist")
    assert not data.is_available("mnist")
    assert data.load("fashion_mnist").test_labels.tolist() == [3, 3, 3]


def test_damaged_file_is_named(tmp_path, monkeypatch, mnist_bytes):
    lay_out(tmp_path, mnist_bytes, packed=False)
    path = tmp_path / "train-images-idx3-ubyte"
    path.write_bytes(path.read_bytes()[:-1])
    monkeypatch.setenv("SCRATCH_NN_DATA", str(tmp_path))
    with pytest.raises(data.DatasetNotFound, match=r"train-images-idx3-ubyte is damaged.*MD5"):
        data.load("mnist")
    # A sound copy beside the damaged one is good enough.
    gz = mnist_bytes["train-images-idx3-ubyte"]
    (tmp_path / "train-images-idx3-ubyte.gz").write_bytes(gzip.compress(gz, 1))
    assert data.load("mnist").train_labels[0] == 5


def test_missing_dataset_says_what_to_do():
    assert not data.is_available("mnist")
    with pytest.raises(data.DatasetNotFound, match=r"MNIST.*11\.6 MB.*SCRATCH_NN_DATA"):
        data.load("mnist")
    with pytest.raises(data.DatasetNotFound, match=r"Kuzushiji-MNIST.*21\.2 MB"):
        data.load("kmnist")


def test_missing_data_folder_is_no_error(tmp_path, monkeypatch):
    monkeypatch.setenv("SCRATCH_NN_DATA", str(tmp_path / "nowhere"))
    assert not data.is_available("mnist")
    with pytest.raises(data.DatasetNotFound, match=r"In SCRATCH_NN_DATA \(.*nowhere\) its four"):
        data.load("mnist")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "test_images.npy").unlink(),
        lambda folder: (folder / "test_images.npy").write_bytes(b""),
        lambda folder: (folder / "test_images.npy").write_bytes(
            (folder / "test_images.npy").read_bytes()[:-1]
        ),
        lambda folder: np.save(folder / "test_labels.npy", np.full(355, 10, np.uint8)),
        lambda folder: np.save(folder / "test_labels.npy", np.zeros(355)),
        lambda folder: np.save(folder / "test_labels.npy", np.array([{}]), allow_pickle=True),
    ],
)
def test_damaged_cache_is_made_anew(cache, spoil):
    expected = data.load("digits").test_images.copy()
    spoil(cache / "digits")
    again = data.load("digits")
    np.testing.assert_array_equal(again.test_images, expected)
    assert again.test_labels.max() == 9
    assert sorted(path.name for path in cache.iterdir()) == [".digits.lock", "digits"]


def test_without_a_writable_cache_memory_is_used(cache, monkeypatch):
    cache.parent.mkdir(exist_ok=True)
    cache.write_text("a file stands where the folder should be", encoding="utf-8")
    first = data.load("digits")
    assert data.load("digits") is first
    assert data.is_available("digits")
    with pytest.raises(ValueError, match="read-only"):
        first.train_images[0, 0, 0] = 1


def test_what_a_killed_writer_left_is_cleared_away(cache):
    (cache / ".digits.partial").mkdir(parents=True)
    (cache / ".digits.partial" / "train_images.npy").write_bytes(b"half")
    data.load("digits")
    assert not (cache / ".digits.partial").exists()


def test_several_processes_may_load_at_once(cache):
    code = "import data; print(data.load('digits').train_images.sum())"
    children = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    sums = {child.communicate(timeout=60)[0] for child in children}
    assert all(child.returncode == 0 for child in children)
    assert sums == {f"{data.load('digits').train_images.sum()}\n"}


def test_importing_data_stays_light():
    code = """
import sys, data
data.load("digits")
heavy = {"sklearn", "torch", "torchvision", "scipy", "nn", "ui", "streamlit"} & set(sys.modules)
print(sorted(heavy))
"""
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert result.stdout == "[]\n"
