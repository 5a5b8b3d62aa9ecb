"""The view "Map": where the images lie, what the browser is told, and what a link asks for."""

import base64
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import data
import nn
from tests.ui.inside.image_map_page import N, places, stand_in
from tests.ui.inside.inside_page import Pad, inside, parameter, texts, warnings
from tests.ui.inside.view_component import ViewComponent
from ui.inside import image_map
from ui.inside.drawing_link import to_text

pytestmark = pytest.mark.usefixtures("pad")


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> tuple[ViewComponent, dict[str, Any]]:
    return stand_in(monkeypatch)


@pytest.fixture
def shown(parts: tuple[ViewComponent, dict[str, Any]]) -> ViewComponent:
    return parts[0]


@pytest.fixture
def sent(parts: tuple[ViewComponent, dict[str, Any]]) -> dict[str, Any]:
    """What the browser is given once."""
    return parts[1]


def test_the_map_is_that_of_scikit_learn(
    network: nn.Network, shown: ViewComponent, sent: dict[str, Any]
) -> None:
    from sklearn.decomposition import PCA  # here: its import takes all workers a second

    inside(view="map", map_layer="-1", map_count="500")
    images = data.load("digits").test_images.reshape(N, -1) / 255
    expected = PCA(2, svd_solver="full").fit(images)
    found = places(shown)
    signs = np.sign((found * expected.transform(images)).sum(axis=0))
    np.testing.assert_allclose(found * signs, expected.transform(images), atol=1e-3)
    share = f"{100 * expected.explained_variance_ratio_[0]:.1f}"
    assert f"First principal component, {share}" in shown.data["across"]
    assert shown.data["title"] == f"Map of {N} test images: Pixels, PCA"
    assert shown.data["here"] == 0  # the page's image
    assert shown.data["points"] == sent["id"]


@pytest.mark.parametrize("asked", [{}, {"map_count": "500"}, {"map_count": "2000"}])
def test_no_more_images_are_offered_than_there_are(
    network: nn.Network, shown: ViewComponent, asked: dict[str, str]
) -> None:
    page = inside(view="map", **asked)
    assert page.selectbox(key="map_count_box").options == [f"{N} (all)"]
    assert warnings(page) == ""


def test_the_browser_knows_of_each_image_what_it_is_and_what_is_read(
    network: nn.Network, shown: ViewComponent, sent: dict[str, Any]
) -> None:
    inside(view="map", map_count="500")
    loaded = data.load("digits")
    assert base64.b64decode(sent["classes"]) == loaded.test_labels.astype(np.uint8).tobytes()
    probabilities = np.frombuffer(base64.b64decode(sent["probabilities"]), np.float32)
    expected = network.predict_proba(loaded.test_images)
    np.testing.assert_allclose(probabilities.reshape(N, 10), expected, atol=1e-6)
    assert base64.b64decode(sent["read"]) == expected.argmax(axis=1).astype(np.uint8).tobytes()
    assert str(Path.cwd()) not in str(sent["id"])


def test_purity_is_what_neighbours_say(network: nn.Network, shown: ViewComponent) -> None:
    from sklearn.neighbors import KNeighborsClassifier

    page = inside(view="map", map_layer="-1", map_count="500")
    images, labels = data.load("digits").test_images, data.load("digits").test_labels
    near = KNeighborsClassifier(10).fit(images.reshape(N, -1) / 255, labels).kneighbors()[1]
    share = 100 * (labels[near] == labels[:, None]).mean()
    assert f"**{share:.1f}" in texts(page)


def test_a_drawing_is_put_among_its_nearest(network: nn.Network, shown: ViewComponent) -> None:
    image = data.load("digits").test_images[7]  # as if it had been drawn
    page = inside(
        view="map", map_layer="-1", map_count="500", image="drawing", drawing=to_text(image)
    )
    found = places(shown)
    assert shown.data["here"] == N == len(found) - 1
    distances = np.linalg.norm(found[:N] - found[N], axis=1)
    assert distances[7] < np.median(distances) / 2
    assert "It is put in the middle of the 5 nearest" in texts(page)


def test_labels_are_told_as_they_are(shipped: Path, shown: ViewComponent) -> None:
    labels = json.dumps([f"*{k}* :red[x]" for k in range(10)])
    network = nn.Network.mlp([784, 10], seed=4, metadata={"dataset": "mnist", "labels": labels})
    nn.save(network, shipped / "default.safetensors")
    page = inside(view="map", map_layer="-1", map_count="500")
    assert r"of class \*" in texts(page)
    assert not re.search(r"class \*|:red\[", texts(page))


def test_more_classes_than_colours_are_told_of(
    network: nn.Network, shown: ViewComponent, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "There are 10 classes and 9 colours"
    drawn = {"view": "map", "map_layer": "-1", "map_count": "500"}
    assert "colours, so that" not in texts(inside(**drawn))
    monkeypatch.setattr(image_map, "COLOURS", 9)
    assert told in texts(inside(**drawn))
    assert told not in texts(inside(**drawn, map_colour="right"))


def test_a_click_makes_it_the_image_of_the_page(
    network: nn.Network, shown: ViewComponent, pad: Pad
) -> None:
    page = inside(view="map", map_count="500")
    shown.send(page, "chosen", {"number": 17})
    assert parameter(page, "image") == "17"
    assert pad.data["name"] == "Small digits (built in) test image 17"
    for sent in ({"number": N}, {"number": True}, {"number": "1"}, [], None):
        shown.send(page, "chosen", sent)
    assert parameter(page, "image") == "17"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("map_alone", "10"),
        ("map_alone", "x"),
        ("map_selected", "<b>"),
        ("map_selected", "A" * 59 + "_"),
        ("map_layer", "0"),
        ("map_by", "umap"),
        ("map_colour", "learned"),  # this model has no history
        ("map_marks", "<b>"),
        ("map_count", "9000000"),
        ("perplexity", "500"),
    ],
)
def test_a_link_that_asks_for_what_cannot_be_says_so(
    network: nn.Network, shown: ViewComponent, name: str, value: str
) -> None:
    others = {"map_by": "tsne"} if name == "perplexity" else {}
    page = inside(view="map", map_count=value) if name == "map_count" else None
    page = page or inside(view="map", map_count="500", **(others | {name: value}))
    assert name in warnings(page)
    assert shown.data["title"]
    assert (shown.data["alone"], shown.data["selected"]) == (None, "")


def test_a_link_is_told_what_the_box_offers(network: nn.Network, shown: ViewComponent) -> None:
    page = inside(view="map", map_count="7")
    assert f"map_count `7`, which is not here. “Images” offers: {N} (all)." in warnings(page)


def test_every_control_has_a_help_text(network: nn.Network, shown: ViewComponent) -> None:
    page = inside(view="map", map_by="tsne", map_count="500")
    assert [one.label for one in [*page.selectbox, *page.slider] if not one.help] == []
