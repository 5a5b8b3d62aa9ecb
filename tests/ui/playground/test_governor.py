"""How the server's time is shared out among players."""

from threading import Thread

import pytest

from ui.playground.governor import FORGOTTEN_AFTER, MOST, Governor


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_alone_one_has_all_there_is_and_no_more_than_is_wanted():
    governor = Governor()
    assert governor.share("a", float("inf")) == MOST
    assert governor.share("a", 0.06) == 0.06


def test_those_who_want_all_have_equal_parts_of_what_others_leave():
    governor = Governor()
    for name in "abc":
        governor.share(name, 0.05)
    for name in "defg":
        governor.share(name, float("inf"))
    assert governor.share("a", 0.05) == 0.05
    for name in "defg":
        assert governor.share(name, float("inf")) == pytest.approx((MOST - 0.15) / 4)


def test_where_there_is_too_little_for_all_each_has_the_same():
    governor = Governor()
    for number in range(20):
        governor.share(str(number), 0.06)
    shares = [governor.share(str(number), 0.06) for number in range(20)]
    assert shares == pytest.approx([MOST / 20] * 20)


def test_who_asks_no_more_is_forgotten():
    clock = Clock()
    governor = Governor(clock)
    governor.share("a", float("inf"))
    clock.now += FORGOTTEN_AFTER / 2
    assert governor.share("b", float("inf")) == MOST / 2
    assert governor.players == 2
    governor.stopped("b")
    assert governor.share("a", float("inf")) == MOST
    clock.now += FORGOTTEN_AFTER + 0.1
    assert governor.players == 0
    assert governor.share("b", float("inf")) == MOST


def test_who_asks_again_before_the_time_is_over_gets_no_more_than_there_is():
    clock = Clock()
    governor = Governor(clock)
    trained = 0.0
    for _ in range(1000):  # ten times a second, each for the share of a whole one
        share = governor.share("a", float("inf"))
        governor.spent("a", share)
        governor.stopped("a")
        trained += share
        clock.now += 0.1
    assert trained == pytest.approx(100 * MOST, rel=0.05)
    clock.now += FORGOTTEN_AFTER
    for _ in range(100):  # one that does as it should
        assert governor.share("a", float("inf")) == MOST
        governor.spent("a", 0.4 * MOST)
        clock.now += 0.4


def test_many_threads_may_ask_at_once():
    governor = Governor()

    def play(name: str) -> None:
        for _ in range(300):
            assert 0 < governor.share(name, 0.3) <= MOST
            governor.stopped(name)

    threads = [Thread(target=play, args=(str(number),)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert governor.players == 0
