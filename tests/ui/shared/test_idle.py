"""What the server has loaded for good is not looked at in every garbage collection."""

import gc
import subprocess
import sys
import threading
import weakref
from pathlib import Path

import pytest

from ui.shared import idle

PROJECT = Path(__file__).resolve().parents[3]


class Node:
    """Something that only garbage collection can clear away once it points at itself."""


def test_what_is_loaded_is_left_out_of_collections_from_then_on():
    kept = [Node() for _ in range(1000)]
    idle.settle()
    assert not any(found is kept for found in gc.get_objects())


def test_later_garbage_is_still_collected():
    idle.settle()
    node = Node()
    node.itself = node
    gone = weakref.ref(node)
    del node
    gc.collect()
    assert gone() is None


def test_each_page_makes_ready_once_and_later(monkeypatch):
    done = threading.Event()
    threads = []

    def make_ready():
        threads.append(threading.current_thread())
        done.set()

    monkeypatch.setattr(idle, "DELAY_SECONDS", 0.01)
    monkeypatch.setattr(idle, "_make_ready", make_ready)
    idle.after_first_showing("one page")
    assert done.wait(60)
    idle.after_first_showing("one page")
    assert [thread.name for thread in threads] == ["after one page"]
    assert idle.after_first_showing.cache_info().hits >= 1


def test_all_that_pages_use_is_loaded_early_and_nothing_large_beside_it():
    files = [path.relative_to(PROJECT).with_suffix("") for path in PROJECT.glob("ui/**/*.py")]
    names = {".".join(path.parts).removesuffix(".__init__") for path in files}
    code = (
        "import sys; from ui.shared.idle import import_early; import_early(); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert names - loaded == set(), done.stderr
    assert loaded & {"scipy.ndimage", "sklearn", "torch", "torchvision"} == set()


def test_a_module_that_a_page_imports_at_the_same_moment_is_imported_after_it(monkeypatch):
    class _DeadlockError(RuntimeError):
        """As Python's own, which has no public name."""

    refused = [_DeadlockError("deadlock detected"), RuntimeError("of the module")]

    def import_module(name):
        if refused:
            raise refused.pop(0)
        return name

    monkeypatch.setattr(idle.importlib, "import_module", import_module)
    with pytest.raises(RuntimeError, match="of the module"):
        idle.imported("some.module")
    assert idle.imported("some.module") == "some.module"
