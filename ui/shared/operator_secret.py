"""What makes a visitor the operator, who may steer all trainings."""

import logging
from functools import lru_cache

from ui.shared.operator_settings import what_is_set

MIN_SECRET = 8
"""Characters; a shorter secret is none."""

_log = logging.getLogger(__name__)


def operator_secret() -> str | None:
    """SCRATCH_NN_OPERATOR, or else `operator` in the app's secrets; None where neither is set or
    it is too short: then there is no operator."""
    found = what_is_set("operator")
    if found is None:
        return None
    if len(found.text) < MIN_SECRET:
        _warn()
        return None
    return found.text


@lru_cache(maxsize=1)
def _warn() -> None:
    """Once for each server."""
    _log.warning("The operator's secret has fewer than %s characters: there is none.", MIN_SECRET)
