"""In which settings a run differs from the classic set-up, in the words of the Train page."""

from collections.abc import Collection
from typing import Any

import nn
from ui.settings.settings import SETTINGS
from ui.settings.widgets import plain_number

_CLASSIC = nn.TrainingConfig().to_dict()
_MOST_CHARACTERS = 60
"""Of a value that no version of ours wrote."""
_DIGITS = 6


def differences(
    config: dict[str, Any], but: Collection[str] = (), set_rate: float | None = None
) -> list[tuple[str, str]]:
    """The settings that differ from the classic ones, each with its value, as the Train page calls
    and shows them.

    Args:
        config: the settings of a run, which may be anything.
        but: fields that are told elsewhere.
        set_rate: the learning rate that was set last while it trained, if one was.
    """
    differing = [
        (field, setting_value(field, config[field]))
        for field in (*SETTINGS, "other_members")
        if field not in but and config.get(field, _CLASSIC[field]) != _CLASSIC[field]
    ]
    if set_rate not in (None, config.get("learning_rate", _CLASSIC["learning_rate"])):
        others = [(field, value) for field, value in differing if field != "learning_rate"]
        differing = [("learning_rate", rates_text(config, set_rate)), *others]
    return [(setting_label(field), value) for field, value in differing]


def rates_text(config: dict[str, Any], set_rate: float | None) -> str:
    """The learning rate of a run: that of its settings, and what was set last while it trained."""
    first = setting_value("learning_rate", config.get("learning_rate", _CLASSIC["learning_rate"]))
    last = first if set_rate is None else setting_value("learning_rate", set_rate)
    return first if last == first else f"{first}, in the end {last}"


def setting_label(field: str) -> str:
    """What the Train page calls a setting."""
    return SETTINGS[field].label if field in SETTINGS else field.replace("_", " ").capitalize()


def setting_value(field: str, value: Any) -> str:
    """A value of a setting as the Train page shows it, of a number with more digits, as a search
    draws them, the first six."""
    setting = SETTINGS.get(field)
    if value is None:  # a box that is left empty
        return "none"
    if field == "other_members" and isinstance(value, list):
        return f"{len(value)} unlike ones"
    if isinstance(value, float):
        value = float(f"{value:.{_DIGITS}g}")
    try:
        text = str(value) if setting is None else setting.show(value)
    except (KeyError, TypeError, ValueError):  # none that the Train page offers
        text = plain_number(value) if isinstance(value, float) else str(value)
    return text[:_MOST_CHARACTERS] or "none"
