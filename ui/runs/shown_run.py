"""Which run a visitor looks at: the URL's `run`.

Going to another page clears the URL, therefore it is remembered in the session and put back on
return. Who comes to no run in particular finds their own that is under way. The URL's `token` gives
the reins to somebody else. It goes as soon as the browser is known to have them, so that whoever
passes the address on lets others watch and no more; only where cookies are off it has to stay.
"""

import streamlit as st

from ui.runs import rights
from ui.runs.jobs import jobs
from ui.runs.visitor import keeps_cookies, this_browser
from ui.shared import address

RUN_KEY = "run"
TOKEN_KEY = "token"
_REMEMBERED = "run_shown"


def current_run() -> str | None:
    """The run the page shows, from the URL or else remembered, or one's own that is under way.
    Call it at the top of the page."""
    asked = address.get(RUN_KEY)
    if asked is None:
        if not address.has_arrived():
            return None
        remembered = st.session_state.get(_REMEMBERED)
        run_id = remembered or jobs().own_under_way(this_browser())
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
    address.put(_parameters(run_id))


def forget_run() -> None:
    """Make the page show no run."""
    st.session_state.pop(_REMEMBERED, None)
    address.put({RUN_KEY: None, TOKEN_KEY: None})


def has_wrong_token(run_id: str) -> bool:
    """Whether the URL holds a token that doesn't fit its run."""
    return bool(address.get(TOKEN_KEY)) and not rights.steers(run_id)


def _parameters(run_id: str) -> dict[str, str | None]:
    """What stands in the URL of this visitor for a run."""
    return {RUN_KEY: run_id, TOKEN_KEY: None if keeps_cookies() else rights.token_of(run_id)}
