"""The rows of the form, drawn: which setting, and what is tried of it."""

from dataclasses import replace

import streamlit as st

from ui.search.rows import (
    BETWEEN,
    EVENLY,
    LOG,
    SEARCHED,
    VALUES,
    Row,
    is_number,
    is_whole,
    limits,
    options,
    part_of,
    usual_row,
)
from ui.settings.settings import SETTINGS
from ui.settings.widgets import Switch, plain_number
from ui.shared.error_text import error_text

HOWS = {EVENLY: "evenly from, to", LOG: "by factors from, to", VALUES: "these values"}
_ROWS, _COUNT = "search_rows", "search_rows_count"
_ADDED = "search_row_added"
_MOST_CHARACTERS = 1000
"""Of listed values; a link with a whole form has five times as many at most."""


def set_rows(rows: tuple[Row, ...]) -> None:
    """Show these rows in the place of those that are there."""
    st.session_state[_ROWS] = {}
    for row in rows:
        _add(row)


def space_fields() -> tuple[Row, ...]:
    """Draw the rows, in the current container; what they say."""
    rows: dict[int, Row] = st.session_state.get(_ROWS, {})
    for number in list(rows):
        with st.container(border=True, key=f"search_row_{number}"):
            rows[number] = _row(number, rows[number])
    left = [field for field in SEARCHED if field not in {row.field for row in rows.values()}]
    st.selectbox(
        "Add a setting to try",
        left,
        index=None,
        key=_ADDED,
        format_func=_label,
        placeholder="Choose one",
        help="Anything that a training can be told, but the data, the loss and what they are "
        "measured with: those are the same for all trials.",
        on_change=_added,
    )
    return tuple(rows.values())


def _row(number: int, row: Row) -> Row:
    key = f"search_row_{number}_{row.field}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Setting",
            SEARCHED,
            index=SEARCHED.index(row.field),
            key=f"{key}_field",
            format_func=_label,
            help=SETTINGS[row.field].help,
            on_change=_changed,
            args=(number, f"{key}_field"),
            width=230,
        )
        row = _values(key, row)
        st.button(
            "Remove",
            key=f"{key}_remove",
            icon=":material/close:",
            help="Don't try this setting: all trials have that of what they begin from.",
            on_click=_remove,
            args=(number,),
        )
    try:
        part_of(row)
    except ValueError as error:
        st.caption(f":red[:material/error: {error_text(error)}]")
    return row


def _values(key: str, row: Row) -> Row:
    """What is tried of the setting of a row."""
    if isinstance(SETTINGS[row.field], Switch):
        st.text_input("Values", "on and off", disabled=True, key=f"{key}_switch", width=330)
        return row
    choices = options(row.field)
    if choices:
        chosen = [text.strip() for text in row.values.split(BETWEEN)]
        picked = st.multiselect(
            "Values",
            choices,
            default=[one for one in choices if one in chosen],
            key=f"{key}_choices",
            help="What is tried; at least two.",
            width=330,
        )
        return replace(row, values=f" {BETWEEN} ".join(picked))
    if not is_number(row.field):
        return _listed(key, row)
    how = st.selectbox(
        "Try",
        list(HOWS),
        index=list(HOWS).index(row.how),
        format_func=HOWS.__getitem__,
        key=f"{key}_how",
        help="Evenly: all numbers are as likely. By factors: as many between 0.001 and 0.01 as "
        "between 0.01 and 0.1, right for learning rates and penalties. Or values that you list.",
        width=200,
    )
    row = replace(row, how=how)
    return _listed(key, row) if how == VALUES else _ends(key, row)


def _listed(key: str, row: Row) -> Row:
    text = st.text_input(
        "Values",
        row.values,
        key=f"{key}_values",
        max_chars=_MOST_CHARACTERS,
        placeholder="0.1 | 0.3" if is_number(row.field) else "64 | 128, 64",
        help="What is tried, with a bar “|” between two. Layers have commas: “64 | 128, 64” tries "
        "one hidden layer and two. “none” is none.",
        width=330,
    )
    return replace(row, values=text)


def _ends(key: str, row: Row) -> Row:
    low, high = limits(row.field)
    shown = "%d" if is_whole(row.field) else "%g"
    ends: list[float | None] = []
    for name, label, value in (("low", "From", row.low), ("high", "To", row.high)):
        end = st.number_input(
            label,
            value=value,
            step=1 if is_whole(row.field) else _step(row),
            format=shown,
            key=f"{key}_{name}",
            help=f"The {'lowest' if name == 'low' else 'highest'} number that is tried; allowed "
            f"are {plain_number(low)} to {plain_number(high)}.",
            width=130,
        )
        ends.append(end)
    return replace(row, low=ends[0], high=ends[1])


def _step(row: Row) -> float:
    """Of the buttons beside a number."""
    return 0.05 if row.how == EVENLY else float(f"{row.low or 0.001:.0e}")


def _label(field: str) -> str:
    return SETTINGS[field].label


def _add(row: Row) -> None:
    count = st.session_state.get(_COUNT, 0) + 1
    st.session_state[_COUNT] = count
    st.session_state.setdefault(_ROWS, {})[count] = row


def _added() -> None:
    field = st.session_state[_ADDED]
    if field in SEARCHED:
        _add(usual_row(field))
    st.session_state[_ADDED] = None


def _changed(number: int, key: str) -> None:
    field = st.session_state[key]
    if field in SEARCHED and number in st.session_state[_ROWS]:
        st.session_state[_ROWS][number] = usual_row(field)


def _remove(number: int) -> None:
    st.session_state[_ROWS].pop(number, None)
