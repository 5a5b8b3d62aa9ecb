"""A box for the seed of what is random in a view."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.inside import parameters
from ui.shared.link_notice import asked_number


def seed_box(
    label: str,
    name: str,
    most: int,
    help_text: str,
    notices: DeltaGenerator,
    *,
    width: int = 120,
    disabled: bool = False,
    forgets: tuple[str, ...] = (),
) -> int:
    """Draw a box for a number from 0 to `most`; returns what is chosen, 0 where nothing is.

    Args:
        label: what stands above it.
        name: of the parameter of the address.
        most: the largest seed.
        help_text: of the box.
        notices: where to say that a link asks for something else.
        width: in pixels.
        disabled: where nothing is random.
        forgets: further parameters that mean nothing any more with another seed.
    """
    key = f"{name}_box"
    st.session_state[key] = asked_number(name, 0, most, notices) or 0

    def choose() -> None:
        if st.session_state[key] is not None:  # as when the field is emptied
            parameters.choose(**dict.fromkeys(forgets), **{name: st.session_state[key]})

    seed: int | None = st.number_input(
        label,
        min_value=0,
        max_value=most,
        key=key,
        width=width,
        disabled=disabled,
        help=help_text,
        on_change=choose,
    )
    return seed or 0
