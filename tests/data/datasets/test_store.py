"""The cache where a folder's files are in use, as on Windows."""

import shutil
from pathlib import Path

import numpy as np
import pytest

import data
from data.datasets import store


@pytest.fixture
def refusals(monkeypatch):
    """So many times a folder can't be renamed or removed; gives what was tried."""
    tried = []
    rename, remove = Path.rename, shutil.rmtree

    def refuse(times):
        def checked(action):
            def attempt(path, *args, **options):
                if not options.get("ignore_errors"):
                    tried.append(Path(path).name)
                    if len(tried) <= times:
                        raise PermissionError(13, "The process cannot access the file", str(path))
                return action(path, *args, **options)

            return attempt

        monkeypatch.setattr(Path, "rename", checked(rename))
        monkeypatch.setattr(shutil, "rmtree", checked(remove))
        return tried

    monkeypatch.setattr(store, "_PATIENCE_SECONDS", (0.0, 0.0, 0.0))
    return refuse


def test_a_folder_that_is_in_use_for_a_moment_is_waited_for(cache, refusals):
    tried = refusals(2)
    assert len(data.load("digits").test_labels) == 355
    assert tried == [".digits.partial"] * 3
    assert (cache / "digits").is_dir()


def test_a_damaged_dataset_that_stays_in_use_is_an_error_of_the_cache(cache, refusals):
    (cache / "digits").mkdir(parents=True)
    (cache / "digits" / "train_images.npy").write_bytes(b"damaged")
    refusals(100)
    info = data.DATASETS["digits"]
    arrays = [
        np.zeros((count, *shape), np.uint8)
        for count in (info.train_size, info.test_size)
        for shape in ((28, 28), ())
    ]

    def publish():
        with store.lock(info, timeout=0), store.partial_folder(info) as folder:
            store.write_arrays(folder, arrays)
            store.publish(info, folder)

    with pytest.raises(PermissionError, match="cannot access"):
        publish()
    assert not (cache / ".digits.partial").exists()
    # Whoever only wants the images has them all the same.
    assert len(data.load("digits").test_labels) == 355


def test_no_file_is_mapped_while_the_folder_is_renamed(cache, monkeypatch):
    if not Path("/proc/self/maps").exists():
        pytest.skip("needs Linux's list of mapped files")
    rename, mapped = Path.rename, []

    def look(path, target):
        mapped.append(str(cache) in Path("/proc/self/maps").read_text(encoding="utf-8"))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", look)
    data.load("digits")
    assert mapped == [False]
