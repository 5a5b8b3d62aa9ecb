"""The settings panel of the Train page: from the URL to widgets to an `nn.TrainingConfig`."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import streamlit as st

import data
import nn
from nn.training.config import own_settings
from ui.runs.jobs import jobs
from ui.settings.augmentation import are_digits
from ui.settings.network_size import TooLarge, check_size
from ui.settings.presets import PRESETS, preset_values
from ui.settings.settings import SETTINGS, default, most_val_images
from ui.settings.widgets import Number, Setting, Switch
from ui.shared import address
from ui.shared.counted import counted
from ui.shared.url_text import quote

# A setting that means something only beside certain others, and rests at its default otherwise.
_NEEDS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "nesterov": lambda values: values["momentum"] > 0,
    "keep_best": lambda values: values["val_size"] > 0,
    "patience": lambda values: values["val_size"] > 0 and values["keep_best"],
    "elastic_sigma": lambda values: values["elastic"] > 0,
    "writing_styles": lambda values: are_digits(values["dataset"]),
}

# The most that a number may be where that depends on other settings.
_MOST: dict[str, Callable[[dict[str, Any]], float]] = {
    "val_size": lambda values: most_val_images(values["dataset"]),
    "warmup_epochs": lambda values: min(20, values["epochs"]),
}

_NOTICES = "settings_notices"
_DATASET = "settings_dataset"
_PRESET_BOX = "preset_box"
"""The number of the widget for the presets."""


def check_url() -> None:
    """Put right what the URL says about the settings; call it before the first widget.

    Values that are not allowed are taken out, which leaves the default in force, and a notice is
    kept for `show_notices`. Runs the page once more where the URL had to change.
    """
    kept = {_field(key): st.query_params.get_all(key) for key in st.query_params}
    notices = []
    for field in SETTINGS.keys() & kept.keys():
        came = kept[field]
        if _is_of_widget(field, came):
            continue
        setting = SETTINGS[field]
        try:
            if len(came) != 1:
                raise ValueError("one value")
            kept[field] = [setting.url_text(came[0])]
            if _is_default(setting, *kept[field]):
                del kept[field]  # as the widget would, but with an entry of the history
        except ValueError as allowed:
            del kept[field]
            used = setting.show(default(field)) or "none"
            notices.append(
                f"**{setting.label}** in the link is {quote(', '.join(came))}. "
                f"Allowed: {allowed}. Used instead: **{used}**."
            )
    if kept != {key: st.query_params.get_all(key) for key in st.query_params}:
        st.session_state[_NOTICES] = notices
        address.correct(kept)


def _field(name: str) -> str:
    """The setting that is meant by a parameter with the name of a command-line option; else the
    same."""
    field = "learning_rate" if name == "lr" else name.replace("-", "_")
    return field if field in SETTINGS else name


def _is_default(setting: Setting, text: str) -> bool:
    """Whether a value that is allowed is the one in force without it."""
    value = default(setting.field)
    if isinstance(setting, Number):
        return value == (float(text) if text else None)
    return text == (str(value).lower() if isinstance(setting, Switch) else setting.show(value))


def _is_of_widget(field: str, came: list[str]) -> bool:
    """Whether a value stands in the URL because the visitor gave it to the widget: no link then,
    and what is wrong with it is told there."""
    value = st.session_state.get(field)
    if value is None or len(came) != 1:
        return False
    try:
        return came[0] == value or float(came[0]) == value
    except ValueError:
        return False


def follow_dataset() -> None:
    """Fit the validation images to a dataset that was just chosen: the preset in force keeps its
    share, and what would be too many becomes the most there can be. Call it before the widgets."""
    now = st.session_state.get("dataset")
    before = st.session_state.get(_DATASET)  # the one drawn last
    if now is None or before in (now, None):
        return
    preset = st.session_state.get(_preset_key())
    if preset:
        choose_preset(preset, now)
        return
    most = most_val_images(now)
    if st.session_state.get("val_size", 0) > most:
        st.session_state["val_size"] = most
        st.toast(
            f"Validation images lowered to {most:,}: {data.DATASETS[now].title} has "
            f"{data.DATASETS[now].train_size:,} training images.",
            icon=":material/info:",
        )


def is_drawn() -> bool:
    """Whether the visitor has seen the settings before."""
    return _DATASET in st.session_state


def url_texts(config: nn.TrainingConfig) -> dict[str, list[str]]:
    """What stands in the URL for some settings; what the page can't show is left out."""
    texts, shown = {}, {}
    for field, setting in SETTINGS.items():
        value, shown[field] = getattr(config, field), default(field)
        if value == shown[field] or (field in _MOST and value > _MOST[field](shown)):
            continue
        with suppress(ValueError, KeyError, TypeError):
            texts[field] = [setting.url_text(str(setting.widget_value(value)))]
            shown[field] = value
    return texts


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
        self._problems: dict[str, str] = {}

    def draw(self, *fields: str) -> None:
        """Draw the widgets of some settings, in the current container."""
        for field in fields:
            setting = SETTINGS[field]
            applies = self._applies(field)
            try:
                value = setting.draw(default(field), disabled=not applies)
                if applies and isinstance(setting, Number):
                    most = _MOST[field](self._values) if field in _MOST else None
                    setting.check(value, most)
            except ValueError as allowed:
                self._refuse(field, f"please enter {allowed}{self._why(field)}.")
                value = default(field)
            self._values[field] = value if applies else default(field)
        st.session_state[_DATASET] = self.dataset

    def _refuse(self, field: str, why: str) -> None:
        self._problems[field] = f"**{SETTINGS[field].label}**: {why}"

    def _applies(self, field: str) -> bool:
        """Whether a setting means something beside those drawn before."""
        for kind, members in (("optimizer", nn.OPTIMIZERS), ("loss", nn.LOSSES)):
            takers = own_settings(members).get(field)
            if takers is not None and self._values[kind] not in takers:
                return False
        return field not in _NEEDS or _NEEDS[field](self._values)

    def _why(self, field: str) -> str:
        """Where the limit of a number comes from."""
        if field == "warmup_epochs":
            return f" (the training has {counted(self._values['epochs'], 'epoch')})"
        if field == "val_size":
            info = data.DATASETS[self._values["dataset"]]
            return f" ({info.title} has {info.train_size:,} training images)"
        return ""

    def draw_presets(self) -> None:
        """Draw the presets; the one that is in force is marked. Call it after `draw`."""
        now = {field: value for field, value in self._values.items() if field != "dataset"}
        in_force = next(
            (
                preset
                for preset in PRESETS
                if not self._problems and preset_values(preset, self.dataset) == now
            ),
            None,
        )
        if st.session_state.get(_preset_key()) not in (None, in_force):
            # A new widget: the old one would go on saying that its preset is chosen until the
            # browser hears of it, and so undo what a visitor sets quickly.
            del st.session_state[_preset_key()]
            st.session_state[_PRESET_BOX] = st.session_state.get(_PRESET_BOX, 0) + 1
        key = _preset_key()
        st.session_state[key] = in_force
        st.segmented_control(
            "Start from",
            list(PRESETS),
            key=key,
            on_change=_preset_chosen,
            args=(key, self.dataset),
            help="  \n".join(f"**{name}**: {about}" for name, (about, _) in PRESETS.items()),
        )

    def config(self) -> nn.TrainingConfig:
        """The settings for a training; ValueError, in words for the page, if they don't fit."""
        if self._problems:
            raise ValueError("  \n".join(self._problems.values()))
        config = nn.TrainingConfig(**self._values)
        try:
            check_size(config)
            jobs().check(config)
        except TooLarge as error:
            self._refuse(error.field, str(error))
            raise ValueError(self._problems[error.field]) from None
        return config

    @property
    def refused(self) -> set[str]:
        """The settings that have to be changed, as far as `draw` and `config` have found them."""
        return set(self._problems)

    @property
    def augmentation(self) -> nn.Augmentation:
        """How the training images are to be distorted."""
        return nn.Augmentation(**{name: self._values[name] for name in nn.Augmentation.names()})

    @property
    def dataset(self) -> str:
        """The chosen dataset."""
        return self._values["dataset"]


def choose_preset(preset: str, dataset: str) -> None:
    """Set every setting but the dataset to what the preset says."""
    for field, value in preset_values(preset, dataset).items():
        st.session_state[field] = SETTINGS[field].widget_value(value)


def choose_config(config: nn.TrainingConfig) -> None:
    """Set every setting to what it is in a configuration, the dataset too."""
    for field, setting in SETTINGS.items():
        st.session_state[field] = setting.widget_value(getattr(config, field))
    # No preset is in force any more, which would follow the dataset.
    st.session_state[_preset_key()], st.session_state[_DATASET] = None, config.dataset


def _preset_key() -> str:
    return f"preset_{st.session_state.get(_PRESET_BOX, 0)}"


def _preset_chosen(key: str, dataset: str) -> None:
    if key == _preset_key() and st.session_state[key]:
        choose_preset(st.session_state[key], dataset)
