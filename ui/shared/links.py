"""Links to other pages that look like what they are: something to press."""

import re

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.shared.pages import Page

# The colours are those of the text around, and so fit the light and the dark theme.
_STYLE = """<style>
[class*="st-key-action_link_"] a {
  color: inherit;
  border: 1px solid color-mix(in srgb, currentColor 35%, transparent);
  border-radius: 0.5rem; padding: 0.3rem 0.8rem; min-height: 2.75rem; margin: 0;
}
[class*="st-key-action_link_"] a:hover { border-color: currentColor; }
[class*="st-key-action_link_"] a:focus-visible {
  outline: 2px solid currentColor; outline-offset: 2px;
}
/* They are taller than the room that Streamlit gives them: rows would all but touch. */
[class*="st-key-action_links_"] { row-gap: 1.7rem; padding-bottom: 0.7rem; }
</style>"""


def link_row(name: str) -> DeltaGenerator:
    """A container for links beside each other, which need several rows on a phone.

    Args:
        name: of the row, which is the only one of that name on its page.
    """
    return st.container(horizontal=True, key=f"action_links_{name}")


def action_link(
    page: Page,
    *,
    label: str,
    help: str | None = None,
    query_params: dict[str, str] | None = None,
    disabled: bool = False,
) -> None:
    """Show `st.page_link` with the frame of a button, in the current container.

    Args:
        page: where it leads, with its icon.
        label: what is to be done there; two links with one label cannot be on one page.
        disabled: whether that is not possible yet.
    """
    st.html(_STYLE)
    key = re.sub(r"\W+", "_", label.lower())
    with st.container(key=f"action_link_{key}", width="content"):
        st.page_link(
            page.file,
            label=label,
            icon=page.icon,
            help=help,
            query_params=query_params,
            disabled=disabled,
        )
