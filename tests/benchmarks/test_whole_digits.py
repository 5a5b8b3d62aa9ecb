"""What the network learns from that tells whole digits from pieces."""

from itertools import islice

import numpy as np
import pytest

import nn
from benchmarks.whole_digits import NO_DIGIT, pieces
from data.drawing.centring import centre
from tests.data.pictures.ballpoint import drawn
from tests.data.pictures.test_pictures import MODEL


@pytest.fixture(scope="module")
def digits():
    """Images (200, 28, 28) uint8 and labels (200,)."""
    rng = np.random.default_rng(3)
    labels = np.tile(np.arange(10), 20)
    images = [255 * centre(drawn(label, 0.12, rng, side=140)) for label in labels]
    return np.rint(images).astype(np.uint8), labels


@pytest.fixture(scope="module")
def made(digits):
    return list(islice(pieces(*digits, seed=1), 400))


def test_whole_digits_look_like_what_they_are_called(made):
    whole = [piece for piece in made if piece.label != NO_DIGIT]
    read = nn.load(MODEL).predict(np.stack([piece.image for piece in whole]))
    assert len(whole) > 40
    assert np.mean(read == [piece.label for piece in whole]) > 0.85


def test_most_pieces_that_are_no_digit_are_several_or_part_of_one(made):
    rest = [piece.image for piece in made if piece.label == NO_DIGIT]
    widths = [np.ptp(np.flatnonzero(image.max(axis=0) > 25)) + 1 for image in rest]
    assert len(rest) > 200
    assert min(widths) < 9
    assert max(widths) == 20


def test_a_seed_makes_the_same_pieces_again(digits, made):
    again = list(islice(pieces(*digits, seed=1), 50))
    np.testing.assert_array_equal([p.image for p in again], [p.image for p in made[:50]])
    other = list(islice(pieces(*digits, seed=2), 50))
    assert any(a.label != b.label for a, b in zip(again, other, strict=True))
