"""The settings of the training that is shown: the page begins with them. As long as its settings
are those, they follow the learning rate that the training is given on its way."""

from collections.abc import Iterator
from contextlib import suppress

import streamlit as st

import nn
from nn.runs import Run
from ui.runs.numbers import base_rate, base_rates
from ui.settings.settings import SETTINGS
from ui.shared import address
from ui.train import settings_panel

_RATE = "learning_rate"
_SHOWN = "settings_of_run"
"""The run whose settings the page had when it was drawn last, and its learning rate then."""


def follow_run(run: Run) -> None:
    """Begin with the settings of the run that is shown, as if its link had held them: where the
    visitor opens the page and neither they nor the link have said anything about settings. A link
    to those that it had before its learning rate was changed gets the rate that it has now.

    Call it before the first widget. Runs the page once more where the address had to change.
    """
    config = settings_of(run)
    if config is None:
        return
    if not settings_panel.is_drawn():
        there = {key: st.query_params.get_all(key) for key in st.query_params}
        said = {key: came for key, came in there.items() if key in SETTINGS}
        others = {key: came for key, came in there.items() if key not in SETTINGS}
        wanted = {**others, **settings_panel.url_texts(config)}
        if wanted != there and (not said or said in _said_before(run)):
            address.correct(wanted)
    if st.session_state.get(_SHOWN) == (run.id, st.session_state.get(_RATE)):
        with suppress(ValueError):  # one that the page has no step for
            SETTINGS[_RATE].url_text(str(config.learning_rate))
            st.session_state[_RATE] = config.learning_rate


def are_of_run(config: nn.TrainingConfig | None, run: Run) -> bool:
    """Whether these are the settings of the run that is shown, with the learning rate that it has
    now; None are not. Call it in each run of the page. It runs once more where Back has brought
    them as they were before that rate."""
    same = config is not None and config == settings_of(run)
    if config is None or not (same or (address.has_come_back() and _were_of_run(config, run))):
        st.session_state[_SHOWN] = None
        return False
    st.session_state[_SHOWN] = run.id, config.learning_rate
    if not same:
        st.rerun()
    return True


def _were_of_run(config: nn.TrainingConfig, run: Run) -> bool:
    return config in [_settings(run, rate) for rate in base_rates(run)]


def settings_of(run: Run) -> nn.TrainingConfig | None:
    """The settings of a run, with the learning rate that was set last; None where its folder holds
    something else."""
    return _settings(run, base_rate(run))


def _settings(run: Run, rate: float | None) -> nn.TrainingConfig | None:
    try:
        return nn.TrainingConfig.from_dict({**run.config, _RATE: rate})
    except (ValueError, TypeError):
        return None


def _said_before(run: Run) -> Iterator[dict[str, list[str]]]:
    """What the address said of the settings, with each learning rate that the run had before."""
    for rate in set(base_rates(run)) - {base_rate(run)}:
        config = _settings(run, rate)
        if config is not None:
            yield settings_panel.url_texts(config)
