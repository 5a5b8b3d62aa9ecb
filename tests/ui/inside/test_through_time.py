"""The view "Through time": one decision all along a training, and going on from a moment of it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import data
import nn
from nn.history import History
from nn.history.decision import Turns
from tests.ui.inside.inside_page import Pad, inside, numbers, parameter, texts, warnings
from tests.ui.inside.test_moments import train
from ui.inside import through_time
from ui.inside.chosen_network import ChosenNetwork
from ui.inside.copied_code import images_file, model_file
from ui.inside.copied_moments import moments_file
from ui.inside.drawing_link import to_text
from ui.inside.time_words import turns_words
from ui.long_work import Done, long_work
from ui.runs.jobs import Jobs
from ui.runs.kept import Kept, kept
from ui.runs.moments import step_and_epoch

NAMES = ["before the first step", "step 1", "step 2", "epoch 1", "epoch 2"]

pytestmark = pytest.mark.usefixtures("pad")


class Chart:
    """What the chart is given, and how it is clicked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.figure: dict[str, Any] = {}
        self._sent: dict[str, Any] | None = None
        monkeypatch.setattr(through_time, "live_chart", self._draw)

    def click(self, page: AppTest, **sent: Any) -> None:
        self._sent = sent
        page.run()
        assert not page.exception

    def lines(self) -> dict[str, list[float]]:
        """The probabilities in percent, by the class."""
        return {
            line["name"].removesuffix(", right"): line["y"]
            for line in self.figure["data"]
            if line["mode"].startswith("lines")
        }

    def _draw(self, figure: dict[str, Any], *, on_click: Any, **_: Any) -> None:
        import streamlit as st

        self.figure = figure
        if self._sent is not None:
            sent, self._sent = self._sent, None
            on_click(sent)
            st.rerun()


@pytest.fixture
def chart(monkeypatch: pytest.MonkeyPatch) -> Chart:
    return Chart(monkeypatch)


@pytest.fixture
def run(shipped: Path, jobs: Jobs, tmp_path: Path) -> Path:
    """The folder of a training that is over, on a server that starts others."""
    return train(tmp_path / "some-run")


def test_each_moment_says_what_its_network_says(run: Path, chart: Chart) -> None:
    digits = data.load("digits")
    read_at_the_end = nn.load(run / "model.safetensors").predict_proba(digits.test_images)
    number = int(np.flatnonzero(read_at_the_end.argmax(axis=1) == digits.test_labels)[0])
    page = inside(view="time", model="some-run", image=str(number), at="0")
    history = History(run)
    records = history.whole()
    images = digits.test_images[number : number + 1]
    expected = np.stack([history.network_at(one).predict_proba(images)[0] for one in records])
    lines = chart.lines()
    for k in range(10):
        np.testing.assert_allclose(lines[str(k)], 100 * expected[:, k], atol=1e-3)
    read = expected.argmax(axis=1) == digits.test_labels[number]
    assert f"Right at {read.sum()} of the {len(records)} moments" in texts(page)
    # The moment that the page shows is marked: before the first step, left of step 1.
    assert chart.figure["layout"]["shapes"][0]["x0"] == 0.5
    assert chart.figure["data"][0]["customdata"][0][0] == 0  # in the table it is step 0
    page.query_params["time_along"] = "epoch"
    page.run()
    assert chart.figure["data"][0]["x"] == records["epoch"].tolist()


