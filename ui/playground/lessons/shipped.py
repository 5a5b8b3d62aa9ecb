"""The lessons that ship, each in a small file beside this one."""

import tomllib
from functools import cache
from pathlib import Path

from ui.playground.lessons.lesson import Lesson
from ui.playground.lessons.link import MARK, unpacked

NAMES = ("straight_line", "hidden_layer", "spiral", "learning_rate", "overfitting")
"""In the order in which they are best taken."""


@cache
def shipped(name: str) -> Lesson:
    """The lesson of this name; KeyError if there is none."""
    if name not in NAMES:
        raise KeyError(name)
    path = Path(__file__).with_name(f"{name}.toml")
    return Lesson.from_dict(tomllib.loads(path.read_text(encoding="utf-8")))


def lesson_of(text: str) -> Lesson:
    """The lesson of a link: one that ships, by name, or a packed one. ValueError in words."""
    if text.startswith(MARK):
        return unpacked(text)
    if text not in NAMES:
        raise ValueError(f"there is no such lesson; there are {', '.join(NAMES)}")
    return shipped(text)
