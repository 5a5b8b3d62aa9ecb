"""What is compared: runs and models that the address names, and the box that changes them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nn.runs import Run
from nn.runs.archive import was_brought
from nn.search import read_origin
from ui.models.follow_training import follow_models, follow_new_models
from ui.models.list import list_models
from ui.models.model_choice import ModelChoice
from ui.runs import text as run_text
from ui.runs.jobs import jobs
from ui.runs.looked_at import looks_at
from ui.runs.rights import is_own
from ui.runs.told_apart import marked, short_id
from ui.search.text import called as search_name
from ui.shared import address
from ui.shared.url_text import quote

COMPARE = "compare"
"""Where the address says what is compared: keys of models, parted by commas."""
FIRST, SECOND = "first", "second"
"""Where it says which two are compared by their mistakes."""
MOST = 8
"""Beside each other; more are too many lines in a chart."""
_BOX = "compare_box"
_REMEMBERED = "compare_shown"
_LETTERS = "ABCDEFGH"
_MOST_NAMED = 3


@dataclass(frozen=True)
class Compared:
    """One of those that are compared.

    letter: what it is called in tables.
    name: what it is called beside its letter; anybody may have written it.
    choice: the model; its file may not be there yet.
    run: the run, read up to now and shared by all visitors; None of a shipped model.
    """

    letter: str
    name: str
    choice: ModelChoice
    run: Run | None

    @property
    def title(self) -> str:
        """Letter and name, as plain text."""
        return f"{self.letter}: {self.name}"

    @property
    def has_model(self) -> bool:
        """Whether there are weights to ask."""
        return self.choice.path.is_file()


def choose_compared(notices: DeltaGenerator) -> list[Compared]:
    """Draw the box and return what is compared, in the order in which it was chosen.

    `notices` is the container for notices about what the address asks for and is not here.
    """
    follow_models()
    choices = {choice.key: choice for choice in list_models()}
    follow_new_models(_BOX, choices)
    keys = _asked(choices, notices)
    for place, letter in enumerate(_LETTERS):
        run = choices[keys[place]].run if place < len(keys) else None
        looks_at(None if run is None else run.id, f"compared {letter}")
    st.session_state[_BOX] = keys
    titles = {key: _title(choice) for key, choice in choices.items()}
    st.multiselect(
        "Runs and models",
        list(choices),
        key=_BOX,
        format_func=lambda key: titles.get(key, key),
        max_selections=MOST,
        select_all=MOST,  # "all" of more options would be the first of them
        placeholder="Choose two or more",
        on_change=lambda: compare(st.session_state[_BOX]),
        help="What stands beside each other below: from two to eight of the trainings on this "
        "server and of the models that come with the app. The address of this page holds the "
        "choice: whoever opens it sees the same.",
    )
    return _told_apart(
        [_compared(letter, choices[key]) for letter, key in zip(_LETTERS, keys, strict=False)]
    )


def _told_apart(compared: list[Compared]) -> list[Compared]:
    """The same, those of one name with the second in which each began."""
    counts = Counter(one.name for one in compared)
    return [
        replace(one, name=f"{one.name}, began at {run_text.clock_time(run_text.began(one.run))}")
        if one.run is not None and counts[one.name] > 1
        else one
        for one in compared
    ]


def compare(keys: Sequence[str]) -> None:
    """Compare these from now on; who is not among them is not one of the two any more."""
    st.session_state[_REMEMBERED] = ",".join(keys)
    gone = [name for name in (FIRST, SECOND) if address.get(name) not in keys]
    address.put({COMPARE: ",".join(keys) or None} | dict.fromkeys(gone))


def _asked(choices: dict[str, ModelChoice], notices: DeltaGenerator) -> list[str]:
    """The keys that the address asks for, or else those shown before; runs without a model are
    added to the `choices`."""
    text = address.get(COMPARE)
    if text is None:
        text = str(st.session_state.get(_REMEMBERED, ""))
        address.add({COMPARE: text or None})
    asked = list(dict.fromkeys(key.strip() for key in text.split(",") if key.strip()))
    unknown = []
    for key in asked[: 4 * MOST]:
        if key not in choices:
            choice = _without_model(key)
            if choice is None:
                unknown.append(key)
            else:
                choices[key] = choice
    known = [key for key in asked if key in choices]
    if unknown:
        named = ", ".join(map(quote, unknown[:_MOST_NAMED]))
        more = f" and {len(unknown) - _MOST_NAMED} more" if len(unknown) > _MOST_NAMED else ""
        notices.warning(
            f"The link asks to compare {named}{more}, which {'is' if len(unknown) == 1 else 'are'} "
            "not here (any more).",
            icon=":material/link_off:",
        )
    if len(known) > MOST:
        notices.warning(
            f"The link asks to compare {len(known)}. Here are the first {MOST}, the most that fit "
            "beside each other.",
            icon=":material/link_off:",
        )
    st.session_state[_REMEMBERED] = ",".join(known[:MOST])
    return known[:MOST]


def _without_model(key: str) -> ModelChoice | None:
    """A run that has no model yet, or will have none."""
    state = jobs().state(key)
    if state is None:
        return None
    run = state.run
    title = marked(run_text.one_line(run, state.status), short_id(key))  # no two have the same
    return ModelChoice(key, title, run.model_path, str(run.config.get("dataset", "")), run)


def _title(choice: ModelChoice) -> str:
    if choice.run is None:
        return choice.title
    origin = read_origin(choice.run.folder)
    trial = "" if origin is None else f"Trial {origin.trial + 1} · "
    is_brought = was_brought(choice.run.folder)
    title = marked(choice.title, "from a file") if is_brought else choice.title
    return f"{'Yours: ' if is_own(choice.run.id) else ''}{trial}{title}"


def _compared(letter: str, choice: ModelChoice) -> Compared:
    if choice.run is None:
        return Compared(letter, choice.key, choice, None)
    state = jobs().state(choice.run.id)
    run = choice.run if state is None else state.run
    return Compared(letter, _called(run), choice, run)


def _called(run: Run) -> str:
    """What a run is called; a trial of a search, of which many began in one minute, by its number,
    and one from a file so that it isn't taken for its original."""
    origin = read_origin(run.folder)
    name = run_text.called(run)
    if origin is not None and not run.name:
        state = jobs().searches.state(origin.search)
        of = run_text.date(run_text.began(run)) if state is None else search_name(state.search)
        name = f"Trial {origin.trial + 1}, {of[:1].lower()}{of[1:]}"
    return f"{name} (from a file)" if was_brought(run.folder) else name
