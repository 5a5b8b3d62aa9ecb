"""What the page has to say of its address, and of what was opened, where the introduction is."""

from collections.abc import Sequence

import streamlit as st

_SAID = "playground_said"
"""Of what was opened last: what could not be used, and what is otherwise here."""
_CLOSED = "playground_notices_closed"
"""What is wrong with the address, as the visitor has read it."""


def say(wrong: Sequence[str] = (), said: Sequence[str] = ()) -> None:
    """Say of what the visitor has just opened, until they have read it or open something else.

    Args:
        wrong: what could not be used, as Markdown.
        said: what was made of it, as Markdown.
    """
    st.session_state[_SAID] = tuple(wrong), tuple(said)


def introduce(wrong: Sequence[str], introduction: str) -> None:
    """Draw the introduction, or in its place what has to be read: nothing is covered by it, and
    little moves.

    Args:
        wrong: what could not be used of the address.
    """
    of_opened, said = st.session_state.get(_SAID, ((), ()))
    is_read = st.session_state.get(_CLOSED) == tuple(wrong)
    warnings = of_opened if is_read else (*wrong, *of_opened)
    if not warnings and not said:
        with st.container(key="playground_intro"):
            st.markdown(introduction)
        return
    with st.container(key="playground_told", horizontal=True, vertical_alignment="center"):
        with st.container(gap="small"):
            for notice in warnings:
                st.warning(notice, icon=":material/link_off:")
            if said:
                st.info(" ".join(said), icon=":material/info:")
        st.button(
            "Got it",
            key="playground_got_it",
            on_click=_read,
            args=(tuple(wrong),),
            help="Close this notice.",
        )


def _read(wrong: tuple[str, ...]) -> None:
    st.session_state[_CLOSED] = wrong
    st.session_state.pop(_SAID, None)
