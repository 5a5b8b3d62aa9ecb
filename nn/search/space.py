"""What a search varies: for each setting a range of numbers, or values to choose from."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Value = bool | int | float | str | tuple[int, ...] | None
"""A value of a setting."""
MOST_CHOICES = 1000
MOST_SETTINGS = 20
LARGEST = 1e100
"""Number; no setting has a larger one."""


@dataclass(frozen=True)
class Range:
    """A setting may be any number from `low` to `high`, both included.

    log: numbers are as likely between 0.001 and 0.01 as between 0.01 and 0.1.
    step: only `low` and so many steps more; None for all numbers.
    whole: whole numbers only.

    Raises ValueError if they don't fit together.
    """

    name: str
    low: float
    high: float
    log: bool = False
    step: float | None = None
    whole: bool = False

    def __post_init__(self) -> None:
        numbers = [self.low, self.high] + ([] if self.step is None else [self.step])
        for number in numbers:
            if isinstance(number, bool) or not isinstance(number, int | float):
                raise ValueError(f"{self.name} must have numbers at its ends, got {number!r:.80}")
            if not abs(number) <= LARGEST:
                raise ValueError(f"{self.name} must have plausible ends, got {number!s:.80}")
            if self.whole and number != int(number):
                raise ValueError(f"{self.name} must have whole numbers at its ends, got {number:g}")
        if not isinstance(self.log, bool):
            raise ValueError(f"log of {self.name} must be true or false, got {self.log!r:.80}")
        if not self.low < self.high:
            raise ValueError(
                f"{self.name} must reach from a lower to a higher number, "
                f"got {self.low:g}..{self.high:g}"
            )
        if self.log and self.low <= 0:
            raise ValueError(f"log needs a lower end above 0, got {self.low:g} for {self.name}")
        if self.step is not None and self.log:
            raise ValueError(f"{self.name} must have either log or a step, not both")
        if self.step is not None and not 0 < self.step <= (self.high - self.low) * (1 + 1e-9):
            raise ValueError(
                f"the step of {self.name} must be above 0 and at most {self.high - self.low:g}, "
                f"got {self.step:g}"
            )
        if self.whole:
            for field in ("low", "high", "step"):
                number = getattr(self, field)
                if number is not None:
                    object.__setattr__(self, field, int(number))

    @property
    def values(self) -> list[Value] | None:
        """All values, lowest first; None where they are not to be counted."""
        step = 1 if self.whole and self.step is None and not self.log else self.step
        if step is None:
            return None
        count = math.floor((self.high - self.low) / step + 1e-9) + 1
        if count > MOST_CHOICES:
            return None
        if self.whole:
            return [int(self.low + index * step) for index in range(count)]
        return [rounded(self.low + index * step) for index in range(count)]

    def check(self, value: Any) -> Value:
        """`value` as this setting's; ValueError if it is not in the range."""
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not self.low <= value <= self.high:
            raise ValueError(f"{self.name} must be in {self.text}, got {value!r:.80}")
        if self.whole:
            return int(value)
        return float(value) if self.step is None else rounded(value)

    @property
    def text(self) -> str:
        """As it stands after `--param NAME=`."""
        step = "" if self.step is None else f":{number_text(self.step)}"
        log = "log:" if self.log else ""
        return f"{log}{number_text(self.low)}..{number_text(self.high)}{step}"

    def to_dict(self) -> dict[str, Any]:
        """As JSON-able data, see `part_from_dict`."""
        step = {} if self.step is None else {"step": self.step}
        return {"name": self.name, "low": self.low, "high": self.high, "log": self.log} | step


@dataclass(frozen=True)
class Choices:
    """A setting may be one of these values; ValueError if there are less than two, or one twice."""

    name: str
    values: tuple[Value, ...]

    def __post_init__(self) -> None:
        if not 2 <= len(self.values) <= MOST_CHOICES:
            raise ValueError(
                f"{self.name} must have from 2 to {MOST_CHOICES} values with | between them, got "
                f"{len(self.values)}"
            )
        texts = [value_text(value) for value in self.values]
        for text in texts:
            if texts.count(text) > 1:
                raise ValueError(f"{self.name} must have different values, got {text:.80} twice")

    def check(self, value: Any) -> Value:
        """`value` as one of them, a list as a tuple; ValueError if it is none."""
        value = tuple(value) if isinstance(value, list) else value
        for one in self.values:
            if one == value and isinstance(one, bool) == isinstance(value, bool):
                return one
        raise ValueError(f"{self.name} must be one of {self.text:.300}, got {value!r:.80}")

    @property
    def text(self) -> str:
        """As it stands after `--param NAME=`."""
        return "|".join(value_text(value) for value in self.values)

    def to_dict(self) -> dict[str, Any]:
        """As JSON-able data, see `part_from_dict`."""
        return {"name": self.name, "choices": [value_json(value) for value in self.values]}


Part = Range | Choices
Space = tuple[Part, ...]
"""What is searched, in the order of the user; no setting twice."""


def size(space: Space) -> int | None:
    """How many combinations there are; None where they are not to be counted."""
    count = 1
    for part in space:
        if part.values is None:
            return None
        count *= len(part.values)
    return count


def combination(space: Space, index: int) -> dict[str, Value]:
    """The combination of this index, from 0 to below `size`; the last setting changes fastest."""
    found: dict[str, Value] = {}
    for part in reversed(space):
        values: Sequence[Value] = part.values or ()
        index, place = divmod(index, len(values))
        found[part.name] = values[place]
    return {part.name: found[part.name] for part in space}


def value_text(value: Value) -> str:
    """A value as it stands on the command line: "128,64", "true", "0.001", "none"."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ",".join(map(str, value)) or "none"
    return value if isinstance(value, str) else number_text(value)


def value_json(value: Value) -> Any:
    """A value as JSON has it: widths as a list."""
    return list(value) if isinstance(value, tuple) else value


def rounded(value: float) -> float:
    """Without the noise of sums, after which 0.1 + 0.2 is 0.3."""
    return float(f"{value:.12g}")


def number_text(value: float) -> str:
    """A number as short as it can be without becoming another."""
    short = f"{value:g}"
    return short if float(short) == value else repr(value)
