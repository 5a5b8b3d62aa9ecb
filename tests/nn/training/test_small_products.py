"""Products in pieces: the same numbers, and pieces only where they are small enough."""

import numpy as np
import pytest

from nn.training import small_products
from nn.training.small_products import COLUMNS, in_columns, in_rows, number_of_pieces
from tests.nn.history.small_trainings import make


@pytest.fixture(params=["SkylakeX", "Haswell"])
def processor(request, monkeypatch):
    monkeypatch.setattr(small_products, "kernel", lambda: request.param)
    monkeypatch.setattr(small_products, "current_threads", lambda: 1)
    return request.param


@pytest.mark.parametrize(
    ("count", "each", "unit", "expected"),
    [
        (128, 16 * 785, COLUMNS, 2),  # 16 images through 784-128
        (128, 32 * 785, COLUMNS, 4),
        (128, 64 * 785, COLUMNS, 1),  # not even 32 columns are few enough
        (100, 32 * 785, COLUMNS, 1),  # no multiple of 32
        (784, 32 * 128, 1, 4),  # and back
        (784, 128 * 128, 1, 14),
        (784, 256 * 128, 1, 1),  # too many pieces
        (64, 129 * 32, COLUMNS, 1),  # small as it is
    ],
)
def test_number_of_pieces(processor, count, each, unit, expected):
    assert number_of_pieces(count, each, unit) == (expected if processor == "SkylakeX" else 1)


def test_several_threads_share_the_whole(monkeypatch):
    monkeypatch.setattr(small_products, "kernel", lambda: "SkylakeX")
    monkeypatch.setattr(small_products, "current_threads", lambda: 2)
    assert number_of_pieces(128, 32 * 785, COLUMNS) == 1


def test_pieces_of_a_product_are_the_product():
    rng = np.random.default_rng(0)
    a, b = rng.random((6, 20)), rng.random((20, 32))
    forwards, back = np.zeros((6, 33)), np.zeros((20, 32))
    np.matmul(a, in_columns(b, 2), out=in_columns(forwards[:, :-1], 2))
    np.testing.assert_allclose(forwards[:, :-1], a @ b, rtol=1e-12)
    assert not forwards[:, -1].any()
    np.matmul(in_rows(a.T, 5), forwards[:, :-1], out=in_rows(back, 5))
    np.testing.assert_allclose(back, a.T @ (a @ b), rtol=1e-12)


def test_a_training_tells_its_convolutions_what_is_multiplied_as_it_lies(processor):
    trainer = make(hidden=(), convolutions=(2,))
    next(trainer.run())
    limits = {layer.direct_products for layer in trainer.network.layers}
    assert limits == {small_products.DIRECT if processor == "SkylakeX" else 0}
