"""Which run a visitor looks at: the URL's `run`.

Going to another page clears the URL, therefore it is remembered in the session and put back on
return. Who comes to no run in particular finds their own that is under way, or else what became of
the one that ended last, if that was lately. The URL's `token` gives the reins to somebody else. It
goes as soon as the browser has them for good, so that whoever passes the address on lets others
watch and no more. Where cookies are off, or the run's folder takes in no more browsers, it has to
stay.
"""

import time

import streamlit as st

from nn.runs import Run
from nn.search import read_origin
from ui.runs import rights
from ui.runs.jobs import jobs
from ui.runs.visitor import keeps_cookies, this_browser
from ui.settings.settings import SETTINGS
from ui.shared import address

RUN_KEY = "run"
TOKEN_KEY = "token"
AT, MEMBER = "at", "member"
OF_RUN = (AT, MEMBER)
"""The moment and the network that the address names of the run that is shown: they go with it."""
LATELY_SECONDS = 24 * 3600.0
"""Who comes back finds the result of a training that ended so long ago at most."""

_REMEMBERED = "run_shown"  # "" where the visitor has put it away


def current_run() -> str | None:
    """The run the page shows, from the URL or else remembered, or one's own that is under way or
    ended lately. Call it at the top of the page."""
    asked = address.get(RUN_KEY)
    if asked is None:
        if not address.has_arrived():
            return None
        remembered = st.session_state.get(_REMEMBERED)
        run_id = remembered or jobs().own_under_way(this_browser())
        if run_id is None and remembered is None:
            run_id = _ended_lately()
        if run_id is not None:
            st.session_state[_REMEMBERED] = run_id
            address.add(_parameters(run_id))
        return run_id
    st.session_state[_REMEMBERED] = asked
    token = address.get(TOKEN_KEY)
    if token is None or rights.take_reins(asked, token):
        address.add(_parameters(asked))
    return asked


def show_run(run_id: str) -> None:
    """Make the page show a run."""
    st.session_state[_REMEMBERED] = run_id
    address.put(dict.fromkeys(OF_RUN) | _parameters(run_id))


def forget_run() -> None:
    """Make the page show no run, also when the visitor comes back from another page."""
    st.session_state[_REMEMBERED] = ""
    address.put(dict.fromkeys((RUN_KEY, TOKEN_KEY, *OF_RUN)))


def has_wrong_token(run_id: str) -> bool:
    """Whether the URL holds a token that doesn't fit its run."""
    return bool(address.get(TOKEN_KEY)) and not rights.steers(run_id)


def _ended_lately() -> str | None:
    """The run of the visitor that ended last, if that was lately. Who follows a link to settings
    has come for a new one."""
    if SETTINGS.keys() & st.query_params.keys():
        return None
    own = [
        state.run
        for state in jobs().own(this_browser())
        if state.run.events and read_origin(state.run.folder) is None  # no trial of a search
    ]
    last = max(own, key=_ended, default=None)
    return last.id if last is not None and time.time() - _ended(last) < LATELY_SECONDS else None


def _ended(run: Run) -> float:
    seconds: float = run.events[-1]["time"]
    return seconds


def _parameters(run_id: str) -> dict[str, str | None]:
    """What stands in the URL of this visitor for a run."""
    has_reins = keeps_cookies() and rights.is_remembered(run_id)
    return {RUN_KEY: run_id, TOKEN_KEY: None if has_reins else rights.token_of(run_id)}
