"""The model that is evaluated, as files for other programs."""

from functools import partial
from pathlib import Path

import streamlit as st

import data
import nn
from nn.evaluation.percent import percent
from nn.export import FORMATS, About, Format, export
from ui.evaluate.evaluation import Evaluation
from ui.models.load import averages
from ui.models.model_choice import ModelChoice
from ui.runs.text import called


def take_along(choice: ModelChoice, evaluation: Evaluation) -> None:
    """Draw a button for each format, in the current container.

    A file is made when its button is pressed.
    """
    with st.expander("The network itself", icon=":material/output:", key="export"):
        st.markdown(
            "For other programs: pixels from 0 for the background to 1 for ink go in, "
            "probabilities come out. Input scaling and temperature are inside."
        )
        alone = _without_averages(averages(choice))
        about = _about(choice, evaluation)
        with st.container(horizontal=True):
            for format in FORMATS.values():
                _button(format, choice, about, alone=alone)


def _without_averages(copies: str) -> bool:
    """Whether test-time averages over these copies are to be left out, with the words for it."""
    if not copies:
        return False
    inside = st.toggle(
        "With the mean over copies",
        value=True,
        key="export_averages",
        help="As on this page, each answer is the mean over many copies of the image. Without, a "
        "program is many times as fast, and a little more often wrong.",
    )
    st.caption(
        f"Each answer is the mean over copies of the image {copies}; a JSON file only notes that, "
        "and who uses it takes the mean."
        if inside
        else f"**Left out**: the mean over copies of the image {copies}. Answers differ a little "
        "from those on this page."
    )
    return not inside


def _button(format: Format, choice: ModelChoice, about: About, *, alone: bool) -> None:
    installed = format.is_installed
    st.download_button(
        format.title if installed else f"{format.title}: not installed here",
        partial(_content, choice.path, format.name, about, alone=alone),
        format.file_name(called(choice.run) if choice.run else choice.key, without_averages=alone),
        format.mime,
        key=f"export_{format.name}",
        on_click="ignore",
        icon=":material/download:",
        disabled=not installed,
        help=format.about if installed else f"{format.how_to_install}, on the server.",
    )


def _content(path: Path, format: str, about: About, *, alone: bool) -> bytes:
    # Read anew: networks that stay in memory are few, and this one is needed for a moment.
    network = nn.load(path)
    averaging = nn.ALONE if alone else network.averaging
    return export(network, format, about, averaging=averaging).content


def _about(choice: ModelChoice, evaluation: Evaluation) -> About:
    info = data.DATASETS.get(choice.dataset)
    name = choice.run.name if choice.run else ""
    accuracy = f"{percent(evaluation.accuracy, len(evaluation.true))} of {evaluation.source}"
    return About(
        name or choice.key,
        info.title if info else choice.dataset,
        accuracy="" if evaluation.alone else accuracy,
        accuracy_alone=accuracy if evaluation.alone else "",
    )
