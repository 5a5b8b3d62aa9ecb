"""How often checkpoints are written."""

from types import SimpleNamespace

import pytest

from nn.cli.train import checkpoints
from nn.runs import Run, write_config


def test_one_that_took_long_delays_the_next_only_if_they_always_do(tmp_path, monkeypatch):
    write_config(tmp_path / "r", {})
    now, takes = [100.0], iter([0.14, 1.2, 0.14, 1.2, 1.2, 1.2])

    def write(*_):
        now[0] += next(takes)

    clock = SimpleNamespace(monotonic=lambda: now[0], thread_time=lambda: 0.0)
    monkeypatch.setattr(checkpoints, "time", clock)
    monkeypatch.setattr(checkpoints, "_write", write)
    saved, waits = checkpoints.Checkpoints(Run(tmp_path / "r")), []
    assert saved.is_due
    for _ in range(6):
        saved.save(None)
        waits.append(saved.seconds_left)
    # A tenth of the training's time, but at least a second apart.
    assert waits == pytest.approx([1.4, 1.4, 1.4, 1.4, 1.4, 12.0])
