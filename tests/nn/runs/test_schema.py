"""What the files of a run may hold, and what is made of all else."""

import json
import math
from dataclasses import fields

import pytest

from nn import TrainingConfig
from nn.runs import Run, write_config
from nn.runs.schema import EVENTS, checked_config, checked_event
from nn.training.events import EpochEnd, Progress, Started

BASE = {"time": 1.0, "step": 5, "epoch": 0.5}


@pytest.mark.parametrize("kind", [Started, Progress, EpochEnd])
def test_all_that_a_training_reports_is_declared(kind):
    assert {field.name for field in fields(kind)} - {"step", "epoch"} <= EVENTS[kind.type].keys()


@pytest.mark.parametrize(
    "junk", [math.nan, -math.inf, 1e300, -5, 10**400, True, [], {}, [[1]], {"a": 1}]
)
def test_what_cannot_be_meant_is_none(junk):
    for kind, told in EVENTS.items():
        event = checked_event({"type": kind, **BASE} | dict.fromkeys(told, junk))
        assert event == {"type": kind, **BASE} | dict.fromkeys(told)


@pytest.mark.parametrize("junk", [math.nan, 1e300, -1, "5", None, True, []])
def test_an_event_without_its_place_is_none(junk):
    for field in BASE:
        assert checked_event({"type": "progress", **BASE, field: junk}) is None, field


@pytest.mark.parametrize("kind", ["batch", "", 7, None, ["progress"], {}])
def test_other_types_are_no_events(kind):
    assert checked_event({"type": kind, **BASE}) is None


def test_other_fields_are_left_out_and_long_texts_cut():
    event = checked_event({"type": "failed", **BASE, "message": "x" * 10**6, "train_loss": 1.0})
    assert event == {"type": "failed", **BASE, "message": "x" * 2000}


def test_a_line_without_an_end_is_passed_over(folder, writer, append, types):
    writer.write("started")
    run = Run(folder)
    run.refresh()
    for _ in range(3):
        append("x" * 700_000)
        run.refresh()
    append("\n")
    writer.write("progress", 1)
    run.refresh()
    assert types(run) == types(Run(folder)) == ["started", "progress"]


@pytest.mark.parametrize(
    "settings",
    [
        [],
        {"a": math.nan},
        {"a": 10**400},
        {"a": "x" * 10_000},
        {"a": [[[[[1]]]]]},
        {"a": {"b": math.inf}},
        {str(number): 1 for number in range(1000)},
    ],
)
def test_settings_that_cannot_be_meant_are_refused(settings, folder):
    with pytest.raises(ValueError, match="must") as refused:
        checked_config(settings)
    assert len(str(refused.value)) < 200
    write_config(folder, {})
    (folder / "config.json").write_text(json.dumps(settings), encoding="utf-8")
    with pytest.raises(ValueError, match="can't be read"):
        Run(folder)


def test_the_largest_settings_that_there_are_pass():
    member = TrainingConfig(seed=2**63 - 1, convolutions=(8,) * 2, hidden=(9,) * 10)
    config = TrainingConfig(**{**vars(member), "other_members": (member,) * 19}).to_dict()
    assert checked_config(config) == config
