"""Reading a run while it is written, after accidents, and from one refresh to the next."""

import json

import numpy as np
import pytest

from nn.files import write_tensors
from nn.runs import DIVERGED, Run, RunWriter, remove_run, write_config
from tests.checkpoints import WHOLE


def test_refresh_brings_what_is_new(folder, writer):
    run = Run(folder)
    assert run.refresh() is False
    writer.write("started")
    assert run.refresh() is True
    assert run.refresh() is False
    writer.write("progress", 1)
    writer.write("progress", 2)
    assert len(run.progress) == 0
    assert run.refresh() is True
    assert [event["step"] for event in run.progress] == [1, 2]


def test_refresh_reads_only_what_is_new(folder, writer, monkeypatch):
    run = Run(folder)
    parsed = []
    real = json.loads
    monkeypatch.setattr(json, "loads", lambda text: parsed.append(text) or real(text))
    for step in range(20):
        writer.write("progress", step)
        run.refresh()
    assert len([text for text in parsed if text]) == 20


def test_an_unfinished_last_line_waits_until_it_is_whole(folder, writer, append, types):
    writer.write("started")
    line = '{"type": "progress", "time": 1.0, "step": 5, "epoch": 0.5}\n'
    append(line[:30])
    run = Run(folder)
    assert types(run) == ["started"]
    assert run.refresh() is False
    append(line[30:])
    assert run.refresh() is True
    assert run.progress[0]["step"] == 5


@pytest.mark.parametrize(
    "garbage",
    [
        "no json\n",
        '{"type": "progress", "ti\n',
        "\n",
        "[1, 2]\n",
        "17\n",
        '{"type": "progress"}\n',
        '{"type": 3, "time": 1, "step": 1, "epoch": 1}\n',
        '{"type": "progress", "time": 1, "step": "many", "epoch": 1}\n',
        b"\xff\xfe\x00\n",
        "[" * 100_000 + "\n",
        '{"type": "progress", "time": 1e20, "step": 1, "epoch": 1}\n',
        '{"type": "progress", "time": 1e999, "step": 1, "epoch": 1}\n',
        f'{{"type": "progress", "time": {10**400}, "step": 1, "epoch": 1}}\n',
        '{"type": "progress", "time": NaN, "step": 1, "epoch": 1}\n',
        '{"type": "progress", "time": -1, "step": 1, "epoch": 1}\n',
        '{"type": "progress", "time": 1, "step": 1e20, "epoch": 1}\n',
        '{"type": "progress", "time": 1, "step": 1, "epoch": -Infinity}\n',
        '{"type": "progress", "time": 1, "step": 1, "epoch": 1, "note": "\\uD800"}\n',
        b'{"type": "progress", "time": 1, "step": 1, "epoch": 1, "note": "\xed\xa0\x80"}\n',
    ],
)
def test_lines_that_are_no_events_are_passed_over(folder, writer, garbage, append, types):
    writer.write("started")
    append(garbage)
    writer.write("progress", 1)
    assert types(Run(folder)) == ["started", "progress"]


def test_resumed_drops_what_came_after_the_checkpoint(folder, writer):
    writer.write("started")
    for step in (1, 2, 3, 4):
        writer.write("progress", step)
    writer.write("epoch", 4, 1)
    run = Run(folder)
    assert len(run.progress) == 4
    writer.write("resumed", 2, from_step=2)
    writer.write("progress", 3, train_loss=0.5)
    run.refresh()
    assert [event["step"] for event in run.progress] == [1, 2, 3]
    assert run.progress[-1]["train_loss"] == 0.5
    assert run.epochs == []
    # Whoever reads it all at once sees the same.
    assert Run(folder).events == run.events


def test_an_epoch_that_ended_twice_counts_once(folder, writer):
    # The checkpoint was written after the epoch's last batch, before its end.
    writer.write("epoch", 4, 1, train_loss=2.0)
    writer.write("resumed", 4, 1.0, from_step=4)
    writer.write("epoch", 4, 1, train_loss=1.0)
    writer.write("epoch", 8, 2, train_loss=0.5)
    assert [event["train_loss"] for event in Run(folder).epochs] == [1.0, 0.5]


