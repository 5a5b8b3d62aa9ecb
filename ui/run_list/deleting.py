"""Deleting runs, and bringing them back for some minutes, on the next visit too."""

import time
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from nn.runs import Run, runs_folder
from nn.runs.deleted import UNDO_SECONDS, bring_back
from nn.runs.pinned import is_pinned, set_pinned
from ui.run_list.facts import Facts
from ui.runs import text as run_text
from ui.runs.jobs import jobs
from ui.runs.operator import is_operator
from ui.runs.own_deleted import minutes_left, own_deleted
from ui.runs.pins import pin
from ui.runs.rights import steers
from ui.shared.error_text import error_text
from ui.shared.url_text import plain

_DELETED, _PUT_AWAY = "runs_deleted", "runs_deleted_put_away"


class _Deleted(NamedTuple):
    """Runs that were deleted at once.

    places: where they lie. until: when they can be brought back at the latest, in Unix seconds.
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
        _deleted().append(_Deleted(places, time.time() + UNDO_SECONDS))
    for reason in sorted(why):
        st.toast(f"Not deleted: {reason}", icon=":material/error:")


def undo_notice() -> None:
    """Say what was deleted last, with a button that undoes it, as long as it can be undone."""
    _look()
    if not _deleted():
        return
    places, until = _deleted()[-1]
    what, them = f"{len(places)} runs were", "them"
    if len(places) == 1:
        what, them = f"{plain(run_text.called(Run(places[0])))} was", "it"
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            f":material/delete: {what} deleted. For {minutes_left(until)} you can have {them} "
            "back.",
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
            help="Put this message away. Until the time is up it is here again on your next visit.",
            on_click=_put_away,
        )


def _look() -> None:
    """Notice what this browser has deleted elsewhere or before, and what is gone or back."""
    found = own_deleted(runs_folder())
    kept = _deleted()
    for one in kept:
        one.places[:] = [place for place in one.places if place.is_dir()]
    kept[:] = [one for one in kept if one.places]
    known = {place for one in kept for place in one.places} | _put_away_places()
    new = sorted((seconds, place) for seconds, place in found if place not in known)
    for seconds, together in groupby(new, key=lambda one: one[0]):
        kept.append(_Deleted([place for _, place in together], seconds + UNDO_SECONDS))
    kept.sort(key=lambda one: one.until)


def _put_away() -> None:
    _put_away_places().update(place for one in _deleted() for place in one.places)
    _deleted().clear()


def _put_away_places() -> set[Path]:
    """What this visit wants to hear no more of."""
    places: set[Path] = st.session_state.setdefault(_PUT_AWAY, set())
    return places


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
    """What can be brought back, the last at the end."""
    kept: list[_Deleted] = st.session_state.setdefault(_DELETED, [])
    kept[:] = [one for one in kept if time.time() < one.until]
    return kept
