"""When an image was learned, by hand."""

import numpy as np
import pytest

from nn.history.learned import learned_for_good


def test_from_the_moment_after_the_last_mistake() -> None:
    # Read as 7 at four moments; the images are 7, 7 (forgotten once), 7 (always), 2 (never).
    labels = np.array([7, 7, 7, 2])
    classes = np.array([[1, 7, 7, 7], [7, 3, 7, 7], [7, 7, 7, 7], [7, 7, 7, 7]])
    assert learned_for_good(classes, labels).tolist() == [1, 2, 0, 4]


def test_of_no_moments_and_of_other_images_nothing_is_said() -> None:
    with pytest.raises(ValueError, match="classes must be"):
        learned_for_good(np.zeros((3, 4), int), np.zeros(5, int))
