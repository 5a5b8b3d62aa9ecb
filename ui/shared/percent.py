"""Shares and probabilities as text; the command line writes them the same way."""

from nn.evaluation.percent import percent as percent
from nn.evaluation.percent import probability_percent as probability_percent


def in_brackets(probability: float) -> str:
    """A probability behind the answer that it is of, "(29.6 %)", which no line ends within."""
    return f"({probability_percent(probability)})".replace(" ", "\N{NO-BREAK SPACE}")
