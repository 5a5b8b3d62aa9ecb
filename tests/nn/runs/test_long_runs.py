"""Runs of many hours: their events stay few, and those who read them meanwhile lose nothing."""

import json
import time

import pytest

from nn.runs import Run, RunWriter, summarise
from nn.runs.event_lines import LARGE
from nn.runs.thinning import MOST_BYTES, thinned

NUMBERS = {"train_loss": 0.123456789, "train_accuracy": 0.987654321}
PROGRESS = NUMBERS | {"samples_per_second": 51234.5678, "learning_rate": 0.1}


def steps(events):
    return [event["step"] for event in events]


def test_older_events_are_thinned_out_on_disk_and_readers_notice(folder, writer):
    live, late = Run(folder), Run(folder)
    writer.write("started", epochs=900, train_samples=1000)
    sizes = set()
    for step in range(1, 9001):
        writer.write("progress", step, step / 10, **PROGRESS)
        if step % 10 == 0:
            loss = 0.001 if step == 4440 else 1 + 1 / step
            writer.write("epoch", step, step // 10, val_loss=loss, **NUMBERS)
        if step % 1000 == 0:
            live.refresh()
            sizes.add((folder / "events.jsonl").stat().st_size < MOST_BYTES + 1000)
    assert sizes == {True}
    live.refresh()
    late.refresh()
    assert live.events == late.events == Run(folder).events
    assert live.events[0]["type"] == "started"
    assert len(live.events) < 6500
    assert steps(live.progress)[-200:] == list(range(8801, 9001))
    assert steps(live.progress) == sorted(set(steps(live.progress)))
    widths = [b - a for a, b in zip(steps(live.progress), steps(live.progress)[1:], strict=False)]
    assert max(widths) <= 2 * 9000 / 500  # evenly spread: nowhere a hole
    assert live.epochs[0]["epoch"] == 1
    assert 444 in [event["epoch"] for event in live.epochs]


def test_thinning_again_keeps_what_is_evenly_spread():
    events = [{"type": "progress", "step": step} for step in range(20_000)]
    at_once = thinned(events)
    in_parts = thinned(thinned(events[:7_000]) + events[7_000:])
    assert steps(at_once) == steps(in_parts)
    assert 1000 <= len(at_once) <= 1500


def test_a_full_disk_puts_thinning_off(folder, writer, monkeypatch):
    def full(*_):
        raise OSError("no room")

    monkeypatch.setattr("nn.replacing.replace", full)
    for step in range(9000):
        writer.write("progress", step, step / 10, **PROGRESS)
    assert len(Run(folder).events) == 9000
    monkeypatch.undo()
    for step in range(9000, 12000):
        writer.write("progress", step, step / 10, **PROGRESS)
    assert len(Run(folder).events) < 9000


def test_a_file_that_was_never_thinned_is_read_in_part(folder, writer, append):
    line = json.dumps({"type": "progress", "time": 1.0, "step": 10**6, "epoch": 1.0} | PROGRESS)
    append('{"type": "started", "time": 1.0, "step": 0, "epoch": 0, "epochs": 9}\n')
    append((line + "\n") * (2 * LARGE // len(line)))
    append('{"type": "resumed", "time": 1.0, "step": 5, "epoch": 0, "from_step": 5}\n')
    append((line + "\n") * (2 * LARGE // len(line)))
    run = Run(folder)
    assert [event["type"] for event in run.events[:3]] == ["started", "resumed", "progress"]
    assert 2000 < len(run.events) < 8000
    writer.write("stopped", 10**6)
    run.refresh()
    assert run.status == "stopped"


def test_what_stands_once_in_a_file_that_was_never_thinned_is_found(folder, writer, append):
    """A new rate, and epochs that are far apart."""
    lines = [
        json.dumps({"type": "progress", "time": 1.0, "step": step, "epoch": step / 1000} | PROGRESS)
        for step in range(1, 60_001)
    ]
    for epoch in range(1, 61):
        at = {"time": 1.0, "step": 1000 * epoch, "epoch": epoch}
        lines[1000 * epoch - 1] = json.dumps({"type": "epoch"} | at | NUMBERS)
    at = {"time": 1.0, "step": 29_001, "epoch": 29.001}
    lines[29_000] = json.dumps({"type": "set"} | at | {"name": "learning_rate", "value": 0.02})
    content = "\n".join(lines) + "\n"
    assert len(content) > 2 * LARGE
    append(content)
    run = Run(folder)
    assert len(run.events) < 8000
    assert [event["epoch"] for event in run.epochs] == list(range(1, 61))
    assert run.last("set")["value"] == 0.02
    assert steps(run.events) == sorted(set(steps(run.events)))


@pytest.mark.parametrize("content", ["x" * (2 * LARGE), "x\n" * LARGE])
def test_a_large_file_that_holds_no_events_is_read_to_its_end(folder, writer, append, content):
    append(content + '\n{"type": "stopped", "time": 1.0, "step": 1, "epoch": 1}\n')
    assert [event["type"] for event in Run(folder).events] == ["stopped"]


@pytest.mark.parametrize("step", [-3600.0, 0.001])
def test_time_never_goes_back(folder, monkeypatch, step):
    with RunWriter(folder, {}) as writer:
        writer.write("started")
        real = time.time
        monkeypatch.setattr(time, "time", lambda: real() + step)
        writer.write("progress", 1)
        writer.write("progress", 2)
    times = [event["time"] for event in Run(folder).events]
    assert times == sorted(times)
    assert times[-1] - times[0] < 60


@pytest.mark.parametrize(
    ("written", "status", "last"),
    [
        ([], "waiting", None),
        (["started", "progress", "checkpoint"], "interrupted", "progress"),
        (["started", "paused", "set", "checkpoint"], "interrupted", "paused"),
        (["started", "stopped", "resumed", "progress"], "interrupted", "progress"),
        (["started", "progress", "finished"], "finished", "finished"),
    ],
)
def test_a_summary_says_what_all_events_say(folder, written, status, last):
    with RunWriter(folder, {}) as writer:
        for kind in written:
            for step in range(200 if kind == "progress" else 1):
                writer.write(kind, step, **(PROGRESS if kind == "progress" else {}))
        told = summarise(Run(folder))
        assert told.status == Run(folder).status
    told, run = summarise(Run(folder)), Run(folder)
    assert told.status == run.status == status
    assert told.first == (run.events[0] if written else None)
    assert (told.last and told.last["type"]) == last


def test_a_summary_of_odd_lines_is_right_too(folder, writer, append):
    append("x" * 30_000 + "\n")
    writer.write("started")
    append("x" * 30_000 + "\n")
    told = summarise(Run(folder))
    assert told.status == "running"
    assert (told.first["type"], told.last["type"]) == ("started", "started")
