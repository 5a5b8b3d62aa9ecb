"""The kinds of settings a page can declare: each knows its widget and what the URL may hold.

A setting is bound to the URL: its widget writes its value there under the setting's field name, and
a link that holds one opens with it. What a widget can't take from a link it drops without a word,
therefore `url_text` is asked first.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import streamlit as st

from nn.architectures import parse_widths


@dataclass(frozen=True)
class Setting(ABC):
    """One setting of the page. `field` is its name in `nn.TrainingConfig` and in the URL."""

    field: str
    label: str
    help: str

    @abstractmethod
    def url_text(self, text: str) -> str:
        """What stands in the URL for `text`; ValueError says what is allowed instead."""

    @abstractmethod
    def show(self, value: Any) -> str:
        """`value` for people, as the widget shows it."""

    @abstractmethod
    def draw(self, default: Any, disabled: bool = False) -> Any:
        """Draw the widget and return its value, one `nn.TrainingConfig` understands."""

    def widget_value(self, value: Any) -> Any:
        """What the widget keeps in session state for `value`."""
        return value

    def _common(self, disabled: bool) -> dict[str, Any]:
        return {
            "label": self.label,
            "help": self.help,
            "key": self.field,
            "bind": "query-params",
            "disabled": disabled,
        }


@dataclass(frozen=True)
class Choice(Setting):
    """One of a few values: `options` maps each to its title. A slider or a select box.

    The URL holds the title. Links written by hand may hold the value, in any case. `between` makes
    of the options the steps of a slider, which a link or a run may hold numbers between, such as a
    learning rate that a search has drawn: the slider has one more step then.
    """

    options: dict[Any, str] = field(default_factory=dict)
    slider: bool = False
    between: bool = False

    def url_text(self, text: str) -> str:
        for value, title in self.options.items():
            if _plain(text) in (_plain(title), _plain(str(value))) or _number(text) == value:
                return title
        if self._is_between(_number(text)):
            return self.show(_number(text))
        raise ValueError(self._allowed())

    def show(self, value: Any) -> str:
        if value not in self.options and self._is_between(value):
            return f"{Decimal(repr(value)):f}"  # all digits: the address makes the same network
        return self.options[value]

    def draw(self, default: Any, disabled: bool = False) -> Any:
        options = sorted({*self.options, *self._seen()}) if self.between else list(self.options)
        if self.slider:
            return st.select_slider(
                options=options, value=default, format_func=self.show, **self._common(disabled)
            )
        return st.selectbox(
            options=options,
            index=options.index(default),
            format_func=self.show,
            **self._common(disabled),
        )

    def _is_between(self, value: Any) -> bool:
        is_number = self.between and isinstance(value, int | float)
        return is_number and min(self.options) < value < max(self.options)

    def _seen(self) -> set[float]:
        """The numbers between the steps that this visitor has come with: they stay there, or the
        steps would move under their finger."""
        seen: set[float] = st.session_state.setdefault(f"{self.field}_between", set())
        came = _number(st.query_params.get(self.field, ""))
        chosen = st.session_state.get(self.field, came)
        seen |= {value for value in (came, chosen) if self._is_between(value)}
        return seen

    def _allowed(self) -> str:
        titles = list(self.options.values())
        if self.between:
            return f"a number from {titles[0]} to {titles[-1]}"
        return _one_of(titles)


@dataclass(frozen=True)
class Number(Setting):
    """A number from `low` to `high`, whole where these are; with `optional` it may be empty.
    `format` is that of a slider."""

    low: float = 0
    high: float = 1
    step: float = 1
    slider: bool = False
    optional: bool = False
    format: str | None = None

    def url_text(self, text: str) -> str:
        if self.optional and not text:
            return text
        whole = isinstance(self.low, int)
        try:
            value = int(text) if whole else float(text)
        except ValueError:
            value = math.nan
        if not self.low <= value <= self.high:
            kind = "a whole number" if whole else "a number"
            raise ValueError(f"{kind} from {self.show(self.low)} to {self.show(self.high)}")
        return text.strip()

    def show(self, value: Any) -> str:
        if value is None:
            return "empty"
        return f"{value:,}" if isinstance(value, int) else plain_number(value)

    def draw(self, default: Any, disabled: bool = False) -> Any:
        bounds: dict[str, Any] = {"min_value": self.low, "step": self.step}
        if self.slider:
            return st.slider(
                value=default,
                max_value=self.high,
                format=self.format,
                **bounds,
                **self._common(disabled),
            )
        # Without a maximum: the box would show a larger number and go on with the one before.
        # `check` tells what is too much.
        return st.number_input(
            value=default,
            # Streamlit would show as few digits as the step has, and go on with all of them.
            format=None if isinstance(self.low, int) else "%g",
            placeholder="off" if self.optional else None,
            **bounds,
            **self._common(disabled),
        )

    def check(self, value: float | None, high: float | None = None) -> None:
        """ValueError, saying what is allowed, if `value` is more than `high` or `self.high`."""
        high = self.high if high is None else high
        if value is not None and value > high:
            raise ValueError(f"at most {plain_number(high)}")


@dataclass(frozen=True)
class Switch(Setting):
    """On or off."""

    def url_text(self, text: str) -> str:
        if text.lower() not in ("true", "false"):
            raise ValueError("true or false")
        return text.lower()

    def show(self, value: Any) -> str:
        return "on" if value else "off"

    def draw(self, default: Any, disabled: bool = False) -> Any:
        return st.toggle(value=default, **self._common(disabled))


@dataclass(frozen=True)
class Widths(Setting):
    """Sizes of layers as text, "128, 64"; an empty text means none, which `none` tells there."""

    none: str = ""
    example: str = "128, 64"
    most_layers: int = 10
    widest: int = 2048

    def url_text(self, text: str) -> str:
        return self.show(self.parse(text))

    def show(self, value: Any) -> str:
        return ", ".join(str(width) for width in value)

    def draw(self, default: Any, disabled: bool = False) -> tuple[int, ...]:
        text = st.text_input(
            value=self.show(default),
            placeholder=self.none,
            **self._common(disabled),
        )
        return self.parse(text)

    def widget_value(self, value: Any) -> str:
        return self.show(value)

    def parse(self, text: str) -> tuple[int, ...]:
        """The widths that `text` lists; ValueError says what is allowed."""
        try:
            widths = parse_widths(text)
        except ValueError:
            widths = (0,)
        if len(widths) > self.most_layers:
            raise ValueError(f"at most {self.most_layers} layers")
        if not all(1 <= width <= self.widest for width in widths):
            raise ValueError(f"whole numbers from 1 to {self.widest:,}, such as “{self.example}”")
        return widths


def plain_number(value: float) -> str:
    """A number as people write it: 0.00001 and 30,000, never 1e-05."""
    text = f"{value:,.8f}"
    return text.rstrip("0").rstrip(".")


def _plain(text: str) -> str:
    """Titles and names in one form: "Leaky ReLU" and "leaky_relu" are the same."""
    return text.strip().lower().replace(" ", "_").replace("-", "_")


def _number(text: str) -> float:
    """The number that a text is, NaN if it is none."""
    try:
        return float(text)
    except ValueError:
        return math.nan


def _one_of(words: Sequence[str], most: int = 8) -> str:
    if len(words) > most:
        return f"one of the slider's steps from {words[0]} to {words[-1]}"
    return "one of " + ", ".join(words)
