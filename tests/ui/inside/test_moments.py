"""The page Inside looks at a training's network at any of the moments that its run has kept."""

import json

import numpy as np
import pytest

import data
import nn
from nn.history import History
from nn.history.run_history import RunHistory
from nn.training.build import build_network, build_trainer
from tests.ui.inside.inside_page import Pad, inside, parameter, warnings
from ui.inside import chosen_network

LABELS = [str(digit) for digit in range(10)]


class Slider:
    """What the slider is given, and how it is moved: AppTest has no browser."""

    def __init__(self, monkeypatch):
        self.moments, self.index, self.move = [], None, None
        monkeypatch.setattr(chosen_network, "moment_slider", self._draw)

    def _draw(self, label, moments, index, *, key, on_move, help):
        self.moments, self.index, self.move = list(moments), index, on_move


@pytest.fixture
def pad(monkeypatch):
    return Pad(monkeypatch)


@pytest.fixture
def slider(monkeypatch):
    return Slider(monkeypatch)


@pytest.fixture
def run(shipped, tmp_path):
    """The folder of a training of two epochs that is over."""
    digits = data.load("digits")
    folder = tmp_path / "runs" / "some-run"
    folder.mkdir(parents=True)
    config = nn.TrainingConfig(dataset="digits", hidden=(12,), epochs=2, val_size=0)
    network = build_network(config, digits.train_images, LABELS)
    trainer = build_trainer(config, network, digits.train_images, digits.train_labels)
    history = RunHistory(folder, trainer, digits.test_images, digits.test_labels)
    for event in trainer.run():
        history.see(event)
    history.end()
    (folder / "config.json").write_text(json.dumps(config.to_dict()), encoding="utf-8")
    (folder / "events.jsonl").write_text("", encoding="utf-8")
    network.metadata |= {"dataset": "digits", "labels": json.dumps(LABELS)}
    nn.save(network, folder / "model.safetensors")
    return folder


def test_the_newest_network_is_shown_and_each_moment_can_be(run, pad, slider):
    app = inside(model="some-run")
    image = data.load("digits").test_images[:1]
    network = nn.load(run / "model.safetensors")
    np.testing.assert_allclose(
        pad.data["probabilities"], network.predict_proba(image)[0], rtol=1e-4
    )
    assert (slider.moments[0], slider.moments[-1]) == ("before the first step", "now")
    assert slider.index == len(slider.moments) - 1

    records = History(run).whole()
    app.query_params["at"] = str(records[3]["step"])
    app.run()
    earlier = History(run).network_at(records[3])
    np.testing.assert_allclose(
        pad.data["probabilities"], earlier.predict_proba(image)[0], rtol=1e-4
    )
    assert (slider.index, slider.moments[3]) == (3, f"step {records[3]['step']}")
    assert slider.moments[3] in pad.data["network"]


def test_a_moment_that_was_thinned_out_is_the_nearest_one(run, pad, slider):
    steps = History(run).whole()["step"]
    inside(model="some-run", at=str(steps[-1] + 1000))
    assert slider.index == len(steps) - 1


@pytest.mark.parametrize("at", ["x", "-1", "1.5", "9" * 40])
def test_a_moment_that_is_none_is_said(run, pad, slider, at):
    app = inside(model="some-run", at=at)
    assert "number of steps" in warnings(app)
    assert slider.index == len(slider.moments) - 1
    assert not app.exception


def test_moving_the_slider_stands_in_the_address(run, pad, slider, monkeypatch):
    app = inside(model="some-run")
    put = {}
    monkeypatch.setattr(chosen_network.parameters, "choose", put.update)
    slider.move(2)
    assert put == {"at": History(run).whole()["step"][2]}
    slider.move(len(slider.moments) - 1)
    assert put == {"at": None}
    assert parameter(app, "at") is None


def test_a_model_without_history_has_no_slider(ship, pad, slider):
    ship()
    inside()
    assert slider.moments == []
