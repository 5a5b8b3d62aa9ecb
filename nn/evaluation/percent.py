"""Shares, accuracies and probabilities as text, for pages and the command line."""

import math

_HARDLY = 1e-9


def percent(share: float, count: int | None = None) -> str:
    """A share in [0, 1] for reading, never rounded to a certainty that is not there.

    Args:
        share: what part it is.
        count: of how many images, if it is of images: there are so many decimals then that one
            image more or less is seen, 99.55 % where 45 of 10,000 are missing. There is one decimal
            at least, and one where nothing was counted.
    """
    decimals = 1 if count is None else max(1, math.ceil(math.log10(max(count, 1) / 100)))
    text = f"{100 * share:.{decimals}f}"
    least = 10**-decimals
    if share > 0 and float(text) == 0:
        return f"<{least:.{decimals}f} %"
    if share < 1 and float(text) == 100:
        return f">{100 - least:.{decimals}f} %"
    return f"{text} %"


def probability_percent(probability: float) -> str:
    """A softmax's probability for reading. It is never 0 or 1, though in few digits it may say so:
    what is as good as certain is ">99.9 %", what is as good as out of the question "<0.1 %"."""
    return percent(min(max(float(probability), _HARDLY), 1 - _HARDLY))
