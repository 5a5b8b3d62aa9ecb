"""What the server has loaded for good is not looked at in every garbage collection."""

import gc
import weakref

from ui.garbage import settle


class Node:
    """Something that only garbage collection can clear away once it points at itself."""


def test_what_is_loaded_is_left_out_of_collections_from_then_on():
    kept = [Node() for _ in range(1000)]
    settle("a page that loads a thousand things")
    assert not any(found is kept for found in gc.get_objects())


def test_later_garbage_is_still_collected():
    settle("a page")
    node = Node()
    node.itself = node
    gone = weakref.ref(node)
    del node
    gc.collect()
    assert gone() is None


def test_each_page_settles_once():
    settle("one page")
    kept = [Node()]
    settle("one page")
    assert any(found is kept for found in gc.get_objects())
