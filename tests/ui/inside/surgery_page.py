"""The view "Surgery" in a test: stands for its parts in the browser, and reads what it says."""

import pytest
from streamlit.testing.v1 import AppTest

import data
import nn
from nn.explain.surgery import Exam
from tests.ui.inside.view_component import ViewComponent
from ui.inside import surgery


def stand_in(monkeypatch: pytest.MonkeyPatch) -> tuple[ViewComponent, ViewComponent]:
    """Stand for the walls of neurons and for the images that changed sides."""
    walls, sides = ViewComponent(), ViewComponent()
    monkeypatch.setattr(surgery, "_walls", walls)
    monkeypatch.setattr(surgery, "_sides", sides)
    return walls, sides


def click(page: AppTest, walls: ViewComponent, *neurons: tuple[int, int], number: int = 7) -> None:
    pairs = [{"layer": layer, "neuron": neuron} for layer, neuron in neurons]
    walls.send(page, "operated", {"number": number, "neurons": pairs})


def exam(network: nn.Network) -> Exam:
    digits = data.load("digits")
    return Exam(network, digits.test_images, digits.test_labels)


def accuracies(page: AppTest) -> str:
    return next(one.value for one in page.markdown if "lost" in one.value)
