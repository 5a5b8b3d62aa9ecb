"""What whoever runs the server can set: numbers, from the environment or the app's secrets.

Of each setting the variable SCRATCH_NN_<NAME> counts, or else <name> in the secrets. What is no
number in its range counts as not set, and the log says so once.
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


def dask_address() -> str | None:
    """The address that was set; None where there is none."""
    address = os.environ.get(_variable(DASK))
    if address is None:
        try:
            address = str(st.secrets[DASK])
        except (KeyError, FileNotFoundError):
            return None
    return address.strip() or None


def operator_setting(setting: Setting) -> int:
    """What was set, or the default."""
    variable = _variable(setting.name)
    value = os.environ.get(variable)
    where = variable
    if value is None:
        try:
            value, where = str(st.secrets[setting.name]), f"{setting.name} in the secrets"
        except (KeyError, FileNotFoundError):
            return setting.default
    try:
        number = int(value)
    except ValueError:
        number = setting.least - 1
    if not setting.least <= number <= setting.most:
        _warn(where, setting)
        return setting.default
    return number


def _variable(name: str) -> str:
    return f"SCRATCH_NN_{name.upper()}"


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
