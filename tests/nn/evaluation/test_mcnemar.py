"""McNemar's test: as published, as SciPy has it, and where nothing can be said."""

import pytest
from scipy.stats import binomtest, chi2

from nn.evaluation.mcnemar import EXACT_UP_TO, mcnemar


def test_as_published():
    # Asthma before and after a transplantation: exact P = 0.070 in Fagerland, Lydersen and Laake
    # (2013), "The McNemar test for binary matched-pairs data".
    assert mcnemar(1, 7) == pytest.approx(0.0703, abs=5e-5)
    assert mcnemar(7, 1) == mcnemar(1, 7)


@pytest.mark.parametrize(("b", "c"), [(1, 0), (2, 9), (9, 2), (41, 25), (6, 16), (300, 700)])
def test_few_images_are_counted_exactly(b, c):
    assert mcnemar(b, c) == pytest.approx(binomtest(b, b + c, 0.5).pvalue, rel=1e-9)


@pytest.mark.parametrize(("b", "c"), [(501, 500), (600, 402), (5000, 4800), (10_000, 9_000)])
def test_of_many_the_difference_is_chi_squared(b, c):
    assert mcnemar(b, c) == pytest.approx(chi2.sf((abs(b - c) - 1) ** 2 / (b + c), 1), rel=1e-9)


def test_where_the_one_way_ends_and_the_other_begins_both_say_the_same():
    b = EXACT_UP_TO // 2 - 32
    c = EXACT_UP_TO - b
    assert mcnemar(b, c + 1) == pytest.approx(mcnemar(b, c), rel=0.1)
    approximate = chi2.sf((c - b - 1) ** 2 / EXACT_UP_TO, 1)
    assert mcnemar(b, c) == pytest.approx(approximate, rel=0.01)


@pytest.mark.parametrize("count", [0, 1, 7, 5000])
def test_equally_many_mistakes_are_no_difference(count):
    assert mcnemar(count, count) == 1


def test_what_is_as_good_as_impossible_is_a_very_small_number():
    assert 0 <= mcnemar(0, 1000) < 1e-300
    assert 0 <= mcnemar(0, 60_000) < 1e-300


@pytest.mark.parametrize("wrong", [-1, 0.5, None, "3"])
def test_what_is_no_count_is_refused(wrong):
    with pytest.raises(ValueError, match="only_second must be"):
        mcnemar(3, wrong)
