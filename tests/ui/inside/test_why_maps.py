"""What the maps of the view "Why" add up to, in words."""

import numpy as np

from nn.explain.attribution import Attribution
from ui.inside.why_maps import GRADIENT, INTEGRATED, OCCLUSION, completeness


def shares(*values: float, total: float) -> Attribution:
    return Attribution(np.array(values), total)


def test_a_gap_is_a_share_of_the_total_in_percent():
    found = completeness(INTEGRATED, shares(10, 2.31, total=12.4))
    assert found == "Adds up to 12.31 of 12.40; gap 0.7\xa0%."


def test_a_negative_sum_has_a_minus_and_its_gap_none():
    found = completeness(GRADIENT, shares(-3, 1, total=-4))
    assert found == "Adds up to −2.00 of −4.00; gap 50.0\xa0%."


def test_a_gap_of_next_to_nothing_is_no_percentage():
    found = completeness(GRADIENT, shares(0.5, total=0.01))
    assert found == "Adds up to 0.50 of 0.01; gap −0.49."


def test_occlusion_need_not_add_up():
    found = completeness(OCCLUSION, shares(100, -7.5, total=12.4))
    assert found == "Adds up to 92.50; it need not add up to 12.40."
