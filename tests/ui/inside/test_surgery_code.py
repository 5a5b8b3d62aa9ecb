"""The view "Surgery": the lines to copy print its numbers."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import data
import nn
from nn.explain.surgery import Exam, Operation
from tests.ui.inside.inside_page import inside, texts, warnings
from tests.ui.inside.surgery_page import stand_in
from tests.ui.inside.view_component import ViewComponent
from ui.inside import surgery_exam
from ui.inside.copied_code import images_file, model_file
from ui.shared.percent import percent

pytestmark = pytest.mark.usefixtures("pad")


@pytest.fixture
def walls(monkeypatch: pytest.MonkeyPatch) -> ViewComponent:
    return stand_in(monkeypatch)[0]


@pytest.mark.parametrize("kind", ["dense", "convolutions"])
def test_the_copied_lines_print_the_same_accuracies(
    network: nn.Network,
    shipped: Path,
    walls: ViewComponent,
    monkeypatch: pytest.MonkeyPatch,
    printed: Callable[..., str],
    kind: str,
) -> None:
    monkeypatch.setattr(surgery_exam, "COUNTS", (60,))
    dense = kind == "dense"
    if dense:
        networks = [
            nn.Network.mlp([784, 6, 5, 10], batch_norm=True, dropout=0.1, seed=seed)
            for seed in (1, 2)
        ]
    else:
        networks = [
            nn.Network(
                [
                    nn.Conv2d(1, 6, 5, 28),
                    nn.BatchNorm(6 * 24**2),
                    nn.ReLU(),
                    nn.MaxPool2d(6, 24),
                    nn.Flatten(6, 12),
                    nn.Linear(6 * 12**2, 10),
                ],
                seed=seed,
            )
            for seed in (1, 2)
        ]
    images, labels = data.load("digits").test_images[:60], data.load("digits").test_labels[:60]
    mine, other = networks
    for each in networks:
        each.metadata = network.metadata
        each.parameters += np.random.default_rng(5).normal(0, 0.1, each.num_parameters)
    nn.save(mine, shipped / "default.safetensors")
    nn.save(other, shipped / "other.safetensors")
    text = "swapped-0-1.2-model-other~noise-0-0.3-0.5-7~cut-0b-4~frozen-0-5~cut-0-1"
    page = inside(view="surgery", model="default", surgery=text)
    assert warnings(page) == ""
    files = {
        "model.py": model_file(mine, "a network"),
        "other1.py": model_file(other, "the other"),
        "images.npz": images_file(images, labels, np.arange(60)),
    }
    accuracy, classes = printed(page, files).splitlines()
    operations = [
        Operation("swapped", 0, [1, 2], other=other),
        Operation("noise", 0, [0, 3], size=0.5, seed=7),
        Operation("cut", 0, [4], biases=True),
        Operation("frozen", 0, [5]),
        Operation("cut", 0, [1]),
    ]
    expected = Exam(mine, images, labels).after(operations)
    assert float(accuracy) == pytest.approx(expected.accuracy)
    found = json.loads(classes)  # numbers and nothing else
    np.testing.assert_allclose(found, expected.class_accuracies)
    assert f"**{percent(expected.accuracy)}** right" in texts(page)
