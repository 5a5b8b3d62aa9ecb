"""The two switches over the confusion matrix, which stand in the URL too."""

import streamlit as st

from ui.evaluate.link_notice import notice_bad_value

_PERCENT_KEY = "percent"
_MISTAKES_KEY = "mistakes"


def matrix_switches() -> tuple[bool, bool]:
    """Draw them: whether to show percentages of each row, whether to hide the diagonal."""
    for key in (_PERCENT_KEY, _MISTAKES_KEY):
        notice_bad_value(key, ("true", "false"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        percentages = st.toggle(
            "Percent of each row",
            key=_PERCENT_KEY,
            bind="query-params",
            help="Show which share of its class each cell holds, instead of the number of images.",
        )
        hide_diagonal = st.toggle(
            "Mistakes only",
            key=_MISTAKES_KEY,
            bind="query-params",
            help="Hide the diagonal, where the right answers are: the colours then spread over "
            "the mistakes.",
        )
    return percentages, hide_diagonal
