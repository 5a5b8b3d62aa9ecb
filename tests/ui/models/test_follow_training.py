"""The list of models follows: trainings that began after a page was opened appear in it."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import nn
from nn.runs import RunWriter
from ui.models.follow_training import follow_models


def _page() -> None:
    from ui.models.select import model_select

    model_select()


@pytest.fixture
def ticks(monkeypatch):
    """What a page does from time to time, the newest last: AppTest has no clock."""
    found = []
    monkeypatch.setattr(st, "fragment", lambda run_every: lambda tick: found.append(tick) or tick)
    return found


def test_a_training_is_in_the_list_as_soon_as_it_has_a_model(ship, tmp_path, ticks, monkeypatch):
    ship()
    app = AppTest.from_function(_page).run()
    reruns = []
    monkeypatch.setattr(st, "rerun", lambda: reruns.append("page"))
    folder = tmp_path / "runs" / "mine"
    with RunWriter(folder, nn.TrainingConfig(dataset="digits", hidden=(16,)).to_dict()) as writer:
        writer.write("started", dataset="digits")
        ticks[-1]()
        assert not reruns  # there is nothing to look at yet
        nn.save(nn.Network.mlp([784, 16, 10]), folder / "model.safetensors")
        ticks[-1]()
        assert reruns == ["page"]
        app.run()
        assert [" · training · " in title for title in app.selectbox[0].options] == [False, True]
        ticks[-1]()
        assert reruns == ["page"]  # once


def test_a_page_stays_as_it_is_when_a_training_is_deleted(ship, tmp_path, ticks, monkeypatch):
    ship()
    folder = tmp_path / "runs" / "mine"
    with RunWriter(folder, nn.TrainingConfig(dataset="digits", hidden=(16,)).to_dict()):
        nn.save(nn.Network.mlp([784, 16, 10]), folder / "model.safetensors")
    monkeypatch.setattr(st, "rerun", lambda: pytest.fail("reran the page"))
    follow_models()
    (folder / "model.safetensors").unlink()
    ticks[-1]()
