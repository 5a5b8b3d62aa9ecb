"""Events of runs are read once, and not kept of all runs for ever."""

import json

import pytest
import streamlit as st

import nn
from nn import runs
from nn.runs import reader, summary
from ui.models import list as model_list
from ui.runs.jobs import Jobs
from ui.runs.process import train_command_line
from ui.runs.readers import KEPT_READERS

CONFIG = nn.TrainingConfig(dataset="digits", hidden=(16,)).to_dict()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder for runs, and no shipped model."""
    monkeypatch.setattr(model_list, "SHIPPED_FOLDER", tmp_path / "models")
    monkeypatch.setenv("SCRATCH_NN_RUNS", str(tmp_path / "runs"))
    st.cache_resource.clear()
    return tmp_path / "runs"


@pytest.fixture
def lines_read(monkeypatch):
    """The lines of events files that anybody has parsed."""
    lines, parse = [], reader.parse_event

    def noting(line):
        lines.extend([line] if line else [])
        return parse(line)

    monkeypatch.setattr(reader, "parse_event", noting)
    monkeypatch.setattr(summary, "parse_event", noting)
    return lines


def begin(folder):
    """A run under way that has a model."""
    writer = runs.RunWriter(folder, CONFIG)
    writer.write("started", dataset="digits")
    for step in range(100):
        writer.write("progress", step, step / 10)
    (folder / "model.safetensors").write_bytes(b"not looked at")
    return writer


def titles():
    return [choice.title for choice in model_list.list_models()]


def test_listing_the_models_again_reads_no_events_again(folder, lines_read):
    for name in ("a", "b"):
        with begin(folder / name) as writer:
            writer.write("finished", 100, 10, test_accuracy=0.9)
    before = titles()
    assert 0 < len(lines_read) < 20  # and of their 200 not all the first time
    lines_read.clear()
    assert titles() == before
    assert lines_read == []


def test_a_title_follows_what_happens(folder):
    with begin(folder / "a") as writer:
        assert " · training · " in titles()[0]
        writer.write("paused", 100, 10)
        assert " · paused · " in titles()[0]
    assert " · interrupted · " in titles()[0]  # nothing was written, but its process is gone
    with open(folder / "a" / "events.jsonl", "a", encoding="utf-8") as events:
        event = {"type": "finished", "time": 0, "step": 100, "epoch": 10, "test_accuracy": 0.9}
        events.write(json.dumps(event) + "\n")
    assert " · 90.0" in titles()[0]


def test_a_server_reads_events_once_but_keeps_those_of_a_few_runs(tmp_path, lines_read):
    names = [f"run{number:03}" for number in range(KEPT_READERS + 10)]
    for name in names:
        with runs.RunWriter(tmp_path / name, CONFIG) as writer:
            writer.write("started", dataset="digits")
    jobs = Jobs(tmp_path, 1, train_command_line)
    for name in names:
        assert jobs.state(name).run.last("started")
        assert jobs.state(names[0]).run.last("started")  # one that is looked at all the time
    lines_read.clear()
    for name in [names[0], *names[-KEPT_READERS + 1 :]]:
        assert jobs.state(name).run.last("started")
    assert lines_read == []
    for read, name in enumerate(names[1:11], 1):  # those that had been let go
        assert jobs.state(name).run.last("started")
        assert len(lines_read) >= read
