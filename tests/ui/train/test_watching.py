"""The Train page shows a training in four ways, three of them at any of its moments."""

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import streamlit as st

import data
from nn.history import History
from nn.history.health import QUANTITIES
from tests.ui.train.recorded_run import record, sent
from tests.ui.train.train_page import look, open_page, texts
from ui.runs import chosen_moment, kept
from ui.train.watching.shown_images import SHOWN, shown_images

pytestmark = pytest.mark.usefixtures("datasets", "jobs")


class Slider:
    """What the slider is given, and how it is moved: AppTest has no browser."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.moments: list[str] = []
        self.index = -1
        self.choose: Any = None
        monkeypatch.setattr(chosen_moment, "moment_slider", self._draw)

    def _draw(
        self, label: str, moments: list[str], index: int, *, on_choose: Any, **others: Any
    ) -> None:
        self.moments, self.index, self.choose = list(moments), index, on_choose


@pytest.fixture
def slider(monkeypatch: pytest.MonkeyPatch) -> Slider:
    return Slider(monkeypatch)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a training that is over, called "some-run"."""
    record(tmp_path / "some-run", monkeypatch)
    return tmp_path / "some-run"


def switch(page: Any) -> Any:
    return next(group for group in page.get("button_group") if group.label == "Watch")


def parameter(page: Any, name: str) -> str | None:
    value = page.query_params.get(name)
    return value[-1] if isinstance(value, list) else value


def test_digits_shows_what_is_read_at_the_newest_moment(run: Path, slider: Slider) -> None:
    page = open_page(run="some-run", watch="digits")
    (told,) = sent(page, "read")
    answers, digits = History(run).answers()[-1], data.load("digits")
    places = shown_images("digits", tuple(range(len(digits.test_labels)))).places
    assert len(places) == SHOWN
    assert told["numbers"] == places.tolist()
    assert told["read"] == [str(label) for label in answers["classes"][places]]
    assert told["is"] == [str(label) for label in digits.test_labels[places]]
    np.testing.assert_allclose(told["sure"], answers["probabilities"][places] / 255, atol=1e-3)
    pixels = np.frombuffer(base64.b64decode(told["images"]), np.uint8).reshape(-1, 28, 28)
    np.testing.assert_array_equal(pixels, digits.test_images[places])
    assert f"**{sum(told['right'])} of these 24**" in texts(page)
    assert slider.index == len(slider.moments) - 1
    assert slider.moments[0] == "before the first step"
    assert sent(page, "figure") == []  # nothing of the other ways is made


def test_the_way_is_chosen_and_stands_in_the_address(run: Path, slider: Slider) -> None:
    page = open_page(run="some-run")
    assert len(sent(page, "figure")) == 2
    switch(page).set_value("weights")
    look(page)
    assert parameter(page, "watch") == "weights"
    assert sent(page, "figure") == []
    assert sent(page, "neurons")
    switch(page).set_value("curves")
    look(page)
    assert parameter(page, "watch") is None
    assert sent(page, "figure")


@pytest.mark.parametrize("way", ["digits", "weights", "health"])
def test_all_ways_go_to_the_moment_of_the_address(run: Path, slider: Slider, way: str) -> None:
    step = int(History(run).answers()["step"][4])
    open_page(run="some-run", watch=way, at=str(step + 1_000_000))
    assert slider.index == len(slider.moments) - 1  # it was thinned out: the nearest one
    open_page(run="some-run", watch=way, at=str(step))
    assert slider.moments[slider.index] == f"step {step}"


def test_a_look_at_a_kind_that_keeps_other_moments_does_not_move_the_moment(
    run: Path, slider: Slider, monkeypatch: pytest.MonkeyPatch
) -> None:
    st.cache_resource.clear()
    read = kept.read
    fewer = {"weights": slice(None, None, 4)}
    monkeypatch.setattr(
        kept, "read", lambda history, kind: read(history, kind)[fewer.get(kind, slice(None))]
    )
    step, nearest = (int(History(run).health()["step"][place]) for place in (5, 4))
    page = open_page(run="some-run", watch="health", at=str(step))
    for way, shown in (("health", step), ("weights", nearest), ("health", step)):
        switch(page).set_value(way)
        look(page)
        assert parameter(page, "at") == str(step)
        told = f" (the nearest kept to step {step})" if way == "weights" else ""
        assert slider.moments[slider.index] == f"step {shown}{told}"


def test_moving_the_slider_stands_in_the_address(
    run: Path, slider: Slider, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_page(run="some-run", watch="digits")
    put: dict[str, Any] = {}
    monkeypatch.setattr(chosen_moment.address, "put", put.update)
    slider.choose(2)
    assert put == {"at": str(History(run).answers()["step"][2])}
    slider.choose(len(slider.moments) - 1)  # from now on the newest moment is followed again
    assert put == {"at": None}


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"watch": "stars"}, "curves, digits, weights, health"),
        ({"watch": "digits", "at": "-1"}, "it must be a number of steps"),
        ({"watch": "digits", "at": "9" * 40}, "it must be a number of steps"),
        ({"watch": "weights", "all": "yes"}, "it must be 1, or not be there"),
    ],
)
def test_what_a_link_asks_for_in_vain_is_told(
    run: Path, slider: Slider, parameters: dict[str, str], words: str
) -> None:
    page = open_page(run="some-run", **parameters)
    assert words in texts(page)


