"""Which cell of the confusion matrix is chosen, and two select boxes for it.

The cell stands in the URL (`?true=`, `?predicted=`), so that a link opens the same one.
"""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.evaluate.evaluation import Evaluation
from ui.shared import address
from ui.shared.link_notice import notice_bad_value

TRUE, PREDICTED = "true", "predicted"
"""Their names in the URL, and of the select boxes."""


def chosen_cell(evaluation: Evaluation, notices: DeltaGenerator) -> tuple[int, int]:
    """The chosen cell as (true, predicted); the biggest confusion until one is chosen. Call it
    before `cell_selects`, which shows the same cell.

    Args:
        evaluation: has the classes.
        notices: the container for notices about classes in the URL that are not there.
    """
    labels = list(evaluation.labels)
    asked = [address.get(name) for name in (TRUE, PREDICTED)]
    known = [notice_bad_value(name, labels, notices) for name in (TRUE, PREDICTED)]
    if asked == [None, None] or not all(known):
        true, predicted = evaluation.biggest_confusion()
    else:
        # Links made by select boxes that left their first option out are still about.
        true, predicted = (0 if label is None else labels.index(label) for label in asked)
    st.session_state[TRUE], st.session_state[PREDICTED] = labels[true], labels[predicted]
    return true, predicted


def choose_cell(true: str, predicted: str) -> None:
    """Choose another cell, by its labels; call it before `chosen_cell`."""
    address.put({TRUE: true, PREDICTED: predicted})


def cell_selects(labels: Sequence[str]) -> None:
    """Two select boxes for the cell: the way for keyboard and phone."""
    boxes = (
        (TRUE, "True class", "The row of the matrix: what the image really shows."),
        (PREDICTED, "Predicted class", "The column of the matrix: what the model said."),
    )
    for column, (key, label, explanation) in zip(st.columns(2), boxes, strict=True):
        column.selectbox(label, labels, key=key, on_change=_choose_in_boxes, help=explanation)


def _choose_in_boxes() -> None:
    choose_cell(st.session_state[TRUE], st.session_state[PREDICTED])
