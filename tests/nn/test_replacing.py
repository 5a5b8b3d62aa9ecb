"""Replacing a file: in one step, or not at all."""

import os

import pytest

from nn import replacing as module
from nn.replacing import forget_unfinished, replacing


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_the_new_file_takes_the_place_of_the_old_one(tmp_path):
    target = tmp_path / "model"
    target.write_bytes(b"old")
    with replacing(target) as file:
        file.write_bytes(b"new")
        assert file.parent == tmp_path
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    assert names(tmp_path) == ["model"]


def test_after_an_error_all_is_as_it_was(tmp_path):
    target = tmp_path / "model"
    target.write_bytes(b"old")
    with pytest.raises(TypeError), replacing(target) as file:
        file.write_bytes("text")
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["model"]


@pytest.fixture
def readers(monkeypatch):
    """One for each attempt that Windows refuses, because somebody reads the target."""
    left = []
    replace = os.replace

    def refuse(source, target):
        if left:
            left.pop()
            raise PermissionError(13, "Access is denied")
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr(module, "_PAUSE_SECONDS", 0)
    return left


def test_waits_until_nobody_reads_the_old_file(tmp_path, readers):
    readers.extend(range(5))
    with replacing(tmp_path / "model") as file:
        file.write_bytes(b"new")
    assert (tmp_path / "model").read_bytes() == b"new"


def test_gives_up_after_a_while(tmp_path, readers):
    readers.extend(range(1000))
    with pytest.raises(PermissionError, match="denied"), replacing(tmp_path / "model") as file:
        file.write_bytes(b"new")
    assert names(tmp_path) == []


def test_what_a_killed_process_left_is_removed_where_that_can_be(tmp_path):
    for name in (".model.1a2b", "..model.1a2b.3c4d", ".other.1a2b", "model"):
        (tmp_path / name).touch()
    (tmp_path / ".model.folder").mkdir()
    forget_unfinished(tmp_path / "model")
    assert names(tmp_path) == [".model.folder", ".other.1a2b", "model"]
