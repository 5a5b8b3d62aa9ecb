"""A batch in pieces, beside the batch as a whole."""

import numpy as np
import pytest

import nn
from nn import cost
from nn.training.batch_gradient import BatchGradient

RNG = np.random.default_rng(2)
IMAGES = RNG.random((50, 36), np.float32)
LABELS = RNG.integers(0, 3, 50)


def gradient(*between: nn.Layer, batch_size: int = 20) -> BatchGradient:
    """For 6 x 6 pixels and a convolution, which writes down 16 · 9 + 32 = 176 values an image."""
    layers = [nn.Conv2d(1, 2, 3, 6), *between, nn.Flatten(2, 4), nn.Linear(32, 3)]
    network = nn.Network(layers, seed=4)
    found = BatchGradient(network, nn.CrossEntropyLoss(), IMAGES, LABELS, batch_size)
    found.set_epoch(0, RNG.permutation(50))
    return found


def set_images_at_a_time(monkeypatch: pytest.MonkeyPatch, images: int) -> None:
    """For the layers above, and a ReLU between them: 176 + 32 + 32 + 3 values an image."""
    monkeypatch.setattr(cost, "TRAINING_VALUES", images * 243)
    monkeypatch.setattr(cost, "VALUES_PER_PARAMETER", 0)


class Counting(nn.ReLU):
    """Keeps how many images it saw at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: list[int] = []

    def forward(self, x: np.ndarray, training: bool = False) -> np.ndarray:
        self.counts.append(len(x))
        return super().forward(x, training)


@pytest.mark.parametrize(("images", "counts"), [(19, [10, 10]), (7, [6, 7, 7]), (1, [1] * 20)])
def test_pieces_of_a_batch_add_up_to_its_gradient(monkeypatch, images, counts):
    whole = gradient(nn.ReLU())
    set_images_at_a_time(monkeypatch, images)
    relu = Counting()
    pieces = gradient(relu)
    pieces.set_epoch(0, whole.order)
    for start in (0, 20, 40):  # the last one has 10 images
        whole.compute(start)
        pieces.compute(start)
        np.testing.assert_allclose(
            pieces.network.gradients, whole.network.gradients, atol=1e-6, rtol=1e-4
        )
    assert relu.counts[: len(counts)] == counts
    (loss, correct), (expected, as_many) = pieces.collect(), whole.collect()
    assert loss == pytest.approx(expected, rel=1e-5)
    assert correct == as_many


def test_batch_normalization_sees_the_whole_batch(monkeypatch):
    set_images_at_a_time(monkeypatch, 5)
    relu = Counting()
    gradient(nn.BatchNorm(32), relu).compute(0)
    assert relu.counts == [20]
