"""The view "Backwards" in a test: what the browser's part is given, and a network to look into."""

import base64
from pathlib import Path

import numpy as np
import pytest

import data
import nn
from nn.explain.chain import Chain
from nn.explain.loss_trace import LossTrace
from tests.ui.inside.inside_page import Pad
from tests.ui.inside.view_component import ViewComponent
from ui.inside import backwards, backwards_checks


class Boxes(ViewComponent):
    """What the browser's part and the charts are given."""

    def __init__(self, monkeypatch):
        super().__init__()
        self.charts = {}
        monkeypatch.setattr(backwards, "_component", self)
        monkeypatch.setattr(backwards_checks, "live_chart", self._chart)

    def titles(self):
        return [row["title"] for row in self.data["rows"]]

    def gradients(self):
        return np.frombuffer(base64.b64decode(self.data["picture"]["gradients"]), np.float32)

    def _chart(self, figure, *, key, alt, table=False):
        self.charts[key] = figure


def stand_in(monkeypatch: pytest.MonkeyPatch) -> Boxes:
    """Let the page have these boxes."""
    Pad(monkeypatch)
    return Boxes(monkeypatch)


def shipped_network(shipped: Path) -> nn.Network:
    """A network that is the app's only model."""
    network = nn.Network.mlp(
        [784, 30, 20, 10], input_mean=0.1, input_std=0.3, seed=1, metadata={"dataset": "digits"}
    )
    nn.save(network, shipped / "default.safetensors")
    return network


def chain(network, image=0, target=None):
    digits = data.load("digits")
    target = int(digits.test_labels[image]) if target is None else target
    network = network.copy(np.float64)
    return Chain(network, LossTrace.of_image(network, digits.test_images[image], target))
