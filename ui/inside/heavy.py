"""What takes many megabytes to draw a view of a large network: of all views and visitors only the
newest is kept, and where it is small some more."""

from collections.abc import Callable
from typing import TypeVar, cast

from ui.shared.lately import Lately

Made = TypeVar("Made")

MOST_BYTES = 40_000_000
_heavy: Lately[object] = Lately(MOST_BYTES)


def heavy(key: tuple[object, ...], make: Callable[[], Made], size: Callable[[Made], int]) -> Made:
    """What is kept under a key, made if it is not there; `size` tells its bytes."""
    return cast(Made, _heavy.get(key, make, lambda made: size(cast(Made, made))))
