"""What the Evaluate page shows: the data, its part, the look of the matrix and one of its cells.

All of it stands in the URL (`?data=`, `?part=`, `?percent=`, `?mistakes=`, `?true=`,
`?predicted=`), so that a link opens the same view; what is not allowed there falls back with a
notice.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

import data
from nn.runs import Run
from ui.evaluate.evaluation import PARTS, Evaluation, Part, data_choices
from ui.models.models import ModelChoice
from ui.shared.url_text import quote

DATA_KEY = "data"
PART_KEY = "part"
TRUE_KEY = "true"
PREDICTED_KEY = "predicted"
PERCENT_KEY = "percent"
MISTAKES_KEY = "mistakes"
_MODEL_KEY = "evaluate_model"
_CLICK_KEY = "evaluate_click"
_PART_BOX_KEY = "evaluate_part"
_SOURCE_KEY = "evaluate_source"

# As high as the boxes beside it.
_STYLE = "<style>.st-key-evaluate_part [role=radio] { min-height: 2.5rem; }</style>"


def data_select(choice: ModelChoice) -> str:
    """Select box over the datasets that are here; another model starts with its own data."""
    titles = [data.DATASETS[name].title for name in data_choices(choice)]
    if st.session_state.get(_MODEL_KEY, choice.key) != choice.key:
        st.session_state[DATA_KEY] = titles[0]
        st.query_params.pop(PART_KEY, None)
    st.session_state[_MODEL_KEY] = choice.key
    _notice_bad_value(DATA_KEY, titles)
    title = st.selectbox(
        "Data",
        titles,
        key=DATA_KEY,
        bind="query-params",
        help="Which images the model is asked about: its own data first, then what else is on "
        "this machine.",
    )
    return next(name for name, info in data.DATASETS.items() if info.title == title)


def part_select() -> Part:
    """Choice between the test and the training images."""
    words = list(PARTS.values())
    _notice_bad_value(PART_KEY, words)
    # Not bound to the URL, where a widget writes its options as it shows them.
    asked = st.query_params.get(PART_KEY)
    if asked not in words:
        asked = PARTS["test"]
        st.query_params.pop(PART_KEY, None)
    st.session_state[_PART_BOX_KEY] = asked
    st.html(_STYLE)
    chosen = st.segmented_control(
        "Images",
        words,
        key=_PART_BOX_KEY,
        format_func=str.capitalize,
        required=True,
        on_change=_put_part_into_url,
        width="stretch",
        help="Test images were kept aside and show how well the model does on new ones. Training "
        "images are those it learned from.",
    )
    return next(part for part, word in PARTS.items() if word == chosen)


def _put_part_into_url() -> None:
    st.query_params[PART_KEY] = st.session_state[_PART_BOX_KEY]


def matrix_switches() -> tuple[bool, bool]:
    """Two switches: whether to show percentages of each row, whether to hide the diagonal."""
    for key in (PERCENT_KEY, MISTAKES_KEY):
        _notice_bad_value(key, ("true", "false"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        percentages = st.toggle(
            "Percent of each row",
            key=PERCENT_KEY,
            bind="query-params",
            help="Show which share of its class each cell holds, instead of the number of images.",
        )
        hide_diagonal = st.toggle(
            "Mistakes only",
            key=MISTAKES_KEY,
            bind="query-params",
            help="Hide the diagonal, where the right answers are: the colours then spread over "
            "the mistakes.",
        )
    return percentages, hide_diagonal


def cell_to_show(evaluation: Evaluation) -> tuple[int, int]:
    """The chosen cell as (true, predicted); the biggest confusion until one is chosen.

    It stays when the model changes, for comparison, and starts anew with other data. Call before
    `cell_selects`, which shows the same cell.
    """
    labels = list(evaluation.labels)
    keys = (TRUE_KEY, PREDICTED_KEY)
    for key in keys:
        _notice_bad_value(key, labels)
    source = (evaluation.dataset, evaluation.part)
    asked = [st.session_state.get(key, st.query_params.get(key)) for key in keys]
    if st.session_state.get(_SOURCE_KEY, source) != source or asked == [None, None]:
        cell = evaluation.biggest_confusion()
    else:
        # A select box leaves its first option out of the URL, so what is missing there is 0.
        true, predicted = (labels.index(label) if label in labels else 0 for label in asked)
        cell = true, predicted
    st.session_state[_SOURCE_KEY] = source
    for key, index in zip(keys, cell, strict=True):
        st.session_state[key] = labels[index]
    return cell


def take_click(click: dict[str, Any] | None, labels: Sequence[str]) -> bool:
    """Make the clicked cell the chosen one; whether that was news."""
    if click is None or click["id"] == st.session_state.get(_CLICK_KEY):
        return False
    st.session_state[_CLICK_KEY] = click["id"]
    st.session_state[TRUE_KEY] = labels[round(click["y"])]
    st.session_state[PREDICTED_KEY] = labels[round(click["x"])]
    return True


def cell_selects(labels: Sequence[str]) -> None:
    """Two select boxes for the cell: the way for keyboard and phone."""
    boxes = (
        (TRUE_KEY, "True class", "The row of the matrix: what the image really shows."),
        (PREDICTED_KEY, "Predicted class", "The column of the matrix: what the model said."),
    )
    for column, (key, label, explanation) in zip(st.columns(2), boxes, strict=True):
        column.selectbox(label, labels, key=key, bind="query-params", help=explanation)


def follow_training(choice: ModelChoice) -> None:
    """Rerun the page when a model that is still training has newer weights, and once it ends."""
    if choice.run is None or not choice.run.is_active:
        return
    shown = _changed(choice.path)

    @st.fragment(run_every=2.0)
    def watch(run: Run) -> None:
        run.refresh()
        if not run.is_active or _changed(choice.path) != shown:
            st.rerun()
        last = run.last("epoch")
        done = f"epoch {last['epoch']} is done" if last else "the first epoch"
        st.caption(f":material/sync: Still training: {done}. The numbers follow by themselves.")

    watch(choice.run)


def _changed(path: Path) -> int | None:
    """When a file was last written; None if it is gone."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None


def _notice_bad_value(key: str, allowed: Sequence[str]) -> None:
    """Say so when the link asks for something that is not there; the widget then falls back."""
    asked = st.query_params.get(key)
    if asked is not None and asked not in allowed:
        st.warning(
            f"The link asks for {key} {quote(asked)}, which is not here. "
            f"Allowed: {', '.join(allowed)}.",
            icon=":material/link_off:",
        )
