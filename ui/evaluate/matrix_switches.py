"""The two switches over the confusion matrix, which stand in the URL too."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.shared import address
from ui.shared.link_notice import notice_bad_value

_PERCENT_KEY = "percent"
_MISTAKES_KEY = "mistakes"


def matrix_switches(notices: DeltaGenerator) -> tuple[bool, bool]:
    """Draw them: whether to show percentages of each row, whether to hide the diagonal.

    `notices` is the container for notices about other values in the URL than true and false.
    """
    for key in (_PERCENT_KEY, _MISTAKES_KEY):
        notice_bad_value(key, ("true", "false"), notices)
        st.session_state[key] = address.get(key) == "true"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        percentages = st.toggle(
            "Percent of each row",
            key=_PERCENT_KEY,
            on_change=_switched,
            args=(_PERCENT_KEY,),
            help="Show which share of its class each cell holds, instead of the number of images.",
        )
        hide_diagonal = st.toggle(
            "Mistakes only",
            key=_MISTAKES_KEY,
            on_change=_switched,
            args=(_MISTAKES_KEY,),
            help="Hide the diagonal, where the right answers are: the colours then spread over "
            "the mistakes.",
        )
    return percentages, hide_diagonal


def _switched(key: str) -> None:
    address.put({key: "true" if st.session_state[key] else None})
