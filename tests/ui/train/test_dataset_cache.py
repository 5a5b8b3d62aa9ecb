"""A dataset that is found is put into the cache while a visitor still looks at the settings."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import data
from ui.train import dataset_cache


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache, a working folder elsewhere, and nothing filled so far."""
    monkeypatch.delenv("SCRATCH_NN_DATA", raising=False)
    monkeypatch.setenv("SCRATCH_NN_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    dataset_cache.fill.cache_clear()
    yield tmp_path / "cache"
    dataset_cache.fill.cache_clear()


def test_looking_at_a_dataset_fills_the_cache() -> None:
    def page() -> None:
        from ui.train.dataset_view import dataset_note

        dataset_note("digits")

    assert not data.is_cached("digits")
    assert not AppTest.from_function(page).run().exception
    dataset_cache.fill("digits").join(60)  # the thread that the page has started
    assert data.is_cached("digits")


def test_what_is_in_the_cache_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    data.load("digits")
    started = []
    monkeypatch.setattr(subprocess, "run", lambda command, **_: started.append(command))
    dataset_cache._fill("digits")
    assert started == []


@pytest.mark.parametrize("folder", ["nowhere", "mine"])
def test_a_dataset_that_cannot_be_read_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, mnist_folder: Path
) -> None:
    """In `mine` it is damaged: from then on it counts as missing, and its download is offered."""
    (tmp_path / "mine").mkdir()
    source = next(mnist_folder.rglob("t10k-labels-idx1-ubyte*"))
    for path in source.parent.glob("*-ubyte*"):
        content = b"damaged" if "train-images" in path.name else path.read_bytes()
        (tmp_path / "mine" / path.name).write_bytes(content)
    monkeypatch.setenv("SCRATCH_NN_DATA", folder)
    assert data.is_available("mnist") == (folder == "mine")
    dataset_cache.fill("mnist").join(60)
    assert not data.is_available("mnist")
