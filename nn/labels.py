"""What classes are called."""

DIGITS = list("0123456789")
"""The labels of networks that read digits, and with them numbers."""


def ascii_label(label: str) -> str:
    """A label without signs that fonts and terminals may lack: "ki" for "ki き".

    One that has no other signs stays as it is.
    """
    return label.encode("ascii", "ignore").decode().strip() or label
