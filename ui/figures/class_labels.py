"""What classes are called, in figures."""

from collections.abc import Sequence
from html import escape

LEANING = {"autotickangles": [0, -45, -90]}
"""Of an axis to the right. Where there is no room beside each other labels would lean to the right,
and Plotly hides those that leave the figure."""


def escaped_labels(labels: Sequence[str], classes: int) -> list[str]:
    """The labels as Plotly shows them as they are: it reads some HTML in texts, links too, and they
    come from the files of strangers.

    Raises ValueError if there is not one for each of so many classes.
    """
    if len(labels) != classes:
        raise ValueError(f"labels must hold one text per class, {classes}, got {len(labels)}")
    return [escape(label, quote=False) for label in labels]


def bold(text: str, wanted: bool = True) -> str:
    """The text in bold type if that is `wanted` and there is any."""
    return f"<b>{text}</b>" if wanted and text else text
