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
_DRAWN = "long_work_drawn"

Draw = Callable[[Any, bool], None]


def long_part(work: Piece | Done, what: str, draw: Draw, beside: str = "") -> None:
    """A part of a page about something that is computed for long.

    Args:
        work: what to do; another piece that is begun for the same visit, and not beside it, ends
            this one. Done where it need not be done: then the part is drawn in the same place, and
            what moves in it goes on.
        what: is computed, as the beginning of a sentence: "The map of the test images".
        draw: draws what is there: what `Progress.partial` has, or the result, and whether it is
            that; at the beginning None. It is called in the same place each time.
        beside: names what goes on beside the visit's other work, if it does.
    """
    if isinstance(work, Piece) and not beside:
        st.session_state[_DRAWN] = True
    is_over = isinstance(state_here(work, beside), Done | Failed)
    if isinstance(work, Piece) and not is_over and not _is_cancelled(work, beside):
        # Perhaps beside others who have asked for it. What is over would end what else goes on.
        long_work().ask(work, _asker(beside))
    goes_on = isinstance(state_here(work, beside), Running | Waiting)
    refreshing(_part, LOOK_SECONDS if goes_on else None, work, what, draw, goes_on, beside)


def take_drawn() -> bool:
    """Whether a part about long work has been drawn for this visitor, and not beside others, since
    this was asked last."""
    return bool(st.session_state.pop(_DRAWN, False))


def state_here(work: Piece | Done, beside: str = "") -> State | None:
    """How it stands for this visitor, who may have cancelled what goes on for others."""
    state = work if isinstance(work, Done) else long_work().state(work.key)
    is_over = isinstance(state, Done | Failed)
    is_cancelled = isinstance(work, Piece) and _is_cancelled(work, beside)
    return None if is_cancelled and not is_over else state


def begin(piece: Piece, beside: str = "") -> None:
    """The visitor wants it, whatever has become of it before."""
    st.session_state.pop(_cancelled_key(beside), None)
    long_work().ask(piece, _asker(beside))


def give_up(beside: str = "") -> None:
    """The visitor does not want any more what goes on, if anything does."""
    long_work().give_up(_asker(beside))


def _is_cancelled(piece: Piece, beside: str) -> bool:
    return st.session_state.get(_cancelled_key(beside)) == piece.key


def _cancelled_key(beside: str) -> str:
    return f"{_CANCELLED} {beside}"


def _part(work: Piece | Done, what: str, draw: Draw, goes_on: bool, beside: str) -> None:
    state = state_here(work, beside)
    if goes_on != isinstance(state, Running | Waiting):
        st.rerun()  # so that it looks again and again, or does so no longer
    with st.container(horizontal=True, vertical_alignment="center"):
        if isinstance(work, Piece):
            _say(state, work, what, beside)
    if isinstance(state, Done):
        draw(state.result, True)
    else:
        draw(state.progress.partial if isinstance(state, Running) else None, False)


def _say(state: State | None, piece: Piece, what: str, beside: str) -> None:
    """How it stands, and what can be done."""
    if isinstance(state, Running | Waiting):
        share = state.progress.share if isinstance(state, Running) else None
        st.progress(share or 0.0, text=_words(state, what))
        st.button(
            "Cancel",
            key=f"long_work_cancel {beside}",
            icon=":material/close:",
            help="End this. What others want too goes on for them.",
            on_click=_cancel,
            args=(piece, beside),
        )
    elif isinstance(state, Failed):
        st.error(f"{what}: {error_text(state.message)}", icon=":material/error:")
        _offer("Try again", piece, beside)
    elif state is None:
        st.caption(f"{what}: cancelled.")
        _offer("Compute it after all", piece, beside)


def _words(state: Running | Waiting, what: str) -> str:
    if isinstance(state, Running):
        return f"{what}: {state.progress.words or 'is being prepared'} …"
    if not state.ahead:
        return f"{what}: is being prepared …"
    others = "another computation" if state.ahead == 1 else f"{state.ahead} other computations"
    return f"{what}: waits for {others} …"


def _cancel(piece: Piece, beside: str) -> None:
    st.session_state[_cancelled_key(beside)] = piece.key
    give_up(beside)


def _offer(label: str, piece: Piece, beside: str) -> None:
    st.button(
        label,
        key=f"long_work_begin {beside}",
        icon=":material/play_arrow:",
        help="It is computed on the server, one such thing at a time for all visitors.",
        on_click=begin,
        args=(piece, beside),
    )


def _asker(beside: str) -> str:
    context = get_script_run_ctx()
    return f"{context.session_id if context else ''} {beside}"
