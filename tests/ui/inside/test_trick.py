"""The view "Trick": what the browser is given, what is said of it, and what the address says."""

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

import data
import nn
from nn.explain.adversarial import (
    Goal,
    fast_gradient_sign,
    iterated_gradient_sign,
    random_noise,
    smallest_strength,
)
from tests.ui.inside.inside_page import inside, numbers, parameter, texts, warnings
from tests.ui.inside.view_component import Chart, ViewComponent
from ui.inside import trick
from ui.inside.copied_code import images_file, model_file
from ui.long_work import Done, long_work

IMAGE = 4

pytestmark = pytest.mark.usefixtures("pad")


@pytest.fixture(autouse=True)
def chart(monkeypatch: pytest.MonkeyPatch) -> Chart:
    chart = Chart()
    monkeypatch.setattr(trick, "live_chart", chart)
    return chart


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> ViewComponent:
    """Stands for the frames in the browser."""
    component = ViewComponent()
    monkeypatch.setattr(trick, "_trick", component)
    return component


@pytest.fixture
def image() -> np.ndarray:
    return data.load("digits").test_images[IMAGE]


@pytest.fixture
def answer(network: nn.Network, image: np.ndarray) -> int:
    return int(network.predict(image[None])[0])


def probabilities(side: dict[str, str]) -> np.ndarray:
    return np.frombuffer(base64.b64decode(side["probabilities"]), np.float32).reshape(31, 10)


def test_the_trick_and_noise_as_strong_are_those_of_the_engine(
    network: nn.Network, shown: ViewComponent, image: np.ndarray, answer: int
) -> None:
    page = inside(view="trick", image=str(IMAGE), trick_seed="7")
    goal = Goal(answer)
    expected = fast_gradient_sign(network, image, goal)
    noise = random_noise(network, image, goal, seed=7)
    sent = shown.data
    np.testing.assert_allclose(probabilities(sent["trick"]), expected.probabilities, atol=1e-6)
    np.testing.assert_allclose(probabilities(sent["noise"]), noise.probabilities, atol=1e-6)
    pixels = np.frombuffer(base64.b64decode(sent["trick"]["images"]), np.uint8) / 255
    np.testing.assert_allclose(pixels.reshape(31, 784), expected.images, atol=0.5 / 255 + 1e-6)
    assert (sent["answer"], sent["target"], sent["at"]) == (answer, None, None)
    assert sent["start"] == expected.reached.argmax() > 0
    smallest = smallest_strength(expected, lambda s: fast_gradient_sign(network, image, goal, s))
    first = sent["strengths"][sent["start"]]
    assert f"**{smallest:.3f}**: no pixel is changed by more than {255 * smallest:.1f} of 255" in (
        texts(page)
    )
    assert f"shows it from {first:.2f} on" in texts(page)
    assert sent["shades"][sent["start"]] == f"{255 * first:.1f} of 255 shades"
    assert str(Path.cwd()) not in str(sent["id"])


def test_a_link_says_how_and_what_it_is_to_become(
    network: nn.Network, shown: ViewComponent, image: np.ndarray, answer: int, chart: Chart
) -> None:
    target = (answer + 3) % 10
    inside(
        view="trick", image=str(IMAGE), trick_how="iterated", trick_to=str(target), trick_at="12"
    )
    expected = iterated_gradient_sign(network, image, Goal(answer, target))
    found = probabilities(shown.data["trick"])
    np.testing.assert_allclose(found, expected.probabilities, atol=1e-5)
    assert (shown.data["target"], shown.data["at"]) == (target, 12)
    lines = go.Figure(chart.figure).data
    names = [f"{what}: {k}" for what in ("Trick", "Noise") for k in (answer, target)]
    assert [line.name for line in lines] == names
    assert len({line.line.dash for line in lines}) == 4
    np.testing.assert_allclose(lines[1].y, 100 * expected.probabilities[:, target], atol=1e-3)


