"""Which run a visitor looks at, and whether they may steer it: the URL's `run` and `token`.

Going to another page clears the URL, therefore both are remembered in the session and put back on
return. The token stays in the URL of whoever started the run, so that a reload doesn't take the
reins from them; a link without it only lets watch.
"""

from urllib.parse import urlencode

import streamlit as st

from ui.runs.jobs import jobs

RUN_KEY = "run"
TOKEN_KEY = "token"
_REMEMBERED = "run_shown"
_TOKENS = "run_tokens"


def current_run() -> str | None:
    """The run the page shows, from the URL or else remembered. Call it at the top of the page."""
    asked = st.query_params.get(RUN_KEY)
    if asked is None:
        remembered = st.session_state.get(_REMEMBERED)
        if remembered is not None:
            show_run(remembered)
        return remembered
    st.session_state[_REMEMBERED] = asked
    token = st.query_params.get(TOKEN_KEY)
    if token and jobs().may_steer(asked, token):
        _tokens()[asked] = token
    return asked


def show_run(run_id: str, token: str | None = None) -> None:
    """Make the page show a run; `token` allows this visitor to steer it."""
    if token is not None:
        _tokens()[run_id] = token
    st.session_state[_REMEMBERED] = run_id
    st.query_params.update(url_parameters(run_id))
    if run_id not in _tokens():
        st.query_params.pop(TOKEN_KEY, None)


def forget_run() -> None:
    """Make the page show no run."""
    st.session_state.pop(_REMEMBERED, None)
    for key in (RUN_KEY, TOKEN_KEY):
        st.query_params.pop(key, None)


def token_of(run_id: str) -> str | None:
    """The token this visitor has for a run."""
    token: str | None = _tokens().get(run_id)
    return token


def url_parameters(run_id: str) -> dict[str, str]:
    """What stands in the URL of this visitor for a run."""
    token = token_of(run_id)
    return {RUN_KEY: run_id} | ({TOKEN_KEY: token} if token else {})


def share_link(run_id: str) -> str:
    """A link that lets others watch a run, and only that."""
    return f"{st.context.url or ''}?{urlencode({RUN_KEY: run_id})}"


def has_wrong_token(run_id: str) -> bool:
    """Whether the URL holds a token that doesn't fit its run."""
    return bool(st.query_params.get(TOKEN_KEY)) and run_id not in _tokens()


def _tokens() -> dict[str, str]:
    tokens: dict[str, str] = st.session_state.setdefault(_TOKENS, {})
    return tokens
