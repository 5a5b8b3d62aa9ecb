"""The view "Map": the lines to copy print its numbers."""

from collections.abc import Callable

import numpy as np
import pytest

import data
import nn
from tests.ui.inside.image_map_page import N, places, stand_in
from tests.ui.inside.inside_page import inside, numbers, texts
from tests.ui.inside.view_component import ViewComponent
from tests.ui.long_work.steps import signs_and_result
from ui.inside import image_map_code, image_map_work
from ui.inside.copied_code import images_file, model_file, tensors_file
from ui.long_work import Done, long_work

pytestmark = pytest.mark.usefixtures("pad")


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> ViewComponent:
    return stand_in(monkeypatch)[0]


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


def test_the_copied_lines_print_the_places_of_tsne(
    network: nn.Network,
    shown: ViewComponent,
    printed: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (image_map_work, image_map_code):
        monkeypatch.setattr(module, "EXAGGERATED", 50)
        monkeypatch.setattr(module, "STEPS", 120)
    page = inside(view="map", map_by="tsne", map_count="500", perplexity="9")
    assert "openTSNE" not in page.code[0].value  # before there are any
    (asked,) = long_work()._line.values()
    _, found = signs_and_result(asked.piece.function(*asked.piece.arguments))
    state, key = long_work().state, asked.piece.key
    monkeypatch.setattr(long_work(), "state", lambda one: Done(found) if one == key else state(one))
    page.run()
    loaded = data.load("digits")
    files = {
        "model.py": model_file(network, "a network"),
        "images.npz": images_file(loaded.test_images, loaded.test_labels, np.arange(N)),
        "components.npz": tensors_file({"components": found.components}),
    }
    of_tsne = numbers(printed(page, files))[2 * N + 1 :]  # behind those of the components
    np.testing.assert_allclose(of_tsne.reshape(N, 2), places(shown), atol=1e-4)