def test_where_the_slider_rests_stands_in_the_address(
    network: nn.Network, shown: ViewComponent, chart: Chart
) -> None:
    page = inside(view="trick")
    name = shown.data["id"]
    shown.send(page, "placed", {"at": 21, "of": name})
    assert (parameter(page, "trick_at"), shown.data["at"]) == ("21", 21)
    for nonsense in ({"at": 31, "of": name}, {"at": True, "of": name}, {"at": 7}, None):
        shown.send(page, "placed", nonsense)
        assert parameter(page, "trick_at") == "21"


def test_the_other_shipped_models_are_shown_the_same_images(
    network: nn.Network,
    shipped: Path,
    shown: ViewComponent,
    image: np.ndarray,
    answer: int,
) -> None:
    other = nn.Network.mlp([784, 8, 10], seed=9, metadata=network.metadata)
    nn.save(other, shipped / "other.safetensors")
    letters = nn.Network.mlp([784, 3], seed=9, metadata={"labels": '["a", "b", "c"]'})
    nn.save(letters, shipped / "letters.safetensors")
    inside(view="trick", image=str(IMAGE))
    [row] = shown.data["others"]
    images = fast_gradient_sign(network, image, Goal(answer)).images
    assert row["name"] == "other"
    assert row["trick"]["answers"] == other.predict(images).tolist()


@pytest.mark.parametrize(
    ("name", "value"),
    [("trick_how", "magic"), ("trick_to", "10"), ("trick_seed", "-1"), ("trick_at", "31")],
)
def test_a_link_that_asks_for_what_cannot_be_says_so(
    network: nn.Network, shown: ViewComponent, name: str, value: str
) -> None:
    assert name in warnings(inside(view="trick", **{name: value}))
    assert shown.data["target"] is None


def test_what_it_is_read_as_already_is_no_goal(
    network: nn.Network, shown: ViewComponent, answer: int
) -> None:
    page = inside(view="trick", image=str(IMAGE), trick_to=str(answer))
    assert "without a trick" in page.info[0].value
    assert shown.data["target"] is None


def test_a_network_that_never_changes_its_mind(ship: Any, shown: ViewComponent) -> None:
    ship(always="4")
    page = inside(view="trick")
    assert "No strength up to 0.30" in texts(page)
    assert "Random noise does not" in texts(page)
    assert shown.data["start"] == 10


def test_a_large_network_is_tricked_beside_the_page(
    network: nn.Network, shown: ViewComponent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trick, "_QUICK", 0)
    page = inside(view="trick", trick_how="iterated")
    assert [button.label for button in page.button].count("Cancel") == 1
    assert not shown.data
    image = data.load("digits").test_images[0]
    goal = Goal(int(network.predict(image[None])[0]))
    attack = iterated_gradient_sign(network, image, goal)
    ready = trick.Tricks(attack, attack, None, None)
    monkeypatch.setattr(long_work(), "state", lambda key: Done(ready))
    page.run()
    np.testing.assert_array_equal(probabilities(shown.data["noise"]), attack.probabilities)


@pytest.mark.parametrize("to", ["any", "chosen"])
@pytest.mark.parametrize("how", ["fgsm", "iterated"])
def test_the_copied_lines_print_the_same_numbers(
    network: nn.Network,
    shown: ViewComponent,
    image: np.ndarray,
    answer: int,
    printed: Callable[..., str],
    how: str,
    to: str,
) -> None:
    goal = to if to == "any" else str((answer + 1) % 10)
    page = inside(view="trick", image=str(IMAGE), trick_how=how, trick_to=goal, trick_seed="5")
    ones = np.ones(1)
    files = {
        "model.py": model_file(network, "a network"),
        "images.npz": images_file(image[None], ones, ones),
    }
    found, noise = numbers(printed(page, files)).reshape(2, 31, 10)
    np.testing.assert_allclose(found, probabilities(shown.data["trick"]), atol=1e-4)
    np.testing.assert_allclose(noise, probabilities(shown.data["noise"]), atol=1e-5)
