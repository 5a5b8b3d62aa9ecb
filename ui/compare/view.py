"""The comparison of several runs and models: what the page Runs shows of them."""

import streamlit as st


def comparison() -> None:
    """Draw the comparison of those that the address names (`?compare=ID,ID`)."""
    st.info("Choose two runs or more to compare them.", icon=":material/info:")