def test_moments_that_go_while_the_page_is_drawn_are_shown_once_more(
    run: Path, chart: Chart, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = len(History(run).whole())

    kept = ChosenNetwork.kept

    def kept_and_gone(chosen: ChosenNetwork, kind: str) -> Kept | None:
        found = kept(chosen, kind)
        (run / "history" / "0" / "weights.bin").write_bytes(b"")
        return found

    monkeypatch.setattr(ChosenNetwork, "kept", kept_and_gone)
    page = inside(view="time", model="some-run")
    assert f"of the {count} moments" in texts(page)
    assert len(chart.lines()["0"]) == count


def test_a_click_makes_a_moment_that_of_the_page(run: Path, chart: Chart, pad: Pad) -> None:
    page = inside(view="time", model="some-run")
    steps = History(run).whole()["step"].tolist()
    assert "shapes" not in chart.figure["layout"]
    chart.click(page, x=steps[3], y=1)
    assert parameter(page, "at") == str(steps[3])
    assert chart.figure["layout"]["shapes"][0]["x0"] == steps[3]
    chart.click(page, x=0.5, y=1)
    assert parameter(page, "at") == "0"
    chart.click(page, x="x")
    assert parameter(page, "at") == "0"


def test_of_a_drawing_one_says_what_it_is(run: Path, chart: Chart) -> None:
    image = to_text(data.load("digits").test_images[9])
    page = inside(view="time", model="some-run", image="drawing", drawing=image)
    read = page.selectbox(key="time_label_box").value
    assert f"**{read}**" in texts(page)
    page.selectbox(key="time_label_box").set_value("4").run()
    assert parameter(page, "time_label") == "4"
    assert any(line["name"] == "4, right" for line in chart.figure["data"])
    page = inside(view="time", model="some-run", image="3")
    assert [box for box in page.selectbox if box.key == "time_label_box"] == []


def test_going_on_starts_a_training_with_the_weights_of_the_moment(
    run: Path, jobs: Jobs, chart: Chart
) -> None:
    page = inside(view="time", model="some-run", at="2", time_rate="0.03")
    assert "will take a few seconds" in texts(page)
    next(one for one in page.button if one.label == "Go on from here").click().run()
    assert not page.exception
    run_id = parameter(page, "went_on")
    assert run_id is not None
    state = jobs.state(run_id)
    assert state is not None
    before = nn.TrainingConfig.from_dict(jobs.state("some-run").run.config)  # type: ignore[union-attr]
    now = nn.TrainingConfig.from_dict(state.run.config)
    assert now.to_dict() == before.to_dict() | {"learning_rate": 0.03}
    images = data.load("digits").test_images[:5]
    history = History(run)
    moment = history.network_at(history.whole()[2])
    first = nn.load(state.run.start_path)
    np.testing.assert_array_equal(first.predict_proba(images), moment.predict_proba(images))
    assert "step 2, rate 0.03" in texts(page)
    assert "joins the line behind one other" in texts(page)  # if one goes on again
    links = [one.proto for one in page.get("page_link")]
    assert any(f"some-run%2C{run_id}" in link.query_string for link in links)


def test_going_on_begins_with_the_rate_that_the_training_had_at_that_moment(
    run: Path, chart: Chart
) -> None:
    changed = {"type": "set", "time": 1e9, "step": 46, "epoch": 1.0}
    line = json.dumps(changed | {"name": "learning_rate", "value": 0.05})
    (run / "events.jsonl").write_text(f"{line}\n", encoding="utf-8")
    for at, rate in (("2", 0.1), (None, 0.05)):
        page = inside(view="time", model="some-run", **({} if at is None else {"at": at}))
        box = page.number_input(key="time_rate_box")
        assert box.value == rate
        assert f"It was {rate} at this moment" in box.help


def test_what_went_on_and_diverged_says_so(run: Path, chart: Chart) -> None:
    config = nn.runs.Run(run).config
    with nn.runs.RunWriter(run.parent / "gone-on", config) as writer:
        writer.write("failed", step=9, epoch=1.0, message="training diverged", reason="diverged")
    page = inside(view="time", model="some-run", went_on="gone-on")
    assert "raining diverged" in page.error[0].value


def test_a_line_that_is_full_says_so(
    run: Path, jobs: Jobs, chart: Chart, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> str:
        raise ValueError("The line is full.")

    monkeypatch.setattr(jobs, "start", full)
    page = inside(view="time", model="some-run")
    next(one for one in page.button if one.label == "Go on from here").click().run()
    assert "The line is full" in page.error[0].value
    assert parameter(page, "went_on") is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("time_along", "x"),
        ("time_rate", "0"),
        ("time_rate", "nan"),
        ("went_on", "<b>"),
    ],
)
def test_a_link_that_asks_for_what_cannot_be_says_so(
    run: Path, chart: Chart, name: str, value: str
) -> None:
    page = inside(view="time", model="some-run", **{name: value})
    assert "The link asks for" in warnings(page)
    assert chart.lines()


def test_a_model_without_a_history_says_so(network: nn.Network, chart: Chart) -> None:
    page = inside(view="time")
    assert "has kept nothing of its training" in texts(page)
    assert "Train a network" in [link.proto.label for link in page.get("page_link")]


def test_a_large_network_is_long_work(
    run: Path, chart: Chart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(through_time, "_QUICK", 0)
    count = len(History(run).whole())
    answers = np.full((count, 10), np.nan)  # it had diverged
    monkeypatch.setattr(long_work(), "state", lambda key: Done(answers))
    inside(view="time", model="some-run")
    assert chart.lines()["3"] == [0] * count


def test_the_copied_lines_print_the_same_probabilities(
    run: Path,
    chart: Chart,
    printed: Callable[..., str],
) -> None:
    page = inside(view="time", model="some-run", image="5")
    network = nn.load(run / "model.safetensors")
    network.temperature = 2.0  # the moments were not calibrated
    images = data.load("digits").test_images[5:6]
    way = kept(run, "digits", 0, "whole")
    assert way is not None
    files = {
        "model.py": model_file(network, "a network"),
        "images.npz": images_file(images, np.array([1]), np.array([5])),
        "moments.npz": moments_file(way),
    }
    found = numbers(printed(page, files)).reshape(len(way.steps), 11)
    assert found[:, 0].tolist() == way.steps
    lines = chart.lines()
    expected = np.array([lines[str(k)] for k in range(10)]).T / 100
    np.testing.assert_allclose(found[:, 1:], expected, atol=1e-5)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Turns(None, [], [], None), "It was never read as **4** at any of the 5 moments"),
        (Turns(1, [], [], 1), "at **step 1**. It stayed right to the end. Right at 3 of the 5"),
        (
            Turns(0, [1, 3], [2, 4], 4),
            "First read as **4** **before the first step**. Forgotten at step 1, epoch 1. "
            "Learned again at step 2, epoch 2. From epoch 2 on it",
        ),
        (Turns(1, [2], [], None), "Forgotten at step 2. At the end it is wrong."),
    ],
)
def test_turns_in_words(found: Turns, words: str) -> None:
    assert words in turns_words(found, NAMES, 3, "4")


def test_many_turns_are_counted() -> None:
    found = Turns(0, list(range(1, 20, 2)), list(range(2, 20, 2)), None)
    names = [f"step {k}" for k in range(20)]
    assert "step 9 and 5 more times" in turns_words(found, names, 3, "4")
    found = Turns(0, list(range(1, 12, 2)), list(range(2, 12, 2)), None)
    assert "step 9 and once more. Learned" in turns_words(found, names, 3, "4")


@pytest.mark.parametrize(
    ("step", "epoch", "words"),
    [
        (0, 0.0, "before the first step"),
        (3, 3 / 938, "step 3 (epoch 0.0032)"),
        (16, 16 / 45, "step 16 (epoch 0.36)"),
        (6845, 6845 / 45, "step 6,845 (epoch 152.11)"),
    ],
)
def test_a_moment_by_step_and_epoch(step: int, epoch: float, words: str) -> None:
    assert step_and_epoch(step, epoch) == words
