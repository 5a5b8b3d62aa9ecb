"""Probabilities in sentences."""

from ui.shared.percent import in_brackets


def test_no_line_ends_between_a_number_and_its_sign():
    assert in_brackets(0.2961) == "(29.6\N{NO-BREAK SPACE}%)"
    assert in_brackets(1.0) == "(>99.9\N{NO-BREAK SPACE}%)"
