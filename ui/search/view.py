"""The view "Searches" of the page Runs."""

import streamlit as st


def searches() -> None:
    """Show the searches of this server, and the form that starts one."""
    st.info("No search has been started yet.")
