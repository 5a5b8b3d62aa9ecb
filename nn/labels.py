"""What classes are called."""

import json

DIGITS = list("0123456789")
"""The labels of networks that read digits, and with them numbers."""


def class_labels(text: str, num_classes: int) -> list[str]:
    """The labels in a JSON list of so many, else "0", "1", ..."""
    try:
        labels = json.loads(text)
    except (ValueError, RecursionError):
        labels = None
    if isinstance(labels, list) and len(labels) == num_classes:
        return [str(label) for label in labels]
    return [str(index) for index in range(num_classes)]


def ascii_label(label: str) -> str:
    """A label without signs that fonts and terminals may lack: "ki" for "ki き".

    One that has no other signs stays as it is.
    """
    return label.encode("ascii", "ignore").decode().strip() or label
