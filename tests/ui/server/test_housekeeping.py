import gc
import weakref

import pytest

from ui.server import housekeeping
from ui.server.housekeeping import House
from ui.shared.lately import KEPT_SECONDS, Lately, forget_unasked


class Node:
    """Something that only garbage collection can clear away once it points at itself."""

    def __init__(self) -> None:
        self.itself = self


def test_garbage_is_cleared_away_once_something_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "forget_old", lambda: 0)
    house = House()
    node = weakref.ref(Node())
    house.look()
    assert node() is None


def test_what_a_visit_leaves_is_cleared_away_though_it_was_frozen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(housekeeping, "SLOW_SECONDS", 0.0)
    monkeypatch.setattr(housekeeping, "forget_old", lambda: 0)
    house = House()
    node = Node()
    house.look()  # freezes it
    gone = weakref.ref(node)
    del node
    gc.collect()
    assert gone() is not None
    monkeypatch.setattr(housekeeping, "forget_old", lambda: 1)
    monkeypatch.setattr(housekeeping, "LEFT_SECONDS", 0.0)
    house.look()  # its threads may still be there
    monkeypatch.setattr(housekeeping, "forget_old", lambda: 0)
    house.look()
    assert gone() is None


def test_what_goes_while_it_is_cleared_away_is_so_the_next_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cleared = []
    # Of what other tests asked for some may go just now.
    monkeypatch.setattr(housekeeping, "forget_unasked", lambda: False)
    monkeypatch.setattr(housekeeping, "LEFT_SECONDS", 0.0)
    monkeypatch.setattr(housekeeping, "give_back", lambda: cleared.append(len(over)))
    over = [1, 1, 0, 0]
    monkeypatch.setattr(housekeeping, "forget_old", lambda: over.pop(0))
    house = House()
    for _ in range(4):
        house.look()
    assert cleared == [2, 1]


def test_what_nobody_asks_for_any_more_goes_without_a_visitor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(housekeeping, "forget_old", lambda: 0)
    forget_unasked(0)  # of tests before
    given_back: list[bool] = []
    monkeypatch.setattr(housekeeping, "give_back", lambda: given_back.append(True))
    now = [0.0]
    kept: Lately[Node] = Lately(5, clock=lambda: now[0])
    node = weakref.ref(kept.get("a map", Node))
    house = House()
    house.look()
    assert node() is not None
    assert not given_back
    now[0] = KEPT_SECONDS
    house.look()
    gc.collect()
    assert node() is None
    assert given_back == [True]
