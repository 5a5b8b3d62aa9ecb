"""What is made of a file is made once, and what it was before is let go."""

import weakref

import pytest

from ui.shared.newest import Newest


class Thing:
    pass


def test_it_is_made_once_for_each_stamp_and_the_one_before_is_let_go():
    newest = Newest()
    first = newest.get(1, Thing)
    assert newest.get(1, Thing) is first
    before = weakref.ref(first)
    del first
    second = newest.get(2, Thing)
    assert before() is None
    assert newest.get(2, Thing) is second


def test_what_could_not_be_made_is_tried_again():
    newest = Newest()

    def fail():
        raise ValueError("torn")

    with pytest.raises(ValueError, match="torn"):
        newest.get(1, fail)
    assert isinstance(newest.get(1, Thing), Thing)
