"""Whether of two classifiers one is better, or a difference on the same images is chance."""

import math

from nn.checks import whole_number

EXACT_UP_TO = 1000
"""Images that one alone gets wrong; with more the chi-squared distribution does as well."""


def mcnemar(only_first: int, only_second: int) -> float:
    """The p-value of McNemar's test (1947), two-sided, from 0 to 1.

    Images that both get right, or both wrong, say nothing of which is better. Were both equally
    good, each of the n = b + c others would be as likely to be one's mistake as the other's, and so
    b would come from the binomial distribution B(n, 1/2). The p-value is the probability of a
    difference at least as large as that between b and c:

        min(1, 2 Σ_{k <= min(b, c)} C(n, k) / 2ⁿ)           for n up to `EXACT_UP_TO`
        P(χ²₁ >= max(0, |b - c| - 1)² / n) = erfc(√(χ²/2))   for more

    the second with the continuity correction of Edwards (1948). Of the tests for two classifiers
    that are trained once it is the one to take (Dietterich 1998).

    Args:
        only_first: b, how many images the first alone gets wrong.
        only_second: c, how many images the second alone gets wrong.

    Raises ValueError if one of them is no whole number of at least 0.
    """
    b = whole_number("only_first", only_first, 0, 2**53)
    c = whole_number("only_second", only_second, 0, 2**53)
    n = b + c
    if n <= EXACT_UP_TO:
        return min(1.0, sum(math.comb(n, k) for k in range(min(b, c) + 1)) / 2 ** max(0, n - 1))
    chi_squared = max(0, abs(b - c) - 1) ** 2 / n
    return math.erfc(math.sqrt(chi_squared / 2))
