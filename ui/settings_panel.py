"""The settings panel of the Train page: from the URL to widgets to an `nn.TrainingConfig`."""

from collections.abc import Callable
from typing import Any

import streamlit as st

import data
import nn
from ui.settings import (
    MAX_PARAMETERS,
    PRESETS,
    SETTINGS,
    count_parameters,
    default,
    preset_values,
)
from ui.url_text import quote

# A setting that means something only beside certain others, and rests at its default otherwise.
_NEEDS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "momentum": lambda values: values["optimizer"] == "sgd",
    "nesterov": lambda values: values["optimizer"] == "sgd" and values["momentum"] > 0,
    "label_smoothing": lambda values: values["loss"] == "cross_entropy",
    "patience": lambda values: values["val_size"] > 0,
}

_NOTICES = "settings_notices"
_PRESET = "preset"


def check_url() -> None:
    """Put right what the URL says about the settings; call it before the first widget.

    Values that are not allowed are taken out, which leaves the default in force, and a notice is
    kept for `show_notices`. Runs the page once more where the URL had to change.
    """
    kept = {key: st.query_params.get_all(key) for key in st.query_params}
    notices = []
    for field in SETTINGS.keys() & kept.keys():
        came = kept[field]
        setting = SETTINGS[field]
        try:
            if len(came) != 1:
                raise ValueError("one value")
            kept[field] = [setting.url_text(came[0])]
        except ValueError as allowed:
            del kept[field]
            used = setting.show(default(field))
            notices.append(
                f"`{field}` in the link is {quote(', '.join(came))}; "
                f"allowed is {allowed}. Used instead: **{used}**."
            )
    if kept != {key: st.query_params.get_all(key) for key in st.query_params}:
        st.session_state[_NOTICES] = notices
        st.query_params.from_dict(kept)
        st.rerun()


def show_notices() -> None:
    """Tell which values of the link could not be used, until that is acknowledged."""
    notices = st.session_state.get(_NOTICES)
    if notices:
        st.warning("\n\n".join(sorted(notices)), icon=":material/link_off:")
        st.button(
            "Got it",
            help="Close this notice.",
            on_click=lambda: st.session_state.pop(_NOTICES, None),
        )


class Panel:
    """The settings as they are drawn in one run of the page."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}
        self._problems: list[str] = []

    def draw(self, *fields: str) -> None:
        """Draw the widgets of some settings, in the current container."""
        for field in fields:
            setting = SETTINGS[field]
            applies = field not in _NEEDS or _NEEDS[field](self._values)
            try:
                value = setting.draw(default(field), disabled=not applies)
            except ValueError as allowed:
                self._problems.append(f"**{setting.label}**: allowed is {allowed}.")
                st.error(f"Allowed is {allowed}.", icon=":material/error:")
                value = default(field)
            self._values[field] = value if applies else default(field)

    def draw_presets(self) -> None:
        """Draw the presets; the one that is in force is marked. Call it after `draw`."""
        now = {field: value for field, value in self._values.items() if field != "dataset"}
        st.session_state[_PRESET] = next(
            (preset for preset in PRESETS if preset_values(preset) == now), None
        )
        st.segmented_control(
            "Start from",
            list(PRESETS),
            key=_PRESET,
            on_change=_preset_chosen,
            help="  \n".join(f"**{name}**: {about}" for name, (about, _) in PRESETS.items()),
        )

    def config(self) -> nn.TrainingConfig:
        """The settings for a training; ValueError, in words for the page, if they don't fit."""
        if self._problems:
            raise ValueError("  \n".join(self._problems))
        config = nn.TrainingConfig(**self._values)
        info = data.DATASETS[config.dataset]
        if config.val_size >= info.train_size:
            raise ValueError(
                f"{config.val_size:,} validation images leave nothing to learn from: "
                f"{info.title} has {info.train_size:,} training images."
            )
        if count_parameters(config) > MAX_PARAMETERS:
            raise ValueError(
                f"{count_parameters(config):,} parameters are too many for this page; "
                f"at most {MAX_PARAMETERS:,} are allowed. Make the hidden layers narrower."
            )
        return config

    @property
    def dataset(self) -> str:
        """The chosen dataset."""
        return self._values["dataset"]


def choose_preset(preset: str) -> None:
    """Set every setting but the dataset to what the preset says."""
    for field, value in preset_values(preset).items():
        st.session_state[field] = SETTINGS[field].widget_value(value)


def _preset_chosen() -> None:
    if st.session_state[_PRESET]:
        choose_preset(st.session_state[_PRESET])
