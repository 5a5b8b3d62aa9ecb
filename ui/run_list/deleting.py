"""Deleting runs, and bringing them back for some minutes."""

import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from nn.runs.deleted import UNDO_SECONDS, bring_back
from nn.runs.pinned import is_pinned, set_pinned
from ui.run_list.facts import Facts
from ui.runs.jobs import jobs
from ui.runs.operator import is_operator
from ui.runs.pins import pin
from ui.runs.rights import steers
from ui.shared.error_text import error_text

_DELETED = "runs_deleted"


class _Deleted(NamedTuple):
    """Runs that this visit has deleted at once.

    places: where they lie. until: when they can be brought back at the latest, by
    `time.monotonic`.
    """

    places: list[Path]
    until: float


def delete(runs: Iterable[Facts]) -> None:
    """Delete runs of the visitor, and say which of them can't be."""
    places, why = [], set()
    for facts in runs:
        if not steers(facts.id):
            why.add("Only who started a run can delete it.")
            continue
        try:
            places.append(jobs().delete(facts.id))
        except (ValueError, OSError) as error:
            why.add(error_text(error))
    if places:
        _deleted().append(_Deleted(places, time.monotonic() + UNDO_SECONDS))
    for reason in sorted(why):
        st.toast(f"Not deleted: {reason}", icon=":material/error:")


def undo_notice() -> None:
    """Say what was deleted last, with a button that undoes it, as long as it can be undone."""
    if not _deleted():
        return
    count = len(_deleted()[-1].places)
    what = "The run was" if count == 1 else f"{count} runs were"
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            f":material/delete: {what} deleted. For ten minutes you can have "
            f"{'it' if count == 1 else 'them'} back.",
            width="stretch",
        )
        st.button(
            "Undo",
            icon=":material/undo:",
            help="Bring back what was deleted, exactly as it was.",
            on_click=_undo,
        )
        st.button(
            "Close",
            icon=":material/close:",
            type="tertiary",
            help="Put this message away.",
            on_click=lambda: _deleted().clear(),
        )


def _undo() -> None:
    for place in _deleted().pop().places if _deleted() else ():
        try:
            folder = bring_back(place)
        except OSError:
            st.toast(
                "One of them could not be brought back: it is gone for good.",
                icon=":material/error:",
            )
        else:
            _keep_to_limits(folder)


def _keep_to_limits(folder: Path) -> None:
    """Pin a run that was pinned again, as others may have been meanwhile: if no more can be, it
    isn't any more."""
    if not is_pinned(folder):
        return
    try:
        set_pinned(folder, False)
        pin(folder, unlimited=is_operator())
    except (OSError, ValueError) as error:
        st.toast(f"Not pinned any more: {error_text(error)}", icon=":material/error:")


def _deleted() -> list[_Deleted]:
    """What this visit has deleted and can bring back, the last at the end."""
    kept: list[_Deleted] = st.session_state.setdefault(_DELETED, [])
    kept[:] = [one for one in kept if time.monotonic() < one.until]
    return kept
