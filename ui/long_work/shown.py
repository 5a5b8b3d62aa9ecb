"""Long work on a page: it begins by itself, shows how far it is, and can be cancelled."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui.long_work.line import long_work
from ui.long_work.piece import Done, Failed, Piece, Running, State, Waiting
from ui.shared.error_text import error_text
from ui.shared.refresh import refreshing

LOOK_SECONDS = 0.5
_CANCELLED = "long_work_cancelled"


def long_result(
    piece: Piece, what: str, draw_partial: Callable[[Any], None] | None = None
) -> Any | None:
    """What comes of a piece of work, once it is there.

    Until then, None: how far it is stands on the page, and the page runs again when it is done.

    Args:
        piece: of work; another one in its place on the page ends it.
        what: is computed, as the beginning of a sentence: "The map of the test images".
        draw_partial: draws what is there already, where the work tells that.
    """
    if st.session_state.get(_CANCELLED) == piece.key:
        _offer(piece, what)
        return None
    work = long_work()
    state = work.state(piece.key)
    if state is None:
        work.ask(piece, _visit())
        state = work.state(piece.key)
    elif isinstance(state, Running | Waiting):
        work.ask(piece, _visit())  # beside whoever has asked for it
    if isinstance(state, Done):
        return state.result
    if isinstance(state, Failed):
        st.error(f"{what}: {error_text(state.message)}", icon=":material/error:")
        _offer(piece, what, again=True)
        return None
    refreshing(_progress, LOOK_SECONDS, piece, what, draw_partial)
    return None


def _progress(piece: Piece, what: str, draw_partial: Callable[[Any], None] | None) -> None:
    state = long_work().state(piece.key)
    if not isinstance(state, Running | Waiting):
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", key="long_work"):
        progress = state.progress if isinstance(state, Running) else None
        st.progress((progress and progress.share) or 0.0, text=_words(state, what))
        st.button(
            "Cancel",
            icon=":material/close:",
            help="End this. What others want too goes on for them.",
            on_click=_cancel,
            args=(piece,),
        )
    if progress is not None and progress.partial is not None and draw_partial is not None:
        draw_partial(progress.partial)


def _words(state: State | None, what: str) -> str:
    if isinstance(state, Running):
        return f"{what}: {state.progress.words or 'is being prepared'} …"
    ahead = state.ahead if isinstance(state, Waiting) else 0
    if not ahead:
        return f"{what}: is being prepared …"
    others = "one computation" if ahead == 1 else f"{ahead} computations"
    return f"{what}: waits for {others} of other visitors …"


def _cancel(piece: Piece) -> None:
    st.session_state[_CANCELLED] = piece.key
    long_work().give_up(_visit())


def _offer(piece: Piece, what: str, again: bool = False) -> None:
    def begin() -> None:
        st.session_state.pop(_CANCELLED, None)
        long_work().ask(piece, _visit())

    if not again:
        st.caption(f"{what}: cancelled.")
    st.button(
        "Try again" if again else "Compute it after all",
        icon=":material/play_arrow:",
        help="It is computed on the server, one such thing at a time for all visitors.",
        on_click=begin,
    )


def _visit() -> str:
    context = get_script_run_ctx()
    return context.session_id if context else ""
