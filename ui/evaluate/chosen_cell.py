"""Which cell of the confusion matrix is chosen, and two select boxes for it.

The cell stands in the URL (`?true=`, `?predicted=`), so that a link opens the same one.
"""

from collections.abc import Sequence

import streamlit as st

from ui.evaluate.evaluation import Evaluation
from ui.evaluate.link_notice import notice_bad_value

_TRUE_KEY = "true"
_PREDICTED_KEY = "predicted"
_SOURCE_KEY = "evaluate_source"


def chosen_cell(evaluation: Evaluation) -> tuple[int, int]:
    """The chosen cell as (true, predicted); the biggest confusion until one is chosen.

    It stays when the model changes, for comparison, and starts anew with other data. Call before
    `cell_selects`, which shows the same cell.
    """
    labels = list(evaluation.labels)
    keys = (_TRUE_KEY, _PREDICTED_KEY)
    for key in keys:
        notice_bad_value(key, labels)
    source = (evaluation.dataset, evaluation.part)
    asked = [st.session_state.get(key, st.query_params.get(key)) for key in keys]
    if st.session_state.get(_SOURCE_KEY, source) != source or asked == [None, None]:
        cell = evaluation.biggest_confusion()
    else:
        # A select box leaves its first option out of the URL, so what is missing there is 0.
        true, predicted = (labels.index(label) if label in labels else 0 for label in asked)
        cell = true, predicted
    st.session_state[_SOURCE_KEY] = source
    choose_cell(*(labels[index] for index in cell))
    return cell


def choose_cell(true: str, predicted: str) -> None:
    """Choose another cell, by its labels; call it before `chosen_cell`."""
    st.session_state[_TRUE_KEY] = true
    st.session_state[_PREDICTED_KEY] = predicted


def cell_selects(labels: Sequence[str]) -> None:
    """Two select boxes for the cell: the way for keyboard and phone."""
    boxes = (
        (_TRUE_KEY, "True class", "The row of the matrix: what the image really shows."),
        (_PREDICTED_KEY, "Predicted class", "The column of the matrix: what the model said."),
    )
    for column, (key, label, explanation) in zip(st.columns(2), boxes, strict=True):
        column.selectbox(label, labels, key=key, bind="query-params", help=explanation)
