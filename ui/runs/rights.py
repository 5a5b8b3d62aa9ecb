"""Who may steer a run: the browser that started it, whoever was given its token, the operator.

Tokens are for giving the reins to somebody else: a link with one makes the browser that opens it
one of those that may steer.
"""

from contextlib import suppress

import streamlit as st

import nn
from nn.search import SearchSettings
from ui.runs import operator, owners
from ui.runs.jobs import jobs
from ui.runs.readers import search_key
from ui.runs.visitor import this_browser
from ui.shared.network_address import visitor_address

_TOKENS = "run_tokens"


def steers(run_id: str) -> bool:
    """Whether this visitor may steer the run."""
    if is_own(run_id):
        return True
    return operator.is_operator() and jobs().token(run_id) is not None


def is_own(run_id: str) -> bool:
    """Whether this visitor started the run, or was given the reins."""
    return jobs().may_steer(run_id, token_of(run_id)) or is_remembered(run_id)


def is_remembered(run_id: str) -> bool:
    """Whether this visitor's browser stands in the run's folder as one that may steer it."""
    folder = jobs().folder_of(run_id)
    return folder is not None and owners.read_owner(folder).has(this_browser())


def take_reins(run_id: str, token: str) -> bool:
    """Let this visitor steer the run if `token` is its secret, also when they come again."""
    folder = jobs().folder_of(run_id)
    if folder is None or not jobs().may_steer(run_id, token):
        return False
    _tokens()[run_id] = token
    with suppress(OSError):  # a disk that is full: then the token alone gives them the reins
        owners.add_browser(folder, this_browser())
    return True


def token_of(run_id: str) -> str | None:
    """The token that this visitor came with, or that of a run they started in this session."""
    token: str | None = _tokens().get(run_id)
    return token


def start_own(config: nn.TrainingConfig, first: nn.Network | None = None) -> str:
    """Start a training that is this visitor's, with the weights of a network to begin with if there
    is one; its id. Raises what `Jobs.start` does."""
    owner, address = owners.Owner((this_browser(),), person()), visitor_address()
    run_id = jobs().start(config, owner, address=address, first=first)
    _keep_token(run_id)
    return run_id


def start_own_search(settings: SearchSettings, *, on_cluster: bool = False) -> str:
    """Start a search that is this visitor's; its id. Raises what `Searches.start` does."""
    owner, address = owners.Owner((this_browser(),), person()), visitor_address()
    search_id = jobs().searches.start(settings, owner, address=address, on_cluster=on_cluster)
    _keep_token(search_key(search_id))
    return search_id


def _keep_token(run_id: str) -> None:
    """Keep the token of what this session has started: where there are no cookies it tells that
    this visitor may steer it."""
    token = jobs().token(run_id)
    if token is not None:
        _tokens()[run_id] = token


def person() -> str:
    """What this visitor wants to be called; "" where they have not said."""
    own = (owners.read_owner(state.run.folder) for state in jobs().own(this_browser()))
    return next((one.person for one in own if _began(one)), "")


def call_me(person: str) -> None:
    """Say on all runs that this visitor started who that is; OSError if that can't be written."""
    for state in jobs().own(this_browser()):
        if _began(owners.read_owner(state.run.folder)):
            owners.set_person(state.run.folder, person)


def _began(owner: owners.Owner) -> bool:
    """Whether it was this visitor who started the run. A run may be removed at any moment."""
    return owner.browsers[:1] == (this_browser(),)


def _tokens() -> dict[str, str]:
    tokens: dict[str, str] = st.session_state.setdefault(_TOKENS, {})
    return tokens
