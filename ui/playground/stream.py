"""The way between a browser's player and the one on the server.

A fragment of its own, in which there is nothing else: so an answer takes the server little, and
nothing on the page is drawn anew for it.
"""

from collections.abc import Callable

import streamlit as st

from ui.components.playground import playground_component
from ui.components.unseen import unseen
from ui.playground import page_due
from ui.playground.acts import SETUP, ask_of, id_of
from ui.playground.player import Player, session_player
from ui.playground.setup_acts import change_setup

_KEY = "playground_stream"
_stream = playground_component("stream", often=True)


def draw_stream(look: Callable[[Player], None] | None = None) -> None:
    """Send the browser what its player has trained, and hear what it asks; it shows nothing.

    Args:
        look: called after each answer with the player; it may run the page anew.
    """
    with unseen(_KEY):
        st.fragment(_draw)(look)


def _draw(look: Callable[[Player], None] | None) -> None:
    if page_due.is_due():
        st.rerun()
    player = session_player()
    _stream(key=_KEY, data=player.reply, height=1, on_ask_change=_asked)
    if look is not None:
        look(player)


def _asked() -> None:
    if _KEY not in st.session_state:
        return  # asked in the moment when the visitor went to another page
    player, sent = session_player(), st.session_state[_KEY]["ask"]
    if player.has_answered(id_of(sent)):
        return
    try:
        ask = ask_of(sent)
        if ask.kind not in SETUP:
            player.answer(ask)
            return
        was_due = page_due.is_due()
        if not change_setup(ask) and not was_due:
            page_due.not_due()  # the browser shows it by itself
    except ValueError:
        pass  # what can't be done is answered too, or the browser would ask again
    player.note(id_of(sent))
