"""The form of a search, drawn: what it says, what that will take, and the button that starts it."""

import shlex
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

import data
from nn.search.command_line import search_command
from nn.search.settings import ACCURACY, GRID, LOSS, RANDOM, TPE, SearchSettings
from ui.runs import text as run_text
from ui.runs.jobs import jobs
from ui.runs.process import training_threads
from ui.runs.spare_trials import KEPT_BEST
from ui.runs.visitor import this_browser
from ui.search.actions import FORM_KEY
from ui.search.estimate import expected
from ui.search.form import (
    BASES,
    EPOCHS,
    MINUTES,
    MOST_MINUTES,
    OF_RUN,
    TRIALS,
    Form,
    begin_from,
    form_text,
    new_form,
    read_form,
    search_settings,
)
from ui.search.missing_data import say_missing
from ui.search.space_fields import set_rows, space_fields
from ui.shared import address
from ui.shared.error_text import error_text
from ui.shared.operator_settings import KEPT_RUNS, MAX_MINUTES, operator_setting
from ui.shared.url_text import plain

_FORM, _NUMBER, _READ = "search_form", "search_form_number", "search_form_read"
_PROBLEMS = "search_form_problems"

SAMPLERS = {
    TPE: "Learning (TPE)",
    RANDOM: "Random",
    GRID: "Grid",
}
SAMPLERS_HELP = (
    "**Learning (TPE)**: looks at which values the better trials had and tries more like them "
    "(tree-structured Parzen estimator).  \n"
    "**Random**: any value, again and again; hard to beat with few trials.  \n"
    "**Grid**: every combination of the listed values, once."
)
METRICS = {LOSS: "Lowest validation loss", ACCURACY: "Highest validation accuracy"}


def search_form() -> SearchSettings | None:
    """Draw the form; what it says, None where something in it has to be changed first."""
    _read_address()
    problems = st.session_state.get(_PROBLEMS)
    if problems:
        st.warning(
            "Some of the link could not be used:  \n" + "  \n".join(map(error_text, problems)),
            icon=":material/link_off:",
        )
    form = _draw(st.session_state[_FORM])
    st.session_state[_FORM] = form
    try:
        settings = search_settings(form)
        takes = expected(settings)
    except (ValueError, KeyError) as error:
        st.error(error_text(error), icon=":material/error:")
        return None
    is_missing = say_missing(form.dataset)
    if not is_missing:
        st.caption(_outcome(settings, takes.words))
    _handed_out(form, settings)
    return None if is_missing else settings


def _draw(form: Form) -> Form:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        form = _base(form)
    st.markdown("**What to try**")
    form = replace(form, rows=space_fields())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        form = _budget(form)
    return form


def _base(form: Form) -> Form:
    """What all trials have in common."""
    bases = {name: name for name in BASES} | _own_runs()
    if form.base not in bases:  # another one's, from a link
        bases[form.base] = "The training of the link"
    base = st.selectbox(
        "Begin from",
        list(bases),
        index=list(bases).index(form.base),
        key=_key("base"),
        format_func=bases.__getitem__,
        help="All that is not tried is as here.  \n"
        + "  \n".join(f"**{name}**: {about}" for name, about in BASES.items()),
        on_change=_begin_from,
        width=330,
    )
    dataset = st.selectbox(
        "Dataset",
        list(data.DATASETS),
        index=list(data.DATASETS).index(form.dataset),
        key=_key("dataset"),
        format_func=lambda name: data.DATASETS[name].title,
        help="The images that all trials learn from. Some are kept aside to compare them.",
        width=230,
    )
    # Without a maximum, as in `ui.settings.widgets`: `search_settings` tells what is too much.
    epochs = st.number_input(
        EPOCHS,
        1,
        value=form.epochs,
        key=_key("epochs"),
        help="How often a trial goes through the images. Few are enough to tell good settings from "
        "bad ones; the best can be trained for longer afterwards.",
        width=150,
    )
    return replace(form, base=base, dataset=dataset, epochs=epochs)


