"""The table of runs, in which some can be chosen."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa
import streamlit as st

from ui.run_list.facts import Facts
from ui.run_list.listed import Listed
from ui.runs.badges import BADGES
from ui.runs.jobs import jobs
from ui.runs.text import local_time
from ui.search.text import called
from ui.shared.csv_label import csv_label

CHOSEN = "runs_chosen"
"""Where a visit remembers the ids of the runs that are chosen."""
_MOST_ROWS = 12
"""That are seen at once; the others are scrolled to."""
_ROW_HEIGHT = 36
_BADGE = re.compile(r":(\w+)-badge\[\S+ (.+)\]")
_STATUSES = {
    status: found.groups() for status, badge in BADGES.items() if (found := _BADGE.fullmatch(badge))
}


def run_table(runs: Sequence[Listed]) -> list[Listed]:
    """Draw the runs as a table; those that are chosen in it, in its order."""
    ids = [run.facts.id for run in runs]
    remembered = st.session_state.get(CHOSEN, [])
    # The browser knows what is chosen by the numbers of the rows: other rows make another table.
    key = "run_table_" + hashlib.sha256("/".join(ids).encode()).hexdigest()[:16]
    shown = min(len(runs), _MOST_ROWS)
    event = st.dataframe(
        table_content(runs),
        key=key,
        height=_ROW_HEIGHT * (shown + 1) + 2,
        row_height=_ROW_HEIGHT,
        hide_index=True,
        column_config=_columns(),
        on_select="rerun",
        selection_mode="multi-row",
        selection_default={
            "selection": {"rows": [ids.index(one) for one in remembered if one in ids]}
        },
        placeholder="–",
        alt="Runs and what came of them",
    )
    chosen = [runs[row] for row in sorted(event.selection.rows) if row < len(runs)]
    st.session_state[CHOSEN] = [run.facts.id for run in chosen]
    return chosen


def table_content(runs: Sequence[Listed]) -> pa.Table:
    """The cells, in the form that Streamlit sends them in (pyarrow comes with it): other forms
    have no numbers that are missing. Streamlit offers them as a CSV file, too."""
    facts = [run.facts for run in runs]
    return pa.table(
        {
            "status": pa.array([[_words(run.status)] for run in runs], pa.list_(pa.string())),
            "network": pa.array([one.network for one in facts], pa.string()),
            "accuracy": _numbers(_percent(one.accuracy) for one in facts),
            "name": pa.array([csv_label(name) for name in _names(facts)], pa.string()),
            "pinned": pa.array(["Pinned" if one.pinned else "" for one in facts], pa.string()),
            "when": pa.array([_date(one.began) for one in facts], pa.timestamp("s")),
            "data": pa.array([csv_label(one.dataset) for one in facts], pa.string()),
            "epochs": _numbers(_rounded(one.epochs) for one in facts),
            "seconds": _numbers(one.seconds for one in facts),
            "differs": pa.array([one.differs for one in facts], pa.string()),
            "loss": _numbers(one.loss for one in facts),
            "speed": _numbers(_whole(one.speed) for one in facts),
            "parameters": pa.array([one.parameters for one in facts], pa.int64()),
        }
    )


def _names(facts: Sequence[Facts]) -> list[str]:
    """The title of each, and of a trial of which search it is, if that is still here."""
    ids = {one.origin.search for one in facts if one.origin is not None}
    states = {search: jobs().searches.state(search) for search in ids}
    names = []
    for one in facts:
        state = None if one.origin is None else states[one.origin.search]
        names.append(one.title if state is None else f"{one.title} · {called(state.search)}")
    return names


def _columns() -> dict[str, Any]:
    column = st.column_config
    words, colours = zip(*((words, colour) for colour, words in _STATUSES.values()), strict=True)
    return {
        "status": column.MultiselectColumn(
            "Status", options=words, color=colours, help="What it is doing, or how it ended."
        ),
        "when": column.DatetimeColumn(
            "Began",
            format="D MMM YYYY, HH:mm",
            help="When somebody began the training, which may have waited in line first.",
        ),
        "name": column.TextColumn(
            "Name",
            width=200,
            help="What somebody called it, the number of a trial and its search, and whether it "
            "came from a file.",
        ),
        "network": column.TextColumn(
            "Network", help="Pixels, filters or neurons of each layer, and classes."
        ),
        "data": column.TextColumn("Data", help="The images that it learned from."),
        "differs": column.TextColumn(
            "Other than classic",
            width="large",
            help="In which other settings it is not the set-up that the Train page calls Classic.",
        ),
        "epochs": column.NumberColumn("Epochs", format="plain", help="Epochs that it has had."),
        "accuracy": column.NumberColumn(
            "Test accuracy",
            format="%.2f %%",
            help="Share of the test images that it reads correctly.",
        ),
        "loss": column.NumberColumn(
            "Test loss", format="%.4f", help="Mean loss on the test images. Smaller is better."
        ),
        "seconds": column.NumberColumn("Time", format="%.2f s", help="How long it trained."),
        "speed": column.NumberColumn(
            "Images/s", format="%,d", help="Training images that it worked through each second."
        ),
        "parameters": column.NumberColumn(
            "Parameters", format="%,d", help="Numbers that it learned."
        ),
        "pinned": column.TextColumn(
            "Pinned", help="Stays when old runs are cleared away to make room."
        ),
    }


def _words(status: str) -> str:
    return _STATUSES[status][1]


def _date(seconds: float) -> datetime:
    """A moment by the visitor's clock, which Streamlit shows as it is if it has no time zone."""
    return local_time(seconds).replace(tzinfo=None)


def _numbers(values: Iterable[float | None]) -> pa.Array:
    """As floats: whole numbers in the events may be too large for those of a table."""
    return pa.array([None if one is None else float(one) for one in values], pa.float64())


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _whole(speed: float | None) -> float | None:
    return None if speed is None else round(speed)


def _rounded(epochs: float | None) -> float | None:
    return None if epochs is None else round(epochs, 1)
