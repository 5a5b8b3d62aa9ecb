"""A dataset in SCRATCH_NN_DATA whose images are damaged, and the way out of it."""

import pytest

import data
from data.datasets import local
from tests.data.conftest import IDX_FILES

IMAGES = IDX_FILES[0]


@pytest.fixture
def folder(tmp_path, monkeypatch, fashion_bytes):
    """A folder with a sound Fashion-MNIST of a few images, with checksums of its own."""
    folder = tmp_path / "mine"
    folder.mkdir()
    for name, content in fashion_bytes.items():
        (folder / name).write_bytes(content)
    monkeypatch.setenv("SCRATCH_NN_DATA", str(folder))
    return folder


def flip_a_bit(path):
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)


def assert_damaged():
    with pytest.raises(data.DatasetNotFound, match=rf"data fetch .*{IMAGES} is damaged.*MD5"):
        data.load("fashion_mnist")


def test_once_it_was_tried_it_is_not_available(folder):
    flip_a_bit(folder / IMAGES)
    assert_damaged()
    assert not data.is_available("fashion_mnist")
    assert_damaged()  # said again, though not read again


def test_without_a_writable_cache_this_process_knows_it(folder, cache):
    cache.write_text("a file stands where the folder should be", encoding="utf-8")
    flip_a_bit(folder / IMAGES)
    assert_damaged()
    assert not data.is_available("fashion_mnist")


def test_a_mended_file_is_used(folder):
    sound = (folder / IMAGES).read_bytes()
    flip_a_bit(folder / IMAGES)
    assert_damaged()
    (folder / IMAGES).write_bytes(sound)
    assert data.is_available("fashion_mnist")
    assert data.load("fashion_mnist").train_labels.tolist() == [1, 1, 1, 1]


def test_a_sound_copy_in_another_folder_is_used(folder):
    other = folder / "FashionMNIST" / "raw"
    other.mkdir(parents=True)
    for name in IDX_FILES:
        (other / name).write_bytes((folder / name).read_bytes())
    flip_a_bit(folder / IMAGES)
    assert data.load("fashion_mnist").train_labels.tolist() == [1, 1, 1, 1]


def test_no_more_is_unpacked_than_the_dataset_has(folder, monkeypatch):
    asked = []

    def noting(path, most):
        asked.append((path.name, most))
        return path.read_bytes()

    monkeypatch.setattr(local, "read_unpacked", noting)
    assert data.is_available("fashion_mnist")
    data.load("fashion_mnist")
    sizes = {name: (folder / name).stat().st_size for name in IDX_FILES}
    assert dict(asked).keys() == sizes.keys()
    assert all(most <= sizes[name] + 8 for name, most in asked)
