"""What the server has loaded for good is not looked at in every garbage collection."""

import gc
import importlib
import threading
import weakref

import pytest

from ui.shared import idle


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
    assert done.wait(10)
    idle.after_first_showing("one page")
    assert [thread.name for thread in threads] == ["after one page"]
    assert idle.after_first_showing.cache_info().hits >= 1


@pytest.mark.parametrize("name", idle.LOADED_EARLY)
def test_what_is_loaded_early_exists(name):
    assert importlib.import_module(name).__name__ == name
