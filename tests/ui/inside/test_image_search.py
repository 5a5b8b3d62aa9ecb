"""Looking for mistakes of a network that takes long to ask: beside the page, which goes on."""

import json
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import data
import nn
from tests.ui.inside.inside_page import inside, parameter, warnings
from tests.ui.inside.test_moments import train
from tests.ui.long_work.steps import signs_and_result
from ui.inside import image_search
from ui.long_work import Done, Failed, LongWork, State, long_work
from ui.shared import address

pytestmark = pytest.mark.usefixtures("pad")


@pytest.fixture(autouse=True)
def _all_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked for waits until the test has something come of it."""
    monkeypatch.setattr(image_search, "QUICK", 0)
    monkeypatch.setattr(LongWork, "_work", lambda _: None)


def press(page: AppTest, label: str) -> None:
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception


def looking(page: AppTest) -> list[str]:
    """What the page says of searches under way, each with a button that ends it."""
    said = [element.proto.text for element in page.get("progress")]
    assert [button.label for button in page.button].count("Cancel") == len(said)
    return said


def becomes(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_work(), "state", lambda _: state)


def test_what_was_shown_stays_until_the_mistake_is_found(
    network: nn.Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = data.load("digits")
    probabilities = network.predict_proba(loaded.test_images)
    wrong = probabilities.argmax(axis=1) != loaded.test_labels
    right = str(wrong.argmin())
    page = inside(image=right)
    press(page, "A mistake")
    assert looking(page) == ["The next mistake: is being prepared …"]
    assert parameter(page, "image") == right
    (asked,) = long_work()._line.values()
    signs, found = signs_and_result(asked.piece.function(*asked.piece.arguments))
    assert [sign.words for sign in signs][-1] == "355 of 355 images"
    becomes(Done(found), monkeypatch)
    page.run()
    assert looking(page) == []
    surest = np.where(wrong, probabilities.max(axis=1), 0).argmax()
    assert parameter(page, "image") == str(surest)
    press(page, "A mistake")  # that is known now
    assert parameter(page, "image") == str(found.mistakes[1])


def test_a_search_is_cancelled_and_begun_again(network: nn.Network) -> None:
    page = inside(image="3")
    press(page, "Least sure")
    press(page, "Cancel")
    page.run()
    assert looking(page) == []
    assert parameter(page, "image") == "3"
    assert not long_work()._line
    press(page, "Least sure")
    assert looking(page) == ["The next unsure image: is being prepared …"]


def test_who_chooses_another_image_looks_for_none_any_more(network: nn.Network) -> None:
    page = inside(image="3")
    press(page, "A mistake")
    page.number_input[0].set_value(5).run()
    assert looking(page) == []
    assert not long_work()._line


def test_who_chooses_another_model_looks_for_no_mistake_of_the_first(
    network: nn.Network, shipped: Path
) -> None:
    nn.save(network, shipped / "other.safetensors")
    page = inside(image="3")
    press(page, "A mistake")
    page.selectbox[0].select("other").run()
    assert looking(page) == []
    assert parameter(page, "image") == "3"
    assert not long_work()._line


def test_who_chooses_another_network_of_a_model_looks_for_no_mistake_of_the_first(
    shipped: Path,
) -> None:
    labels = {"dataset": "mnist", "labels": json.dumps(list("0123456789"))}
    networks = [nn.Network.mlp([784, 10], seed=seed, metadata=labels) for seed in range(2)]
    nn.save(nn.join(networks), shipped / "default.safetensors")
    page = inside(image="3")
    press(page, "A mistake")
    page.selectbox(key="inside_member").select(1).run()
    assert parameter(page, "member") == "1"
    assert looking(page) == []
    assert not long_work()._line


def test_who_chooses_another_moment_looks_for_no_mistake_of_the_first(
    shipped: Path, tmp_path: Path
) -> None:
    train(tmp_path / "runs" / "some-run")
    page = inside(model="some-run", image="3")
    press(page, "A mistake")
    assert looking(page) == ["The next mistake: is being prepared …"]
    page.query_params["at"] = "0"
    page.run()
    assert warnings(page) == ""
    assert looking(page) == []
    assert not long_work()._line


@pytest.mark.parametrize("by_back", [True, False])
def test_who_leaves_the_page_looks_for_nothing_on_coming_back(
    network: nn.Network, monkeypatch: pytest.MonkeyPatch, by_back: bool
) -> None:
    page = inside(image="3")
    press(page, "A mistake")
    (asked,) = long_work()._line.values()
    _, found = signs_and_result(asked.piece.function(*asked.piece.arguments))
    page.switch_page("pages/how_it_works.py").run()
    becomes(Done(found), monkeypatch)
    monkeypatch.setattr(address, "_came_back", lambda: by_back)  # AppTest has no Back
    page.switch_page("pages/inside.py")
    page.query_params["image"] = "3"
    page.run()
    assert not page.exception
    assert parameter(page, "image") == "3"


def test_a_search_that_fails_says_why(network: nn.Network, monkeypatch: pytest.MonkeyPatch) -> None:
    page = inside(image="3")
    press(page, "A mistake")
    becomes(Failed("there is too little memory"), monkeypatch)
    page.run()
    assert "there is too little memory" in page.toast[0].value
    assert looking(page) == []
    assert parameter(page, "image") == "3"


def test_the_views_own_long_work_goes_on(network: nn.Network) -> None:
    page = inside(view="map", map_by="tsne")
    press(page, "A mistake")
    assert looking(page) == [
        "The next mistake: waits for another computation …",
        "t-SNE: is being prepared …",
    ]
    press(page, "Least sure")
    assert len(long_work()._line) == 2
