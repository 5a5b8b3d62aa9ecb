"""The list of models follows: trainings that have no model yet appear in it by themselves."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import nn
from nn.runs import Run, RunWriter
from ui.models import follow_training
from ui.models.follow_training import follow_new_models
from ui.runs.state import Line, RunState


def _page() -> None:
    from ui.models.select import model_select

    model_select()


@pytest.fixture
def ticks(monkeypatch):
    """What a page does from time to time, the newest last: AppTest has no clock."""
    found = []

    def fragment(run=None, *, run_every=None):
        if run_every is None:  # it runs when something in it does
            return run

        def every(tick):
            tick.seconds = run_every
            found.append(tick)
            return tick

        return every

    monkeypatch.setattr(st, "fragment", fragment)
    return found


@pytest.fixture
def trains(line):
    """The runs that have a process."""
    return line[0]


@pytest.fixture
def line(monkeypatch):
    """The runs that have a process, and those that wait for one."""
    active, waiting = [], []

    class Jobs:
        def line(self):
            return Line(
                [RunState(Run(folder), "running") for folder in active],
                [RunState(Run(folder), "waiting", place=1) for folder in waiting],
                1,
            )

    monkeypatch.setattr(follow_training, "jobs", Jobs)
    return active, waiting


def test_a_training_is_in_the_list_as_soon_as_it_has_a_model(
    ship, tmp_path, ticks, trains, monkeypatch
):
    ship()
    folder = tmp_path / "runs" / "mine"
    with RunWriter(folder, nn.TrainingConfig(dataset="digits", hidden=(16,)).to_dict()) as writer:
        writer.write("started", dataset="digits")
        trains.append(folder)
        app = AppTest.from_function(_page).run()
        assert len(app.selectbox[0].options) == 1
        reruns = []
        monkeypatch.setattr(st, "rerun", lambda: reruns.append("page"))
        ticks[-1]()
        assert not reruns  # there is nothing to look at yet
        nn.save(nn.Network.mlp([784, 16, 10]), folder / "model.safetensors")
        ticks[-1]()
        assert reruns == ["page"]
        ticks.clear()
        app.run()
        assert [" · training · " in title for title in app.selectbox[0].options] == [False, True]
        assert ticks == []  # once


def test_a_training_that_ends_without_a_model_is_waited_for_no_more(
    ship, tmp_path, ticks, line, monkeypatch
):
    ship()
    active, waiting = line
    folder = tmp_path / "runs" / "mine"
    with RunWriter(folder, nn.TrainingConfig(dataset="digits", hidden=(16,)).to_dict()):
        pass
    waiting.append(folder)
    app = AppTest.from_function(_page).run()
    assert ticks[-1].seconds == 10  # it may wait for long
    active.append(waiting.pop())
    ticks.clear()
    app.run()
    assert ticks[-1].seconds == 3
    reruns = []
    monkeypatch.setattr(st, "rerun", lambda: reruns.append("page"))
    ticks[-1]()
    assert not reruns
    active.clear()  # it has failed, or was stopped
    ticks[-1]()
    assert reruns == ["page"]
    ticks.clear()
    assert not app.run().exception
    assert ticks == []


def test_where_nothing_trains_the_page_asks_for_nothing(ship, ticks, trains):
    ship()
    assert not AppTest.from_function(_page).run().exception
    assert ticks == []


def test_whoever_reaches_for_the_list_finds_what_began_elsewhere_meanwhile(
    ship, tmp_path, monkeypatch
):
    ship()
    looks, reruns = [], []
    monkeypatch.setattr(st, "rerun", lambda: reruns.append("page"))
    monkeypatch.setattr(follow_training, "when_looked_for", lambda part, do: looks.append(do))
    folders = [tmp_path / "runs" / name for name in ("before", "meanwhile")]
    settings = nn.TrainingConfig(dataset="digits", hidden=(16,)).to_dict()
    for folder in folders:
        with RunWriter(folder, settings):
            pass
    nn.save(nn.Network.mlp([784, 16, 10]), folders[0] / "model.safetensors")
    follow_new_models("box", {"default", "before"})
    looks[-1]()
    assert not reruns  # nothing is new
    nn.save(nn.Network.mlp([784, 16, 10]), folders[1] / "model.safetensors")
    looks[-1]()
    assert reruns == ["page"]
    (folders[0] / "model.safetensors").unlink()
    (folders[1] / "model.safetensors").unlink()
    looks[-1]()
    assert reruns == ["page"]  # the page stays when one is deleted
