"""In which order the list begins; a click on the name of a column changes it in the browser."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import streamlit as st

from ui.run_list.facts import Facts
from ui.run_list.listed import Listed


class _Order(NamedTuple):
    """value: what is sorted by, None for what stands last. falling: whether the most is first."""

    value: Callable[[Facts], Any]
    falling: bool = False


_ORDERS = {
    "Newest first": _Order(lambda facts: facts.began, falling=True),
    "Oldest first": _Order(lambda facts: facts.began),
    "Most accurate": _Order(lambda facts: facts.accuracy, falling=True),
    "Lowest loss": _Order(lambda facts: facts.loss),
    "Shortest time": _Order(lambda facts: facts.seconds),
    "Most images/s": _Order(lambda facts: facts.speed, falling=True),
    "Fewest parameters": _Order(lambda facts: facts.parameters),
    "Most epochs": _Order(lambda facts: facts.epochs, falling=True),
    "Name": _Order(lambda facts: facts.title.casefold() or None),
    "Network": _Order(lambda facts: facts.network or None),
    "Data": _Order(lambda facts: facts.dataset.casefold() or None),
}
ORDERS = tuple(_ORDERS)


def order_select() -> str:
    """Draw the box with the orders, in the current container."""
    return st.selectbox(
        "Order",
        ORDERS,
        key="runs_order",
        bind="query-params",
        persist_state="session",
        help="How the rows begin. A click on the name of a column sorts by it, too.",
        width=190,
    )


def ordered(runs: Sequence[Listed], name: str) -> list[Listed]:
    """The runs in this order, of those that are alike the newest first; last those of which it is
    not known."""
    value, falling = _ORDERS[name]
    runs = sorted(runs, key=lambda run: (run.facts.began, run.facts.id), reverse=True)
    known = [run for run in runs if value(run.facts) is not None]
    known.sort(key=lambda run: value(run.facts), reverse=falling)  # which keeps what is alike
    return known + [run for run in runs if value(run.facts) is None]
