"""A drawing in an address."""

import base64
import zlib

import numpy as np
import pytest

from ui.inside.drawing_link import from_text, to_text


def a_seven() -> np.ndarray:
    image = np.zeros((28, 28), np.uint8)
    image[5:8, 6:22] = 255
    image[8:24, 15:18] = 130
    return image


def test_a_drawing_comes_back_from_its_text_as_it_was():
    np.testing.assert_array_equal(from_text(to_text(a_seven())), a_seven())


def test_the_text_needs_no_escaping_and_is_short():
    noisy = np.random.default_rng(0).integers(0, 256, (28, 28), dtype=np.uint8)
    noisy[:, :20] = 0
    text = to_text(noisy)
    assert all(character.isalnum() or character in "-_" for character in text)
    assert len(to_text(a_seven())) < 100
    np.testing.assert_array_equal(from_text(text), noisy)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7",
        "not a drawing",
        "ä",
        to_text(a_seven())[:-8],
        base64.urlsafe_b64encode(zlib.compress(bytes(783))).decode(),
        base64.urlsafe_b64encode(zlib.compress(bytes(50_000_000))).decode(),
    ],
    ids=["empty", "short", "spaces", "letters", "cut", "too few", "bomb"],
)
def test_what_is_no_drawing_is_refused(text):
    with pytest.raises(ValueError, match="drawing must"):
        from_text(text)
