"""What whoever runs the server can set, in the environment or in the app's secrets.

Of each setting the variable SCRATCH_NN_<NAME> counts, or else <name> in the secrets. What is no
number in its range, where it should be one, counts as not set, and the log says so once.
"""

import logging
import os
from functools import lru_cache
from typing import NamedTuple

import streamlit as st

_log = logging.getLogger(__name__)


class Setting(NamedTuple):
    """A whole number that can be set.

    name: as it stands in the secrets.
    default: where it is not set.
    """

    name: str
    default: int
    least: int
    most: int


RUNNING_EACH = Setting("running_each", 1, 1, 100)
"""Trainings of one browser at a time."""
LINE_EACH = Setting("line_each", 3, 1, 1000)
"""Trainings of one browser in the line."""
LINE_LENGTH = Setting("line_length", 20, 1, 1000)
"""Trainings in the line."""
LINE_ADDRESS = Setting("line_address", 8, 1, 1000)
"""Trainings in the line that were started from one address; a class often has one together."""
TURN_SECONDS = Setting("turn_seconds", 300, 1, 100_000)
"""A training that has gone on for so long gives way when others wait, and goes on later."""
KEPT_RUNS = Setting("kept_runs", 30, 1, 10_000)
"""Trainings that are kept, of all visitors; newer ones and those that are looked at stay anyway."""
KEPT_MEGABYTES = Setting("kept_megabytes", 500, 10, 10_000_000)
"""What the trainings may take on the disk."""
PINNED_EACH = Setting("pinned_each", 10, 0, 10_000)
"""Trainings that one browser may pin, so that they stay; of all together at most half of what is
kept."""
MAX_MINUTES = Setting("max_minutes", 0, 0, 100_000)
"""A training may be expected to take so long at most; 0 for any time."""
MAX_MEGABYTES = Setting("max_megabytes", 0, 0, 1_000_000)
"""The same of its memory; 0 for what the container has, or any where there is none."""
MAX_VISITS = Setting("max_visits", 200, 1, 100_000)
"""Pages that may be open in browsers at a time; docs/hosting.md says what they take."""

DASK = "dask"
"""The address of a Dask cluster on which searches may train, such as tcp://10.0.0.5:8786."""


class SetText(NamedTuple):
    """What was set, as text, and where."""

    text: str
    where: str


def what_is_set(name: str) -> SetText | None:
    """What was set under a name; None where nothing was."""
    variable = f"SCRATCH_NN_{name.upper()}"
    if variable in os.environ:
        return SetText(os.environ[variable], variable)
    try:
        return SetText(str(st.secrets[name]), f"{name} in the secrets")
    except (KeyError, FileNotFoundError):
        return None


def dask_address() -> str | None:
    """The address that was set; None where there is none."""
    found = what_is_set(DASK)
    return None if found is None else found.text.strip() or None


def operator_setting(setting: Setting) -> int:
    """What was set, or the default."""
    found = what_is_set(setting.name)
    if found is None:
        return setting.default
    try:
        number = int(found.text)
    except ValueError:
        number = setting.least - 1
    if not setting.least <= number <= setting.most:
        _warn(found.where, setting)
        return setting.default
    return number


@lru_cache(maxsize=50)
def _warn(where: str, setting: Setting) -> None:
    """Once for each server."""
    _log.warning(
        "%s must be a whole number from %s to %s; %s is taken",
        where,
        setting.least,
        setting.most,
        setting.default,
    )
