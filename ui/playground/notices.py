"""What the page has to say of its address, over the page and not in it, which would move."""

from collections.abc import Sequence

import streamlit as st

_CLOSED = "playground_notices_closed"
"""The notices that the visitor has read."""


def draw_notices(wrong: Sequence[str], said: Sequence[str]) -> None:
    """Show them until they have been read.

    Args:
        wrong: what could not be used.
        said: what is otherwise here than elsewhere.
    """
    texts = (*wrong, *said)
    with st.container(key="playground_notices"):
        if not texts or st.session_state.get(_CLOSED) == texts:
            return
        for notice in wrong:
            st.warning(notice, icon=":material/link_off:")
        if said:
            st.info("  \n".join(said), icon=":material/link:")
        st.button(
            "Got it",
            key="playground_got_it",
            on_click=lambda: st.session_state.update({_CLOSED: texts}),
            help="Close this notice.",
        )
