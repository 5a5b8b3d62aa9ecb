"""Choosing one of the models: the box, the URL, and what is kept when one goes to another page."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.models.follow_training import follow_models, follow_new_models
from ui.models.list import list_models
from ui.models.model_choice import ModelChoice
from ui.models.taught import copy_words
from ui.runs import rights
from ui.runs.jobs import jobs
from ui.runs.looked_at import looks_at
from ui.shared import address
from ui.shared.help_beside import help_beside
from ui.shared.pages import TRAIN
from ui.shared.url_text import plain, quote

_URL_KEY = "model"
_WIDGET_KEY = "model_box"
_REMEMBERED_KEY = "model_shown"
_OPEN_KEY = "model_open"

# Where there is no room for all of a name, one sees that there is more of it.
_STYLE = f".st-key-{_WIDGET_KEY} input {{ text-overflow: ellipsis; }}"


def model_select(
    *,
    notices: DeltaGenerator | None = None,
    on_choice: Callable[[ModelChoice], None] | None = None,
    taught: bool = False,
    beside_title: bool = False,
) -> ModelChoice | None:
    """A select box over `list_models()`; the choice stands in the URL as `?model=` and is kept
    when one goes to another page.

    The URL holds the short key and not the title that a bound widget would write there.

    Args:
        notices: the container for a notice about an unknown model in the URL, if it should not
            stand above the box.
        on_choice: called with the model that the visitor has just chosen, before the page runs.
        taught: whether the copies that the visitor has taught answer here, and are named so.
        beside_title: whether the box stands on a line with other things, without its label above.

    Returns None, and says what to do, where there is no model at all.
    """
    follow_models()
    choices = {choice.key: choice for choice in list_models()}
    follow_new_models(_WIDGET_KEY, choices)
    if not choices:
        st.info("There is no model yet. Train one and it appears here.", icon=":material/info:")
        st.page_link(TRAIN.file, label="Train a model", icon=TRAIN.icon)
        return None
    st.session_state[_WIDGET_KEY] = key = _key_to_show(choices, notices or st)

    titles = {choice.key: _title(choice, taught=taught) for choice in choices.values()}

    def chosen() -> None:
        choice = choices.get(st.session_state[_WIDGET_KEY])
        if choice is None:  # the browser said a title that has just changed: nothing was chosen
            return
        address.put({_URL_KEY: choice.key})
        if on_choice is not None:
            on_choice(choice)

    st.html(f"<style>{_STYLE}{help_beside(_WIDGET_KEY) if beside_title else ''}</style>")
    st.selectbox(
        "Model",
        list(choices),
        key=_WIDGET_KEY,
        format_func=titles.__getitem__,
        label_visibility="collapsed" if beside_title else "visible",
        on_change=chosen,
        help="The network that answers. Networks you train appear here by themselves, "
        "also while they are still training.",
    )
    run = choices[key].run
    looks_at(None if run is None else run.id, "model")
    return choices[key]


def prefer_model(key: str) -> None:
    """Let the next page with a choice of models begin with this one, that of the run which is open
    on the Train page; once for each model, so that what they choose then is kept."""
    if st.session_state.get(_OPEN_KEY) != key:
        st.session_state[_OPEN_KEY] = st.session_state[_REMEMBERED_KEY] = key


def _key_to_show(choices: dict[str, ModelChoice], notices: Any) -> str:
    """The key the URL asks for, else the first; on coming from another page by a link, which
    doesn't carry it, the one shown before."""
    asked = address.get(_URL_KEY)
    first = next(iter(choices))
    key = asked
    if asked is None and address.has_arrived():
        key = st.session_state.get(_REMEMBERED_KEY)
    if key not in choices:
        if asked is not None:
            notices.warning(
                f"{_why_not(asked)} "
                f"This is the one called “{plain(choices[first].title)}” instead.",
                icon=":material/link_off:",
            )
        key = first
    elif asked is None:
        address.add({_URL_KEY: key})
    st.session_state[_REMEMBERED_KEY] = key
    return key


def _why_not(asked: str) -> str:
    """Why there is no such model."""
    state = jobs().state(asked)
    if state is None or state.status == "finished":
        return f"There is no model {quote(asked)} here (any more)."
    if state.is_moving or state.status == "waiting":
        return f"The training {quote(asked)} has no network yet."
    how = "has failed" if state.status == "failed" else "was not finished"
    return f"The training {quote(asked)} {how} and has left no network."


def _title(choice: ModelChoice, *, taught: bool) -> str:
    title = choice.title
    if taught and (words := copy_words(choice.key)):
        title = f"{title.split(' · ')[0]}, {words}"
    own = choice.run is not None and rights.is_own(choice.run.id)
    return f"Yours: {title}" if own else title
