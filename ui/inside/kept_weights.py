"""A slow view keeps to the weights that it began with while their training goes on: it would begin
anew with each save, and never be there."""

import streamlit as st

from ui.inside import slow_view
from ui.inside.chosen_network import ChosenNetwork, is_newest


def keeps_to(chosen: ChosenNetwork, words: str) -> bool:
    """Whether the page keeps to the weights of this network, which still trains; then it is drawn
    that it does, after these words, and what takes the newest."""
    if chosen.step is not None or not slow_view.is_slow():
        return False
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"{words} What takes long to compute stays with the weights that it began with.")
        if not is_newest(chosen) and st.button(
            "Take the newest",
            icon=":material/update:",
            help="Compute this view anew, with the weights that the training has now.",
        ):
            slow_view.forget()
            st.rerun()
    return True
