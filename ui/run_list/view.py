"""The view "All runs" of the page Runs."""

import streamlit as st


def run_list() -> None:
    """Show all runs of this server in a table."""
    st.info("No network has been trained here yet.")
