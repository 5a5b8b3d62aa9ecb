"""What the Evaluate page says to a link that asks for something that is not there."""

from collections.abc import Sequence

import streamlit as st

from ui.shared.url_text import quote


def notice_bad_value(key: str, allowed: Sequence[str]) -> None:
    """Say so where the URL holds another value than these; call it before the widget, which falls
    back."""
    asked = st.query_params.get(key)
    if asked is not None and asked not in allowed:
        st.warning(
            f"The link asks for {key} {quote(asked)}, which is not here. "
            f"Allowed: {', '.join(allowed)}.",
            icon=":material/link_off:",
        )
