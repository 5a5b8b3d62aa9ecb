"""What sets of points are called on the page."""

from data.plane.catalog import SETS
from ui.playground.setup import OWN


def set_title(name: str) -> str:
    """The title of a set, also of the visitor's own points."""
    return "Your own" if name == OWN else SETS[name].title
