"""The view "Dream": what the browser is given, what is said of it, and what the address says."""

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

import data
import nn
from nn.explain.dreams import Dreamer, DreamSettings
from nn.explain.neurons import layer_outputs
from tests.ui.inside.inside_page import inside, numbers, parameter, texts, warnings
from tests.ui.inside.view_component import Chart, ViewComponent
from ui.inside import dream
from ui.inside.copied_code import images_file, model_file
from ui.inside.drawing_link import to_text
from ui.long_work import Done, long_work

IMAGE = 4

pytestmark = pytest.mark.usefixtures("pad")


@pytest.fixture(autouse=True)
def chart(monkeypatch: pytest.MonkeyPatch) -> Chart:
    chart = Chart()
    monkeypatch.setattr(dream, "live_chart", chart)
    return chart


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> ViewComponent:
    """Stands for the frames in the browser."""
    component = ViewComponent()
    monkeypatch.setattr(dream, "_dream", component)
    return component


@pytest.fixture
def image() -> np.ndarray:
    return data.load("digits").test_images[IMAGE]


def floats(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), np.float32)


def pixels(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), np.uint8).reshape(-1, 784) / 255


def test_at_first_it_is_the_dream_of_the_answer(
    network: nn.Network, shown: ViewComponent, image: np.ndarray, chart: Chart
) -> None:
    page = inside(view="dream", image=str(IMAGE))
    answer = int(network.predict(image[None])[0])
    expected = Dreamer(network, answer).dream("grey")
    sent = shown.data
    np.testing.assert_allclose(floats(sent["values"]), expected.values, atol=1e-4)
    found = floats(sent["probabilities"]).reshape(101, 10)
    np.testing.assert_allclose(found, expected.probabilities, atol=1e-5)
    np.testing.assert_allclose(pixels(sent["images"]), expected.frames, atol=0.003)
    assert sent["subject"] == f"the logit of {answer}"
    best = int(expected.values.argmax())
    assert f"**{expected.values[best]:.2f}** at step {best}." in texts(page)
    assert (sent["start"], sent["at"]) == (best, None)
    np.testing.assert_allclose(go.Figure(chart.figure).data[0].y, expected.values, atol=1e-4)
    assert str(Path.cwd()) not in str(sent["id"])


def test_beside_each_step_is_the_nearest_test_image(
    network: nn.Network, shown: ViewComponent
) -> None:
    page = inside(view="dream", layer="0", neuron="5")
    images = data.load("digits").test_images.reshape(-1, 784) / 255
    frames = Dreamer(network, 5, 0).dream("grey").frames
    distances = np.array([np.linalg.norm(images - frame, axis=1) for frame in frames])
    real = shown.data["real"]
    np.testing.assert_allclose(floats(real["distances"]), distances.min(axis=1), atol=1e-4)
    numbers = np.array(real["numbers"])[real["which"]]
    np.testing.assert_array_equal(numbers, distances.argmin(axis=1))
    np.testing.assert_array_equal(pixels(real["images"])[real["which"]], images[numbers])
    says = layer_outputs(network, data.load("digits").test_images, 0)[:, 5]
    np.testing.assert_allclose(floats(real["values"]), says[numbers], atol=1e-4)
    assert f"test images has is {says.max():.2f}".replace("-", "−") in texts(page)


def test_a_link_says_how_it_is_found(
    network: nn.Network, shown: ViewComponent, image: np.ndarray
) -> None:
    how = {"l2": "0.3", "tv": "0", "blur": "1", "jitter": "2", "seed": "8", "step": "12"}
    inside(
        view="dream",
        image=str(IMAGE),
        layer="2",
        neuron="7",
        dream_start="image",
        **{f"dream_{name}": value for name, value in how.items()},
    )
    settings = DreamSettings(l2=0.3, total_variation=0, blur=1, jitter=2, seed=8)
    expected = Dreamer(network, 7, 2, settings).dream(image)
    np.testing.assert_allclose(floats(shown.data["values"]), expected.values, atol=1e-3)
    assert shown.data["at"] == 12


def test_what_is_chosen_in_the_browser_stands_in_the_address(
    network: nn.Network, shown: ViewComponent
) -> None:
    page = inside(view="dream")
    name = shown.data["id"]
    shown.send(page, "placed", {"at": 21, "of": name})
    assert (parameter(page, "dream_step"), shown.data["at"]) == ("21", 21)
    for nonsense in ({"at": 101, "of": name}, {"at": 7}, None):
        shown.send(page, "placed", nonsense)
        assert parameter(page, "dream_step") == "21"
    number = shown.data["real"]["numbers"][0]
    for nonsense in ({"number": -1}, None, {"number": number}):
        shown.send(page, "chosen", nonsense)
    assert parameter(page, "image") == str(number)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("dream_start", "white"),
        ("dream_l2", "-1"),
        ("dream_blur", "9"),
        ("dream_seed", "x"),
        ("dream_step", "101"),
    ],
)
def test_a_link_that_asks_for_what_cannot_be_says_so(
    network: nn.Network, shown: ViewComponent, name: str, value: str
) -> None:
    assert name in warnings(inside(view="dream", **{name: value}))
    assert len(floats(shown.data["values"])) == 101


def test_without_test_images_there_is_a_dream_and_no_real_image(
    ship: Any, shown: ViewComponent, image: np.ndarray
) -> None:
    ship(labels=["a", "b", "c"], seed=1)
    page = inside(view="dream", image="drawing", drawing=to_text(image))
    assert shown.data["real"] is None
    assert "test images has" not in texts(page)


def test_a_large_network_dreams_beside_the_page(
    network: nn.Network, shown: ViewComponent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dream, "_QUICK", 0)
    page = inside(view="dream")
    assert [button.label for button in page.button].count("Cancel") == 1
    assert not shown.data
    found = Dreamer(network, 3).dream("black")
    monkeypatch.setattr(long_work(), "state", lambda key: Done(dream.Dreamt(found, None)))
    page.run()
    np.testing.assert_array_equal(floats(shown.data["values"]), found.values)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"layer": "0", "neuron": "3", "dream_start": "noise", "dream_seed": "4"},
        {"dream_start": "image", "dream_tv": "0", "dream_blur": "0", "dream_jitter": "0"},
    ],
)
def test_the_copied_lines_print_the_same_numbers(
    network: nn.Network,
    shown: ViewComponent,
    image: np.ndarray,
    printed: Callable[..., str],
    query: dict[str, str],
) -> None:
    page = inside(view="dream", image=str(IMAGE), **query)
    ones = np.ones(1)
    files = {
        "model.py": model_file(network, "a network"),
        "images.npz": images_file(image[None], ones, ones),
    }
    found = numbers(printed(page, files))
    np.testing.assert_allclose(found, floats(shown.data["values"]), rtol=1e-3, atol=1e-3)
