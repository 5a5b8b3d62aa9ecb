"""The view "Map": what takes longer than a page may."""

import subprocess
import sys

import numpy as np
import pytest

import nn
from nn.plain_state import plain_state
from tests.ui.inside.image_map_page import N, places, stand_in
from tests.ui.inside.inside_page import inside, texts
from tests.ui.inside.view_component import ViewComponent
from tests.ui.long_work.steps import signs_and_result
from ui.inside import image_map, image_map_work
from ui.inside.image_map_work import PIXELS, Embedding, by_tsne, neighbours_of
from ui.long_work import Done, long_work
from ui.shared.child_environment import child_environment

pytestmark = pytest.mark.usefixtures("pad")


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> ViewComponent:
    return stand_in(monkeypatch)[0]


def test_a_map_that_takes_long_is_long_work(
    network: nn.Network,
    shown: ViewComponent,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(image_map, "QUICK", 0)
    page = inside(view="map", map_count="500", map_layer="-1")
    assert [button.label for button in page.button].count("Cancel") == 1
    assert not shown.data  # before the images are known
    (asked,) = long_work()._line.values()
    _, found = signs_and_result(asked.piece.function(*asked.piece.arguments))
    state, key = long_work().state, asked.piece.key
    monkeypatch.setattr(long_work(), "state", lambda one: Done(found) if one == key else state(one))
    page.run()
    assert "Cancel" not in [button.label for button in page.button]
    assert shown.data["title"] == f"Map of {N} test images: Pixels, PCA"
    np.testing.assert_array_equal(places(shown), found.places)
    # In another layer they stay where they are until that is known, too.
    page.query_params["map_layer"] = "1"
    page.run()
    assert [button.label for button in page.button].count("Cancel") == 1
    assert shown.data["title"] == f"Map of {N} test images: Layer 1, on its way"
    assert (shown.data["places"], shown.data["here"]) == ("", None)


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
    done = Done(Embedding(ready, np.zeros((N, 50))))
    monkeypatch.setattr(long_work(), "state", lambda key: done if key == asked else state(key))
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
    assert found.places.shape == (90, 2)
    near = KNeighborsClassifier(1).fit(found.places, labels)
    assert (labels[near.kneighbors(n_neighbors=1)[1][:, 0]] == labels).all()


def test_a_layer_that_says_too_much_has_no_map(
    network: nn.Network, shown: ViewComponent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(image_map, "MOST_VALUES", 100 * N)
    page = inside(view="map", map_layer="-1")
    assert "This layer says 784 numbers of each image" in texts(page)
    assert not shown.data
    inside(view="map", map_layer="1")
    assert shown.data["title"] == f"Map of {N} test images: Layer 1, PCA"


@pytest.mark.parametrize("perplexity", [5, 50])
def test_its_neighbours_are_those_of_scikit_learn(perplexity: int) -> None:
    from sklearn.neighbors import NearestNeighbors

    values = np.random.default_rng(1).normal(size=(130, 7))
    count = neighbours_of(perplexity, len(values))
    near = NearestNeighbors().fit(values).kneighbors(n_neighbors=count)
    places, distances = image_map_work._nearest_others(values, count)
    np.testing.assert_array_equal(places, near[1])
    np.testing.assert_allclose(distances, near[0])


ALONE = """
import sys
import numpy as np
import nn
from nn.plain_state import plain_state
from ui.inside import image_map_work

image_map_work.STEPS = image_map_work.AT_A_TIME
images = np.random.default_rng(0).integers(0, 255, (500, 4, 4), np.uint8)
state = plain_state(nn.Network.mlp([16, 3, 3], seed=0))
for sign in image_map_work.by_tsne(state, image_map_work.PIXELS, images, 30):
    pass
print(sign.partial.shape, "sklearn" in sys.modules, "pandas" in sys.modules)
import sklearn.utils
print(sklearn.utils.check_random_state(0).randint(10))
"""


def test_tsne_in_a_process_of_its_own_brings_no_scikit_learn() -> None:
    environment = child_environment()
    command = [sys.executable, "-P", "-c", ALONE]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["(500, 2) False False", "5"]