@pytest.mark.parametrize(
    ("written", "locked", "unlocked"),
    [
        ([], "running", "waiting"),
        (["started"], "running", "interrupted"),
        (["started", "progress", "paused"], "paused", "interrupted"),
        (["started", "paused", "set", "checkpoint"], "paused", "interrupted"),
        (["started", "paused", "resumed"], "running", "interrupted"),
        (["started", "progress", "finished"], "finished", "finished"),
        (["started", "progress", "stopped"], "stopped", "stopped"),
        (["failed"], "failed", "failed"),
        (["started", "stopped", "resumed"], "running", "interrupted"),
    ],
)
def test_status(folder, written, locked, unlocked):
    with RunWriter(folder, {}) as writer:
        for type in written:
            writer.write(type)
        assert Run(folder).status == locked
        assert Run(folder).is_active
    assert Run(folder).status == unlocked
    assert not Run(folder).is_active


def test_status_after_the_settings_alone(folder):
    write_config(folder, {"epochs": 1})
    assert Run(folder).status == "waiting"


def test_status_looks_again_when_the_lock_is_gone(folder):
    writer = RunWriter(folder, {})
    writer.write("started")
    run = Run(folder)
    assert run.status == "running"
    writer.write("finished", 5)
    writer.close()
    assert run.status == "finished"
    # And refresh still says that there is something new to show.
    assert run.refresh() is True
    assert run.refresh() is False


def test_a_removed_run_does_not_disturb_its_readers(folder, types):
    with RunWriter(folder, {}) as writer:
        writer.write("started")
    run = Run(folder)
    assert run.status == "interrupted"
    remove_run(run)
    assert run.refresh() is False
    assert not run.is_active
    assert types(run) == ["started"]


@pytest.mark.parametrize(
    ("ending", "kept", "can_go_on"),
    [
        ({}, (), True),  # killed before its first checkpoint, it begins anew
        ({"type": "stopped"}, (), False),
        ({"type": "stopped"}, (1,), True),
        ({"type": "failed", "message": "the disk is full"}, (0,), True),
        ({"type": "failed", "message": "val_size is too large"}, (), False),
        ({"type": "failed", "reason": DIVERGED}, (0, 1), False),
        ({"type": "failed", "reason": DIVERGED}, (0, 1, 2), True),
        ({"type": "finished"}, (0,), False),
    ],
)
def test_which_runs_can_go_on(folder, ending, kept, can_go_on):
    with RunWriter(folder, {}) as writer:
        writer.write("started")
        if ending:
            writer.write(**ending)
    run = Run(folder)
    for number in kept:
        run.checkpoint_paths[number].write_bytes(WHOLE)
    assert run.can_go_on == can_go_on


@pytest.mark.parametrize(
    ("ending", "kept", "can_change"),
    [
        ({"type": "stopped"}, (0,), True),
        ({"type": "failed", "reason": DIVERGED}, (0,), True),
        ({"type": "failed", "reason": DIVERGED}, (2,), True),
        ({"type": "failed", "reason": DIVERGED}, (), False),
        ({"type": "finished"}, (0,), False),
    ],
)
def test_which_runs_can_go_on_with_another_rate(folder, ending, kept, can_change):
    with RunWriter(folder, {}) as writer:
        writer.write("started")
        writer.write(**ending)
    run = Run(folder)
    for number in kept:
        run.checkpoint_paths[number].write_bytes(WHOLE)
    assert run.can_change_rate == can_change


def flipped(content: bytes) -> bytes:
    return content[:-1] + bytes([content[-1] ^ 1])


@pytest.mark.parametrize("ending", [None, "stopped", "failed"])
@pytest.mark.parametrize("damaged", [flipped, lambda content: content[:-1], lambda content: b""])
def test_a_run_with_damaged_checkpoints_alone_cannot_go_on(folder, ending, damaged):
    with RunWriter(folder, {}) as writer:
        writer.write("started")
        if ending:
            writer.write(ending)
    run = Run(folder)
    newest, before, _ = run.checkpoint_paths
    write_tensors(before, {"a": np.arange(9.0)}, {"format": "one"}, checksum=True)
    whole = before.read_bytes()
    newest.write_bytes(damaged(whole))
    assert run.can_go_on  # from the one before
    before.write_bytes(damaged(whole))
    assert not run.can_go_on
    newest.write_bytes(whole)
    assert run.can_go_on
