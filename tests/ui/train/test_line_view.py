import pytest

from ui.runs.state import Line
from ui.train import line_view


class Jobs:
    """A line that two have left since the place in it was asked for."""

    def place_of_next(self, browser: str) -> int:
        return 3

    def line(self, joining: str) -> Line:
        return Line([], [], 1)

    def seconds_of(self, run: object) -> None:
        return None


def test_a_line_that_gets_shorter_while_it_is_looked_at_fails_nowhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(line_view, "jobs", Jobs)
    monkeypatch.setattr(line_view, "this_browser", lambda: "me")
    said = line_view.joining_text()
    joins = "A training that you start now joins the line behind 2 others"
    assert said == f"{joins} and begins in a moment, by itself."
