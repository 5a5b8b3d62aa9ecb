"""Shares and probabilities as text: as the command line writes them, but that no line of a page
ends between a number and its sign."""

from nn.evaluation import percent as plain

SIGN = "\N{NO-BREAK SPACE}%"
"""What stands behind the number."""


def percent(share: float, count: int | None = None) -> str:
    """A share in [0, 1], see `nn.evaluation.percent.percent`."""
    return _kept_together(plain.percent(share, count))


def probability_percent(probability: float) -> str:
    """A probability, see `nn.evaluation.percent.probability_percent`."""
    return _kept_together(plain.probability_percent(probability))


def in_brackets(probability: float) -> str:
    """A probability behind the answer that it is of, "(29.6 %)"."""
    return f"({probability_percent(probability)})"


def _kept_together(text: str) -> str:
    return text.replace(" %", SIGN)
