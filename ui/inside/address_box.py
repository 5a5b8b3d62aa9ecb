"""A box for one parameter of the address."""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.inside import parameters
from ui.shared.url_text import plain, quote


def address_box(
    label: str,
    name: str,
    options: Mapping[str, str],
    usual: str,
    help_text: str,
    notices: DeltaGenerator,
    *,
    width: int = 160,
    forgets: tuple[str, ...] = (),
) -> str:
    """Draw a select box; returns what is chosen, a key of `options`.

    Args:
        label: what stands above it.
        name: of the parameter.
        options: what may stand in the address, and what each is called.
        usual: what is chosen where the address says nothing.
        help_text: of the box.
        notices: where to say that a link asks for something else.
        width: in pixels.
        forgets: further parameters that mean nothing any more once something else is chosen.
    """
    text = parameters.get(name)
    if text is not None and text not in options:
        notices.warning(
            f"The link asks for {name} {quote(text)}, which is not here. “{label}” offers: "
            f"{plain(', '.join(options.values()))}.",
            icon=":material/link_off:",
        )
    key = f"{name}_box"
    st.session_state[key] = text if text in options else usual

    def choose() -> None:
        parameters.choose(**dict.fromkeys(forgets), **{name: st.session_state[key]})

    chosen: Any = st.selectbox(
        label,
        list(options),
        key=key,
        format_func=lambda value: options[value],
        help=help_text,
        width=width,
        on_change=choose,
    )
    return str(chosen)
