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

Draw = Callable[[Any, bool], None]


def long_part(work: Piece | Done, what: str, draw: Draw) -> None:
    """A part of a page about something that is computed for long.

    Args:
        work: what to do; another piece that is begun for the same visit ends this one. Done where
            it need not be done: then the part is drawn in the same place, and what moves in it goes
            on.
        what: is computed, as the beginning of a sentence: "The map of the test images".
        draw: draws what is there: what `Progress.partial` has, or the result, and whether it is
            that; at the beginning None. It is called in the same place each time.
    """
    is_over = isinstance(_state(work), Done | Failed)  # then it would end what else goes on
    if isinstance(work, Piece) and not is_over and not _is_cancelled(work):
        long_work().ask(work, _visit())  # perhaps beside others who have asked for it
    goes_on = _goes_on(work)
    refreshing(_part, LOOK_SECONDS if goes_on else None, work, what, draw, goes_on)


def _state(work: Piece | Done) -> State | None:
    """How it stands for this visitor, who may have cancelled what goes on for others."""
    state = work if isinstance(work, Done) else long_work().state(work.key)
    is_over = isinstance(state, Done | Failed)
    return None if isinstance(work, Piece) and _is_cancelled(work) and not is_over else state


def _is_cancelled(piece: Piece) -> bool:
    return st.session_state.get(_CANCELLED) == piece.key


def _goes_on(work: Piece | Done) -> bool:
    return isinstance(_state(work), Running | Waiting)


def _part(work: Piece | Done, what: str, draw: Draw, goes_on: bool) -> None:
    state = _state(work)
    if goes_on != isinstance(state, Running | Waiting):
        st.rerun()  # so that it looks again and again, or does so no longer
    with st.container(horizontal=True, vertical_alignment="center"):
        if isinstance(work, Piece):
            _say(state, work, what)
    if isinstance(state, Done):
        draw(state.result, True)
    else:
        draw(state.progress.partial if isinstance(state, Running) else None, False)


def _say(state: State | None, piece: Piece, what: str) -> None:
    """How it stands, and what can be done."""
    if isinstance(state, Running | Waiting):
        share = state.progress.share if isinstance(state, Running) else None
        st.progress(share or 0.0, text=_words(state, what))
        st.button(
            "Cancel",
            icon=":material/close:",
            help="End this. What others want too goes on for them.",
            on_click=_cancel,
            args=(piece,),
        )
    elif isinstance(state, Failed):
        st.error(f"{what}: {error_text(state.message)}", icon=":material/error:")
        _offer("Try again", piece)
    elif state is None:
        st.caption(f"{what}: cancelled.")
        _offer("Compute it after all", piece)


def _words(state: Running | Waiting, what: str) -> str:
    if isinstance(state, Running):
        return f"{what}: {state.progress.words or 'is being prepared'} …"
    if not state.ahead:
        return f"{what}: is being prepared …"
    others = "one computation" if state.ahead == 1 else f"{state.ahead} computations"
    return f"{what}: waits for {others} of other visitors …"


def _cancel(piece: Piece) -> None:
    st.session_state[_CANCELLED] = piece.key
    long_work().give_up(_visit())


def _offer(label: str, piece: Piece) -> None:
    def begin() -> None:
        st.session_state.pop(_CANCELLED, None)
        long_work().ask(piece, _visit())

    st.button(
        label,
        icon=":material/play_arrow:",
        help="It is computed on the server, one such thing at a time for all visitors.",
        on_click=begin,
    )


def _visit() -> str:
    context = get_script_run_ctx()
    return context.session_id if context else ""
