"""The way between a browser's player and the one on the server.

A fragment of its own, in which there is nothing else: so an answer takes the server little, and
nothing on the page is drawn anew for it.
"""

from collections.abc import Callable

import streamlit as st

from ui.components.playground import playground_component
from ui.components.unseen import unseen
from ui.playground.acts import SETUP, ask_of
from ui.playground.player import Player, session_player
from ui.playground.setup_acts import change_setup

_KEY = "playground_stream"
_RUN_PAGE = "playground_stream_run_page"
_stream = playground_component("stream", often=True)


def draw_stream(look: Callable[[Player], None] | None = None) -> None:
    """Send the browser what its player has trained, and hear what it asks; it shows nothing.

    Args:
        look: called after each answer with the player; it may run the page anew.
    """
    with unseen(_KEY):
        st.fragment(_draw)(look)


def _draw(look: Callable[[Player], None] | None) -> None:
    if st.session_state.pop(_RUN_PAGE, False):
        st.rerun()
    player = session_player()
    _stream(key=_KEY, data=player.reply, height=1, on_ask_change=_asked)
    if look is not None:
        look(player)


def _asked() -> None:
    player = session_player()
    try:
        ask = ask_of(st.session_state[_KEY]["ask"])
        if player.has_answered(ask):
            return
        if ask.kind not in SETUP:
            player.answer(ask)
            return
        if change_setup(ask):
            st.session_state[_RUN_PAGE] = True
    except ValueError:
        return  # no page of ours asks that
    player.note(ask)
