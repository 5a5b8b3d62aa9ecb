"""The seconds that a run has trained: what it was paused, or had no process, is not in them."""

import pytest

from ui.runs.training_clock import TrainingClock


def seconds(*events):
    """What the clock says at each of these (type, time)."""
    clock = TrainingClock()
    return [clock({"type": kind, "time": time}) for kind, time in events]


def test_it_begins_with_the_run():
    assert seconds(("started", 1000.0), ("progress", 1002.0), ("epoch", 1005.5)) == [0, 2, 5.5]


def test_a_pause_does_not_count_whatever_is_set_meanwhile():
    said = seconds(
        ("started", 0.0), ("paused", 2.0), ("set", 50.0), ("resumed", 100.0), ("progress", 101.0)
    )
    assert said == [0, 2, 2, 2, 3]


def test_nor_does_the_time_without_a_process():
    assert seconds(("started", 0.0), ("checkpoint", 4.0), ("resumed", 900.0), ("epoch", 905.0)) == [
        0,
        4,
        4,
        9,
    ]


def test_it_never_goes_back():
    assert seconds(("started", 10.0), ("progress", 4.0), ("progress", 6.0)) == pytest.approx(
        [0, 0, 2]
    )
