"""The page Inside looks at a training's network at any of the moments that its run has kept."""

import json
import shutil

import numpy as np
import pytest

import data
import nn
from nn.history import History, recorder
from nn.history.run_history import RunHistory
from nn.training.build import build_network, build_trainer
from tests.ui.inside.inside_page import inside, parameter, texts, warnings
from tests.ui.inside.view_component import ViewComponent
from ui.inside import image_map_drawn, image_map_points
from ui.runs import chosen_moment

LABELS = [str(digit) for digit in range(10)]


class Slider:
    """What the slider is given, and how it is moved: AppTest has no browser."""

    def __init__(self, monkeypatch):
        self.moments, self.index, self.choose = [], None, None
        monkeypatch.setattr(chosen_moment, "moment_slider", self._draw)

    def _draw(self, label, moments, index, *, key, on_move, on_choose, help):
        self.moments, self.index, self.choose = list(moments), index, on_choose


@pytest.fixture
def slider(monkeypatch):
    return Slider(monkeypatch)


@pytest.fixture
def run(shipped, tmp_path):
    """The folder of a training of two epochs that is over."""
    return train(tmp_path / "runs" / "some-run")


def train(folder, seed=0):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recorder, "FREE_SECONDS", 1000.0)  # not depending on how busy the computer is
        return _train(folder, seed)


def _train(folder, seed):
    digits = data.load("digits")
    folder.mkdir(parents=True)
    config = nn.TrainingConfig(dataset="digits", hidden=(12,), epochs=2, val_size=0, seed=seed)
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
    assert (slider.moments[0], slider.moments[-1]) == ("before the first step", "the end")
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


def test_a_moment_of_a_training_that_goes_on_stays(run, pad, slider, monkeypatch):
    monkeypatch.setattr(nn.runs.Run, "is_active", property(lambda _: True))
    assert "The numbers follow by themselves." in texts(inside(model="some-run"))
    said = texts(inside(model="some-run", at="0"))
    assert "The moment that you have chosen stays." in said
    assert "follow by themselves" not in said


def test_a_moment_that_was_thinned_out_is_the_nearest_one(run, pad, slider):
    steps = History(run).whole()["step"]
    asked = steps[-1] + 1000
    app = inside(model="some-run", at=str(asked))
    assert slider.index == len(steps) - 1
    for _ in range(2):
        assert slider.moments[slider.index].endswith(f" (the nearest kept to step {asked:,})")
        assert parameter(app, "at") == str(asked)
        app.run()
    app.query_params["at"] = str(steps[2])
    app.run()
    assert not any("nearest" in moment for moment in slider.moments)


@pytest.mark.parametrize("at", ["x", "-1", "1.5", "9" * 40])
def test_a_moment_that_is_none_is_said(run, pad, slider, at):
    app = inside(model="some-run", at=at)
    assert "number of steps" in warnings(app)
    assert slider.index == len(slider.moments) - 1
    assert not app.exception


def test_moving_the_slider_stands_in_the_address(run, pad, slider, monkeypatch):
    app = inside(model="some-run")
    put = {}
    monkeypatch.setattr(chosen_moment.address, "put", put.update)
    slider.choose(2)
    assert put == {"at": str(History(run).whole()["step"][2])}
    slider.choose(len(slider.moments) - 1)
    assert put == {"at": None}
    assert parameter(app, "at") is None


def test_a_model_without_history_has_no_slider(ship, pad, slider):
    ship()
    app = inside()
    assert slider.moments == []
    assert "earlier versions" not in captions(app)


def test_a_run_without_history_says_so(run, pad, slider):
    assert "earlier versions" not in captions(inside(model="some-run"))
    shutil.rmtree(run / "history")
    slider.moments = []
    app = inside(model="some-run", at="3")
    assert slider.moments == []
    assert "earlier versions" in captions(app)


def test_a_run_that_is_made_anew_is_not_taken_for_the_one_before(run, pad, slider):
    app = inside(model="some-run", at="0")
    before, weights = pad.data["probabilities"], pad.weights
    shutil.rmtree(run)
    train(run, seed=1)
    app.run()
    image = data.load("digits").test_images[:1]
    first = History(run).network_at(History(run).whole()[0])
    assert pad.data["probabilities"] != before
    np.testing.assert_allclose(pad.data["probabilities"], first.predict_proba(image)[0], rtol=1e-4)
    assert pad.weights != weights


def test_a_model_that_is_saved_again_while_it_is_read_is_followed(run, pad, monkeypatch):
    """Whatever comes in between, its numbers and what is kept about them belong together."""
    file, load = run / "model.safetensors", nn.load
    other = nn.Network.mlp([784, 12, 10], seed=9, metadata=load(file).metadata)

    def load_and_save(path):
        network = load(path)
        nn.save(other, file)  # as the training does
        monkeypatch.setattr(nn, "load", load)
        return network

    monkeypatch.setattr(nn, "load", load_and_save)
    app = inside(model="some-run")
    before = pad.weights
    app.run()
    image = data.load("digits").test_images[:1]
    np.testing.assert_allclose(pad.data["probabilities"], other.predict_proba(image)[0], rtol=1e-4)
    assert pad.weights != before


def captions(app):
    return " ".join(caption.value for caption in app.caption)


def test_the_answer_is_said_to_be_without_averages_only_where_there_are_some(run, pad, slider):
    words = "from the image alone"
    assert words not in captions(inside(model="some-run"))
    network = nn.load(run / "model.safetensors")
    network.averaging = nn.Averaging(shift=1)
    nn.save(network, run / "model.safetensors")
    assert words in captions(inside(model="some-run"))
    assert words in captions(inside(model="some-run", at="0"))


def test_the_map_is_coloured_by_when_each_image_was_learned(run, pad, slider, monkeypatch):
    component = ViewComponent()
    monkeypatch.setattr(image_map_drawn, "_map", component)
    monkeypatch.setattr(image_map_points, "_points", lambda **given: None)
    inside(model="some-run", view="map", map_colour="learned")
    found = component.data["learned"]
    records = History(run).answers()
    labels = data.load("digits").test_labels
    always = (records["classes"] == labels).all(axis=0)
    wrong_at_the_end = records["classes"][-1] != labels
    group = {name: np.array(found["at"]) == k for k, name in enumerate(found["names"])}
    from_the_start = group.get("from the start", np.zeros(len(labels), bool))
    assert from_the_start.tolist() == always.tolist()
    assert sum(one.sum() for one in group.values()) == (~wrong_at_the_end).sum()
    assert (np.array(found["at"]) == 255).tolist() == wrong_at_the_end.tolist()
