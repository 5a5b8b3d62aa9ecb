"""The operator's view: all trainings of the server, whose they are, and the line."""

import time
from collections.abc import Callable

import streamlit as st

from nn.runs import Run
from ui.runs import owners
from ui.runs import text as run_text
from ui.runs.badges import BADGES
from ui.runs.jobs import jobs
from ui.runs.operator import is_operator
from ui.runs.process import memory
from ui.runs.state import RunState, State
from ui.search.row import search_row
from ui.shared.error_text import error_text
from ui.shared.pages import TRAIN
from ui.shared.url_text import plain
from ui.train.own_runs import row_details
from ui.train.run_menu import is_being_named, name_field, run_buttons

REFRESH_SECONDS = 2.0
ON_A_PAGE = 20
"""Earlier trainings; the server keeps the events of more than so many in memory, so that a page is
drawn again without reading them again."""
FINGERPRINT = 6
"""Characters of a browser's name in the folders that tell it from the others of a class."""

_PAGE = "operators_page"


@st.fragment(run_every=REFRESH_SECONDS)
def all_runs() -> None:
    """Draw the list; it renews itself, as long as the visitor is the operator."""
    if not is_operator():
        st.rerun()  # the whole page: it shows the entrance
    line = jobs().line()
    st.subheader(f"In training: {len(line.active)} of {line.limit}", anchor=False)
    for state in line.active:
        _any_row(state)
    if not line.active:
        st.caption("No training is under way.")
    st.subheader(f"In line: {len(line.waiting)}", anchor=False)
    for state in line.waiting:
        _any_row(state, _moves(state, len(line.waiting)))
    if not line.waiting:
        st.caption("Nobody waits.")
    busy = {state.key for state in (*line.active, *line.waiting)}
    page = st.session_state.setdefault(_PAGE, 0)
    # One more: whether there is another page.
    found = jobs().recent(ON_A_PAGE + 1, skip=page * ON_A_PAGE)
    ended = [state for state in found[:ON_A_PAGE] if state.run.id not in busy]
    st.subheader("Earlier ones, the newest first", anchor=False)
    for state in ended:
        _row(state)
    if not ended:
        st.caption("There are none.")
    if page or len(found) > ON_A_PAGE:
        _pages(page, has_older=len(found) > ON_A_PAGE)


def _pages(page: int, *, has_older: bool) -> None:
    def turn(to: int) -> None:
        st.session_state[_PAGE] = to

    with st.container(horizontal=True):
        newer, older = "Trainings that began later.", "Trainings that began before these."
        st.button("Newer", disabled=not page, help=newer, on_click=turn, args=(page - 1,))
        st.button("Older", disabled=not has_older, help=older, on_click=turn, args=(page + 1,))


def _any_row(state: State, more: dict[str, Callable[[str], None]] | None = None) -> None:
    """The row of a run or a search that is under way."""
    if isinstance(state, RunState):
        _row(state, more)
    else:
        search_row(state, _whose(owners.read_owner(state.search.folder)), more or {})


def _row(state: RunState, more: dict[str, Callable[[str], None]] | None = None) -> None:
    run = state.run
    owner = owners.read_owner(run.folder)
    with st.container(horizontal=True, vertical_alignment="center", key=f"any_run_{run.id}"):
        with st.container(width="stretch", gap=None):
            name = f"**{plain(run_text.called(run))}** {BADGES[state.doing or state.status]}"
            st.markdown(f"{name} {_whose(owner)}")
            st.caption(plain(" · ".join(filter(None, [row_details(state), *_facts(run)]))))
        if jobs().token(run.id) is None:
            return  # it was started in a terminal
        if owner.person:
            more = {**(more or {}), "Forget who it is": _forget_person}
        if run_buttons(state, more=more):
            st.switch_page(TRAIN.file, query_params={"run": run.id})
    if is_being_named(run):
        name_field(run, key="name_in_all")


def _whose(owner: owners.Owner) -> str:
    """Whose browser started a run, as far as they have said."""
    if not owner.browsers:
        return ":gray-badge[:material/terminal: no browser]"
    words = f"browser {owner.browsers[0][:FINGERPRINT]}"
    return f":gray-badge[:material/person: {plain(owner.person) or words}] " + (
        f"({words})" if owner.person else ""
    )


def _facts(run: Run) -> list[str]:
    """When it came, and what memory its process takes."""
    began = run_text.began(run)
    facts = [] if began is None else [f"{run_text.duration(time.time() - began)} ago"]
    process_id = jobs().process_id(run.id)
    used = None if process_id is None else memory(process_id)
    return facts if used is None else [*facts, f"{used / 1e6:,.0f} MB of memory"]


def _moves(state: State, count: int) -> dict[str, Callable[[str], None]]:
    """The other places in the line that a run can have."""
    place = state.place or 1
    moves: dict[str, Callable[[str], None]] = {}
    if place > 1:
        moves["To the front"] = lambda run_id: _move(run_id, 1)
    if place > 2:
        moves["One earlier"] = lambda run_id: _move(run_id, place - 1)
    if place < count:
        moves["One later"] = lambda run_id: _move(run_id, place + 1)
    return moves


def _move(run_id: str, place: int) -> None:
    if is_operator():
        jobs().move(run_id, place)


def _forget_person(run_id: str) -> None:
    folder = jobs().folder_of(run_id)
    if folder is not None and is_operator():
        try:
            owners.set_person(folder, "")
        except OSError as error:
            st.toast(f"It could not be forgotten. {error_text(error)}", icon=":material/error:")
