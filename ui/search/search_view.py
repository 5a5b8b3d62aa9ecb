"""A search on the page: its controls, how far it is, its charts and its trials."""

import streamlit as st

from nn.search import Search
from ui.components.live_chart import live_chart
from ui.runs.jobs import jobs
from ui.runs.rights import is_own, steers
from ui.runs.shown_ending import show_ending
from ui.runs.state import SearchState
from ui.search import text
from ui.search.actions import act, actions, show_search
from ui.search.missing_data import say_missing
from ui.search.plotted import best_figure, coordinates, importances
from ui.search.row import YOURS, badge
from ui.search.trials import best_steps, trials
from ui.shared.refresh import refreshing
from ui.shared.url_text import plain
from ui.train.line_view import pause_text, turn_text, waiting_texts
from ui.train.run_menu import name_field

REFRESH_SECONDS, WAITING_SECONDS = 1.0, 2.0
"""Of a search that is under way; of one that waits or is paused."""
# Narrower it can't be read: a phone scrolls it, and is told so.
_STYLE = """<style>
.st-key-search_coordinates { overflow-x: auto; }
.st-key-search_coordinates > div { min-width: WIDTHrem; }
.st-key-search_coordinates_legend { container-type: inline-size; }
.st-key-search_coordinates_hint { display: none; }
@container (max-width: WIDTHrem) { .st-key-search_coordinates_hint { display: block; } }
.st-key-search_top { min-height: 3rem; }
</style>"""
_HOLD_KEY, _HOLDS = "search_hold", ("Pause", "Resume")
"""One button, which becomes the other: of two the old one stayed until all charts were drawn."""
_UNDERWAY = {
    "pausing": ("Pausing ...", "It holds in a moment."),
    "resuming": ("Going on ...", "It goes on in a moment."),
}
"""What it says in the meantime, by what the search is about to do."""
_AXIS_REM, _MOST_REM = 8, 100


def search_view(state: SearchState) -> None:
    """Show a search; while something moves, the view renews itself."""
    pace = _pace(state)
    refreshing(_draw, pace, state.search.id, pace)


def _pace(state: SearchState) -> float | None:
    """Seconds from one time to the next; None where nothing can change."""
    if not state.is_moving:
        return None
    still = state.place is not None or (state.status == "paused" and state.doing is None)
    return WAITING_SECONDS if still else REFRESH_SECONDS


def _draw(search_id: str, pace: float | None) -> None:
    state = jobs().searches.state(search_id)
    if state is None or _pace(state) != pace:
        st.rerun()  # the whole page: it sets the timer
    search, is_mine = state.search, is_own(state.key)
    if is_mine and not state.is_moving:
        jobs().searches.note_seen(search.id)
    with st.container(key="search_name"):
        whose = f" {YOURS}" if is_mine else ""
        st.markdown(
            f"**{plain(text.called(search))}** · {plain(text.about(search))} {badge(state)}{whose}"
        )
    with st.container(key="search_top", horizontal=True, vertical_alignment="center"):
        _controls(state)
    with st.container(key="search_progress"):
        if state.is_moving:
            _progress(state)
        else:
            show_ending(*text.ending(state))
            if state.failure is not None:
                say_missing(search.settings.base.dataset)
    # The same parts in each state: what stands further down is not built anew.
    with st.container(key="search_best_trial"):
        best_steps(search)
    with st.container(key="search_charts"):
        if search.trials:
            _charts(search)
    with st.container(key="search_importance_part"):
        if search.trials:
            _importance(search)
    with st.container(key="search_trials_part"):
        if search.trials:
            trials(search)


def _controls(state: SearchState) -> None:
    back = st.button(
        "All searches",
        icon=":material/arrow_back:",
        help="The list of all searches, and the form for a new one.",
    )
    if back:
        show_search(None)
        st.rerun()  # the whole page, of which this is a fragment
    if not steers(state.key):
        return
    if state.doing in _UNDERWAY:
        label, explanation = _UNDERWAY[state.doing]
        st.button(
            label,
            icon=":material/hourglass_top:",
            help=explanation,
            key=_HOLD_KEY,
            disabled=True,
        )
    for label, (icon, explanation, action) in actions(state).items():
        st.button(
            label,
            icon=icon,
            help=explanation,
            key=_HOLD_KEY if label in _HOLDS else f"search_{label.lower().replace(' ', '_')}",
            on_click=act,
            args=(state.search.id, action),
        )
    with st.popover(
        "Name it",
        icon=":material/edit:",
        help="Call it something, so that you find it again.",
        key="search_naming",
    ):
        name_field(state.search, key="search_name_field")
    if state.doing == "stopping":
        st.button(
            "Stopping ...",
            icon=":material/hourglass_top:",
            help="It ends when the running trial has been saved.",
            disabled=True,
        )


def _progress(state: SearchState) -> None:
    share, words = text.progress(state)
    if state.place is not None:
        words, ahead = waiting_texts(state)
        st.progress(share, text=words)
        st.caption(ahead)
        return
    st.progress(share, text=words)
    turn = turn_text(state)
    if turn is not None and state.doing is None:
        st.caption(turn)
    if state.status == "paused" and state.doing != "stopping":
        st.caption(pause_text(state))
    if not steers(state.key):
        st.caption(
            "You are watching. Only the person who started this search can pause or stop it."
        )


def _charts(search: Search) -> None:
    best = best_figure(search)
    live_chart(
        best,
        key="search_best",
        alt=f"{text.measure(search)} of each trial over the minutes of searching, and the best so "
        f"far. {_best_words(search)} The table below has all trials.",
    )
    width = min(_MOST_REM, _AXIS_REM * (len(search.settings.space) + 1))
    st.html(_STYLE.replace("WIDTH", str(width)))
    with st.container(key="search_coordinates_legend"):
        st.caption(
            "Below, each line is a trial: it passes each upright axis at the value that was tried, "
            "and the last at what it reached. Stronger colours are better trials, the thick orange "
            "line the best; dotted and dashed ones did not "
            "train to their end."
        )
        with st.container(key="search_coordinates_hint"):
            st.caption(
                ":material/swipe: Scroll the chart sideways: at its right end is what they reached."
            )
    with st.container(key="search_coordinates"):
        live_chart(
            coordinates(search),
            key="search_parallel",
            alt="Each trial as a line through the settings that were tried and what it reached. "
            f"{_best_words(search)} The table below has all trials.",
        )


def _importance(search: Search) -> None:
    shares = search.importance
    if not shares:
        st.caption(
            "Once more trials are done, a chart here shows how much each setting decides about the "
            "result."
        )
        return
    told = ", ".join(
        f"{text.label(name)} {100 * share:.0f} %"
        for name, share in sorted(shares.items(), key=lambda item: -item[1])
    )
    live_chart(
        importances(search), key="search_importance", alt=f"Importance of each setting: {told}."
    )
    count = (search.last("importance") or {}).get("trials") or len(search.ended)
    st.caption(
        "How much each setting has to do with a trial being among the best: how far the values of "
        f"the best differ from all that were tried (PED-ANOVA). Found from {count} trials: with "
        "few it is a hint, and it says nothing of what was not tried."
    )


def _best_words(search: Search) -> str:
    best = search.best
    if best is None:
        return "No trial has been trained to its end yet."
    return (
        f"The best is {text.trial_name(best)} with {text.value_text(search, best.value)}: "
        f"{text.params_text(best.params)}."
    )
