"""What is said of an answer: sure, not sure, hardly a digit; and what these words mean."""

import numpy as np
import pytest

import nn
from ui.draw.verdict import described, kind_of, meaning, shown_characters, verdict

DIGITS = [str(digit) for digit in range(10)]


def test_a_sure_answer_is_given_as_such():
    said = verdict(np.array([[0.02, 0.95, 0.03]]), ["a", "b", "c"])
    assert said == ("b", "95.0\xa0% sure")


def test_a_close_second_is_named():
    said = verdict(np.array([[0.15, 0.04, 0.81]]), ["1", "4", "7"])
    assert said == ("7", "81.0\xa0% sure, or else 1 (15.0\xa0%)")


def test_below_four_fifths_it_is_not_sure():
    said = verdict(np.array([[0.3, 0.09, 0.61]]), ["1", "4", "7"])
    assert said == ("7?", "Not sure: 61.0\xa0%, or else 1 (30.0\xa0%)")


def test_a_number_is_as_sure_as_all_its_digits_together():
    # 0.9 · 0.8 · 0.95; the next best has another second digit: 0.9 · 0.15 · 0.95
    probabilities = np.array([[0.9, 0.05, 0.05], [0.05, 0.15, 0.8], [0.02, 0.95, 0.03]])
    said = verdict(probabilities, ["3", "5", "8"])
    assert said == ("385?", "Not sure: 68.4\xa0%, or else 355 (12.8\xa0%)")


def test_what_is_hardly_a_digit_is_not_called_one_surely():
    said = verdict(np.eye(10)[[4]] * 0.9 + 0.01, DIGITS, np.array([False]))
    assert said == ("4?", "Hardly a digit. If it is one: 4 (91.0\xa0%)")
    said = verdict(np.eye(10)[[4]] * 0.6 + 0.04, DIGITS, np.array([False]))
    assert said == ("?", "Hardly a digit. If it is one: 4 (64.0\xa0%)")


def test_among_digits_it_is_shown_and_named():
    probabilities = np.eye(10)[[4, 2, 0]]
    probabilities[1] = np.eye(10)[2] * 0.3 + np.eye(10)[3] * 0.7
    said = verdict(probabilities, DIGITS, np.array([True, False, True]))
    assert said == ("430?", "Not sure: 70.0\xa0%, or else 420 (30.0\xa0%). Unusual: 3")
    said = verdict(np.eye(10)[[4, 2, 0, 0]], DIGITS, np.array([True, False, True, False]))
    assert said == ("4200", ">99.9\xa0% sure. Unusual: 2, 0")


def test_where_most_are_hardly_digits_no_number_is_made_of_them():
    said = verdict(np.eye(10)[[4, 2, 0]], DIGITS, np.array([True, False, False]))
    assert said == ("4??", "“?” is hardly a digit. If it is one: 420 (>99.9\xa0%)")


def test_decimal_points_stand_where_they_were_written():
    probabilities = np.eye(10)[[1, 5, 5]]
    assert verdict(probabilities, DIGITS, points=[1])[0] == "1.55"
    assert verdict(probabilities, DIGITS, points=[0, 3, 3])[0] == ".155."
    said = verdict(probabilities, DIGITS, np.array([True, False, True]), [1])
    assert said == ("1.55", ">99.9\xa0% sure. Unusual: 5")
    said = verdict(np.array([[0.8, 0.2], [0.1, 0.9]]), ["3", "5"], points=[1])
    assert said == ("3.5?", "Not sure: 72.0\xa0%, or else 5.5 (18.0\xa0%)")


def test_what_is_known_is_said_as_ever():
    probabilities = np.eye(10)[[4]]
    assert verdict(probabilities, DIGITS, np.array([True])) == verdict(probabilities, DIGITS)


def test_one_class_has_no_second():
    assert verdict(np.array([[1.0]]), ["cat"]) == ("cat", ">99.9\xa0% sure")


def test_each_character_is_shown_as_in_the_answer():
    probabilities = np.eye(10)[[4, 2, 0]]
    for known in ([True, False, True], [True, False, False]):
        shown = shown_characters(probabilities, DIGITS, np.array(known))
        assert "".join(shown) == verdict(probabilities, DIGITS, np.array(known))[0]
    assert shown_characters(probabilities, DIGITS, None) == ["4", "2", "0"]


@pytest.mark.parametrize(
    ("labels", "kind"), [("0123456789", "digit"), ("ABC", "character"), (["Bag"], "known thing")]
)
def test_classes_in_a_word(labels, kind):
    assert kind_of(list(labels)) == kind


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        ("0123456789", "a digit from 0 to 9"),
        ("ABC", "a character from A to C"),
        (["Trouser", "Bag"], "one of the chart’s classes"),
    ],
)
def test_what_can_be_drawn(labels, words):
    assert described(list(labels)) == words


def test_the_words_are_explained_by_what_the_network_can_do():
    calibrated = meaning(nn.Network.mlp([784, 10], max_energy=-4.0))
    assert (
        "On images like these, an answer below 80\N{NO-BREAK SPACE}% is wrong more than one time"
        in calibrated
    )
    assert (
        "“Hardly a digit” means that it looks stranger to the network than 99\N{NO-BREAK SPACE}%"
        in calibrated
    )
    assert "such as a letter, can still look familiar" in calibrated


def test_of_a_network_that_was_not_calibrated_less_is_said_and_why():
    plain = meaning(nn.Network.mlp([784, 10]))
    assert "not been calibrated (that takes at least 100 validation images and a finished" in plain
    assert "must choose one of these" in plain
    assert "99\N{NO-BREAK SPACE}%" not in plain
    assert "one time in five" not in plain


def test_of_a_copy_that_has_learned_more_no_more_is_said_than_is_known():
    taught = meaning(nn.Network.mlp([784, 10], max_energy=-4.0), taught=True)
    assert "those of your copy were not" in taught
    assert "one time in five" not in taught


def test_rows_stand_in_lines_of_their_own_and_are_said_in_one():
    probabilities = np.array([[0.8, 0.2], [0.1, 0.9], [0.9, 0.1]])
    said = verdict(probabilities, ["3", "5"], breaks=[2])
    assert said == ("35\n3?", "Not sure: 64.8\xa0%, or else 55 / 3 (16.2\xa0%)")
