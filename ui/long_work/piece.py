"""What is to be done, and how it stands with it."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Progress:
    """How far the work is.

    share: from 0 to 1, as far as that is known.
    words: what goes on, for people.
    partial: what is there already, such as a picture that is not yet sharp.
    """

    share: float | None = None
    words: str = ""
    partial: Any = None


@dataclass(frozen=True)
class Piece:
    """A piece of work.

    key: the same for the same work on the same things: its result is kept under it.
    function: does it, in another process. It is found by its module and name there, yields
        Progress now and then, and returns the result; ValueError says what is wrong, for people.
    arguments: of the function. They and the result can be pickled, and are small: some megabytes.
    """

    key: str
    function: Callable[..., Generator[Progress, None, Any]]
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Waiting:
    """So many pieces of others are done before."""

    ahead: int


@dataclass(frozen=True)
class Running:
    """It is being done."""

    progress: Progress


@dataclass(frozen=True)
class Done:
    """What came of it."""

    result: Any


@dataclass(frozen=True)
class Failed:
    """Nothing came of it; why, for people."""

    message: str


State = Waiting | Running | Done | Failed
