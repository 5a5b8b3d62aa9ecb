"""A part of a picture."""

from typing import NamedTuple


class Box(NamedTuple):
    """A part of a picture, in pixels; right and bottom are the first outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def size(self) -> int:
        return max(self.height, self.width)

    def gap(self, other: "Box") -> tuple[int, int]:
        """How far apart two boxes are across and down; below 0 is how far they overlap."""
        return (
            max(self.left, other.left) - min(self.right, other.right),
            max(self.top, other.top) - min(self.bottom, other.bottom),
        )

    def within(self, other: "Box") -> "Box":
        """What of it lies in another one; without width or height where nothing does."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Box(left, top, max(left, right), max(top, bottom))

    def around(self, other: "Box") -> "Box":
        """The smallest box with both in it."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )
