"""Widgets of the page Playground: each shows what the address says, and writes what is chosen."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from ui.playground import parameters
from ui.playground.page_due import due_after
from ui.playground.setup import Setup
from ui.shared.url_text import plain

_REFUSED = "playground_refused"


def control(
    setup: Setup,
    of: str,
    name: str,
    draw: Callable[..., Any],
    value: Any,
    choose: Callable[[Any], None],
    *,
    disabled: bool = False,
    **options: Any,
) -> None:
    """Draw a widget, unless it is hidden.

    Args:
        of: which of `setup.CONTROLS` it belongs to.
        name: its own name.
        draw: such as `st.slider`; `options` are for it.
        value: what it shows.
        choose: is called with what the visitor chooses; what it raises as ValueError is told.
    """
    if of in setup.hide:
        return
    key = f"playground_{name}"

    def chosen() -> None:
        try:
            choose(st.session_state[key])
        except ValueError as error:
            st.session_state[_REFUSED] = str(error)

    st.session_state[key] = value
    draw(key=key, on_change=due_after(chosen), disabled=disabled or of in setup.locked, **options)


def say_refused() -> None:
    """Tell what could not be chosen just now, without moving the page."""
    if refused := st.session_state.pop(_REFUSED, None):
        st.toast(plain(refused), icon=":material/info:", duration="long")


def of_setup(name: str) -> Callable[[Any], None]:
    """Changes a field of the set-up."""
    return lambda value: parameters.change(**{name: value})


def of_arm(setup: Setup, name: str) -> Callable[[Any], None]:
    """Changes a field of the network that the controls are about."""
    return lambda value: parameters.change_arm(setup.chosen, **{name: value})


def with_value(steps: tuple[float, ...], value: float) -> list[float]:
    """The steps of a slider, and between them what the address says."""
    return sorted({*steps, value})