def test_weights_are_the_first_layers(run: Path, slider: Slider) -> None:
    page = open_page(run="some-run", watch="weights")
    (told,) = sent(page, "neurons")
    assert told["neurons"] == list(range(32))
    history = History(run)
    weight = history.network_at(history.whole()[-1]).named_parameters()["0.weight"]
    shown = np.frombuffer(base64.b64decode(told["values"]), np.int8).reshape(32, 784)
    inside = np.abs(weight[:32]) < told["scale"]
    assert inside.mean() > 0.99
    np.testing.assert_allclose(
        (shown / 127 * told["scale"])[inside], weight[:32][inside], atol=told["scale"] / 200
    )
    toggle = next(toggle for toggle in page.toggle if toggle.label == "All 40 neurons")
    toggle.set_value(True)
    look(page)
    assert sent(page, "neurons")[0]["neurons"] == list(range(40))
    assert parameter(page, "all") == "1"
    page = open_page(run="some-run", watch="weights", all="1")
    assert sent(page, "neurons")[0]["neurons"] == list(range(40))


def test_weights_of_convolutions_are_filters(
    tmp_path: Path, slider: Slider, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(tmp_path / "conv", monkeypatch, convolutions=(4,), epochs=1)
    page = open_page(run="conv", watch="weights")
    (told,) = sent(page, "neurons")
    assert (told["side"], told["of"], len(told["neurons"])) == (5, "filter", 4)
    assert len(base64.b64decode(told["values"])) == 4 * 25


def test_weights_of_a_large_network_are_those_that_were_kept(
    tmp_path: Path, slider: Slider, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(tmp_path / "large", monkeypatch, hidden=(330,), epochs=1)
    page = open_page(run="large", watch="weights")
    assert "of a network as large as this one the 64" in texts(page)
    (told,) = sent(page, "neurons")
    assert told["neurons"] == History(tmp_path / "large").first_layer()["neurons"][-1][:32].tolist()


def test_health_tells_of_each_layer(run: Path, slider: Slider) -> None:
    page = open_page(run="some-run", watch="health")
    (told,) = sent(page, "layers")
    record = History(run).health()[-1]["layers"]
    assert [layer["name"] for layer in told["layers"]] == ["Layer 1", "Layer 2, the output"]
    for layer, row in zip(told["layers"], record, strict=True):
        assert layer["neurons"] == row["neurons"]
        assert layer["dead"] == row["dead"]
        for quantity, picture in layer["pictures"].items():
            place = QUANTITIES.index(quantity)
            assert picture["counts"] == row["histograms"][place].tolist()
            assert picture["std"] == pytest.approx(row["numbers"][place][3], rel=1e-3)
    figure = json.loads(sent(page, "figure")[0]["figure"])
    assert [trace["name"] for trace in figure["data"]] == ["1", "2"]
    ratios = History(run).health()["layers"]["update_ratio"][:, 0]
    # Before the first step nothing was changed.
    assert figure["data"][0]["y"][0] is None
    np.testing.assert_allclose(figure["data"][0]["y"][1:], ratios[1:], atol=1e-3)


def test_the_network_of_an_ensemble_is_chosen(
    tmp_path: Path, slider: Slider, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(tmp_path / "two", monkeypatch, ensemble=2, epochs=1)
    page = open_page(run="two", watch="weights")
    box = next(box for box in page.selectbox if box.label == "Network")
    assert (box.options, box.value) == (["1 of 2", "2 of 2"], 1)
    newest = sent(page, "neurons")[0]["values"]
    box.set_value(0)
    look(page)
    assert parameter(page, "member") == "0"
    assert sent(page, "neurons")[0]["values"] != newest


@pytest.mark.parametrize("way", ["digits", "weights", "health"])
def test_a_training_of_an_earlier_version_says_that_it_kept_nothing(
    tmp_path: Path, slider: Slider, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    record(tmp_path / "old", monkeypatch, epochs=1)
    (tmp_path / "old" / "history" / "0" / "about.json").unlink()
    page = open_page(run="old", watch=way)
    assert "earlier versions" in texts(page)
    assert slider.moments == []
    assert "Start a training" in texts(open_page(watch=way))


def test_nothing_is_read_again_while_nothing_changes(
    run: Path, slider: Slider, monkeypatch: pytest.MonkeyPatch
) -> None:
    st.cache_resource.clear()
    readings: list[str] = []
    read = kept.read

    def counted(history: History, kind: str) -> Any:
        readings.append(kind)
        return read(history, kind)

    monkeypatch.setattr(kept, "read", counted)
    page = open_page(run="some-run", watch="digits")
    assert set(readings) == {"answers"}
    readings.clear()
    look(page)
    assert readings == []
    answers = run / "history" / "0" / "answers.bin"
    answers.write_bytes(answers.read_bytes()[:-1])  # the last one is being written
    look(page)
    assert readings
    assert len(slider.moments) == len(History(run).answers())
