"""The box for the formula that the data are made of, and what is wrong with it."""

import streamlit as st

from data.plane.formula import MOST_CHARACTERS, Formula
from ui.playground import parameters
from ui.playground.controls import control
from ui.playground.setup import Setup
from ui.playground.setup_address import check_formula
from ui.playground.training_points import points_of
from ui.shared.url_text import plain

_REFUSED = "playground_formula_refused"
"""What was typed last, for which data, and what is wrong with it; not there if it is fine."""


def choose_formula(setup: Setup) -> None:
    """Draw it. What cannot be used stays in the box until it is mended."""
    heights = setup.data == "heights"

    def choose(text: str) -> None:
        st.session_state.pop(_REFUSED, None)
        try:
            formula = check_formula(setup.data, text.strip())
        except ValueError as error:
            st.session_state[_REFUSED] = (setup.data, text, str(error))
        else:
            parameters.change(formula=formula)

    data, typed, wrong = st.session_state.get(_REFUSED, ("", "", ""))
    is_wrong = data == setup.data
    control(
        setup,
        "data",
        "formula",
        st.text_input,
        typed if is_wrong else setup.shown_formula,
        choose,
        label="Value at (x1, x2)" if heights else "The curve, x2 =",
        max_chars=MOST_CHARACTERS,
        help="Numbers, x1, x2, + − * / ^, |…|, sin, cos, tan, exp, log, sqrt, abs, tanh, sign, pi "
        "and e. "
        + (
            "What goes beyond −1 to 1 is scaled down."
            if heights
            else "Points above the curve are blue."
        ),
    )
    if is_wrong:
        st.error(plain(f"{wrong[:1].upper()}{wrong[1:]}. The points are as before."))
    else:
        _say_of_gaps(setup)


def _say_of_gaps(setup: Setup) -> None:
    """Tell where the formula has no value, such as the root of a negative number."""
    formula = Formula(setup.shown_formula)
    parts = points_of(setup)
    count = sum(map(len, parts))
    gaps = sum(int((~formula.has_value(part.x[:, 0], part.x[:, 1])).sum()) for part in parts)
    if gaps:
        st.caption(f"At {gaps:,} of {count:,} points the formula has no value: 0 is taken there.")
