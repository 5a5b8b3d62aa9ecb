"""What makes a visitor the operator, who may steer all trainings."""

import logging
import os
from functools import lru_cache

import streamlit as st

MIN_SECRET = 8
"""Characters; a shorter secret is none."""

_log = logging.getLogger(__name__)


def operator_secret() -> str | None:
    """SCRATCH_NN_OPERATOR, or else `operator` in the app's secrets; None where neither is set or
    it is too short: then there is no operator."""
    secret = os.environ.get("SCRATCH_NN_OPERATOR")
    if secret is None:
        try:
            secret = str(st.secrets["operator"])
        except (KeyError, FileNotFoundError):
            return None
    if len(secret) < MIN_SECRET:
        _warn()
        return None
    return secret


@lru_cache(maxsize=1)
def _warn() -> None:
    """Once for each server."""
    _log.warning("The operator's secret has fewer than %s characters: there is none.", MIN_SECRET)
