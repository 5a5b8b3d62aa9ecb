"""Spans of time in words."""

import pytest

from nn.runs.durations import measured


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.0, "0.01 s"), (0.04, "0.04 s"), (0.096, "0.1 s"), (3.0, "3.0 s"), (725.04, "725.0 s")],
)
def test_no_time_is_printed_as_none(seconds: float, words: str) -> None:
    assert measured(seconds) == words
