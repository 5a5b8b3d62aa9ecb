"""The curves of the runs that are compared, with what chooses them."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.compare.compared import Compared
from ui.components.live_chart import live_chart
from ui.figures.comparison import ALONG, CURVES, comparison, newest_in_words
from ui.shared.link_notice import notice_bad_value
from ui.shared.url_text import plain

_CURVE, _ALONG, _LOG = "curve", "along", "log"
"""Keys of the widgets, and names in the address."""


def notice_bad_curves(notices: DeltaGenerator) -> None:
    """Say so where the address asks for curves that there are not; call it before `curves`."""
    notice_bad_value(_CURVE, list(CURVES), notices)
    notice_bad_value(_ALONG, list(ALONG), notices)
    notice_bad_value(_LOG, ["true", "false"], notices)


def curves(compared: Sequence[Compared]) -> None:
    """Draw them as they are now."""
    with_run = {one.title: (place, one.run) for place, one in enumerate(compared) if one.run}
    if not with_run:
        st.caption("Models that come with the app have no curves of their training.")
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="compare_curves"):
        curve = st.selectbox(
            "Curve",
            list(CURVES),
            key=_CURVE,
            bind="query-params",
            persist_state="session",
            width=240,
            help="What is drawn of each run: the loss that its training makes small or the share "
            "of right answers, on the images it learns from, on those kept aside for validation, "
            "or on some of the test.",
        )
        along = st.segmented_control(
            "By",
            list(ALONG),
            key=_ALONG,
            default="Epoch",
            required=True,
            bind="query-params",
            persist_state="session",
            help="Epoch: how often a network has gone through all its images. Step: how often its "
            "weights were changed. Time: how long it had trained, without pauses.",
        )
        logarithmic = st.toggle(
            "Logarithmic loss",
            key=_LOG,
            bind="query-params",
            persist_state="session",
            disabled=CURVES[curve].is_share,
            help="Each line of the loss chart is ten times the one below it: losses that are "
            "already small can still be told apart. For losses only.",
        )
    figure = comparison(with_run, CURVES[curve], along or "Epoch", logarithmic)
    live_chart(figure, key="comparison", alt=newest_in_words(figure), picture="comparison")
    drawn = {trace["meta"].split(": ")[0] for trace in figure["data"]}
    missing = [plain(one.title) for one in compared if one.run and one.letter not in drawn]
    if missing:
        why = "no images were kept aside for it" if "Validation" in curve else "nothing is told"
        st.caption(f"Without a line here, as {why}: {'; '.join(missing)}.")
