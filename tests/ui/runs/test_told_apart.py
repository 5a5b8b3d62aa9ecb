"""Lines in a box that say which run is which."""

from ui.runs.told_apart import marked, told_apart

LINE = "Training of 29 Nov, 20:05 · 97.5 % · 784-128-64-10"


def test_alike_ones_are_told_apart_where_no_box_cuts_it_off() -> None:
    lines = {
        "20261129-200918-024-d1c97a": LINE,
        "20261129-200918-025-0aa1b2": LINE,
        "mine": LINE,
        "other": "large · 99.65 %",
    }
    assert told_apart(lines) == {
        "20261129-200918-024-d1c97a": LINE.replace("20:05", "20:05 (d1c97a)"),
        "20261129-200918-025-0aa1b2": LINE.replace("20:05", "20:05 (0aa1b2)"),
        "mine": LINE.replace("20:05", "20:05 (mine)"),
        "other": "large · 99.65 %",
    }


def test_no_two_are_alike_whatever_they_are_called() -> None:
    lines = {
        "20261129-200918-024-d1c97a": "a",
        "20261130-200918-024-d1c97a": "a",
        "x": "a (d1c97a)",
    }
    told = told_apart(lines)
    assert len(set(told.values())) == len(lines)


def test_a_name_in_quotes_is_left_whole() -> None:
    assert marked("“deep · wide” · 97 %", "from a file") == "“deep · wide” (from a file) · 97 %"
