"""Two models and the same images: the four kinds of images, and what they tell in words."""

import numpy as np
import pytest

from ui.compare.pair import CELLS, Pair, chance_text
from ui.compare.verdicts import Verdicts

LABELS = tuple("0123456789")


def told(wrong, confidence=None, true=None):
    """The answers of a model that is wrong on these images."""
    wrong = np.array(wrong)
    true = np.zeros(len(wrong), np.uint8) if true is None else true
    sure = np.full(len(wrong), 0.5) if confidence is None else np.array(confidence)
    return Verdicts(LABELS, true, true + wrong.astype(np.uint8), sure, alone=False)


def pair_of(only_first, only_second, count=10_000):
    """Two models that are wrong alone on so many images each, and on none together."""
    places = np.arange(count)
    first = told(places < only_first)
    second = told((places >= only_first) & (places < only_first + only_second))
    return Pair(first, second)


def test_each_image_is_of_one_kind():
    pair = Pair(told([0, 1, 1, 0, 0]), told([0, 0, 1, 1, 0]))
    assert {cell: pair.indices(cell).tolist() for cell in CELLS} == {
        "first-wrong": [1],
        "second-wrong": [3],
        "both-wrong": [2],
        "both-right": [0, 4],
    }
    assert pair.counts == {
        "first-wrong": 1,
        "second-wrong": 1,
        "both-wrong": 1,
        "both-right": 2,
    }


def test_mistakes_of_the_surest_come_first_and_right_answers_of_the_least_sure():
    sure = [0.4, 0.9, 0.6, 0.8]
    wrong = Pair(told([1, 1, 1, 1], sure), told([0, 0, 0, 0]))
    assert wrong.indices("first-wrong").tolist() == [1, 3, 2, 0]
    right = Pair(told([0, 0, 0, 0], sure), told([0, 0, 0, 0], [0.9, 0.9, 0.9, 0.1]))
    assert right.indices("both-right").tolist() == [3, 0, 2, 1]


def test_a_difference_that_chance_makes_is_called_so():
    assert pair_of(41, 25).sentence("A", "B") == (
        "Of 10,000 images A is wrong on 41 that B gets right, and B on 25 that A gets right. If "
        "both were equally good, a difference like this or larger would be seen in 6.4\xa0% of "
        "tests: not enough to call one better."
    )


@pytest.mark.parametrize(("wrong", "better"), [((60, 25), "B"), ((25, 60), "A")])
def test_one_that_is_better_is_named(wrong, better):
    sentence = pair_of(*wrong).sentence("A", "B")
    assert sentence.endswith(f"that is hardly chance, {better} is better on such images.")
    assert "0.019\xa0% of tests" in sentence


def test_where_they_do_not_differ_no_test_is_needed():
    assert "exactly the same ones right" in pair_of(0, 0).sentence("A", "B")
    assert pair_of(7, 7).sentence("A", "B").endswith("That is no difference at all.")


def test_answers_to_other_images_are_not_compared():
    with pytest.raises(ValueError, match="different images"):
        Pair(told([0, 1]), told([0, 1], true=np.array([3, 4], np.uint8)))


@pytest.mark.parametrize(
    ("p", "text"),
    [
        (1.0, "100.0\xa0%"),
        (0.21875, "21.9\xa0%"),
        (0.0496, "4.96\xa0%"),
        (0.0503, "5.03\xa0%"),
        (0.00384, "0.38\xa0%"),
        (0.00028, "0.028\xa0%"),
        (3e-9, "<0.001\xa0%"),
    ],
)
def test_a_chance_is_never_rounded_to_none(p, text):
    assert chance_text(p) == text
