"""The models one can choose from: those that ship with the project and those of the runs."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zipfile import BadZipFile

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import data
import nn
from nn import runs
from nn.files import Outline
from ui.models.saved_predictions import has_predictions, predictions_path
from ui.runs import text as run_text
from ui.shared.pages import TRAIN
from ui.shared.percent import percent
from ui.shared.url_text import plain, quote

SHIPPED_FOLDER = Path(__file__).resolve().parents[2] / "models"
URL_KEY = "model"
_WIDGET_KEY = "model_box"
_REMEMBERED_KEY = "model_shown"
_PAGE_KEY = "model_page"
_OWN_KEY = "model_own"


@dataclass(frozen=True)
class ModelChoice:
    """One model that can be chosen.

    key: what stands in the URL, "default" or the id of a run.
    title: one line for people.
    path: its safetensors file.
    dataset: name of the data it was trained on, a key of `data.DATASETS`; "" if not known.
    run: the run it came from, None for a shipped one.
    """

    key: str
    title: str
    path: Path
    dataset: str
    run: runs.Run | None


def list_models() -> list[ModelChoice]:
    """All models, the shipped ones first, then those of the runs, newest first.

    Shipped files that can't be read are left out. The file of a run is not opened here, because
    there may be many: `load_model` refuses a bad one.
    """
    shipped = [_shipped_choice(path) for path in sorted(SHIPPED_FOLDER.glob("*.safetensors"))]
    shipped.sort(key=lambda choice: choice is None or choice.key != "default")
    choices = [choice for choice in shipped if choice]
    keys = {choice.key for choice in choices}
    for run in runs.list_runs():
        if run.model_path.is_file():
            try:
                choice = _run_choice(run)
            except (OSError, ValueError):  # it has just been removed
                continue
            # A folder that a terminal named like a shipped model gets another key.
            choices.append(replace(choice, key=f"run-{run.id}") if run.id in keys else choice)
    return _with_distinct_titles(choices)


def prefer_model(key: str) -> None:
    """Let the next page with a choice of models begin with this one, the visitor's newest; once
    for each model, so that what they choose then is kept."""
    if st.session_state.get(_OWN_KEY) != key:
        st.session_state[_OWN_KEY] = st.session_state[_REMEMBERED_KEY] = key


def load_model(choice: ModelChoice) -> nn.Network:
    """The network of `choice`, read again when its file has changed (as it does while training).

    All visitors share one network per file; `predict_proba` is safe to call from many threads.
    ValueError where the file is gone or is no model.
    """
    try:
        changed = choice.path.stat().st_mtime_ns
    except OSError as error:
        raise ValueError(f"The file of the model “{choice.title}” is gone.") from error
    return _load(str(choice.path), changed)


def model_select(
    label: str = "Model", *, notices: DeltaGenerator | None = None
) -> ModelChoice | None:
    """A select box over `list_models()`; the choice stands in the URL as `?model=` and is kept
    when one goes to another page.

    The URL holds the short key and not the title that a bound widget would write there.

    Args:
        label: what stands above the box.
        notices: the container for a notice about an unknown model in the URL, if it should not
            stand above the box.

    Returns None, and says what to do, where there is no model at all.
    """
    choices = {choice.key: choice for choice in list_models()}
    if not choices:
        st.info("There is no model yet. Train one and it appears here.", icon=":material/info:")
        st.page_link(TRAIN.file, label="Train a model", icon=TRAIN.icon)
        return None
    st.session_state[_WIDGET_KEY] = key = _key_to_show(choices, notices or st)
    st.selectbox(
        label,
        list(choices),
        key=_WIDGET_KEY,
        format_func=lambda option: _title(choices[option]),
        on_change=_remember_choice,
        help="The network that answers. Networks you train appear here by themselves, "
        "also while they are still training.",
    )
    return choices[key]


def _key_to_show(choices: dict[str, ModelChoice], notices: Any) -> str:
    """The key the URL asks for, else the first; on coming from another page, whose links don't
    carry it, the one shown before."""
    asked = st.query_params.get(URL_KEY)
    page = urlsplit(st.context.url or "").path
    arrived = st.session_state.get(_PAGE_KEY) != page
    st.session_state[_PAGE_KEY] = page
    first = next(iter(choices))
    key = asked
    if asked is None and arrived:
        key = st.session_state.get(_REMEMBERED_KEY)
    if key not in choices:
        if asked is not None:
            notices.warning(
                f"There is no model {quote(asked)} here (any more). "
                f"This is the one called “{plain(choices[first].title)}” instead.",
                icon=":material/link_off:",
            )
        key = first
    elif asked is None:
        st.query_params[URL_KEY] = key
    st.session_state[_REMEMBERED_KEY] = key
    return key


def _title(choice: ModelChoice) -> str:
    own = choice.key == st.session_state.get(_OWN_KEY)
    return f"Your newest: {choice.title}" if own else choice.title


def _remember_choice() -> None:
    st.query_params[URL_KEY] = st.session_state[_WIDGET_KEY]


@st.cache_resource(max_entries=8, show_spinner=False)
def _load(path: str, changed: int) -> nn.Network:
    return nn.load(path)


@lru_cache(maxsize=20)
def _outline(path: str, changed: int) -> Outline:
    return nn.load_outline(path)


def averages(choice: ModelChoice) -> str:
    """Over which copies of an image the model answers with the mean, in words; "" for none."""
    try:
        return str(_outline(str(choice.path), choice.path.stat().st_mtime_ns).averaging)
    except (OSError, ValueError):
        return ""


def _shipped_choice(path: Path) -> ModelChoice | None:
    try:
        network = _outline(str(path), path.stat().st_mtime_ns)
    except (OSError, ValueError):
        return None
    dataset = network.metadata.get("dataset", "")
    sizes, count = nn.architecture(network), nn.members(network)
    if " + " in sizes:  # would fill the box, and hide the rest
        sizes = f"ensemble of {count} networks"
    parts = [sizes, _dataset_title(dataset), _shipped_accuracy(path)]
    title = "Shipped: " + ", ".join(part for part in parts if part)
    return ModelChoice(key=path.stem, title=title, path=path, dataset=dataset, run=None)


def _shipped_accuracy(path: Path) -> str:
    """Share of right answers in the predictions that came with the model, "" without them."""
    predictions = predictions_path(path)
    try:
        if not has_predictions(path):
            return ""
        return _predictions_accuracy(str(predictions), predictions.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return ""


@lru_cache(maxsize=8)
def _predictions_accuracy(path: str, changed: int) -> str:
    with np.load(path) as saved:
        right = saved["probabilities"].argmax(axis=1) == saved["labels"]
    return percent(right.mean())


def _run_choice(run: runs.Run) -> ModelChoice:
    try:
        events = run.events_path.stat()
        version = events.st_size, events.st_mtime_ns
    except OSError:
        version = 0, 0
    began, outcome = _run_facts(run.folder, version, run.is_active)
    dataset = str(run.config.get("dataset", ""))
    title = run_text.line(run.config, began, outcome)
    return ModelChoice(key=run.id, title=title, path=run.model_path, dataset=dataset, run=run)


@lru_cache(maxsize=500)
def _run_facts(folder: Path, version: tuple[int, int], is_active: bool) -> tuple[float | None, str]:
    """When a run began and what came of it. Kept as long as its events are the same, because each
    click on a page lists all models, and a run may have thousands of events."""
    run = runs.Run(folder)
    return run_text.began(run), run_text.outcome(run, run.status)


def _dataset_title(dataset: str) -> str:
    info = data.DATASETS.get(dataset)
    return info.title if info else dataset


def _with_distinct_titles(choices: list[ModelChoice]) -> list[ModelChoice]:
    """Streamlit's select box knows its options by their titles, so no two may be alike."""
    counts = Counter(choice.title for choice in choices)
    return [
        replace(choice, title=f"{choice.title} · {choice.key}")
        if counts[choice.title] > 1
        else choice
        for choice in choices
    ]