def _budget(form: Form) -> Form:
    """How it is searched, and for how long."""
    sampler = st.selectbox(
        "How to choose",
        list(SAMPLERS),
        index=list(SAMPLERS).index(form.sampler),
        key=_key("sampler"),
        format_func=SAMPLERS.__getitem__,
        help=SAMPLERS_HELP,
        width=190,
    )
    metric = st.selectbox(
        "The best has the",
        list(METRICS),
        index=list(METRICS).index(form.metric),
        key=_key("metric"),
        format_func=METRICS.__getitem__,
        help="Measured on images that are kept aside, never on the test images.",
        width=270,
    )
    trials = st.number_input(
        TRIALS,
        1,
        value=form.trials,
        key=_key("trials"),
        placeholder="any number",
        help="How many networks are trained. Empty: as many as there is time for.",
        width=150,
    )
    most = operator_setting(MAX_MINUTES) or MOST_MINUTES
    minutes = st.number_input(
        MINUTES,
        1,
        value=None if form.minutes is None else min(most, max(1, round(form.minutes))),
        key=_key("minutes"),
        placeholder="any time",
        help="So long it searches, pauses not counted. Empty: until all trials are done.",
        width=150,
    )
    prune = st.toggle(
        "End bad trials early",
        value=form.prune,
        key=_key("prune"),
        help="A trial that is behind the others after the same epochs is ended (successive "
        "halving), so that the time goes to better ones. In a trial that starts slowly and ends "
        "well it is wrong, seldom.",
    )
    return replace(
        form, sampler=sampler, metric=metric, trials=trials, minutes=minutes, prune=prune
    )


def _outcome(settings: SearchSettings, words: str) -> str:
    early = " Less where bad ones are ended early." if settings.prune else ""
    kept = operator_setting(KEPT_RUNS)
    goes = (
        "of more trials the best ones"
        if settings.most_trials > kept
        else f"of earlier searches all but the best {KEPT_BEST} trials go first"
    )
    few = f" This server keeps {kept} trainings: {goes}."
    aside = f"{settings.base.val_size:,} of the training images are kept aside to compare them."
    return f"**{words}.**{early} {aside}{few}"


def _handed_out(form: Form, settings: SearchSettings) -> None:
    with st.expander("As a link, as a command", icon=":material/share:"):
        st.markdown("Whoever opens this link finds the form as you have filled it in:")
        url = st.context.url or ""
        link = f"{url}?{urlencode({'view': 'searches', FORM_KEY: form_text(form)})}"
        st.code(link, language=None, wrap_lines=True)
        st.markdown("The same search in a terminal:")
        command = [*search_command(settings), "--threads", str(training_threads())]
        st.code(shlex.join(command), language="bash", wrap_lines=True)
        st.caption(
            "With as many threads as this server takes for a training, on such a computer it finds "
            "the same: with more it is faster, and sums are rounded a little otherwise."
        )


def _own_runs() -> dict[str, str]:
    """The visitor's own trainings, to begin from."""
    states = jobs().own(this_browser())
    return {
        f"{OF_RUN}{state.run.id}": run_text.one_line(state.run, state.status) for state in states
    }


def _begin_from() -> None:
    """Another base was chosen: its dataset and epochs come with it."""
    try:
        show_form(begin_from(st.session_state[_FORM], st.session_state[_key("base")]))
    except (ValueError, KeyError) as error:
        st.toast(plain(str(error)), icon=":material/error:")


def show_form(form: Form, problems: Sequence[str] = ()) -> None:
    """Show a form in the place of the one that is there, with what of its link could not be
    used."""
    st.session_state[_NUMBER] = st.session_state.get(_NUMBER, 0) + 1
    st.session_state[_FORM], st.session_state[_PROBLEMS] = form, problems
    set_rows(tuple(form.rows))


def _read_address() -> None:
    """Take over a form that a link holds, once; begin with the usual one without."""
    text = address.get(FORM_KEY)
    if text is not None and st.session_state.get(_READ) != text:
        st.session_state[_READ] = text
        show_form(*read_form(text))
    elif _FORM not in st.session_state:
        show_form(new_form())


def _key(name: str) -> str:
    """Of a widget: another one in each form that is shown, so that it has that form's value."""
    return f"search_form_{st.session_state[_NUMBER]}_{name}"
