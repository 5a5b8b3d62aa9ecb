"""Shares and probabilities as text; the command line writes them the same way."""

from nn.evaluation.percent import percent as percent
from nn.evaluation.percent import probability_percent as probability_percent
