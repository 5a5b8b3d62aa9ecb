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
WAITING_EACH = Setting("waiting_each", 3, 1, 1000)
"""Trainings of one browser in the line."""
WAITING = Setting("waiting", 20, 1, 1000)
"""Trainings in the line."""
WAITING_ADDRESS = Setting("waiting_address", 8, 1, 1000)
"""Trainings in the line that were started from one address; a class often has one together."""


def operator_setting(setting: Setting) -> int:
    """What was set, or the default."""
    variable = f"SCRATCH_NN_{setting.name.upper()}"
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
