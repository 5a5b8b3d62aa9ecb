"""The switches over the charts of a run."""

import streamlit as st

_SWITCHES = {
    "logarithmic": (
        "Logarithmic loss",
        "Each line of the loss chart is ten times the one below it: a loss that is already small "
        "can still be seen falling, and one that explodes fits in.",
    ),
    "learning_rate": (
        "Learning rate in the chart",
        "Draw the learning rate in use into the loss chart, with its own axis on the right: it "
        "shows what a schedule or you changed.",
    ),
}


def chart_switches() -> dict[str, bool]:
    """Draw them; which are on, by the names that the charts give them. They are kept when one goes
    to another page."""
    with st.container(key="chart_switches", horizontal=True):
        return {
            name: st.toggle(label, key=f"chart_{name}", persist_state="session", help=explanation)
            for name, (label, explanation) in _SWITCHES.items()
        }


def switched_on() -> dict[str, bool]:
    """The same where they are not drawn."""
    return {name: bool(st.session_state.get(f"chart_{name}")) for name in _SWITCHES}
