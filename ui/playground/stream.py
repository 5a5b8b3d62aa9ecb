"""The way between a browser's player and the one on the server.

A fragment of its own, in which there is nothing else: so an answer takes the server little, and
nothing on the page is drawn anew for it.

What a run of the page has drawn may get lost on the way to the browser, if a question of the player
comes at the moment when that run ends: Streamlit drops what an earlier run still has to send as
soon as it begins another one in its place. The address has changed then, and the page has not. So
each run of the page writes its number into it, and each question says which number is shown.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from ui.components.playground import playground_component
from ui.components.unseen import unseen
from ui.playground.acts import SETUP, ask_of, id_of
from ui.playground.player import Player, session_player
from ui.playground.setup_acts import change_setup

_KEY = "playground_stream"
_RUN_PAGE = "playground_stream_run_page"
_PAGE_RUN, _LATE = "playground_page_run", "playground_page_late"
_stream = playground_component("stream", often=True)


def draw_stream(look: Callable[[Player], None] | None = None) -> None:
    """Send the browser what its player has trained, and hear what it asks; it shows nothing.

    Args:
        look: called after each answer with the player; it may run the page anew.
    """
    with unseen(_KEY):
        st.fragment(_draw)(look)


def number_page() -> None:
    """Write into the page which run of it this is; call it at the end of each."""
    number = st.session_state.get(_PAGE_RUN, 0) + 1
    st.session_state[_PAGE_RUN] = number
    with unseen(_PAGE_RUN):
        st.html(f'<i class="playground-page-run" data-number="{number}"></i>')


def _is_lost(shown: Any) -> bool:
    """Whether the browser shows an earlier run of the page than the last one, and did so when it
    asked before, too: a question may have been on its way while the page ran."""
    last = st.session_state.get(_PAGE_RUN)
    late = isinstance(shown, int | float) and last is not None and shown < last
    lost = late and st.session_state.get(_LATE) == last
    st.session_state[_LATE] = last if late and not lost else None
    return lost


def _draw(look: Callable[[Player], None] | None) -> None:
    if st.session_state.pop(_RUN_PAGE, False):
        st.rerun()
    player = session_player()
    _stream(key=_KEY, data=player.reply, height=1, on_ask_change=_asked)
    if look is not None:
        look(player)


def _asked() -> None:
    player, sent = session_player(), st.session_state[_KEY]["ask"]
    if player.has_answered(id_of(sent)):
        return
    try:
        ask = ask_of(sent)
        if ask.kind not in SETUP:
            player.answer(ask)
            return
        st.session_state[_RUN_PAGE] = change_setup(ask)
    except ValueError:
        pass  # what can't be done is answered too, or the browser would ask again
    player.note(id_of(sent))
