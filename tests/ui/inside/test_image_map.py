"""The view "Map": where the images lie, what the browser is told, and what the address says."""

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import data
import nn
from nn.plain_state import plain_state
from tests.ui.inside.inside_page import Pad, inside, numbers, parameter, texts, warnings
from tests.ui.inside.view_component import ViewComponent
from tests.ui.long_work.steps import signs_and_result
from ui.inside import image_map, image_map_points, image_map_work
from ui.inside.copied_code import images_file, model_file
from ui.inside.drawing_link import to_text
from ui.inside.image_map_work import PIXELS, by_tsne
from ui.long_work import Done, long_work

N = 355
"""So many test images there are in tests."""

pytestmark = pytest.mark.usefixtures("pad")


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the browser is given once."""
    found: dict[str, Any] = {}
    monkeypatch.setattr(
        image_map_points, "_points", lambda *, key, data, on_has_change: found.update(data)
    )
    return found


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch, sent: dict[str, Any]) -> ViewComponent:
    """Stands for the map in the browser."""
    component = ViewComponent()
    monkeypatch.setattr(image_map, "_map", component)
    return component


def places(shown: ViewComponent) -> np.ndarray:
    return np.frombuffer(base64.b64decode(shown.data["places"]), np.float32).reshape(-1, 2)


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


def test_every_control_has_a_help_text(network: nn.Network, shown: ViewComponent) -> None:
    page = inside(view="map", map_by="tsne", map_count="500")
    assert [one.label for one in [*page.selectbox, *page.slider] if not one.help] == []


def test_tsne_is_shown_when_it_is_there(
    network: nn.Network, shown: ViewComponent, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = inside(view="map", map_by="tsne", map_count="500", perplexity="9")
    # Until it is there, the map is that from which it begins.
    assert shown.data["title"] == f"Map of {N} test images: Layer 1, PCA, where t-SNE begins"
    assert len(places(shown)) == N
    assert [button.label for button in page.button].count("Cancel") == 1
    ready = np.arange(2 * N, dtype=np.float32).reshape(N, 2)
    (asked,), state = list(long_work()._line), long_work().state
    monkeypatch.setattr(
        long_work(), "state", lambda key: Done(ready) if key == asked else state(key)
    )
    page.run()
    np.testing.assert_array_equal(places(shown), ready)
    assert shown.data["title"] == f"Map of {N} test images: Layer 1, t-SNE, perplexity 9"
    assert "Cancel" not in [button.label for button in page.button]
    page.query_params["perplexity"] = "10"
    page.run()
    assert "Cancel" in [button.label for button in page.button]  # another map


def test_tsne_keeps_neighbours_together_and_shows_itself_all_along(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from sklearn.neighbors import KNeighborsClassifier

    monkeypatch.setattr(image_map_work, "EXAGGERATED", 50)
    monkeypatch.setattr(image_map_work, "STEPS", 150)
    generator = np.random.default_rng(0)
    images = np.zeros((90, 2, 2), np.uint8)
    labels = np.repeat([0, 1, 2], 30)
    for k in range(3):
        images[labels == k, k // 2, k % 2] = generator.integers(200, 255, 30)
    network = nn.Network.mlp([4, 3, 3], seed=0)
    signs, found = signs_and_result(by_tsne(plain_state(network), PIXELS, images, 5))
    shares = [round(one.share * 150) for one in signs if one.partial is not None]
    assert shares == list(range(10, 151, 10))
    assert found.shape == (90, 2)
    guessed = KNeighborsClassifier(1).fit(found, labels).kneighbors(n_neighbors=1)[1][:, 0]
    assert (labels[guessed] == labels).all()


@pytest.mark.parametrize("layer", ["-1", "1"])
def test_the_copied_lines_print_the_same_numbers(
    network: nn.Network,
    shown: ViewComponent,
    printed: Callable[..., str],
    layer: str,
) -> None:
    page = inside(view="map", map_layer=layer)
    loaded = data.load("digits")
    files = {
        "model.py": model_file(network, "a network"),
        "images.npz": images_file(loaded.test_images, loaded.test_labels, np.arange(N)),
    }
    *coordinates, share = numbers(printed(page, files))
    expected, found = np.reshape(coordinates, (N, 2)), places(shown)
    signs = np.sign((expected * found).sum(axis=0))
    np.testing.assert_allclose(expected * signs, found, atol=1e-4 * np.abs(found).max())
    assert f"**{100 * share:.1f}" in texts(page)


def test_a_layer_that_says_too_much_has_no_map(
    network: nn.Network, shown: ViewComponent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(image_map, "MOST_VALUES", 100 * N)
    page = inside(view="map", map_layer="-1")
    assert "This layer says 784 numbers of each image" in texts(page)
    assert not shown.data
    inside(view="map", map_layer="1")
    assert shown.data["title"] == f"Map of {N} test images: Layer 1, PCA"
