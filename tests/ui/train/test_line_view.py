import json
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from nn.runs import Run
from ui.runs.state import Line, RunState
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


@pytest.mark.parametrize(
    ("left", "said"), [(180.0, "trains, gives way in 0:35"), (20.0, "trains, about 20 s left")]
)
def test_who_waits_reads_when_the_one_ahead_makes_room(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, left: float, said: str
) -> None:
    config = {"dataset": "mnist", "layers": [784, 64, 10]}
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    run, now = Run(tmp_path), time.monotonic()
    line = Line([RunState(run, "running", gives_way=now + 35)], [RunState(run, "waiting")], 1)
    monkeypatch.setattr(line_view, "jobs", lambda: SimpleNamespace(line=lambda: line))
    monkeypatch.setattr(line_view, "_begins", lambda line, now: [min(left, 35.0), None])
    monkeypatch.setattr(line_view, "seconds_left", lambda run: left)
    monkeypatch.setattr(time, "monotonic", lambda: now)
    _, what = line_view.waiting_texts(RunState(run, "waiting", place=1))
    assert said in what
