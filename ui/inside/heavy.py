"""What takes many megabytes to draw a view of a large network: of all views and visitors only the
newest is kept, and where it is small some more."""

from collections.abc import Callable
from typing import TypeVar, cast

from ui.shared.lately import Lately

Made = TypeVar("Made")

MOST_BYTES = 40_000_000
_heavy: Lately[object] = Lately(MOST_BYTES)


def heavy(key: tuple[object, ...], make: Callable[[], Made], size: int) -> Made:
    """What is kept under a key, made if it is not there, of so many bytes. What is large has
    others go before it is made, which takes room too."""
    if 2 * size > MOST_BYTES and _heavy.find(key) is None:
        _heavy.forget_unasked(0)
    return cast(Made, _heavy.get(key, make, lambda _: size))
