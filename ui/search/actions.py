"""What one can do with a search: steer it while it searches, go on with it or delete it after."""

from collections.abc import Callable

import streamlit as st

import data
from ui.runs.jobs import jobs
from ui.runs.readers import search_key
from ui.runs.rights import steers
from ui.runs.state import SearchState
from ui.shared import address
from ui.shared.error_text import error_text
from ui.shared.network_address import visitor_address

SEARCH_KEY = "search"
"""Where the address names the search that is shown."""
FORM_KEY = "form"
"""Where the address holds a form that somebody handed out."""

Action = Callable[[str], None]


def actions(state: SearchState) -> dict[str, tuple[str, str, Action]]:
    """What can be done with a search now: label -> (icon, explanation, what is called with its
    id)."""
    if state.place is not None:
        return {
            "Leave the line": (":material/close:", "Do not search after all.", _leave_line),
        }
    found: dict[str, tuple[str, str, Action]] = {}
    if state.is_moving:
        if state.doing is not None:
            pass
        elif state.status == "paused":
            found["Resume"] = (":material/play_arrow:", "Go on searching.", _resume_paused)
        else:
            found["Pause"] = (
                ":material/pause:",
                "Hold the search; all is kept. After two minutes it makes room if others wait.",
                _pause,
            )
        found["Stop"] = (
            ":material/stop:",
            "End the search here. Its trials are kept, and you can resume it later.",
            _stop,
        )
        return {} if state.doing == "stopping" else found
    if state.status == "waiting" or state.search.can_go_on:
        label = "Resume" if state.search.events else "Start"
        found[label] = (":material/resume:", "Go on where this search ended.", _go_on)
    found["Delete"] = (
        ":material/delete:",
        "Remove the search; for ten minutes it can be brought back. Its trials stay, as trainings "
        "of their own.",
        _delete,
    )
    return found


def show_search(search_id: str | None) -> None:
    """Make the view show a search, or with None the list of all; a form that began it has been
    read."""
    address.put({SEARCH_KEY: search_id, FORM_KEY: None})


def act(search_id: str, action: Action) -> None:
    """Do something with a search, if the visitor may."""
    if not steers(search_key(search_id)):
        return
    try:
        action(search_id)
    except (OSError, ValueError) as error:
        st.toast(error_text(error), icon=":material/error:")


def _pause(search_id: str) -> None:
    jobs().send(search_key(search_id), {"command": "pause"})


def _resume_paused(search_id: str) -> None:
    jobs().send(search_key(search_id), {"command": "resume"})


def _stop(search_id: str) -> None:
    jobs().send(search_key(search_id), {"command": "stop"})


def _go_on(search_id: str) -> None:
    state = jobs().searches.state(search_id)
    name = "" if state is None else state.search.settings.base.dataset
    if name in data.DATASETS and not data.is_available(name):
        title = data.DATASETS[name].title
        raise ValueError(f"{title} is not on this computer: get it on the Train page first.")
    jobs().searches.resume(search_id, address=visitor_address())


def _leave_line(search_id: str) -> None:
    jobs().searches.leave_line(search_id)
    if jobs().searches.state(search_id) is None and address.get(SEARCH_KEY) == search_id:
        show_search(None)


def _delete(search_id: str) -> None:
    jobs().searches.delete(search_id)
    if address.get(SEARCH_KEY) == search_id:
        show_search(None)
