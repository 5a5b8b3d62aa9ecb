"""What can be done with a run in a list: a button that opens it, and a menu for the rest."""

from collections.abc import Callable, Mapping

import streamlit as st

from nn.runs import MAX_NAME, Run, clean_name
from nn.search import Search
from ui.runs.readers import search_key
from ui.runs.rights import steers
from ui.runs.run_names import name_run, shown_name
from ui.runs.state import RunState
from ui.shared.error_text import error_text
from ui.shared.pages import DRAW, EVALUATE, INSIDE
from ui.train.run_actions import can_go_on, cancel, resume, send

_NAMING_KEY = "run_being_named"

Actions = Mapping[str, Callable[[str], None]]
"""What a menu offers and what it does with the id of the run."""


def run_buttons(state: RunState, *, is_open: bool = False, more: Actions | None = None) -> bool:
    """Draw the buttons of a run that the visitor may steer, in the current container.

    Args:
        state: the run.
        is_open: whether the page shows it already.
        more: what the menu offers besides.

    Returns whether it is to be opened now.
    """
    run = state.run
    opened = st.button(
        "Open",
        key=f"open_{run.id}",
        disabled=is_open,
        help="It is open." if is_open else "Show its curves on the Train page.",
    )
    actions = {**_actions(state), **(more or {})}
    links = _links(run)
    key = f"menu_{run.id}"
    chosen = st.menu_button(
        "More",
        [*links, *actions],
        key=key,
        help="What can be done with this training.",
        on_click=_act,
        args=(run.id, key, actions),
    )
    if chosen in links:
        st.switch_page(links[chosen], query_params={"model": run.id})
    return opened


def name_field(work: Run | Search, *, key: str) -> None:
    """Draw a field with the name of a run or a search."""
    key = f"{key}_{work.id}"
    what = "search" if isinstance(work, Search) else "training"
    st.text_input(
        "Name",
        value=shown_name(work),
        key=key,
        placeholder="Such as: deep and wide",
        help=f"Shown wherever this {what} can be chosen, to everybody, at most "
        f"{MAX_NAME} characters. Empty takes it away.",
        on_change=_rename,
        args=(work, key),
    )


def is_being_named(run: Run) -> bool:
    """Whether somebody has chosen to name this run in its menu."""
    return bool(st.session_state.get(_NAMING_KEY) == run.id)


def _links(run: Run) -> dict[str, str]:
    if not run.model_path.is_file():
        return {}
    return {
        "See its mistakes": EVALUATE.file,
        "Draw a digit for it": DRAW.file,
        "Look inside": INSIDE.file,
    }


def _actions(state: RunState) -> dict[str, Callable[[str], None]]:
    actions: dict[str, Callable[[str], None]] = {}
    if state.doing == "stopping":
        pass
    elif state.place is not None:
        actions["Leave the line"] = cancel
    elif state.status == "paused":
        actions["Resume"] = lambda run_id: send(run_id, "resume")
    elif state.status in ("starting", "running"):
        actions["Pause"] = lambda run_id: send(run_id, "pause")
    elif can_go_on(state):
        actions["Resume" if state.run.events else "Start"] = resume
    if state.status in ("starting", "running", "paused") and state.doing != "stopping":
        actions["Stop"] = lambda run_id: send(run_id, "stop")
    actions["Name it"] = _begin_naming
    return actions


def _act(run_id: str, key: str, actions: Actions) -> None:
    chosen = st.session_state[key]
    if chosen in actions and steers(run_id):
        actions[chosen](run_id)


def _begin_naming(run_id: str) -> None:
    st.session_state[_NAMING_KEY] = run_id


def _rename(work: Run | Search, key: str) -> None:
    st.session_state.pop(_NAMING_KEY, None)
    steered = search_key(work.id) if isinstance(work, Search) else work.id
    if not steers(steered):  # it was removed meanwhile, or the operator has signed out
        return
    text = st.session_state[key]
    try:
        name_run(work.folder, text)
    except (OSError, ValueError) as error:
        st.toast(f"It could not be named. {error_text(error)}", icon=":material/error:")
        return
    # With a limit of its own the field would drop the whole of a longer one, without a word.
    if len(text.strip()) > MAX_NAME:
        st.session_state[key] = clean_name(text)
        st.toast(
            f"A name has at most {MAX_NAME} characters: the rest was left out.",
            icon=":material/content_cut:",
        )
