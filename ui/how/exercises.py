"""Exercises, with answers that fold out."""


def exercises() -> None:
    """Draw them."""
